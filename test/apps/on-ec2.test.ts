import { ALFRED } from '../../apps/alfred';
import { ALFRED_ON_EC2 } from '../../apps/alfred/on-ec2';
import { inspectPlatform } from '../../lib/platform';
import { brokenAwsRules } from '../hardening/aws-rule';
import { AWS_RULES } from '../hardening/aws-rules';
import { unwaived } from '../hardening/waiver';
import { AWS_WAIVERS } from '../hardening/waivers';
import { type Output, output } from '../support/output';
import { type Block, onlyResource, resources } from '../support/terraform';
import { terraformFaults } from '../support/terraform-faults';

const STACK = 'alfred-production-instances';

const moved: Output = output(ALFRED_ON_EC2);
const stack: Block = moved.stack(STACK);

describe("the documents' Auto Scaling group", () => {
  const group = onlyResource(stack, 'aws_autoscaling_group');

  test('has two to ten instances, two at first, and the word of the load balancer after 300 s', () => {
    expect(group).toMatchObject({
      min_size: 2,
      max_size: 10,
      desired_capacity: 2,
      health_check_type: 'ELB',
      health_check_grace_period: 300,
    });
    expect(group.vpc_zone_identifier).toHaveLength(3);
  });

  test('is measured by the minute, by the five metrics that are named', () => {
    expect(group.metrics_granularity).toBe('1Minute');
    expect(group.enabled_metrics).toEqual([
      'GroupMinSize',
      'GroupMaxSize',
      'GroupDesiredCapacity',
      'GroupInServiceInstances',
      'GroupTotalInstances',
    ]);
  });

  test('shows its name on every instance, and starts from a template', () => {
    expect(group.tag).toContainEqual({ key: 'Name', value: 'Alfred-Agent-Node', propagate_at_launch: true });
    expect(group.launch_template.id).toContain('aws_launch_template');
  });

  test('is held at 75 % of CPU and at 1000 requests a minute and target, by the right label', () => {
    const targets = resources(stack, 'aws_autoscaling_policy').map(
      ({ target_tracking_configuration: { predefined_metric_specification: metric, target_value } }) => [
        metric.predefined_metric_type,
        target_value,
        metric.resource_label,
      ],
    );
    expect(targets).toEqual([
      ['ASGAverageCPUUtilization', 75, undefined],
      [
        'ALBRequestCountPerTarget',
        1000,
        expect.stringMatching(/arn_suffix\}\/\$\{aws_lb_target_group\..*\.arn_suffix\}$/),
      ],
    ]);
  });

  test('leaves its size to its targets once it is made, and carries no tag of Cluster Autoscaler', () => {
    expect(group.lifecycle.ignore_changes).toEqual(['desired_capacity']);
    expect(JSON.stringify(stack)).not.toContain('k8s.io/cluster-autoscaler');
  });

  test('says what 1000 a minute mean beside what an instance serves', () => {
    const said = inspectPlatform(ALFRED_ON_EC2).find(({ check }) => check === 'asg-request-target-uses-its-instances');
    expect(said).toMatchObject({ severity: 'warning', received: '1000 a minute, 16.7/s' });
  });
});

describe('an agent that moves from pods to instances', () => {
  test('is gone from the cluster, and nobody there is told to call it by its name', () => {
    const names = moved.objects('alfred/production').map(({ kind, metadata }) => `${kind} ${metadata.name}`);
    expect(names).not.toContain('Deployment agent-legal');
    expect(names).not.toContain('HorizontalPodAutoscaler agent-legal-hpa');
    expect(names).toContain('Deployment agent-social');
  });

  test('keeps its role in the database, and may enter it from its subnets', () => {
    const data = moved.stack('alfred-production-data');
    const secrets = resources(data, 'aws_secretsmanager_secret').map(({ name }) => name);
    expect(secrets).toContain('alfred/production/main/agent-legal');
    const ranges = resources(data, 'aws_vpc_security_group_ingress_rule').flatMap(({ cidr_ipv4, from_port }) =>
      cidr_ipv4 === undefined ? [] : [`${cidr_ipv4} ${from_port}`],
    );
    expect(ranges.sort()).toEqual([
      '10.4.0.0/18 5432',
      '10.4.0.0/18 6379',
      '10.4.128.0/18 5432',
      '10.4.128.0/18 6379',
      '10.4.64.0/18 5432',
      '10.4.64.0/18 6379',
    ]);
  });

  test('reads the secrets of its own stores and no others', () => {
    const policy = JSON.parse(onlyResource(stack, 'aws_iam_role_policy').policy);
    const [read] = policy.Statement;
    expect(read.Action).toEqual(['secretsmanager:GetSecretValue']);
    expect(read.Resource.map((arn: string) => arn.split(':secret:')[1])).toEqual([
      'alfred/production/main/agent-legal-??????',
      'alfred/production/redis/auth-??????',
    ]);
  });

  test('is reached under a name of its own, at the door that stands already', () => {
    expect(onlyResource(stack, 'aws_lb_listener_rule').condition).toEqual([
      { host_header: { values: ['agent-legal.alfred.example.com'] } },
    ]);
    expect(resources(stack, 'aws_lb')).toEqual([]);
    const names = resources(stack, 'aws_route53_record').map(({ name }) => name);
    expect(names).toContain('agent-legal.alfred.example.com');
  });

  test('runs what its pod ran, with no secret in its start', () => {
    const script = Buffer.from(onlyResource(stack, 'aws_launch_template').user_data, 'base64').toString();
    expect(script).toContain("agent-legal:2.0.0' 'app.main:app' '--host' '0.0.0.0' '--port' '8013' '--workers' '4'");
    expect(script).toContain('--cpus=2 --memory=4294967296');
    expect(script).toContain('/run/agent-legal/secrets-0:/var/run/secrets/alfred/main:ro');
  });

  test('is on the bill of its environment', () => {
    const bill = JSON.parse(moved.documents['cost/alfred/production/monthly.json'] ?? '{}');
    const [nodes] = bill.lines.filter(({ item }: { item: string }) => item === 'nodes of agent-legal');
    // 2, 2 and 10 x 0.096 x 730.
    expect(nodes.usd).toEqual({ min: 140.16, expected: 140.16, max: 700.8 });
  });
});

describe('the stack of its instances', () => {
  test('is hardened as linters want it', () => {
    expect(unwaived(brokenAwsRules(STACK, stack, AWS_RULES), AWS_WAIVERS)).toEqual([]);
  });

  test('is what the provider takes', () => {
    expect(terraformFaults(stack)).toEqual([]);
  });
});

describe('the example', () => {
  const plain = output(ALFRED);

  test('says no more errors than the platform that it is made of', () => {
    const errors = (platform: typeof ALFRED) =>
      inspectPlatform(platform)
        .filter(({ severity }) => severity === 'error')
        .map(({ path, check }) => `${path} ${check}`);
    expect(errors(ALFRED_ON_EC2)).toEqual([]);
  });

  test('is not among the stacks that are written: the agent runs as pods there', () => {
    expect(plain.stacks).not.toContain(STACK);
    expect(moved.stacks).toContain(STACK);
    expect(plain.objects('alfred/production').map(({ metadata }) => metadata.name)).toContain('agent-legal');
  });

  test('touches neither network, cluster nor edge', () => {
    for (const layer of ['network', 'cluster', 'edge']) {
      expect(moved.stack(`alfred-production-${layer}`).resource).toEqual(
        plain.stack(`alfred-production-${layer}`).resource,
      );
    }
  });
});
