import { TerraformStack, Testing } from 'cdktf';
import { NodeGroup, type NodeGroupProps } from '../../../lib/aws/nodes/node-group';
import { NODE_GROUP_PLACE_CHECKS } from '../../../lib/aws/nodes/node-group-place';
import { EncryptionKey } from '../../../lib/aws/secrets/encryption-key';
import { WARNING_METADATA } from '../../../lib/check';
import { Memory, Percent } from '../../../lib/units';
import { allIds, ids, refused } from '../../support/findings';
import { type Block, onlyResource, resources, terraform } from '../../support/terraform';

const props: NodeGroupProps = {
  cluster: {
    name: 'acgs',
    version: '1.35',
    securityGroupId: 'sg-cluster',
    nodeRoleArn: 'arn:aws:iam::123456789012:role/nodes',
  },
  subnetIds: ['subnet-a', 'subnet-b', 'subnet-c'],
  zoneNames: ['us-west-2a', 'us-west-2b', 'us-west-2c'],
  name: 'general',
  instanceTypes: ['m5.xlarge'],
  min: 3,
  max: 20,
  desired: 6,
};

const synth = (overrides: Partial<NodeGroupProps> = {}): Block =>
  terraform((stack) => {
    new NodeGroup(stack, 'General', { ...props, ...overrides });
  });

const group = (overrides?: Partial<NodeGroupProps>): Block => onlyResource(synth(overrides), 'aws_eks_node_group');
const template = (overrides?: Partial<NodeGroupProps>): Block => onlyResource(synth(overrides), 'aws_launch_template');

/** Tags of the Auto Scaling groups, by key. */
const hints = (json: Block): Record<string, string> =>
  Object.fromEntries(resources(json, 'aws_autoscaling_group_tag').map(({ tag }) => [tag.key, tag.value]));

describe('NodeGroup', () => {
  test('is what was declared', () => {
    expect(group()).toMatchObject({
      cluster_name: 'acgs',
      version: '1.35',
      node_role_arn: 'arn:aws:iam::123456789012:role/nodes',
      instance_types: ['m5.xlarge'],
      capacity_type: 'ON_DEMAND',
      ami_type: 'AL2023_x86_64_STANDARD',
      scaling_config: { min_size: 3, desired_size: 6, max_size: 20 },
      subnet_ids: ['subnet-a', 'subnet-b', 'subnet-c'],
      update_config: { max_unavailable_percentage: 33 },
      node_repair_config: { enabled: true },
    });
  });

  test.each([
    {
      it: 'arm64 types run an arm64 image',
      given: { instanceTypes: ['m6g.xlarge'] },
      expected: { ami_type: 'AL2023_ARM_64_STANDARD' },
    },
    {
      it: 'spot is bought as spot',
      given: { capacity: 'spot' as const, instanceTypes: ['m5.xlarge', 'm6i.xlarge', 'm6a.xlarge'] },
      expected: { capacity_type: 'SPOT', instance_types: ['m5.xlarge', 'm6i.xlarge', 'm6a.xlarge'] },
    },
    {
      it: 'labels stand beside the name of the group',
      given: { labels: { tier: 'web' } },
      expected: { labels: { tier: 'web', 'headroom.dev/node-group': 'general' } },
    },
    {
      it: 'taints are written as EKS spells them',
      given: {
        taints: [
          { key: 'a', value: '1', effect: 'NoSchedule' as const },
          { key: 'b', value: '2', effect: 'PreferNoSchedule' as const },
          { key: 'c', value: '3', effect: 'NoExecute' as const },
        ],
      },
      expected: {
        taint: [
          { key: 'a', value: '1', effect: 'NO_SCHEDULE' },
          { key: 'b', value: '2', effect: 'PREFER_NO_SCHEDULE' },
          { key: 'c', value: '3', effect: 'NO_EXECUTE' },
        ],
      },
    },
    {
      it: 'an update takes the share it is given',
      given: { maxUnavailable: Percent.of(50) },
      expected: { update_config: { max_unavailable_percentage: 50 } },
    },
    {
      it: 'a release can be pinned',
      given: { releaseVersion: '1.35.0-20260818' },
      expected: { release_version: '1.35.0-20260818' },
    },
  ])('$it', ({ given, expected }) => {
    expect(group(given)).toMatchObject(expected);
  });

  test('a release that is not pinned is left to EKS', () => {
    expect(group()).not.toHaveProperty('release_version');
  });

  test('a replacement stands before the old group goes, under a name of its own', () => {
    expect(group()).toMatchObject({ node_group_name_prefix: 'general-', lifecycle: { create_before_destroy: true } });
    expect(group()).not.toHaveProperty('node_group_name');
    expect(template()).toMatchObject({ name_prefix: 'general-', lifecycle: { create_before_destroy: true } });
  });

  test('the number of nodes is ignored only when Cluster Autoscaler owns it', () => {
    expect(group().lifecycle.ignore_changes).toEqual(['scaling_config[0].desired_size']);
    expect(group({ autoscaler: 'karpenter' }).lifecycle.ignore_changes).toBeUndefined();
    expect(group({ autoscaler: 'none' }).lifecycle.ignore_changes).toBeUndefined();
  });

  test('moving a bound changes the bound and nothing else', () => {
    const [before, after] = [synth(), synth({ max: 21 })];
    const [one] = resources(before, 'aws_eks_node_group');
    one.scaling_config.max_size = 21;

    expect(after).toEqual(before);
  });

  test('warns about types of different sizes, and still builds', () => {
    const stack = new TerraformStack(Testing.app(), 'test');
    const made = new NodeGroup(stack, 'General', { ...props, instanceTypes: ['m5.large', 'm5.xlarge'] });
    const warnings = made.node.metadata.filter(({ type }) => type === WARNING_METADATA);

    expect(warnings.map(({ data }) => data.check)).toEqual(['node-group-types-have-one-shape']);
  });

  test('tells a cluster of its nodes', () => {
    const joined: unknown[] = [];
    const taints = [{ key: 'a', value: '1', effect: 'NoSchedule' as const }];
    synth({ taints, cluster: { ...props.cluster, join: ({ desired, taints: seen }) => joined.push([desired, seen]) } });

    expect(joined).toEqual([[6, taints]]);
  });

  test('waits for what must stand before nodes, of its own stack', () => {
    const app = Testing.app();
    const [here, elsewhere] = [new TerraformStack(app, 'here'), new TerraformStack(app, 'elsewhere')];
    const early = [here, elsewhere].map(
      (stack) => new EncryptionKey(stack, 'Key', { alias: 'a', description: 'A' }).node.defaultChild,
    );
    new NodeGroup(here, 'General', { ...props, cluster: { ...props.cluster, beforeNodes: early as never } });

    const made = onlyResource(JSON.parse(Testing.synth(here)), 'aws_eks_node_group');
    expect(made.depends_on).toEqual([expect.stringMatching(/^aws_kms_key\.Key_/)]);
  });
});

describe('a node', () => {
  test('keeps its credentials from pods', () => {
    expect(template().metadata_options).toEqual({
      http_endpoint: 'enabled',
      http_tokens: 'required',
      http_put_response_hop_limit: 1,
    });
  });

  test('has no public address and only the security group of the cluster', () => {
    expect(template().network_interfaces).toEqual([
      {
        device_index: 0,
        associate_public_ip_address: 'false',
        delete_on_termination: 'true',
        security_groups: ['sg-cluster'],
      },
    ]);
  });

  test('has an encrypted root volume of 50 GiB, or what is declared', () => {
    const ebs = { volume_type: 'gp3', encrypted: 'true', delete_on_termination: 'true' };

    expect(template().block_device_mappings).toEqual([{ device_name: '/dev/xvda', ebs: { ...ebs, volume_size: 50 } }]);
    expect(template({ rootVolume: Memory.gib(100) }).block_device_mappings[0].ebs.volume_size).toBe(100);
  });

  test('can have a customer key for its root volume', () => {
    const json = terraform((stack) => {
      const rootVolumeKey = new EncryptionKey(stack, 'Key', { alias: 'a', description: 'A', users: ['autoscaling'] });
      new NodeGroup(stack, 'General', { ...props, rootVolumeKey });
    });

    expect(onlyResource(json, 'aws_launch_template').block_device_mappings[0].ebs.kms_key_id).toMatch(
      /aws_kms_key.*arn/,
    );
  });

  test('is monitored and optimized for EBS', () => {
    expect(template()).toMatchObject({ monitoring: { enabled: true }, ebs_optimized: 'true' });
  });

  test('is tagged together with its volumes and interfaces', () => {
    const tags = { Name: 'acgs-general', team: 'core' };

    expect(template({ tags: { team: 'core' } }).tag_specifications).toEqual(
      ['instance', 'volume', 'network-interface'].map((resource_type) => ({ resource_type, tags })),
    );
  });

  test('runs the version of the template that Terraform made last', () => {
    expect(group().launch_template).toEqual({
      id: expect.stringMatching(/^\$\{aws_launch_template\..*\.id}$/),
      version: expect.stringMatching(/^\$\{aws_launch_template\..*\.latest_version}$/),
    });
  });

  test('is told how many pods it takes, the number that the construct exposes', () => {
    const stack = new TerraformStack(Testing.app(), 'test');
    const { maxPods } = new NodeGroup(stack, 'General', props);
    const data = Buffer.from(template().user_data, 'base64').toString();

    expect(maxPods).toBe(110);
    expect(data).toContain('maxPods: 110');
  });
});

describe('hints for Cluster Autoscaler', () => {
  const prefix = 'k8s.io/cluster-autoscaler';
  const taints = [{ key: 'dedicated', value: 'data', effect: 'NoSchedule' as const }];

  test('describe a node while there is none', () => {
    expect(hints(synth({ labels: { tier: 'web' }, taints }))).toEqual({
      [`${prefix}/enabled`]: 'true',
      [`${prefix}/acgs`]: 'owned',
      [`${prefix}/node-template/label/tier`]: 'web',
      [`${prefix}/node-template/label/headroom.dev/node-group`]: 'general',
      [`${prefix}/node-template/taint/dedicated`]: 'data:NoSchedule',
      [`${prefix}/node-template/resources/ephemeral-storage`]: '44Gi',
    });
  });

  test.each([
    { gib: 20, hint: '17Gi' },
    { gib: 50, hint: '44Gi' },
    { gib: 55, hint: '48Gi' },
  ])('of a root volume of $gib GiB promise $hint', ({ gib, hint }) => {
    const tags = hints(synth({ rootVolume: Memory.gib(gib) }));

    expect(tags[`${prefix}/node-template/resources/ephemeral-storage`]).toBe(hint);
  });

  test('stand on the Auto Scaling group, not on instances', () => {
    for (const { autoscaling_group_name, tag } of resources(synth(), 'aws_autoscaling_group_tag')) {
      expect(autoscaling_group_name).toMatch(
        /^\$\{aws_eks_node_group\..*\.resources\[0]\.autoscaling_groups\[0]\.name}$/,
      );
      expect(tag.propagate_at_launch).toBe(false);
    }
  });

  test('are given to nobody else', () => {
    expect(resources(synth({ autoscaler: 'karpenter' }), 'aws_autoscaling_group_tag')).toEqual([]);
    expect(resources(synth({ autoscaler: 'none' }), 'aws_autoscaling_group_tag')).toEqual([]);
  });
});

describe('a group of each zone', () => {
  const json = synth({ zones: 'each', name: 'data' });

  test('is one group a zone, each in its own subnet, of the declared size', () => {
    const made = resources(json, 'aws_eks_node_group').map((block) => [
      block.node_group_name_prefix,
      block.subnet_ids,
      block.scaling_config.desired_size,
    ]);

    expect(made).toEqual([
      ['data-us-west-2a-', ['subnet-a'], 6],
      ['data-us-west-2b-', ['subnet-b'], 6],
      ['data-us-west-2c-', ['subnet-c'], 6],
    ]);
  });

  test('tells the autoscaler where volumes lie', () => {
    const zones = resources(json, 'aws_autoscaling_group_tag')
      .filter(({ tag }) => tag.key === 'k8s.io/cluster-autoscaler/node-template/label/topology.ebs.csi.aws.com/zone')
      .map(({ autoscaling_group_name, tag }) => [autoscaling_group_name.match(/us-west-2./)[0], tag.value]);

    expect(zones).toEqual([
      ['us-west-2a', 'us-west-2a'],
      ['us-west-2b', 'us-west-2b'],
      ['us-west-2c', 'us-west-2c'],
    ]);
  });

  test('starts its nodes alike', () => {
    expect(resources(json, 'aws_launch_template')).toHaveLength(1);
  });

  test('has one Auto Scaling group a zone', () => {
    const stack = new TerraformStack(Testing.app(), 'test');

    expect(new NodeGroup(stack, 'Data', { ...props, zones: 'each' }).autoScalingGroups).toHaveLength(3);
    expect(new NodeGroup(stack, 'All', props).autoScalingGroups).toHaveLength(1);
  });
});

describe('NodeGroup.inspect', () => {
  const rows: readonly (readonly [it: string, given: Partial<NodeGroupProps>, expected: readonly string[]])[] = [
    ['refuses a zone without a subnet', { subnetIds: ['subnet-a'] }, ['node-group-zones-match-subnets']],
    [
      'refuses a zone twice',
      { zoneNames: ['us-west-2a', 'us-west-2a', 'us-west-2b'] },
      ['node-group-zones-match-subnets'],
    ],
    ['refuses no zone', { zoneNames: [], subnetIds: [] }, ['node-group-zones-match-subnets']],
    ['takes a name that fits with its zone', { zones: 'each', name: 'a'.repeat(25) }, []],
    ['refuses a name that does not', { zones: 'each', name: 'a'.repeat(26) }, ['node-group-zone-names-fit']],
    ['takes that name for all zones', { name: 'a'.repeat(26) }, []],
    ['refuses an update of no node', { maxUnavailable: Percent.of(0) }, ['node-group-update-share-is-possible']],
    ['takes an update of 1 %', { maxUnavailable: Percent.of(1) }, []],
    ['takes an update of all nodes', { maxUnavailable: Percent.of(100) }, []],
    ['refuses an update of more', { maxUnavailable: Percent.of(101) }, ['node-group-update-share-is-possible']],
    ['refuses a tag that AWS keeps for itself', { tags: { 'aws:cost': 'core' } }, ['node-group-tags-are-allowed']],
    ['takes a tag of its own', { tags: { 'cost:aws': 'core' } }, []],
    ['refuses part of a percent', { maxUnavailable: Percent.of(33.5) }, ['node-group-update-share-is-possible']],
    [
      'reports the faults of the declaration too',
      { desired: 2, subnetIds: ['subnet-a'] },
      ['node-group-desired-is-within-bounds', 'node-group-zones-match-subnets'],
    ],
  ];

  test.each(rows)('%s', (_, given, expected) => {
    expect(ids(NodeGroup.inspect('General', { ...props, ...given }))).toEqual(expected);
  });

  test('every check has a failing row', () => {
    const found = [...new Set(rows.flatMap(([, , expected]) => expected))];
    expect(found).toEqual(expect.arrayContaining(allIds(NODE_GROUP_PLACE_CHECKS)));
  });

  test('an error ends the constructor before anything is built', () => {
    const stack = new TerraformStack(Testing.app(), 'test');

    expect(refused(() => new NodeGroup(stack, 'General', { ...props, desired: 2 }))).toEqual([
      'node-group-desired-is-within-bounds',
    ]);
    expect(JSON.parse(Testing.synth(stack)).resource).toBeUndefined();
  });
});
