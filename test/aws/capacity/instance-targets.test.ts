import {
  INSTANCE_TARGETS_CHECKS,
  InstanceTargets,
  type InstanceTargetsProps,
} from '../../../lib/aws/capacity/instance-targets';
import { allIds, ids, refused } from '../../support/findings';
import { type Block, onlyResource, resources, terraform } from '../../support/terraform';

const props: InstanceTargetsProps = {
  prefix: 'alfred-production',
  vpcId: 'vpc-0a',
  loadBalancer: { httpsListenerArn: 'listener-arn', securityGroupId: 'sg-balancer' },
  host: 'agent-legal.alfred.example.com',
  certificateArn: 'certificate-arn',
  priority: 2,
  targets: { name: 'agent-legal', port: 8013, healthCheck: { path: '/api/health' } },
  reaches: [
    { description: 'AWS', cidr: '0.0.0.0/0', port: 443 },
    { description: 'Databases', cidr: '10.0.208.0/22', port: 5432 },
  ],
};

const synth = (overrides: Partial<InstanceTargetsProps> = {}): Block =>
  terraform((stack) => new InstanceTargets(stack, 'Targets', { ...props, ...overrides }));

describe('InstanceTargets', () => {
  test('is a group of instances that are asked on the port that takes requests', () => {
    expect(onlyResource(synth(), 'aws_lb_target_group')).toMatchObject({
      target_type: 'instance',
      port: 8013,
      protocol: 'HTTP',
      vpc_id: 'vpc-0a',
      health_check: { path: '/api/health', port: 'traffic-port', matcher: '200' },
    });
  });

  test('has another name than pods of the same service would have, and another one for another port', () => {
    const name = (overrides?: Partial<InstanceTargetsProps>): string =>
      onlyResource(synth(overrides), 'aws_lb_target_group').name;
    expect(name()).toMatch(/^alfred-production-ec2-.{1,10}$/);
    expect(name()).toBe(name());
    expect(name({ targets: { ...props.targets, port: 8014 } })).not.toBe(name());
  });

  test('answers to its name alone, with its certificate, after the gateway', () => {
    const json = synth();
    expect(onlyResource(json, 'aws_lb_listener_rule')).toMatchObject({
      listener_arn: 'listener-arn',
      priority: 2,
      condition: [{ host_header: { values: ['agent-legal.alfred.example.com'] } }],
      action: [{ type: 'forward' }],
    });
    expect(onlyResource(json, 'aws_lb_listener_certificate')).toMatchObject({
      listener_arn: 'listener-arn',
      certificate_arn: 'certificate-arn',
    });
  });

  test('admits the load balancer and nobody else, and lets that reach it', () => {
    const json = synth();
    const own = expect.stringContaining('aws_security_group.');
    expect(onlyResource(json, 'aws_vpc_security_group_ingress_rule')).toMatchObject({
      security_group_id: own,
      referenced_security_group_id: 'sg-balancer',
      from_port: 8013,
      to_port: 8013,
    });
    const [toInstances] = resources(json, 'aws_vpc_security_group_egress_rule').filter(
      (rule) => rule.security_group_id === 'sg-balancer',
    );
    expect(toInstances).toMatchObject({ referenced_security_group_id: own, from_port: 8013, to_port: 8013 });
  });

  test('reaches what is listed and nothing else', () => {
    const reached = resources(synth(), 'aws_vpc_security_group_egress_rule')
      .filter((rule) => rule.security_group_id !== 'sg-balancer')
      .map((rule) => [rule.cidr_ipv4, rule.from_port, rule.to_port, rule.ip_protocol]);
    expect(reached.sort()).toEqual([
      ['0.0.0.0/0', 443, 443, 'tcp'],
      ['10.0.208.0/22', 5432, 5432, 'tcp'],
    ]);
  });

  test('hands out what an Auto Scaling group and its targets ask for', () => {
    terraform((stack) => {
      const made = new InstanceTargets(stack, 'Targets', props);
      expect([made.arn, made.arnSuffix, made.securityGroupId].every((text) => text.includes('TfToken'))).toBe(true);
    });
  });
});

const broken: readonly (readonly [string, Partial<InstanceTargetsProps>])[] = [
  ['instance-targets-priority-is-free', { priority: 1 }],
  ['instance-targets-priority-is-free', { priority: 50_001 }],
  ['instance-targets-priority-is-free', { priority: Number.NaN }],
  ['instance-targets-host-is-a-name', { host: 'https://agent.example.com' }],
  ['instance-targets-host-is-a-name', { host: 'agent' }],
  ['instance-targets-host-is-a-name', { host: `${'a'.repeat(60)}.${'b'.repeat(60)}.example` }],
  ['instance-targets-peers-are-ports', { reaches: [{ description: 'All', cidr: '0.0.0.0/0', port: 0 }] }],
  ['instance-targets-peers-are-ports', { reaches: [{ description: 'All', cidr: '0.0.0.0/0', port: 65_536 }] }],
];

describe('InstanceTargets.inspect', () => {
  test.each(broken)('%s: %p', (check, given) => {
    expect(ids(InstanceTargets.inspect('test', { ...props, ...given }))).toEqual([check]);
  });

  test.each<Partial<InstanceTargetsProps>>([
    {},
    { priority: 50_000 },
    { reaches: [] },
    { reaches: [{ description: 'All', cidr: '10.0.0.0/8', port: 65_535 }] },
  ])('nothing is said about %p', (given) => {
    expect(InstanceTargets.inspect('test', { ...props, ...given })).toEqual([]);
  });

  test('every check has a failing row', () => {
    expect([...new Set(broken.map(([check]) => check))].sort()).toEqual(allIds(INSTANCE_TARGETS_CHECKS));
  });

  test('what is wrong with the target group is told, and nothing is built', () => {
    const wrong = { ...props, targets: { ...props.targets, port: 0 } };
    expect(InstanceTargets.inspect('test', wrong).length).toBeGreaterThan(0);
    expect(refused(() => synth(wrong)).length).toBeGreaterThan(0);
  });
});
