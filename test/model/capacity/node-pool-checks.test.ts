import type { NodePoolSpec } from '../../../lib/model/capacity/node-pool';
import { inspectNodePool, NODE_POOL_CHECKS } from '../../../lib/model/capacity/node-pool-checks';
import { Cpu, Duration, Memory, Percent } from '../../../lib/units';
import { allIds, ids } from '../../support/findings';

const spec: NodePoolSpec = {
  name: 'general',
  instanceTypes: ['m5.large', 'm5.xlarge'],
  limits: { cpu: Cpu.cores(2), memory: Memory.gib(8) },
};

const NO_SCHEDULE = 'NoSchedule' as const;
const TEN = Percent.of(10);

const broken: readonly (readonly [string, Partial<NodePoolSpec>])[] = [
  ['node-pool-name-is-dns-label', { name: 'General', group: 'general' }],
  ['node-pool-group-is-a-label-value', { group: '' }],
  ['node-pool-group-is-a-label-value', { group: 'a b' }],
  ['node-pool-limits-admit-a-node', { limits: { cpu: Cpu.millis(1999), memory: Memory.gib(8) } }],
  ['node-pool-limits-admit-a-node', { limits: { cpu: Cpu.cores(2), memory: Memory.mib(8191) } }],
  ['node-pool-zones-are-distinct', { zones: [] }],
  ['node-pool-zones-are-distinct', { zones: ['us-west-2a', 'us-west-2a'] }],
  ['node-pool-spread-values-are-distinct', { spread: ['a', 'a'] }],
  ['node-pool-spread-values-are-distinct', { spread: [''] }],
  ['node-pool-labels-are-allowed', { labels: { 'karpenter.sh/nodepool': 'x' } }],
  ['node-pool-labels-are-allowed', { labels: { 'karpenter.k8s.aws/instance-cpu': '2' } }],
  ['node-pool-labels-are-allowed', { labels: { 'headroom.dev/node-group': 'x' } }],
  ['node-pool-labels-are-allowed', { labels: { 'headroom.dev/capacity-spread': 'x' } }],
  ['node-pool-labels-are-allowed', { labels: { 'kubernetes.io/hostname': 'x' } }],
  ['node-pool-labels-are-allowed', { labels: { tier: 'a b' } }],
  ['node-pool-taints-are-allowed', { taints: [{ key: 'a b', value: '', effect: NO_SCHEDULE }] }],
  ['node-pool-taints-are-allowed', { taints: [{ key: 'a', value: 'a b', effect: NO_SCHEDULE }] }],
  [
    'node-pool-taints-are-allowed',
    {
      taints: [
        { key: 'a', value: '1', effect: NO_SCHEDULE },
        { key: 'a', value: '2', effect: NO_SCHEDULE },
      ],
    },
  ],
  ['node-pool-consolidation-waits', { consolidateAfter: Duration.seconds(86_401) }],
  ['node-pool-consolidation-waits', { consolidateAfter: Duration.millis(1500) }],
  ['node-pool-expiry-is-possible', { expireAfter: Duration.seconds(3599) }],
  ['node-pool-expiry-is-possible', { expireAfter: Duration.days(366) }],
  ['node-pool-expiry-is-possible', { expireAfter: Duration.millis(3_600_001) }],
  ['node-pool-drain-is-possible', { drainWithin: Duration.seconds(59) }],
  ['node-pool-drain-is-possible', { drainWithin: Duration.seconds(604_801) }],
  ['node-pool-budgets-are-possible', { budgets: [] }],
  ['node-pool-budgets-are-possible', { budgets: Array.from({ length: 51 }, () => ({ nodes: 1 })) }],
  ['node-pool-budgets-are-possible', { budgets: [{ nodes: -1 }] }],
  ['node-pool-budgets-are-possible', { budgets: [{ nodes: Number.NaN }] }],
  ['node-pool-budgets-are-possible', { budgets: [{ nodes: Percent.of(10.5) }] }],
  ['node-pool-budgets-are-possible', { budgets: [{ nodes: Percent.of(101) }] }],
  [
    'node-pool-budgets-are-possible',
    { budgets: [{ nodes: TEN, during: { schedule: '0 8 * *', lasts: Duration.hours(1) } }] },
  ],
  [
    'node-pool-budgets-are-possible',
    { budgets: [{ nodes: TEN, during: { schedule: '0 8 * * 1', lasts: Duration.seconds(90) } }] },
  ],
  [
    'node-pool-budgets-are-possible',
    { budgets: [{ nodes: TEN, during: { schedule: '0 8 * * 1', lasts: Duration.seconds(0) } }] },
  ],
  ['node-pool-budgets-let-nodes-go', { budgets: [{ nodes: 0 }] }],
  ['node-pool-budgets-let-nodes-go', { budgets: [{ nodes: Percent.of(0) }, { nodes: 1 }] }],
  ['node-pool-weight-is-possible', { weight: 0 }],
  ['node-pool-weight-is-possible', { weight: 101 }],
  ['node-pool-weight-is-possible', { weight: Number.NaN }],
];

describe('checks of a pool', () => {
  test.each(broken)('%s: %p', (check, given) => {
    expect(ids(inspectNodePool('test', { ...spec, ...given }))).toEqual([check]);
  });

  test.each<Partial<NodePoolSpec>>([
    {},
    { consolidateAfter: Duration.seconds(0) },
    { consolidateAfter: Duration.hours(24) },
    { expireAfter: Duration.hours(1) },
    { expireAfter: Duration.days(365) },
    { drainWithin: Duration.minutes(1) },
    { drainWithin: Duration.days(7) },
    { weight: 1 },
    { weight: 100 },
    { budgets: [{ nodes: 0, during: { schedule: '0 8 * * 1-5', lasts: Duration.hours(8) } }] },
    { budgets: [{ nodes: 0, reasons: ['Underutilized'] }] },
    { budgets: [{ nodes: Percent.of(100) }] },
    { zones: ['us-west-2a'] },
    { labels: { 'example.com/karpenter.sh': 'x' } },
  ])('nothing is said about %p', (given) => {
    expect(inspectNodePool('test', { ...spec, ...given })).toEqual([]);
  });

  test('types are judged as those of any node group', () => {
    expect(ids(inspectNodePool('test', { ...spec, instanceTypes: ['m5.lage'] }))).toEqual([
      'node-group-types-are-known',
    ]);
    expect(ids(inspectNodePool('test', { ...spec, capacity: 'spot' }))).toEqual(['node-group-spot-has-a-choice']);
  });

  test('sizes may differ: Karpenter plans with each type', () => {
    expect(inspectNodePool('test', { ...spec, instanceTypes: ['m5.large', 'm5.4xlarge'] })).toEqual([]);
  });

  test('every check has a failing row', () => {
    expect([...new Set(broken.map(([check]) => check))].sort()).toEqual(allIds(NODE_POOL_CHECKS));
  });
});
