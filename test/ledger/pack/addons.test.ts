import type { Facts } from '../../../lib/ledger/facts';
import { addonFootprints } from '../../../lib/ledger/pack/addons';
import type { Json } from '../../../lib/ledger/source';
import { blockOf, factsWith, groupOf, MIB, workloadOf } from './facts';

const addon = (name: string, configuration?: Json) =>
  blockOf('aws_eks_addon', name, {
    addon_name: name,
    ...(configuration !== undefined && { configuration_values: JSON.stringify(configuration) }),
  });

const of = (blocks: Facts['blocks'], more: Partial<Facts> = {}) => {
  const { daemon, pods } = addonFootprints(factsWith({ blocks, ...more }));
  return { daemon, pods: pods.map(({ id, count, amounts }) => [id, count, amounts[0], amounts[1] / MIB]) };
};

test('every cluster of EKS has network, proxy and DNS, asked for or not', () => {
  expect(of([blockOf('aws_eks_cluster', 'main', {})])).toEqual({
    daemon: [50 + 100, 0, 0, 2],
    pods: [['add-on coredns', 2, 100, 70]],
  });
  expect(of([])).toEqual({ daemon: [0, 0, 0, 0], pods: [] });
});

test('an add-on without configuration asks for what its release does', () => {
  expect(of([addon('aws-ebs-csi-driver'), addon('metrics-server')])).toEqual({
    daemon: [30, (40 + 32 + 32) * MIB, 0, 1],
    pods: [
      ['add-on ebs-csi-controller', 2, 60, 5 * 40 + 32],
      ['add-on metrics-server', 2, 100, 200],
    ],
  });
  expect(
    of([addon('eks-node-monitoring-agent'), addon('aws-guardduty-agent'), addon('eks-pod-identity-agent')]),
  ).toEqual({
    daemon: [10 + 200, (30 + 256) * MIB, 0, 3],
    pods: [],
  });
  expect(of([addon('amazon-cloudwatch-observability')])).toEqual({
    daemon: [300, 153 * MIB, 0, 2],
    pods: [['add-on amazon-cloudwatch-observability-controller-manager', 1, 100, 64]],
  });
});

test('what its configuration says counts instead', () => {
  const resources = (cpu: string, memory: string) => ({ requests: { cpu, memory } });
  expect(
    of([
      addon('aws-ebs-csi-driver', {
        controller: { replicaCount: 3, resources: resources('20m', '64Mi') },
        node: { resources: resources('15m', '50Mi') },
        sidecars: { attacher: { resources: resources('5m', '10Mi') } },
      }),
    ]),
  ).toEqual({
    daemon: [35, (50 + 32 + 32) * MIB, 0, 1],
    pods: [['add-on ebs-csi-controller', 3, 4 * 20 + 5 + 10, 4 * 64 + 10 + 32]],
  });
  const yaml = 'replicas: 3\nresources:\n  requests:\n    cpu: 120m\n';
  expect(
    of([blockOf('aws_eks_addon', 'x', { addon_name: 'metrics-server', configuration_values: yaml })]).pods,
  ).toEqual([['add-on metrics-server', 3, 120, 0]]);
  expect(of([addon('vpc-cni', { resources: resources('40m', '10Mi') })]).daemon).toEqual([80, 20 * MIB, 0, 1]);
  expect(of([addon('coredns', { replicaCount: 4, resources: { limits: { cpu: '250m' } } })]).pods).toEqual([
    ['add-on coredns', 4, 250, 0],
  ]);
  expect(of([addon('amazon-cloudwatch-observability', { containerLogs: { enabled: false } })]).daemon[3]).toBe(1);
});

test.each<readonly [string, Json, number, number]>([
  ['has the least that it may have in a small cluster', { enabled: true, minReplicas: 3, maxReplicas: 10 }, 16, 3],
  ['has one for each 16 nodes', { enabled: true }, 33, 3],
  ['has one for each 256 cores', { enabled: true }, 200, 13],
  ['stays below its bound', { enabled: true, maxReplicas: 5 }, 200, 5],
  ['has two where it does not scale', { enabled: false, maxReplicas: 5 }, 200, 2],
])('CoreDNS %s', (_, autoScaling, nodes, expected) => {
  const nodeGroups = [groupOf('general', { max: nodes, instanceTypes: ['m5.large'] })];
  const { pods } = of([addon('coredns', { autoScaling })], { nodeGroups });
  expect(pods).toEqual([['add-on coredns', expected, 100, 70]]);
});

test('agents that are not on the network of their node have an address each', () => {
  const addresses = (...names: string[]) =>
    addonFootprints(factsWith({ blocks: names.map((name) => addon(name)) })).addresses;
  expect(addresses('vpc-cni', 'kube-proxy', 'eks-pod-identity-agent', 'eks-node-monitoring-agent')).toBe(0);
  expect(addresses('aws-ebs-csi-driver', 'aws-efs-csi-driver')).toBe(1);
});

test('what was read counts as it was read, and what nobody knows does not', () => {
  const workloads = [workloadOf('ebs-csi-node', { kind: 'DaemonSet' }), workloadOf('coredns')];
  expect(of([addon('aws-ebs-csi-driver'), addon('coredns'), addon('somebody_else')], { workloads })).toEqual({
    daemon: [0, 0, 0, 0],
    pods: [['add-on ebs-csi-controller', 2, 60, 232]],
  });
  expect(of([blockOf('aws_eks_addon', 'x', { addon_name: 'coredns', configuration_values: '{' })]).pods).toEqual([
    ['add-on coredns', 2, 100, 70],
  ]);
});
