import { CLUSTER_ADDON_CHECKS, ClusterAddons, type ClusterAddonsProps } from '../../../lib/aws/cluster/cluster-addons';
import { EncryptionKey } from '../../../lib/aws/secrets/encryption-key';
import { allIds, ids } from '../../support/findings';
import { type Block, resources, terraform } from '../../support/terraform';

const props: ClusterAddonsProps = { clusterName: 'acgs', version: '1.35' };

const synth = (overrides: Partial<ClusterAddonsProps> = {}): Block =>
  terraform((stack) => {
    new ClusterAddons(stack, 'Addons', { ...props, ...overrides });
  });

const addon = (name: string, json: Block = synth()): Block =>
  resources(json, 'aws_eks_addon').find(({ addon_name }) => addon_name === name);

describe('ClusterAddons', () => {
  test('are the six that a cluster needs', () => {
    expect(
      resources(synth(), 'aws_eks_addon')
        .map(({ addon_name }) => addon_name)
        .sort(),
    ).toEqual(['aws-ebs-csi-driver', 'coredns', 'eks-pod-identity-agent', 'kube-proxy', 'metrics-server', 'vpc-cni']);
  });

  test('the network plug-in delegates prefixes and enforces network policies', () => {
    expect(JSON.parse(addon('vpc-cni').configuration_values)).toEqual({
      enableNetworkPolicy: 'true',
      env: { ENABLE_PREFIX_DELEGATION: 'true', WARM_PREFIX_TARGET: '1' },
    });
  });

  test('DNS scales with the cluster and spreads over zones', () => {
    const { autoScaling, topologySpreadConstraints } = JSON.parse(addon('coredns').configuration_values);

    expect(autoScaling).toEqual({ enabled: true, minReplicas: 2, maxReplicas: 10 });
    expect(topologySpreadConstraints).toEqual([
      expect.objectContaining({
        topologyKey: 'topology.kubernetes.io/zone',
        labelSelector: { matchLabels: { 'k8s-app': 'kube-dns' } },
      }),
    ]);
  });

  test.each([
    { name: 'vpc-cni', account: 'aws-node', policy: 'AmazonEKS_CNI_Policy' },
    { name: 'aws-ebs-csi-driver', account: 'ebs-csi-controller-sa', policy: 'service-role/AmazonEBSCSIDriverPolicy' },
  ])('$name has its rights by Pod Identity, before it starts', ({ name, account, policy }) => {
    const json = synth();
    const [identity] = addon(name, json).pod_identity_association;
    const roleId = identity.role_arn.split('.')[1];
    const attachments = Object.entries<Block>(json.resource.aws_iam_role_policy_attachment).filter(
      ([, block]) => block.policy_arn.endsWith(`:iam::aws:policy/${policy}`) && block.role.includes(`.${roleId}.`),
    );

    expect(identity.service_account).toBe(account);
    const [trust] = JSON.parse(json.resource.aws_iam_role[roleId].assume_role_policy).Statement;
    expect(trust.Principal).toEqual({ Service: ['pods.eks.amazonaws.com'] });
    expect(trust.Condition.StringEquals).toMatchObject({
      'aws:RequestTag/eks-cluster-arn': expect.stringMatching(/:cluster\/acgs$/),
      'aws:RequestTag/kubernetes-namespace': 'kube-system',
      'aws:RequestTag/kubernetes-service-account': account,
    });
    expect(attachments).toHaveLength(1);
    expect(addon(name, json).depends_on).toEqual(attachments.map(([id]) => `aws_iam_role_policy_attachment.${id}`));
  });

  test('the declaration wins over changes by hand', () => {
    for (const block of resources(synth(), 'aws_eks_addon')) {
      expect(block).toMatchObject({
        resolve_conflicts_on_create: 'OVERWRITE',
        resolve_conflicts_on_update: 'OVERWRITE',
      });
    }
  });

  test('versions follow the minor of the cluster unless they are pinned', () => {
    const json = synth({ version: '1.36', addonVersions: { coredns: 'v1.12.4-eksbuild.1' } });
    const lookups: Block[] = Object.values(json.data.aws_eks_addon_version);

    expect(addon('coredns', json).addon_version).toBe('v1.12.4-eksbuild.1');
    expect(addon('kube-proxy', json).addon_version).toMatch(/^\$\{data\.aws_eks_addon_version\..*\.version}$/);
    expect(lookups.map(({ addon_name }) => addon_name)).not.toContain('coredns');
    expect(new Set(lookups.map(({ kubernetes_version }) => kubernetes_version))).toEqual(new Set(['1.36']));
  });

  test('the storage driver may use a customer key, and grant it to instances only', () => {
    const json = terraform((stack) => {
      const volumeKey = new EncryptionKey(stack, 'Volumes', { alias: 'volumes', description: 'Volumes' });
      new ClusterAddons(stack, 'Addons', { ...props, volumeKey });
    });
    const [policy] = resources(json, 'aws_iam_role_policy').map((block) => JSON.parse(block.policy));
    const grant = policy.Statement.find(({ Action }: Block) => Action.includes('kms:CreateGrant'));

    expect(policy.Statement.every(({ Resource }: Block) => Resource[0].includes('aws_kms_key'))).toBe(true);
    expect(grant.Condition).toEqual({ Bool: { 'kms:GrantIsForAWSResource': 'true' } });
    expect(resources(synth(), 'aws_iam_role_policy')).toEqual([]);
  });
});

describe('ClusterAddons.inspect', () => {
  const rows: readonly (readonly [version: string, expected: readonly string[]])[] = [
    ['v1.12.4-eksbuild.1', []],
    ['v1.12.4', ['cluster-addon-versions-are-exact']],
    ['latest', ['cluster-addon-versions-are-exact']],
    ['', ['cluster-addon-versions-are-exact']],
    ['1.12.4-eksbuild.1', ['cluster-addon-versions-are-exact']],
  ];

  test.each(rows)('of version %p finds %p', (coredns, expected) => {
    expect(ids(ClusterAddons.inspect('Addons', { ...props, addonVersions: { coredns } }))).toEqual(expected);
  });

  test('every check has a failing row', () => {
    expect([...new Set(rows.flatMap(([, expected]) => expected))]).toEqual(allIds(CLUSTER_ADDON_CHECKS));
  });
});
