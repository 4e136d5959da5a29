import type { ClusterSpec, NodeGroupSpec, NodePoolPairSpec, NodePoolSpec } from '../../../lib/model';
import {
  allNodes,
  type KarpenterSpec,
  managedNodeGroups,
  maxNodes,
  mostNodes,
  nodePools,
  type SpotSpec,
  spotShareSpec,
} from '../../../lib/model/capacity/cluster-nodes';
import { CLUSTER_NODE_CHECKS, inspectClusterNodes } from '../../../lib/model/capacity/cluster-nodes-checks';
import { Cpu, Duration, Memory, Percent } from '../../../lib/units';
import { allIds, ids } from '../../support/findings';

const general: NodeGroupSpec = {
  name: 'general',
  instanceTypes: ['m5.large', 'm5.xlarge'],
  min: 3,
  max: 20,
  desired: 6,
};
const compute: NodeGroupSpec = { name: 'compute', instanceTypes: ['c5.2xlarge'], min: 0, max: 10, desired: 2 };
const stateful: NodeGroupSpec = {
  name: 'stateful',
  instanceTypes: ['r5.large'],
  min: 1,
  max: 3,
  desired: 1,
  zones: 'each',
};
const SPOT: SpotSpec = { instanceTypes: ['m5.large', 'm6i.large', 'm6a.large'] };

const cluster = (overrides: Partial<ClusterSpec> = {}): ClusterSpec => ({
  apiAccess: { through: 'session-manager' },
  nodeGroups: [general, compute, stateful],
  ...overrides,
});

const pair: NodePoolPairSpec = {
  name: 'web',
  onDemandTypes: ['m5.large'],
  spotTypes: ['m5.large', 'm6i.large', 'm6a.large'],
  limits: { cpu: Cpu.cores(80), memory: Memory.gib(320) },
};
const pool: NodePoolSpec = {
  name: 'jobs',
  instanceTypes: ['c5.2xlarge'],
  limits: { cpu: Cpu.cores(32), memory: Memory.gib(64) },
  taints: [{ key: 'dedicated', value: 'jobs', effect: 'NoSchedule' }],
};

const karpenter = (pools: KarpenterSpec['pools'] = [pair, pool]): Partial<ClusterSpec> => ({
  autoscaler: 'karpenter',
  nodeGroups: [{ ...general, name: 'bootstrap', min: 2, max: 2, desired: 2, instanceTypes: ['m5.large'] }],
  karpenter: { imageVersion: 'v20260818', pools },
});

describe('spot nodes', () => {
  test('follow from the groups that have no volumes, as a group beside them', () => {
    // 28 CPUs on demand: 12 of 40 are 30 %. At the maxima 120: 52 of 172.
    expect(managedNodeGroups(cluster({ spot: SPOT }), 3)).toEqual([
      general,
      compute,
      stateful,
      { name: 'spot', instanceTypes: SPOT.instanceTypes, capacity: 'spot', min: 0, desired: 6, max: 26 },
    ]);
  });

  test('are counted against the groups that are named', () => {
    const share = spotShareSpec(cluster({ spot: { ...SPOT, beside: ['general'] } }), 3);
    expect(share).toEqual({ ...SPOT, onDemand: [general], zones: 3 });
    // 12 CPUs on demand: 3 nodes are 6 of 18, 2 are 4 of 16; 9 of 49 CPUs is nearest at the maxima.
    expect(managedNodeGroups(cluster({ spot: { ...SPOT, beside: ['general'] } }), 3)[3]).toMatchObject({
      desired: 3,
      max: 9,
    });
  });

  test('leave the groups as they are where none are declared', () => {
    expect(managedNodeGroups(cluster(), 3)).toEqual([general, compute, stateful]);
    expect(spotShareSpec(cluster(), 3)).toBeUndefined();
  });

  test('have no group while their share cannot be worked out', () => {
    const wrong = { ...SPOT, share: Percent.of(100) };
    expect(managedNodeGroups(cluster({ spot: wrong }), 3)).toHaveLength(3);
    expect(maxNodes(cluster({ spot: wrong }), 3)).toBe(39);
    expect(ids(inspectClusterNodes('test', cluster({ spot: wrong }), 3))).toEqual(['spot-share-is-a-part']);
  });

  test('raise the cap by those of the desired size, not by their maximum', () => {
    // 20 + 10 + 3 x 3, and 6.
    expect([maxNodes(cluster(), 3), maxNodes(cluster({ spot: SPOT }), 3)]).toEqual([39, 45]);
  });

  test('keep the name, volume and wait that are declared', () => {
    const spot = { ...SPOT, name: 'cheap', rootVolume: Memory.gib(80), provisionTimeout: Duration.minutes(3) };
    expect(managedNodeGroups(cluster({ spot }), 3)[3]).toMatchObject({ name: 'cheap', rootVolume: Memory.gib(80) });
    expect(spotShareSpec(cluster({ spot }), 3)?.provisionTimeout).toEqual(Duration.minutes(3));
  });
});

describe('pools of Karpenter', () => {
  test('are those declared, a pair as two', () => {
    expect(nodePools(cluster(karpenter())).map(({ name, capacity }) => [name, capacity])).toEqual([
      ['web-on-demand', 'on-demand'],
      ['web-spot', 'spot'],
      ['jobs', undefined],
    ]);
    expect(nodePools(cluster())).toEqual([]);
  });

  test('count as groups up to their limits: networks, quotas and seats are reckoned with them', () => {
    const [, ...made] = allNodes(cluster(karpenter()), 3);
    // 80 CPUs are 40 nodes of 2; spot has 30 % of it, 24 CPUs; 32 CPUs and 64 GiB are 4 nodes of 8 and 16.
    expect(made.map(({ name, capacity, min, desired, max }) => [name, capacity, min, desired, max])).toEqual([
      ['web', 'on-demand', 0, 0, 40],
      ['web', 'spot', 0, 0, 12],
      ['jobs', 'on-demand', 0, 0, 4],
    ]);
    expect(made[2]?.taints).toEqual(pool.taints);
  });

  test('have the root volume of all of them', () => {
    const declared = karpenter();
    const nodes = allNodes(
      cluster({ ...declared, karpenter: { imageVersion: 'v20260818', pools: [pool], rootVolume: Memory.gib(90) } }),
      3,
    );
    expect(nodes.map(({ rootVolume }) => rootVolume)).toEqual([undefined, Memory.gib(90)]);
  });

  test.each([
    { it: 'CPU', cpu: 16, memory: 1000, expected: 2 },
    { it: 'memory', cpu: 1000, memory: 48, expected: 3 },
    { it: 'whichever is less, a started node whole', cpu: 17, memory: 1000, expected: 3 },
  ])('have as many nodes as $it allows', ({ cpu, memory, expected }) => {
    expect(mostNodes({ ...pool, limits: { cpu: Cpu.cores(cpu), memory: Memory.gib(memory) } })).toBe(expected);
  });

  test('count by the type of which there can be most, and unknown types not at all', () => {
    expect(mostNodes({ ...pool, instanceTypes: ['c5.2xlarge', 'c5.large'] })).toBe(16);
    expect(mostNodes({ ...pool, instanceTypes: ['x9.large'] })).toBe(0);
  });
});

const broken: readonly (readonly [expected: readonly string[], given: Partial<ClusterSpec>])[] = [
  [['cluster-karpenter-is-the-autoscaler'], { karpenter: { imageVersion: 'v20260818', pools: [pool] } }],
  [
    ['cluster-karpenter-is-the-autoscaler'],
    { autoscaler: 'none', karpenter: { imageVersion: 'v20260818', pools: [pool] } },
  ],
  [['cluster-karpenter-has-pools'], { autoscaler: 'karpenter' }],
  [['cluster-karpenter-has-pools'], karpenter([])],
  [['cluster-karpenter-starts-on-other-nodes'], { ...karpenter(), nodeGroups: [{ ...general, min: 1, desired: 1 }] }],
  [['cluster-karpenter-starts-on-other-nodes'], { ...karpenter(), nodeGroups: [{ ...general, capacity: 'spot' }] }],
  [
    ['cluster-karpenter-starts-on-other-nodes'],
    { ...karpenter(), nodeGroups: [{ ...general, taints: [{ key: 'a', value: 'b', effect: 'NoSchedule' }] }] },
  ],
  [['cluster-pools-have-names-of-their-own'], karpenter([pool, pool])],
  [['cluster-pools-have-names-of-their-own'], karpenter([{ ...pool, name: 'bootstrap' }])],
  [['cluster-pools-have-names-of-their-own'], karpenter([{ ...pool, group: 'bootstrap' }])],
  [['cluster-pools-have-names-of-their-own'], karpenter([pair, { ...pool, name: 'web-spot' }])],
  [['cluster-spot-has-its-autoscaler'], { spot: SPOT, autoscaler: 'none' }],
  [['cluster-spot-has-its-autoscaler'], { ...karpenter(), spot: SPOT }],
  [['cluster-spot-stands-beside-declared-groups'], { spot: { ...SPOT, beside: ['general', 'generel'] } }],
];

describe('checks of nodes', () => {
  test.each(broken)('%p', (expected, given) => {
    expect(ids(inspectClusterNodes('test', cluster(given), 3))).toEqual(expected);
  });

  test.each<Partial<ClusterSpec>>([
    {},
    { autoscaler: 'none' },
    { spot: SPOT },
    { spot: SPOT, autoscaler: 'cluster-autoscaler' },
    { spot: { ...SPOT, beside: ['general', 'compute'] } },
    karpenter(),
    karpenter([pool, { ...pool, name: 'more', group: 'jobs' }]),
  ])('nothing is said about %p', (given) => {
    expect(inspectClusterNodes('test', cluster(given), 3)).toEqual([]);
  });

  test('what is wrong with a pool, a pair or a share is told where it is', () => {
    const wrong = karpenter([
      { ...pair, share: Percent.of(91) },
      { ...pool, instanceTypes: ['m5.lage'] },
    ]);
    const found = inspectClusterNodes('test', cluster(wrong), 3).map(({ path, check }) => `${path} ${check}`);
    expect(found).toContain('test/web node-pool-share-is-a-part');
    expect(found).toContain('test/jobs node-group-types-are-known');
    expect(inspectClusterNodes('test', cluster({ spot: { ...SPOT, instanceTypes: [] } }), 3)).toMatchObject([
      { path: 'test/spot', check: 'spot-share-types-are-known' },
    ]);
  });

  test('every check has a failing row', () => {
    expect([...new Set(broken.flatMap(([expected]) => expected))].sort()).toEqual(allIds(CLUSTER_NODE_CHECKS));
  });
});
