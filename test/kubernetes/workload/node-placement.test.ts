import {
  inspectPlacement,
  NODE_PLACEMENT_CHECKS,
  type NodePlacement,
  placement,
} from '../../../lib/kubernetes/workload/node-placement';
import { allIds, ids } from '../../support/findings';

describe('placement', () => {
  test('any node will do where nothing is said', () => {
    expect(placement({})).toEqual({});
    expect(placement({ labels: {}, tolerates: [], capacity: 'spot' })).toEqual({});
  });

  test('labels select, and each taint is tolerated by its value', () => {
    const taint = { key: 'dedicated', value: 'compute', effect: 'NoExecute' } as const;
    expect(placement({ labels: { pool: 'compute' }, tolerates: [taint] })).toEqual({
      nodeSelector: { pool: 'compute' },
      tolerations: [{ key: 'dedicated', operator: 'Equal', value: 'compute', effect: 'NoExecute' }],
    });
  });
});

describe('NODE_PLACEMENT_CHECKS', () => {
  const taint = { key: 'dedicated', value: 'compute', effect: 'NoSchedule' } as const;
  const broken: [id: string, placement: NodePlacement][] = [
    ['node-placement-labels-are-valid', { labels: { pool: 'a b' } }],
    ['node-placement-tolerations-are-taints', { tolerates: [taint, { ...taint, key: 'a b' }] }],
    ['node-placement-tolerations-are-taints', { tolerates: [{ ...taint, value: 'a b' }] }],
    ['node-placement-tolerations-are-taints', { tolerates: [{ ...taint, effect: 'Never' as unknown as 'NoExecute' }] }],
    ['node-placement-capacity-is-known', { capacity: 'cheap' as unknown as 'spot' }],
  ];

  test.each(broken)('reports %s for %j', (id, given) => {
    expect(ids(inspectPlacement('p', 'nodes', given))).toEqual([id]);
  });

  test.each<NodePlacement>([
    {},
    { labels: { 'headroom.dev/node-group': 'compute' }, tolerates: [taint], capacity: 'spot' },
    { tolerates: [{ ...taint, effect: 'PreferNoSchedule' as unknown as 'NoExecute' }], capacity: 'on-demand' },
  ])('accepts %j', (given) => expect(inspectPlacement('p', 'nodes', given)).toEqual([]));

  test('every check has a failing row', () => {
    expect([...new Set(broken.map(([id]) => id))].sort()).toEqual(allIds(NODE_PLACEMENT_CHECKS));
  });
});
