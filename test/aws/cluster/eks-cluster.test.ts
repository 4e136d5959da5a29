import { Route } from '@cdktf/provider-aws/lib/route';
import { TerraformStack, Testing } from 'cdktf';
import { EksCluster } from '../../../lib/aws/cluster/eks-cluster';
import {
  CLUSTER_NODES_CHECKS,
  EKS_CLUSTER_CHECKS,
  type EksClusterProps,
} from '../../../lib/aws/cluster/eks-cluster-props';
import { NodeGroup } from '../../../lib/aws/nodes/node-group';
import { EncryptionKey } from '../../../lib/aws/secrets/encryption-key';
import type { NodeGroupSpec } from '../../../lib/model/cluster/nodes';
import { Duration } from '../../../lib/units';
import { allIds, ids, refused } from '../../support/findings';
import { type Block, onlyResource, resources, terraform } from '../../support/terraform';

const props: EksClusterProps = {
  name: 'acgs-production',
  network: {
    vpcId: 'vpc-1',
    cidr: '10.0.0.0/16',
    zones: ['us-west-2a', 'us-west-2b'],
    privateSubnetIds: ['subnet-a', 'subnet-b'],
  },
  apiAccess: { through: 'session-manager' },
  adminPrincipals: ['arn:aws:iam::123456789012:role/operators'],
  deployPrincipals: ['arn:aws:iam::123456789012:role/pipeline'],
  asOf: '2026-11-21',
};

const general: NodeGroupSpec = { name: 'general', instanceTypes: ['m5.xlarge'], min: 3, max: 20, desired: 6 };

const synth = (overrides: Partial<EksClusterProps> = {}): Block =>
  terraform((stack) => {
    new EksCluster(stack, 'Cluster', { ...props, ...overrides });
  });

const cluster = (overrides?: Partial<EksClusterProps>): Block => onlyResource(synth(overrides), 'aws_eks_cluster');

/** Types of the resources that a block waits for. */
const waitsFor = (block: Block): string[] => [
  ...new Set<string>(block.depends_on.map((id: string) => id.split('.')[0])),
];

describe('EksCluster', () => {
  test('answers inside the VPC only', () => {
    expect(cluster().vpc_config).toEqual({
      endpoint_private_access: true,
      endpoint_public_access: false,
      subnet_ids: ['subnet-a', 'subnet-b'],
    });
  });

  test('is encrypted, logs everything, and admits by access entries alone', () => {
    expect(cluster()).toMatchObject({
      name: 'acgs-production',
      version: '1.35',
      access_config: { authentication_mode: 'API', bootstrap_cluster_creator_admin_permissions: false },
      encryption_config: { resources: ['secrets'] },
      enabled_cluster_log_types: ['api', 'audit', 'authenticator', 'controllerManager', 'scheduler'],
      upgrade_policy: { support_type: 'STANDARD' },
      zonal_shift_config: { enabled: true },
      bootstrap_self_managed_addons: false,
    });
  });

  test('one key of its own encrypts secrets and logs, and its role may use that key and no other', () => {
    const json = synth();
    const { key_arn: key } = onlyResource(json, 'aws_eks_cluster').encryption_config.provider;
    const [policy] = resources(json, 'aws_iam_role_policy').map((block) => JSON.parse(block.policy));

    expect(key).toMatch(/^\$\{aws_kms_key\..*\.arn}$/);
    expect(onlyResource(json, 'aws_cloudwatch_log_group').kms_key_id).toBe(key);
    expect(policy.Statement).toHaveLength(1);
    expect(policy.Statement[0].Resource).toEqual([key]);
    expect(onlyResource(json, 'aws_kms_key').policy).toContain('ForLogs');
  });

  test('a given key takes the place of its own', () => {
    const json = terraform((stack) => {
      const key = new EncryptionKey(stack, 'Shared', { alias: 'shared', description: 'Shared', users: ['logs'] });
      new EksCluster(stack, 'Cluster', { ...props, key });
    });

    expect(resources(json, 'aws_kms_key').map(({ description }) => description)).toEqual(['Shared']);
  });

  test('starts after its log group and the rights of its role', () => {
    expect(waitsFor(cluster())).toEqual([
      'aws_iam_role_policy_attachment',
      'aws_iam_role_policy',
      'aws_cloudwatch_log_group',
    ]);
  });

  test('keeps control plane logs for a year where EKS writes them', () => {
    expect(onlyResource(synth(), 'aws_cloudwatch_log_group')).toMatchObject({
      name: '/aws/eks/acgs-production/cluster',
      retention_in_days: 365,
    });
    expect(onlyResource(synth({ logRetention: Duration.days(30) }), 'aws_cloudwatch_log_group').retention_in_days).toBe(
      30,
    );
  });

  test.each([
    { stage: 'production', isProtected: true },
    { stage: 'staging', isProtected: true },
    { stage: 'development', isProtected: false },
  ] as const)('in $stage, deletion protection is $isProtected', ({ stage, isProtected }) => {
    expect(cluster({ stage }).deletion_protection).toBe(isProtected);
  });

  test('is protected unless told otherwise', () => {
    expect(cluster().deletion_protection).toBe(true);
  });

  test('extended support is bought only on demand', () => {
    expect(cluster({ supportType: 'EXTENDED', version: '1.33' })).toMatchObject({
      version: '1.33',
      upgrade_policy: { support_type: 'EXTENDED' },
    });
  });

  test('the cluster itself is the escape hatch', () => {
    const stack = new TerraformStack(Testing.app(), 'test');
    const made = new EksCluster(stack, 'Cluster', props);

    expect(made.node.defaultChild).toHaveProperty('terraformResourceType', 'aws_eks_cluster');
  });

  test('the same declaration gives the same bytes', () => {
    expect(JSON.stringify(synth({ nodeGroups: [general] }))).toBe(JSON.stringify(synth({ nodeGroups: [general] })));
  });

  test('ids of what must not be replaced never change', () => {
    const json = synth();
    const kinds = ['aws_eks_cluster', 'aws_kms_key', 'aws_cloudwatch_log_group'];

    expect(
      kinds.flatMap((kind) => Object.keys(json.resource[kind])).map((id) => id.replace(/_[0-9A-F]{8}$/, '')),
    ).toEqual(['Cluster', 'Cluster_Key', 'Cluster_Logs']);
  });
});

describe('the way in', () => {
  test('through Session Manager is a host that the cluster admits', () => {
    const json = synth();

    expect(onlyResource(json, 'aws_instance')).toMatchObject({
      subnet_id: 'subnet-a',
      tags: { Name: 'acgs-production-access' },
    });
    expect(onlyResource(json, 'aws_vpc_security_group_ingress_rule')).toMatchObject({
      from_port: 443,
      to_port: 443,
      security_group_id: expect.stringContaining('cluster_security_group_id'),
      referenced_security_group_id: expect.stringContaining('aws_security_group'),
    });
  });

  test('the access host reaches the VPC, or what it is told to', () => {
    const reached = (json: Block) =>
      resources(json, 'aws_vpc_security_group_egress_rule').flatMap((rule) => rule.cidr_ipv4 ?? []);

    expect(reached(synth())).toEqual(['10.0.0.0/16']);
    expect(reached(synth({ accessHostReaches: ['0.0.0.0/0'] }))).toEqual(['0.0.0.0/0']);
  });

  test('the access host takes its patches from S3 where the network has a gateway to it', () => {
    const lists = (json: Block) =>
      resources(json, 'aws_vpc_security_group_egress_rule').flatMap((rule) => rule.prefix_list_id ?? []);

    expect(lists(synth({ network: { ...props.network, s3PrefixListId: 'pl-1' } }))).toEqual(['pl-1']);
    expect(lists(synth())).toEqual([]);
  });

  test('from routed networks is one rule for each, and no host', () => {
    const json = synth({ apiAccess: { through: 'private-network', cidrs: ['10.8.0.0/16', '10.9.0.0/16'] } });

    expect(resources(json, 'aws_instance')).toEqual([]);
    expect(onlyResource(json, 'aws_eks_cluster').vpc_config.endpoint_public_access).toBe(false);
    expect(
      resources(json, 'aws_vpc_security_group_ingress_rule').map((rule) => [
        rule.cidr_ipv4,
        rule.ip_protocol,
        rule.from_port,
        rule.to_port,
        rule.description,
      ]),
    ).toEqual([
      ['10.8.0.0/16', 'tcp', 443, 443, 'API server for 10.8.0.0/16'],
      ['10.9.0.0/16', 'tcp', 443, 443, 'API server for 10.9.0.0/16'],
    ]);
  });

  test('from the internet is a public endpoint for the listed ranges', () => {
    const json = synth({ apiAccess: { through: 'public-allowlist', cidrs: ['203.0.113.0/24'] } });

    expect(resources(json, 'aws_instance')).toEqual([]);
    expect(resources(json, 'aws_vpc_security_group_ingress_rule')).toEqual([]);
    expect(onlyResource(json, 'aws_eks_cluster').vpc_config).toMatchObject({
      endpoint_private_access: true,
      endpoint_public_access: true,
      public_access_cidrs: ['203.0.113.0/24'],
    });
  });
});

describe('nodes of a cluster', () => {
  const withGroup = (overrides: Partial<EksClusterProps> = {}) =>
    terraform((stack) => {
      new EksCluster(stack, 'Cluster', { ...props, ...overrides }).addNodeGroup('General', general);
    });

  const addons = (json: Block): Record<string, Block> =>
    Object.fromEntries(resources(json, 'aws_eks_addon').map((addon) => [addon.addon_name, addon]));

  test('come after network, credentials, proxy and the rights of their role', () => {
    const json = withGroup();
    const [early] = resources(json, 'aws_eks_node_group').map(({ depends_on }) => depends_on.join(' '));

    for (const part of ['VpcCni', 'PodIdentityAgent', 'KubeProxy', 'WorkerNodePolicy', 'PullOnly']) {
      expect(early).toContain(part);
    }
    for (const part of ['CoreDns', 'EbsCsiDriver', 'MetricsServer']) expect(early).not.toContain(part);
  });

  test.each(['coredns', 'aws-ebs-csi-driver', 'metrics-server'])('%s waits for groups that join later', (name) => {
    const late = addons(withGroup())[name];

    expect(waitsFor(late)).toContain('aws_eks_node_group');
  });

  test.each([
    {
      it: 'wait for declared nodes on demand, not for spot, of which there may be none',
      others: [general],
      expected: 1,
    },
    { it: 'wait for spot nodes where nothing else is declared', others: [], expected: 1 },
    {
      it: 'wait for spot nodes beside groups that are empty',
      others: [{ ...general, min: 0, desired: 0 }],
      expected: 2,
    },
    {
      it: 'wait for spot nodes beside tainted ones',
      others: [{ ...general, taints: [{ key: 'only', value: 'data', effect: 'NoSchedule' as const }] }],
      expected: 2,
    },
  ])('$it', ({ others, expected }) => {
    const spot = { ...general, name: 'spot', capacity: 'spot' as const };
    const waited = addons(synth({ nodeGroups: [...others, spot] })).coredns.depends_on;
    const groups = waited.filter((id: string) => id.startsWith('aws_eks_node_group.'));
    expect(groups).toHaveLength(expected);
    expect(groups.some((id: string) => id.includes('spot'))).toBe(expected === 2 || others.length === 0);
  });

  test.each(['vpc-cni', 'kube-proxy', 'eks-pod-identity-agent'])('%s waits for no group', (name) => {
    const early = addons(withGroup())[name];

    expect(early.depends_on ?? []).not.toContainEqual(expect.stringContaining('aws_eks_node_group'));
  });

  test('every group is waited for, those of single zones too', () => {
    const json = terraform((stack) => {
      const made = new EksCluster(stack, 'Cluster', { ...props, nodeGroups: [general] });
      made.addNodeGroup('Data', { ...general, name: 'data', zones: 'each' });
    });
    const waited = addons(json).coredns.depends_on.filter((id: string) => id.startsWith('aws_eks_node_group.'));

    expect(waited).toHaveLength(3);
    expect(waited.sort()).toEqual(
      Object.keys(json.resource.aws_eks_node_group)
        .map((id) => `aws_eks_node_group.${id}`)
        .sort(),
    );
  });

  test('come after the ways out of their network, where the stack makes those', () => {
    const json = terraform((stack) => {
      const out = new Route(stack, 'Out', { routeTableId: 'rtb-1', natGatewayId: 'nat-1' });
      const network = { ...props.network, outboundRoutes: [out] };
      new EksCluster(stack, 'Cluster', { ...props, network, nodeGroups: [general] });
    });

    expect(onlyResource(json, 'aws_eks_node_group').depends_on).toContainEqual(
      expect.stringMatching(/^aws_route\.Out/),
    );
  });

  test('stand in the private subnets and follow the version', () => {
    expect(onlyResource(withGroup({ version: '1.36' }), 'aws_eks_node_group')).toMatchObject({
      subnet_ids: ['subnet-a', 'subnet-b'],
      version: '1.36',
    });
  });

  test('carry the tags of the cluster and their own', () => {
    const json = terraform((stack) => {
      const made = new EksCluster(stack, 'Cluster', { ...props, tags: { team: 'core', cost: 'shared' } });
      made.addNodeGroup('General', { ...general, tags: { cost: 'general' } });
    });
    const [instance] = onlyResource(json, 'aws_launch_template').tag_specifications;

    expect(instance.tags).toMatchObject({ team: 'core', cost: 'general' });
    expect(onlyResource(json, 'aws_eks_cluster').tags).toEqual({ team: 'core', cost: 'shared' });
  });

  test('share a role that can join and pull images, and open shells only on demand', () => {
    const policies = (overrides?: Partial<EksClusterProps>) =>
      Object.entries(synth(overrides).resource.aws_iam_role_policy_attachment as Block)
        .filter(([id]) => id.includes('NodeRole'))
        .map(([, block]) => (block as Block).policy_arn.split('/').at(-1));

    expect(policies().sort()).toEqual(['AmazonEC2ContainerRegistryPullOnly', 'AmazonEKSWorkerNodePolicy']);
    expect(policies({ nodeSessions: true })).toContain('AmazonSSMManagedInstanceCore');
  });

  test('are found by Karpenter only where it runs', () => {
    const json = synth({ autoscaler: 'karpenter' });

    expect(onlyResource(json, 'aws_ec2_tag')).toMatchObject({
      key: 'karpenter.sh/discovery',
      resource_id: expect.stringContaining('cluster_security_group_id'),
    });
    expect(resources(synth(), 'aws_ec2_tag')).toEqual([]);
  });

  test('have their number set by Terraform where no autoscaler owns it', () => {
    const ignored = (autoscaler: 'cluster-autoscaler' | 'karpenter' | 'none') =>
      onlyResource(withGroup({ autoscaler }), 'aws_eks_node_group').lifecycle.ignore_changes;

    expect(ignored('cluster-autoscaler')).toEqual(['scaling_config[0].desired_size']);
    expect(ignored('karpenter')).toBeUndefined();
    expect(ignored('none')).toBeUndefined();
  });

  describe('must be there for DNS', () => {
    const taint = { key: 'dedicated', value: 'data', effect: 'NoSchedule' as const };

    const faults = (groups: readonly NodeGroupSpec[]): string[] => withGroups(groups).node.validate();

    const withGroups = (groups: readonly NodeGroupSpec[]) => {
      const made = new EksCluster(new TerraformStack(Testing.app(), 'test'), 'Cluster', props);
      for (const group of groups) made.addNodeGroup(group.name, group);
      return made;
    };

    test.each([
      { it: 'no group', groups: [], expected: true },
      { it: 'a group with nodes', groups: [general], expected: false },
      { it: 'an empty group', groups: [{ ...general, min: 0, desired: 0 }], expected: true },
      { it: 'a group of one node', groups: [{ ...general, min: 0, desired: 1 }], expected: false },
      { it: 'a tainted group', groups: [{ ...general, taints: [taint] }], expected: true },
      {
        it: 'a group that is merely avoided',
        groups: [{ ...general, taints: [{ ...taint, effect: 'PreferNoSchedule' as const }] }],
        expected: false,
      },
      {
        it: 'a tainted group beside a plain one',
        groups: [{ ...general, name: 'data', taints: [taint] }, general],
        expected: false,
      },
    ])('$it', ({ groups, expected }) => {
      expect(faults(groups)).toEqual(
        expected ? [expect.stringMatching(/^test\/Cluster: nodeGroups .*\[cluster-addons-have-nodes]$/)] : [],
      );
    });

    test.each([
      { it: 'a tainted group', groups: [{ ...general, taints: [taint] }], expected: ['cluster-addons-have-nodes'] },
      { it: 'an empty group', groups: [{ ...general, min: 0, desired: 0 }], expected: ['cluster-addons-have-nodes'] },
      { it: 'a plain group beside it', groups: [{ ...general, name: 'data', taints: [taint] }, general], expected: [] },
      { it: 'no group, for they may join later', groups: [], expected: [] },
    ])('and what is declared with the cluster is judged at once: $it', ({ groups, expected }) => {
      const declared = { ...props, nodeGroups: groups };

      expect(ids(EksCluster.inspect('Cluster', declared))).toEqual(expected);
      expect(refused(() => synth(declared))).toEqual(expected);
    });

    test('a group in another stack does not count, as nothing can wait for it', () => {
      const app = Testing.app();
      const made = new EksCluster(new TerraformStack(app, 'cluster'), 'Cluster', props);
      new NodeGroup(new TerraformStack(app, 'nodes'), 'General', {
        ...general,
        cluster: made,
        subnetIds: ['subnet-a'],
        zoneNames: ['us-west-2a'],
      });

      expect(made.node.validate()).toHaveLength(1);
    });

    test('a group made beside the cluster counts', () => {
      const stack = new TerraformStack(Testing.app(), 'test');
      const made = new EksCluster(stack, 'Cluster', props);
      const place = { cluster: made, subnetIds: ['subnet-a'], zoneNames: ['us-west-2a'] };
      new NodeGroup(stack, 'General', { ...general, ...place });

      expect(made.node.validate()).toEqual([]);
    });
  });
});

describe('EksCluster.inspect', () => {
  const rows: readonly (readonly [it: string, given: Partial<EksClusterProps>, expected: readonly string[]])[] = [
    ['takes a name of 100 characters', { name: 'a'.repeat(100) }, []],
    ['refuses 101', { name: 'a'.repeat(101) }, ['cluster-name-is-allowed']],
    ['refuses a name that starts with a hyphen', { name: '-acgs' }, ['cluster-name-is-allowed']],
    [
      'refuses one zone',
      { network: { ...props.network, zones: ['us-west-2a'], privateSubnetIds: ['subnet-a'] } },
      ['cluster-subnets-span-zones'],
    ],
    [
      'refuses one zone named twice',
      { network: { ...props.network, zones: ['us-west-2a', 'us-west-2a'] } },
      ['cluster-subnets-span-zones'],
    ],
    [
      'refuses a zone without a subnet',
      { network: { ...props.network, zones: ['us-west-2a', 'us-west-2b', 'us-west-2c'] } },
      ['cluster-subnets-span-zones'],
    ],
    ['refuses a tag that AWS keeps for itself', { tags: { 'aws:team': 'core' } }, ['cluster-tags-are-allowed']],
    ['refuses it in capitals', { tags: { 'AWS:team': 'core' } }, ['cluster-tags-are-allowed']],
    ['refuses an empty key', { tags: { '': 'core' } }, ['cluster-tags-are-allowed']],
    ['refuses a key of 129 characters', { tags: { ['k'.repeat(129)]: 'core' } }, ['cluster-tags-are-allowed']],
    ['takes a key of 128 characters', { tags: { ['k'.repeat(128)]: 'core' } }, []],
    ['takes a tag that only starts like one', { tags: { 'awsome:team': 'core' } }, []],
    ['refuses two groups of one name', { nodeGroups: [general, general] }, ['cluster-node-groups-are-distinct']],
  ];

  test.each(rows)('%s', (_, given, expected) => {
    expect(ids(EksCluster.inspect('Cluster', { ...props, ...given }))).toEqual(expected);
  });

  test('sees that the name of a group leaves no room for its zones', () => {
    const nodeGroups = [{ ...general, name: 'a'.repeat(26), zones: 'each' as const }];

    expect(ids(EksCluster.inspect('Cluster', { ...props, nodeGroups }))).toEqual(['node-group-zone-names-fit']);
  });

  test('every check has a failing row', () => {
    const nodes = CLUSTER_NODES_CHECKS.map(({ id }) => id);
    expect([...new Set([...rows.flatMap(([, , expected]) => expected), ...nodes])].sort()).toEqual(
      allIds(EKS_CLUSTER_CHECKS, CLUSTER_NODES_CHECKS),
    );
  });

  test('reports the faults of all parts at once', () => {
    const found = EksCluster.inspect('Cluster', {
      ...props,
      version: '1.28',
      apiAccess: { through: 'public-allowlist', cidrs: ['0.0.0.0/0'] },
      adminPrincipals: [],
      addonVersions: { coredns: 'latest' },
      logRetention: Duration.days(2),
      accessHostReaches: [],
      nodeGroups: [{ ...general, desired: 2 }],
    });

    expect(ids(found)).toEqual([
      'cluster-version-has-not-ended',
      'cluster-api-access-ranges-are-narrow',
      'cluster-has-an-admin',
      'cluster-addon-versions-are-exact',
      'log-retention-is-offered',
      'access-host-reaches-session-manager',
      'node-group-desired-is-within-bounds',
    ]);
    expect(found.map(({ path, prop }) => `${path} ${prop}`)).toEqual([
      'Cluster version',
      'Cluster apiAccess.cidrs',
      'Cluster adminPrincipals',
      'Cluster addonVersions',
      'Cluster logRetention',
      'Cluster accessHostReaches',
      'Cluster/general desired',
    ]);
  });

  test('nothing is built from a declaration with an error', () => {
    const stack = new TerraformStack(Testing.app(), 'test');

    expect(refused(() => new EksCluster(stack, 'Cluster', { ...props, version: '1.28' }))).toEqual([
      'cluster-version-has-not-ended',
    ]);
    expect(JSON.parse(Testing.synth(stack)).resource).toBeUndefined();
  });
});
