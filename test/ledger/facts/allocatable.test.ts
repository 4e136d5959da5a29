import { readTerraform } from '../../../lib/ledger';
import { nodeGroupsOf } from '../../../lib/ledger/facts/node-groups';

/**
 * Room on one node, by hand: CPU is what kubelet leaves of the cores (70m, 80m, 90m or 110m less for 2, 4, 8 or 16).
 * Memory is that of Karpenter's tables of instance types: nominal MiB less 7.5 % for the hypervisor (and 64 MiB on arm64),
 * less 255 MiB + 11 MiB a pod, less 100 MiB below which kubelet evicts. Pods are interfaces x (addresses - 1) + 2, of which
 * EKS lets a managed node of less than 30 vCPUs have 110.
 */
const ROOM: readonly (readonly [type: string, cpuMillis: number, memoryMib: number, pods: number])[] = [
  ['t3.medium', 1930, 3246, 17],
  ['t3.large', 1930, 6837, 35],
  ['t3.xlarge', 3920, 14_162, 58],
  ['t3.2xlarge', 7910, 29_317, 58],
  ['t4g.medium', 1930, 3187, 17],
  ['t4g.large', 1930, 6778, 35],
  ['m5.large', 1930, 6903, 29],
  ['m5.xlarge', 3920, 14_162, 58],
  ['m5.2xlarge', 7910, 29_317, 58],
  ['m5.4xlarge', 15_890, 57_691, 110],
  ['m6i.large', 1930, 6903, 29],
  ['m6a.xlarge', 3920, 14_162, 58],
  ['m6g.large', 1930, 6844, 29],
  ['m6g.4xlarge', 15_890, 57_632, 110],
  ['m7g.xlarge', 3920, 14_103, 58],
  ['c5.large', 1930, 3114, 29],
  ['c5.xlarge', 3920, 6584, 58],
  ['c5.2xlarge', 7910, 14_162, 58],
  ['c5.4xlarge', 15_890, 27_381, 110],
  ['c6i.2xlarge', 7910, 14_162, 58],
  ['c6g.large', 1930, 3055, 29],
  ['c7g.2xlarge', 7910, 14_103, 58],
  ['r5.large', 1930, 14_481, 29],
  ['r5.xlarge', 3920, 29_317, 58],
  ['r5.2xlarge', 7910, 59_627, 58],
  ['r5.4xlarge', 15_890, 118_312, 110],
  ['r6g.xlarge', 3920, 29_258, 58],
  ['r7g.4xlarge', 15_890, 118_253, 110],
];

const MIB = 2 ** 20;

const groupsOf = (instanceTypes: readonly string[]) => {
  const group = {
    node_group_name: 'general',
    instance_types: instanceTypes,
    scaling_config: [{ min_size: 1, desired_size: 1, max_size: 2 }],
  };
  const { blocks } = readTerraform('', JSON.stringify({ resource: { aws_eks_node_group: { general: group } } }));
  return nodeGroupsOf(blocks, []).found;
};

test.each(ROOM)('a managed %s leaves %dm, %d Mi and %d pods', (type, cpuMillis, memoryMib, pods) => {
  const [group, ...others] = groupsOf([type]);
  expect(others).toEqual([]);
  expect(group?.allocatable).toMatchObject({ cpuMillis, memoryBytes: memoryMib * MIB, pods });
});

test('of two types each amount is that of the smaller one', () => {
  // CPU of the m5.large, memory of the c5.large, pods of the t3.medium
  expect(groupsOf(['m5.large', 'c5.large', 't3.medium'])[0]?.allocatable).toMatchObject({
    cpuMillis: 1930,
    memoryBytes: 3114 * MIB,
    pods: 17,
  });
});
