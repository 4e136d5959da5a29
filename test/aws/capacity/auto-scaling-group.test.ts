import { Lb } from '@cdktf/provider-aws/lib/lb';
import { LbTargetGroup } from '@cdktf/provider-aws/lib/lb-target-group';
import { AutoScalingGroup } from '../../../lib/aws/capacity/auto-scaling-group';
import {
  AUTO_SCALING_GROUP_PROPS_CHECKS,
  type AutoScalingGroupProps,
} from '../../../lib/aws/capacity/auto-scaling-group-props';
import { RESOURCE_LABEL_CHECKS, TargetTrackingPolicy } from '../../../lib/aws/capacity/target-tracking-policy';
import { EncryptionKey } from '../../../lib/aws/secrets/encryption-key';
import type { TrackedTarget } from '../../../lib/model/capacity/target-tracking';
import { Memory, Percent } from '../../../lib/units';
import { brokenAwsRules } from '../../hardening/aws-rule';
import { AWS_RULES } from '../../hardening/aws-rules';
import { allIds, ids, refused } from '../../support/findings';
import { type Block, onlyResource, resources, terraform } from '../../support/terraform';

const TARGET_GROUP = 'arn:aws:elasticloadbalancing:us-west-2:123456789012:targetgroup/agents/0123456789abcdef';

const CPU: TrackedTarget = { on: 'cpu', utilization: Percent.of(75) };
const REQUESTS: TrackedTarget = {
  on: 'requests-per-target',
  perMinute: 1000,
  loadBalancer: 'app/alfred/50dc6c495c0c9188',
  targetGroup: 'targetgroup/agents/0123456789abcdef',
};

/** As the documents have it, but for what cannot be created. */
const props: AutoScalingGroupProps = {
  name: 'alfred-agent',
  instanceName: 'Alfred-Agent-Node',
  instanceTypes: ['m5.large'],
  min: 2,
  max: 10,
  desired: 2,
  subnetIds: ['subnet-1a2b3c4d', 'subnet-5e6f7a8b'],
  securityGroupIds: ['sg-0a1b2c3d'],
  targetGroupArns: [TARGET_GROUP],
  tracks: [CPU, REQUESTS],
};

const SPOT: Partial<AutoScalingGroupProps> = {
  instanceTypes: ['m5.large', 'm6i.large', 'm6a.large'],
  spot: { share: Percent.of(30) },
};

const synth = (overrides: Partial<AutoScalingGroupProps> = {}): Block =>
  terraform((stack) => {
    new AutoScalingGroup(stack, 'Agents', { ...props, ...overrides });
  });

const group = (overrides?: Partial<AutoScalingGroupProps>): Block =>
  onlyResource(synth(overrides), 'aws_autoscaling_group');
const template = (overrides?: Partial<AutoScalingGroupProps>): Block =>
  onlyResource(synth(overrides), 'aws_launch_template');

describe('AutoScalingGroup', () => {
  test('is what the documents declare', () => {
    expect(group()).toMatchObject({
      name: 'alfred-agent',
      min_size: 2,
      max_size: 10,
      desired_capacity: 2,
      health_check_type: 'ELB',
      health_check_grace_period: 300,
      vpc_zone_identifier: ['subnet-1a2b3c4d', 'subnet-5e6f7a8b'],
      target_group_arns: [TARGET_GROUP],
      metrics_granularity: '1Minute',
      enabled_metrics: [
        'GroupMinSize',
        'GroupMaxSize',
        'GroupDesiredCapacity',
        'GroupInServiceInstances',
        'GroupTotalInstances',
      ],
      tag: [{ key: 'Name', value: 'Alfred-Agent-Node', propagate_at_launch: true }],
    });
    expect(group()).not.toHaveProperty('launch_configuration');
  });

  test('targets hold CPU at 75 % and requests at 1000 a minute', () => {
    const policies = resources(synth(), 'aws_autoscaling_policy');
    expect(policies.map((policy) => [policy.name, policy.policy_type, policy.target_tracking_configuration])).toEqual([
      [
        'cpu',
        'TargetTrackingScaling',
        {
          disable_scale_in: false,
          predefined_metric_specification: { predefined_metric_type: 'ASGAverageCPUUtilization' },
          target_value: 75,
        },
      ],
      [
        'requests-per-target',
        'TargetTrackingScaling',
        {
          disable_scale_in: false,
          predefined_metric_specification: {
            predefined_metric_type: 'ALBRequestCountPerTarget',
            resource_label: 'app/alfred/50dc6c495c0c9188/targetgroup/agents/0123456789abcdef',
          },
          target_value: 1000,
        },
      ],
    ]);
  });

  test('a resource label is made of the suffixes of two ARNs, by reference', () => {
    const json = terraform((stack) => {
      const balancer = new Lb(stack, 'Lb', {});
      const targets = new LbTargetGroup(stack, 'Targets', {});
      new AutoScalingGroup(stack, 'Agents', {
        ...props,
        targetGroupArns: [targets.arn],
        tracks: [
          {
            on: 'requests-per-target',
            perMinute: 1000,
            loadBalancer: balancer.arnSuffix,
            targetGroup: targets.arnSuffix,
          },
        ],
      });
    });
    const policy = onlyResource(json, 'aws_autoscaling_policy');
    expect(policy.target_tracking_configuration.predefined_metric_specification.resource_label).toMatch(
      /^\$\{aws_lb\.[^.]+\.arn_suffix\}\/\$\{aws_lb_target_group\.[^.]+\.arn_suffix\}$/,
    );
  });

  test('targets own the size; without any, Terraform does', () => {
    expect(group().lifecycle.ignore_changes).toEqual(['desired_capacity']);
    expect(group({ tracks: [] }).lifecycle.ignore_changes).toBeUndefined();
  });

  test('a cluster owns the size where its tags say so', () => {
    const tags = { 'k8s.io/cluster-autoscaler/acgs': 'owned' };
    expect(group({ tracks: [], tags }).lifecycle.ignore_changes).toEqual(['desired_capacity']);
  });

  test('a change rolls through without taking capacity away, and back if it fails', () => {
    expect(group().instance_refresh).toEqual({
      strategy: 'Rolling',
      preferences: {
        min_healthy_percentage: 100,
        max_healthy_percentage: 110,
        instance_warmup: '120',
        skip_matching: true,
        auto_rollback: true,
      },
    });
    expect(group().launch_template.version).toMatch(/^\$\{aws_launch_template\..*\.latest_version\}$/);
    expect(group().default_instance_warmup).toBe(120);
  });

  test('the load balancer has no say where there is none', () => {
    expect(group({ targetGroupArns: [], tracks: [CPU] })).toMatchObject({ health_check_type: 'EC2' });
    expect(group({ healthCheck: 'EC2' })).toMatchObject({ health_check_type: 'EC2' });
  });

  test('spot is a part above a base, of several types', () => {
    const mixed = group(SPOT);
    expect(mixed).toMatchObject({
      capacity_rebalance: true,
      mixed_instances_policy: {
        instances_distribution: {
          on_demand_allocation_strategy: 'prioritized',
          on_demand_base_capacity: 1,
          on_demand_percentage_above_base_capacity: 70,
          spot_allocation_strategy: 'price-capacity-optimized',
        },
        launch_template: {
          override: [{ instance_type: 'm5.large' }, { instance_type: 'm6i.large' }, { instance_type: 'm6a.large' }],
        },
      },
    });
    expect(mixed).not.toHaveProperty('launch_template');
  });

  test('a base of none is none', () => {
    const { instances_distribution: split } = group({
      ...SPOT,
      spot: { share: Percent.of(100), onDemandBase: 0 },
    }).mixed_instances_policy;
    expect(split).toMatchObject({ on_demand_base_capacity: 0, on_demand_percentage_above_base_capacity: 0 });
  });

  test('several types without spot are all on demand', () => {
    const mixed = group({ instanceTypes: ['m5.large', 'm6i.large'] });
    expect(mixed.capacity_rebalance).toBe(false);
    expect(mixed.mixed_instances_policy.instances_distribution).toMatchObject({
      on_demand_percentage_above_base_capacity: 100,
    });
  });

  test('an instance has nothing open: sessions for metadata, no public address, encrypted', () => {
    expect(template()).toMatchObject({
      instance_type: 'm5.large',
      ebs_optimized: 'true',
      metadata_options: { http_endpoint: 'enabled', http_tokens: 'required', http_put_response_hop_limit: 1 },
      network_interfaces: [{ associate_public_ip_address: 'false', security_groups: ['sg-0a1b2c3d'] }],
      block_device_mappings: [{ ebs: { encrypted: 'true', volume_type: 'gp3', volume_size: 30 } }],
    });
    expect(template()).not.toHaveProperty('key_name');
    expect(template()).not.toHaveProperty('user_data');
  });

  test.each([
    { types: ['m5.large'], parameter: 'al2023-ami-kernel-default-x86_64' },
    { types: ['m6g.large'], parameter: 'al2023-ami-kernel-default-arm64' },
  ])('$types run $parameter', ({ types, parameter }) => {
    const [image] = Object.values<Block>(synth({ instanceTypes: types }).data.aws_ssm_parameter);
    expect(image.name).toBe(`/aws/service/ami-amazon-linux-latest/${parameter}`);
    expect(template({ instanceTypes: types }).image_id).toMatch(/^\$\{data\.aws_ssm_parameter\..*\.insecure_value\}$/);
  });

  test('another image, volume, key and script are taken as given', () => {
    const json = terraform((stack) => {
      const rootVolumeKey = new EncryptionKey(stack, 'Key', {
        alias: 'alfred/agents',
        description: 'Volumes',
        users: ['autoscaling'],
      });
      new AutoScalingGroup(stack, 'Agents', {
        ...props,
        imageParameter: '/images/agent',
        rootVolume: Memory.gib(80),
        rootVolumeKey,
        userData: '#!/bin/sh\nsystemctl start agent\n',
        tags: { environment: 'production' },
      });
    });
    const launched = onlyResource(json, 'aws_launch_template');
    expect(launched.block_device_mappings[0].ebs).toMatchObject({ volume_size: 80 });
    expect(launched.block_device_mappings[0].ebs.kms_key_id).toMatch(/^\$\{aws_kms_key\./);
    expect(Buffer.from(launched.user_data, 'base64').toString()).toBe('#!/bin/sh\nsystemctl start agent\n');
    expect(launched.tag_specifications.map((one: Block) => [one.resource_type, one.tags])).toEqual([
      ['volume', { Name: 'Alfred-Agent-Node', environment: 'production' }],
      ['network-interface', { Name: 'Alfred-Agent-Node', environment: 'production' }],
    ]);
    expect(Object.values<Block>(json.data.aws_ssm_parameter)[0].name).toBe('/images/agent');
  });

  test('programs may do what statements say, beside Session Manager', () => {
    const json = synth({
      statements: [{ sid: 'ReadModels', actions: ['s3:GetObject'], resources: ['arn:aws:s3:::alfred-models/*'] }],
      managedPolicies: ['CloudWatchAgentServerPolicy'],
    });
    expect(
      resources(json, 'aws_iam_role_policy_attachment').map(({ policy_arn }) => policy_arn.split('/').at(-1)),
    ).toEqual(['AmazonSSMManagedInstanceCore', 'CloudWatchAgentServerPolicy']);
    expect(onlyResource(json, 'aws_iam_role_policy').policy).toContain('s3:GetObject');
    expect(onlyResource(json, 'aws_autoscaling_group').depends_on).toHaveLength(3);
  });

  test('moving a bound changes the bound and nothing else', () => {
    const [before, after] = [synth(), synth({ max: 11 })];
    onlyResource(before, 'aws_autoscaling_group').max_size = 11;
    expect(after).toEqual(before);
  });

  test('breaks no rule of hardening', () => {
    expect(brokenAwsRules('test', synth(SPOT), AWS_RULES)).toEqual([]);
    expect(brokenAwsRules('test', synth(), AWS_RULES)).toEqual([]);
  });

  test('two request targets have two policies', () => {
    const second = { ...REQUESTS, targetGroup: 'targetgroup/others/0123456789abcdef' };
    expect(resources(synth({ tracks: [REQUESTS, second] }), 'aws_autoscaling_policy')).toHaveLength(2);
  });
});

describe('TargetTrackingPolicy', () => {
  test('may only grow a group', () => {
    const json = terraform((stack) => {
      new TargetTrackingPolicy(stack, 'Cpu', { autoScalingGroup: 'agents', target: CPU, growsOnly: true });
    });
    expect(onlyResource(json, 'aws_autoscaling_policy').target_tracking_configuration.disable_scale_in).toBe(true);
  });

  test('is refused like a target of a group', () => {
    const target: TrackedTarget = { ...REQUESTS, perMinute: 0, loadBalancer: 'arn:aws:elasticloadbalancing:x' };
    expect(
      refused(() => terraform((stack) => new TargetTrackingPolicy(stack, 'P', { autoScalingGroup: 'a', target }))),
    ).toEqual(['asg-request-target-is-possible', 'asg-request-target-names-its-balancer']);
  });
});

const MARK = { 'k8s.io/cluster-autoscaler/enabled': 'true' };

const broken: readonly (readonly [string, Partial<AutoScalingGroupProps>])[] = [
  ['asg-has-one-owner', { tags: MARK }],
  ['asg-has-one-owner', { tags: { 'k8s.io/cluster-autoscaler/acgs': 'owned' }, tracks: [CPU] }],
  ['asg-elb-health-has-target-groups', { healthCheck: 'ELB', targetGroupArns: [], tracks: [CPU] }],
  ['asg-requests-are-counted-by-a-target-group', { targetGroupArns: [] }],
  ['asg-subnets-are-distinct', { subnetIds: ['subnet-1a2b3c4d', 'subnet-1a2b3c4d'] }],
  ['asg-stands-in-two-subnets', { subnetIds: ['subnet-1a2b3c4d'] }],
  ['asg-subnets-look-like-ids', { subnetIds: ['subnet-1a2b3c4d', 'subnet-5e6f7g8h'] }],
  ['asg-has-a-security-group', { securityGroupIds: [] }],
  ['asg-user-data-fits', { userData: 'a'.repeat(16_385) }],
  ['asg-user-data-fits', { userData: 'é'.repeat(8193) }],
  ['asg-user-data-holds-no-secret', { userData: 'export AWS_KEY=AKIAIOSFODNN7EXAMPLE' }],
  ['asg-user-data-holds-no-secret', { userData: 'DB_PASSWORD=hunter22' }],
  ['asg-user-data-holds-no-secret', { userData: 'api_key: "abcdef123"' }],
  ['asg-user-data-holds-no-secret', { userData: '-----BEGIN RSA PRIVATE KEY-----' }],
  ['asg-tags-are-allowed', { tags: { 'aws:name': 'x' } }],
  ['asg-request-target-names-its-balancer', { tracks: [{ ...REQUESTS, targetGroup: TARGET_GROUP }] }],
  ['asg-request-target-names-its-balancer', { tracks: [{ ...REQUESTS, loadBalancer: 'net/alfred/50dc6c495c0c9188' }] }],
];

describe('checks of the props', () => {
  test.each(broken)('%s: %p', (check, given) => {
    expect(ids(AutoScalingGroup.inspect('test', { ...props, ...given }))).toEqual([check]);
  });

  test.each<Partial<AutoScalingGroupProps>>([
    {},
    { tags: MARK, tracks: [] },
    { userData: 'a'.repeat(16_384) },
    { userData: 'PASSWORD=$(aws secretsmanager get-secret-value --secret-id alfred)' },
    { userData: 'export TOKEN="$TOKEN"' },
    { healthCheck: 'EC2', targetGroupArns: [], tracks: [CPU] },
  ])('nothing is said about %p', (given) => {
    expect(AutoScalingGroup.inspect('test', { ...props, ...given })).toEqual([]);
  });

  test('no subnet at all is an error, beside the warning', () => {
    expect(ids(AutoScalingGroup.inspect('test', { ...props, subnetIds: [] }))).toEqual([
      'asg-subnets-are-distinct',
      'asg-stands-in-two-subnets',
    ]);
    expect(refused(() => synth({ subnetIds: [] }))).toEqual(['asg-subnets-are-distinct']);
  });

  test('what is wrong with the group is told with what is wrong with its props', () => {
    expect(refused(() => synth({ max: 0, securityGroupIds: [] }))).toEqual([
      'asg-max-is-possible',
      'asg-min-is-possible',
      'asg-desired-is-within-bounds',
      'asg-has-a-security-group',
    ]);
  });

  test('every check has a failing row', () => {
    expect([...new Set(broken.map(([check]) => check))].sort()).toEqual(
      allIds(AUTO_SCALING_GROUP_PROPS_CHECKS, RESOURCE_LABEL_CHECKS),
    );
  });
});
