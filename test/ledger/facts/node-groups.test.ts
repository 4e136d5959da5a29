import { factsOf, readKubernetes, readTerraform } from '../../../lib/ledger';
import type { Json } from '../../../lib/ledger/source';

const MIB = 1024 ** 2;
const ref = (expression: string): string => `\${${expression}}`;

const read = (resource: Json, more: Record<string, Json> = {}, stack = 'shop-cluster') =>
  readTerraform(`${stack}/cdk.tf.json`, JSON.stringify({ resource, ...more })).blocks;

const facts = (resource: Json, objects: readonly Json[] = []) =>
  factsOf({
    kubernetes: readKubernetes('x.json', JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects })).objects,
    terraform: read(resource),
    skipped: [],
  });

const managed = (more: Record<string, Json> = {}): Record<string, Json> => ({
  cluster_name: 'shop',
  node_group_name: 'general',
  instance_types: ['m5.large'],
  scaling_config: [{ min_size: 3, max_size: 20, desired_size: 6 }],
  ...more,
});
const group = (more: Record<string, Json> = {}, others: Record<string, Json> = {}) =>
  facts({ aws_eks_node_group: { general: managed(more) }, ...others }).nodeGroups[0];

const cni = {
  aws_eks_addon: {
    cni: { addon_name: 'vpc-cni', configuration_values: '{"env":{"ENABLE_PREFIX_DELEGATION":"true"}}' },
  },
};

test('a managed group is read with everything that pods look for', () => {
  const subnets = { a: { availability_zone: 'us-west-2a' }, b: { availability_zone: 'us-west-2b' } };
  const found = group(
    {
      cluster_name: ref('aws_eks_cluster.main.name'),
      capacity_type: 'SPOT',
      labels: { pool: 'general' },
      taint: [
        { key: 'a', value: 'b', effect: 'NO_SCHEDULE' },
        { key: 'c', effect: 'NO_EXECUTE' },
      ],
      subnet_ids: [ref('aws_subnet.a.id'), ref('aws_subnet.b.id')],
      update_config: { max_unavailable_percentage: 33 },
    },
    { aws_eks_cluster: { main: { name: 'shop-production' } }, aws_subnet: subnets },
  );
  expect(found).toMatchObject({
    id: 'aws_eks_node_group.general in shop-cluster',
    name: 'general',
    cluster: 'shop-production',
    min: 3,
    max: 20,
    desired: 6,
    instanceTypes: ['m5.large'],
    architecture: 'amd64',
    capacity: 'spot',
    labels: {
      pool: 'general',
      'kubernetes.io/arch': 'amd64',
      'node.kubernetes.io/instance-type': 'm5.large',
      'eks.amazonaws.com/capacityType': 'SPOT',
      'eks.amazonaws.com/nodegroup': 'general',
    },
    taints: [
      { key: 'a', value: 'b', effect: 'NoSchedule' },
      { key: 'c', value: '', effect: 'NoExecute' },
    ],
    zones: ['us-west-2a', 'us-west-2b'],
    subnets: ['aws_subnet.a in shop-cluster', 'aws_subnet.b in shop-cluster'],
    updateUnavailable: 7,
  });
  expect(found?.labels['topology.kubernetes.io/zone']).toBeUndefined();
});

/** 8192 MiB less 615 of the hypervisor, 255 + 11 a pod, 100 for eviction. */
test.each([
  { it: 'addresses of its interfaces', more: {}, others: {}, pods: 29, mib: 8192 - 615 - (255 + 11 * 29) - 100 },
  { it: 'prefixes, up to the cap of EKS', more: {}, others: cni, pods: 110, mib: 8192 - 615 - (255 + 11 * 110) - 100 },
])('nodes take as many pods as $it allow', ({ more, others, pods, mib }) => {
  expect(group(more, others)?.allocatable).toMatchObject({ cpuMillis: 1930, memoryBytes: mib * MIB, pods });
});

test('of several types the smallest counts, of each resource', () => {
  const found = group({ instance_types: ['m5.xlarge', 'c5.2xlarge', 'm5.large'] });
  expect(found?.allocatable).toMatchObject({ cpuMillis: 1930, memoryBytes: 6903 * MIB, pods: 29 });
  expect(found?.labels['node.kubernetes.io/instance-type']).toBeUndefined();
});

const launched = (template: Record<string, Json>, more: Record<string, Json> = {}) =>
  group(
    { launch_template: [{ id: ref('aws_launch_template.nodes.id'), version: 1 }], ...more },
    { aws_launch_template: { nodes: template } },
  );

test.each([
  {
    it: 'a NodeConfig',
    data: 'apiVersion: node.eks.aws/v1alpha1\nkind: NodeConfig\nspec:\n  kubelet:\n    config:\n      maxPods: 58\n',
  },
  { it: 'arguments of bootstrap.sh', data: "/etc/eks/bootstrap.sh shop --kubelet-extra-args '--max-pods=58'" },
  { it: 'arguments with a space', data: "/etc/eks/bootstrap.sh shop --kubelet-extra-args '--max-pods 58'" },
  { it: 'settings of Bottlerocket', data: '[settings.kubernetes]\nmax-pods = 58\n' },
])('the launch template says how many pods a node takes, in $it', ({ data }) => {
  expect(launched({ user_data: Buffer.from(data).toString('base64') })?.allocatable.pods).toBe(58);
  expect(launched({ user_data: data })?.allocatable.pods).toBe(58);
});

test.each([
  {
    it: 'the template',
    template: { block_device_mappings: [{ ebs: [{ volume_size: 50 }] }] },
    more: { disk_size: 100 },
    gib: 50,
  },
  { it: 'the group', template: {}, more: { disk_size: 100 }, gib: 100 },
  { it: 'EKS', template: {}, more: {}, gib: 20 },
])('the disk is that of $it, less file system, eviction and what kubelet keeps', ({ template, more, gib }) => {
  const expected = Math.floor(gib * 1024 ** 3 * 0.999 * 0.9) - 1024 ** 3;
  expect(launched(template, more)?.allocatable.ephemeralBytes).toBe(expected);
});

test('a managed node of few CPUs takes no more pods than EKS lets it', () => {
  expect(group({ instance_types: ['m5.4xlarge'] })?.allocatable.pods).toBe(110);
});

test('of blocks with one name those of the same stack are meant', () => {
  const subnet = (zone: string) => ({ aws_subnet: { a: { name: 'private', availability_zone: zone } } });
  const terraform = [
    ...read(subnet('eu-west-1a'), {}, 'other'),
    ...read({ aws_eks_node_group: { x: managed({ subnet_ids: ['private'] }) }, ...subnet('us-west-2a') }),
  ];
  expect(factsOf({ kubernetes: [], terraform, skipped: [] }).nodeGroups).toMatchObject([{ zones: ['us-west-2a'] }]);
});

test('without types a group has that of its template, else that of EKS', () => {
  expect(launched({ instance_type: 'c5.2xlarge' }, { instance_types: [] })?.instanceTypes).toEqual(['c5.2xlarge']);
  expect(group({ instance_types: [] })?.instanceTypes).toEqual(['t3.medium']);
});

test.each([
  { it: 'one node', config: {}, expected: 1 },
  { it: 'a number', config: { update_config: { max_unavailable: 4 } }, expected: 4 },
  {
    it: 'a share of the most there may be, rounded up',
    config: { update_config: [{ max_unavailable_percentage: 1 }] },
    expected: 1,
  },
])('an update takes $it at once', ({ config, expected }) => {
  expect(group(config as never)?.updateUnavailable).toBe(expected);
});

test.each([
  {
    it: 'a type that is not in the catalog',
    resource: { aws_eks_node_group: { x: managed({ instance_types: ['z9.mega'] }) } },
    why: /z9\.mega/,
  },
  {
    it: 'a maximum that is a reference',
    resource: { aws_eks_node_group: { x: managed({ scaling_config: { max_size: ref('var.most') } }) } },
    why: /maximum/,
  },
  { it: 'Fargate', resource: { aws_eks_fargate_profile: { x: {} } }, why: /Fargate/ },
  { it: 'Auto Mode', resource: { aws_eks_cluster: { x: { compute_config: [{ enabled: true }] } } }, why: /Auto Mode/ },
  { it: 'another cloud', resource: { google_container_node_pool: { x: {} } }, why: /cloud/ },
])('nodes of $it are named, so that sums of nodes are known to lack them', ({ resource, why }) => {
  const { nodeGroups, skipped } = facts(resource as Json);
  expect(nodeGroups).toEqual([]);
  expect(skipped).toMatchObject([{ view: 'nodeGroups', why: expect.stringMatching(why) }]);
});

test('subnets are found through the outputs of another stack', () => {
  const network = read(
    { aws_subnet: { a: { availability_zone: 'us-west-2a' } } },
    { output: { subnetA: { value: ref('aws_subnet.a.id') } } },
    'shop-network',
  );
  const other = read(
    { aws_subnet: { a: { availability_zone: 'eu-west-1a' } } },
    { output: { subnetA: { value: ref('aws_subnet.a.id') } } },
    'other-network',
  );
  const state = (name: string, config: Json) => ({
    data: { terraform_remote_state: { [name]: { backend: 's3', config } } },
  });
  for (const [name, config] of [
    ['cross-stack-reference-input-shop-network', {}],
    ['network', { key: 'states/shop-network.tfstate' }],
  ] as const) {
    const cluster = read(
      {
        aws_eks_node_group: {
          x: managed({ subnet_ids: [ref(`data.terraform_remote_state.${name}.outputs.subnetA`)] }),
        },
      },
      state(name, config),
    );
    const { nodeGroups } = factsOf({ kubernetes: [], terraform: [...other, ...cluster, ...network], skipped: [] });
    expect(nodeGroups).toMatchObject([{ zones: ['us-west-2a'], subnets: ['aws_subnet.a in shop-network'] }]);
  }
});

test('subnets are found by splat, by id in a state, and stay as they are written otherwise', () => {
  const subnet = { count: 2, availability_zone: `z${ref('count.index')}` };
  expect(group({ subnet_ids: ref('aws_subnet.private[*].id') }, { aws_subnet: { private: subnet } })?.zones).toEqual([
    'z0',
    'z1',
  ]);
  expect(group({ subnet_ids: [ref('aws_subnet.private[1].id')] }, { aws_subnet: { private: subnet } })?.zones).toEqual([
    'z1',
  ]);
  expect(
    group({ subnet_ids: ['subnet-1'] }, { aws_subnet: { a: { id: 'subnet-1', availability_zone: 'x' } } })?.zones,
  ).toEqual(['x']);
  expect(group({ subnet_ids: ['subnet-2', ref('module.vpc.subnets')] })).toMatchObject({
    zones: [],
    subnets: ['subnet-2', ref('module.vpc.subnets')],
  });
});

const asg = (more: Record<string, Json>, template: Record<string, Json> = { instance_type: 'm5.large' }) =>
  facts({
    aws_autoscaling_group: {
      nodes: {
        name: 'nodes',
        min_size: 1,
        max_size: 9,
        desired_capacity: 2,
        launch_template: [{ id: ref('aws_launch_template.t.id') }],
        ...more,
      },
    },
    aws_launch_template: { t: template },
  });
const tag = (key: string, value: string): Json => ({ key, value, propagate_at_launch: true });
const owned = tag('kubernetes.io/cluster/shop', 'owned');

test('an Auto Scaling group that joins a cluster is a group of nodes, with the hints of its tags', () => {
  const tags = [
    owned,
    tag('k8s.io/cluster-autoscaler/node-template/label/pool', 'x'),
    tag('k8s.io/cluster-autoscaler/node-template/taint/dedicated', 'x:NoSchedule'),
  ];
  expect(asg({ tag: tags }).nodeGroups).toMatchObject([
    {
      name: 'nodes',
      cluster: 'shop',
      min: 1,
      max: 9,
      desired: 2,
      capacity: 'on-demand',
      labels: { pool: 'x' },
      taints: [{ key: 'dedicated', value: 'x', effect: 'NoSchedule' }],
    },
  ]);
});

test('labels and taints of kubelet arguments count as well', () => {
  const user_data =
    "/etc/eks/bootstrap.sh shop --kubelet-extra-args '--node-labels=pool=x,tier=y --register-with-taints=dedicated=x:NoExecute'";
  expect(asg({}, { instance_type: 'm5.large', user_data }).nodeGroups).toMatchObject([
    { labels: { pool: 'x', tier: 'y' }, taints: [{ key: 'dedicated', value: 'x', effect: 'NoExecute' }] },
  ]);
});

test('an Auto Scaling group of something else is none, and is named', () => {
  const { nodeGroups, skipped } = asg({});
  expect(nodeGroups).toEqual([]);
  expect(skipped).toMatchObject([
    { what: 'aws_autoscaling_group.nodes in shop-cluster', why: expect.stringContaining('no sign of a cluster') },
  ]);
  expect(skipped[0]?.view).toBeUndefined();
});

const mixed = (base: number, share: number): Record<string, Json> => ({
  tag: [owned],
  mixed_instances_policy: [
    {
      launch_template: [
        {
          launch_template_specification: [{ launch_template_id: ref('aws_launch_template.t.id') }],
          override: [{ instance_type: 'm5.large' }, { instance_type: 'm6i.large' }],
        },
      ],
      instances_distribution: [{ on_demand_base_capacity: base, on_demand_percentage_above_base_capacity: share }],
    },
  ],
});

test.each([
  {
    it: 'base and share',
    given: mixed(1, 30),
    expected: [
      ['on-demand', 1, 4],
      ['spot', 0, 5],
    ],
  },
  { it: 'spot only', given: mixed(0, 0), expected: [['spot', 1, 9]] },
  { it: 'on-demand only', given: mixed(0, 100), expected: [['on-demand', 1, 9]] },
])('a group that mixes is told apart: $it', ({ given, expected }) => {
  expect(asg(given).nodeGroups.map(({ capacity, min, max }) => [capacity, min, max])).toEqual(expected);
});

const pool = (
  spec: Record<string, Json>,
  requirements: readonly Json[] = [],
  more: Record<string, Json> = {},
): Json => ({
  apiVersion: 'karpenter.sh/v1',
  kind: 'NodePool',
  metadata: { name: 'general' },
  spec: {
    template: {
      metadata: { labels: { pool: 'general' } },
      spec: { nodeClassRef: { name: 'default' }, requirements, ...more },
    },
    ...spec,
  },
});
const within = (key: string, ...values: string[]): Json => ({ key, operator: 'In', values });
const pools = (...objects: Json[]) => facts({}, objects);

test('a pool of Karpenter is a group up to its limits, of the smallest of its types', () => {
  const types = within('node.kubernetes.io/instance-type', 'm5.large', 'm5.xlarge');
  const zones = within('topology.kubernetes.io/zone', 'a', 'b');
  const spot = within('karpenter.sh/capacity-type', 'spot', 'on-demand');
  const taints = [{ key: 'x', value: 'y', effect: 'NoSchedule' }];
  const [found] = pools(pool({ limits: { cpu: '21', memory: '100Gi' } }, [types, zones, spot], { taints })).nodeGroups;
  expect(found).toMatchObject({
    id: 'NodePool general',
    min: 0,
    max: 10,
    capacity: 'spot',
    zones: ['a', 'b'],
    instanceTypes: ['m5.large', 'm5.xlarge'],
    allocatable: { cpuMillis: 1930, pods: 29 },
    labels: { pool: 'general', 'karpenter.sh/nodepool': 'general' },
    taints,
    choice: [
      { instanceType: 'm5.large', max: 10 },
      { instanceType: 'm5.xlarge', max: 5 },
    ],
  });
});

test.each([
  { it: 'memory', limits: { memory: '17Gi' }, expected: 2 },
  { it: 'nodes', limits: { nodes: 7 }, expected: 7 },
  { it: 'nothing', limits: {}, expected: Number.POSITIVE_INFINITY },
])('limits of $it bound a pool', ({ limits, expected }) => {
  expect(pools(pool({ limits }, [within('node.kubernetes.io/instance-type', 'm5.large')])).nodeGroups[0]?.max).toBe(
    expected,
  );
});

test.each([
  {
    it: 'family and size',
    requirements: [
      within('karpenter.k8s.aws/instance-family', 'm6a'),
      within('karpenter.k8s.aws/instance-size', 'large'),
    ],
    expected: ['m6a.large'],
  },
  {
    it: 'category, generation and CPUs',
    requirements: [
      within('karpenter.k8s.aws/instance-category', 'm'),
      { key: 'karpenter.k8s.aws/instance-generation', operator: 'Gt', values: ['6'] },
      { key: 'karpenter.k8s.aws/instance-cpu', operator: 'Lt', values: ['4'] },
    ],
    expected: ['m7i.large', 'm7a.large'],
  },
  {
    it: 'architecture',
    requirements: [
      within('kubernetes.io/arch', 'arm64'),
      within('karpenter.k8s.aws/instance-family', 'm7g'),
      { key: 'karpenter.k8s.aws/instance-size', operator: 'NotIn', values: ['xlarge', '2xlarge', '4xlarge'] },
    ],
    expected: ['m7g.large'],
  },
])('a pool takes types by $it', ({ requirements, expected }) => {
  expect(pools(pool({}, requirements as Json[])).nodeGroups[0]?.instanceTypes).toEqual(expected);
});

test('a pool that takes no known type, and pools of other makers, are named', () => {
  const { nodeGroups, skipped } = pools(pool({}, [within('node.kubernetes.io/instance-type', 'z9.mega')]), {
    apiVersion: 'karpenter.sh/v1alpha5',
    kind: 'Provisioner',
    metadata: { name: 'old' },
  });
  expect(nodeGroups).toEqual([]);
  expect(skipped.map(({ what, view }) => [what, view])).toEqual([
    ['NodePool general', 'nodeGroups'],
    ['Provisioner old', 'nodeGroups'],
  ]);
});

test('the class of its nodes says how many pods they take and how large their disks are', () => {
  const nodeClass = {
    apiVersion: 'karpenter.k8s.aws/v1',
    kind: 'EC2NodeClass',
    metadata: { name: 'default' },
    spec: { kubelet: { maxPods: 20 }, blockDeviceMappings: [{ ebs: { volumeSize: '40Gi' } }] },
  };
  const [found] = pools(pool({}, [within('node.kubernetes.io/instance-type', 'm5.large')]), nodeClass).nodeGroups;
  expect(found?.allocatable).toMatchObject({
    pods: 20,
    ephemeralBytes: Math.floor(40 * 1024 ** 3 * 0.999 * 0.9) - 1024 ** 3,
  });
});
