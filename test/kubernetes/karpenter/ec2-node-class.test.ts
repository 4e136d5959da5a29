import {
  EC2_NODE_CLASS_CHECKS,
  Ec2NodeClass,
  type Ec2NodeClassProps,
} from '../../../lib/kubernetes/karpenter/ec2-node-class';
import { KARPENTER_DISCOVERY } from '../../../lib/model/capacity/karpenter';
import { Memory } from '../../../lib/units';
import { allIds, ids, refused } from '../../support/findings';
import { type Manifest, manifests, only } from '../../support/manifests';

const props: Ec2NodeClassProps = { clusterName: 'acgs-production', imageVersion: 'v20260818' };

const object = (overrides: Partial<Ec2NodeClassProps> = {}): Manifest =>
  only(
    manifests((chart) => {
      new Ec2NodeClass(chart, 'Nodes', { ...props, ...overrides });
    }),
    'EC2NodeClass',
  );

describe('Ec2NodeClass', () => {
  test('nodes start with nothing open, from names alone', () => {
    expect(object()).toEqual({
      apiVersion: 'karpenter.k8s.aws/v1',
      kind: 'EC2NodeClass',
      metadata: {
        name: 'default',
        labels: {
          'app.kubernetes.io/name': 'default',
          'app.kubernetes.io/instance': 'default',
          'app.kubernetes.io/component': 'node-class',
          'app.kubernetes.io/managed-by': 'cdk-headroom',
        },
      },
      spec: {
        instanceProfile: 'acgs-production-karpenter-node',
        amiFamily: 'AL2023',
        amiSelectorTerms: [{ alias: 'al2023@v20260818' }],
        subnetSelectorTerms: [{ tags: { 'karpenter.sh/discovery': 'acgs-production' } }],
        securityGroupSelectorTerms: [{ tags: { 'karpenter.sh/discovery': 'acgs-production' } }],
        associatePublicIPAddress: false,
        detailedMonitoring: true,
        kubelet: { maxPods: 110 },
        metadataOptions: {
          httpEndpoint: 'enabled',
          httpProtocolIPv6: 'disabled',
          httpPutResponseHopLimit: 1,
          httpTokens: 'required',
        },
        blockDeviceMappings: [
          {
            deviceName: '/dev/xvda',
            rootVolume: true,
            ebs: { volumeType: 'gp3', volumeSize: '50Gi', encrypted: true, deleteOnTermination: true },
          },
        ],
        tags: { Name: 'acgs-production-karpenter' },
      },
    });
  });

  test.each([
    { it: 'a name', given: { name: 'gpu' }, path: ['metadata', 'name'], expected: 'gpu' },
    {
      it: 'a key by its alias',
      given: { rootVolumeKeyAlias: 'acgs/nodes' },
      path: ['spec', 'blockDeviceMappings', 0, 'ebs', 'kmsKeyID'],
      expected: 'alias/acgs/nodes',
    },
    {
      it: 'a larger volume',
      given: { rootVolume: Memory.gib(120) },
      path: ['spec', 'blockDeviceMappings', 0, 'ebs', 'volumeSize'],
      expected: '120Gi',
    },
    { it: 'fewer pods', given: { maxPods: 58 }, path: ['spec', 'kubelet', 'maxPods'], expected: 58 },
    {
      it: 'tags beside the name',
      given: { tags: { environment: 'production' } },
      path: ['spec', 'tags'],
      expected: { Name: 'acgs-production-karpenter', environment: 'production' },
    },
    {
      it: 'labels of its own',
      given: { labels: { team: 'core' } },
      path: ['metadata', 'labels', 'team'],
      expected: 'core',
    },
  ])('takes $it', ({ given, path, expected }) => {
    expect(path.reduce((value: Manifest, key) => value[key], object(given))).toEqual(expected);
  });

  test('selects by the tag that network and cluster carry', () => {
    expect(Object.keys(object().spec.subnetSelectorTerms[0].tags)).toEqual([KARPENTER_DISCOVERY]);
  });

  test('belongs to no namespace, whatever the chart says', () => {
    expect(object().metadata).not.toHaveProperty('namespace');
  });

  test('tells pools its name', () => {
    manifests((chart) => {
      expect(new Ec2NodeClass(chart, 'Nodes', props).name).toBe('default');
    });
  });
});

const broken: readonly (readonly [string, Partial<Ec2NodeClassProps>])[] = [
  ['node-class-name-is-dns-name', { name: 'Default_Class' }],
  // biome-ignore lint/suspicious/noTemplateCurlyInString: what an unresolved reference looks like
  ['node-class-cluster-is-a-literal', { clusterName: '${TfToken[TOKEN.1]}' }],
  ['node-class-cluster-is-a-literal', { clusterName: 'a'.repeat(61) }],
  ['node-class-image-is-a-release', { imageVersion: '20260818' }],
  ['node-class-image-is-a-release', { imageVersion: 'v2026081' }],
  ['node-class-image-is-pinned', { imageVersion: 'latest' }],
  ['node-class-max-pods-are-possible', { maxPods: 9 }],
  ['node-class-max-pods-are-possible', { maxPods: 251 }],
  ['node-class-max-pods-are-possible', { maxPods: Number.NaN }],
  ['node-class-root-volume-is-possible', { rootVolume: Memory.gib(19) }],
  ['node-class-root-volume-is-possible', { rootVolume: Memory.gib(10_000) }],
  ['node-class-root-volume-is-possible', { rootVolume: Memory.mib(20_481) }],
  ['node-class-key-is-an-alias', { rootVolumeKeyAlias: 'alias/nodes' }],
  ['node-class-tags-are-free', { tags: { 'karpenter.sh/nodepool': 'x' } }],
  ['node-class-tags-are-free', { tags: { 'aws:x': 'x' } }],
  ['node-class-tags-are-free', { tags: { 'kubernetes.io/cluster/acgs': 'owned' } }],
];

describe('checks of a node class', () => {
  test.each(broken)('%s: %p', (check, given) => {
    expect(ids(Ec2NodeClass.inspect('test', { ...props, ...given }))).toEqual([check]);
  });

  test.each<Partial<Ec2NodeClassProps>>([
    { maxPods: 10 },
    { maxPods: 250 },
    { rootVolume: Memory.gib(20) },
    { rootVolume: Memory.gib(9999) },
    { clusterName: 'a'.repeat(60) },
    { tags: { 'karpenter.sh/nodepools': 'x' } },
  ])('nothing is said about %p', (given) => {
    expect(Ec2NodeClass.inspect('test', { ...props, ...given })).toEqual([]);
  });

  test('an error builds nothing; a warning does not stop', () => {
    expect(refused(() => object({ maxPods: 0 }))).toEqual(['node-class-max-pods-are-possible']);
    expect(refused(() => object({ imageVersion: 'latest' }))).toEqual([]);
  });

  test('every check has a failing row', () => {
    expect([...new Set(broken.map(([check]) => check))].sort()).toEqual(allIds(EC2_NODE_CLASS_CHECKS));
  });
});
