import fc from 'fast-check';
import {
  COST_WATCH_CHECKS,
  type CostWatchSpec,
  costWatchPlan,
  inspectCostWatch,
  monthlyLimit,
} from '../../../lib/model/operations/cost-watch';
import { Percent } from '../../../lib/units';
import { allIds, ids } from '../../support/findings';

const WATCH: CostWatchSpec = {
  subscriptions: [{ protocol: 'email', name: 'owners', address: 'owners@example.com' }],
};

const limit = (overrides: Partial<CostWatchSpec>, expected: number): number =>
  monthlyLimit(costWatchPlan({ ...WATCH, ...overrides }), expected);

describe('monthlyLimit', () => {
  test.each<[it: string, overrides: Partial<CostWatchSpec>, expected: number, limit: number]>([
    ['a fifth above what is expected', {}, 1000, 1200],
    ['up to whole dollars', {}, 1000.01, 1201],
    ['no cent too many', {}, 2916.65, 3500],
    ['half above, if told so', { headroom: Percent.of(50) }, 1000, 1500],
    ['no room, if told so', { headroom: Percent.of(0) }, 999.5, 1000],
    ['what is declared, whatever is expected', { monthlyUsd: 750.5 }, 1000, 750.5],
  ])('%s', (_, overrides, expected, is) => {
    expect(limit(overrides, expected)).toBe(is);
  });

  test('is never below what is expected, and grows with it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e7 }), fc.integer({ min: 0, max: 1e5 }), (cents, points) => {
        const headroom = { headroom: Percent.ratio(points / 10_000) };
        expect(limit(headroom, cents / 100)).toBeGreaterThanOrEqual(cents / 100);
        expect(limit(headroom, (cents + 100) / 100)).toBeGreaterThanOrEqual(limit(headroom, cents / 100));
      }),
    );
  });
});

describe('inspectCostWatch', () => {
  const rows: readonly (readonly [check: string | undefined, it: string, overrides: Partial<CostWatchSpec>])[] = [
    [undefined, 'the defaults', {}],
    [undefined, '0 %', { headroom: Percent.of(0) }],
    [undefined, '1000 %', { headroom: Percent.of(1000) }],
    ['cost-watch-headroom-is-possible', '1000.01 %', { headroom: Percent.of(1000.01) }],
    ['monthly-usage-ranges-ascend', 'traffic that descends', { usage: { natGb: { min: 3, expected: 2, max: 1 } } }],
  ];

  test.each(rows)('%s: %s', (check, _, overrides) => {
    expect(ids(inspectCostWatch('costs', { ...WATCH, ...overrides }))).toEqual(check ? [check] : []);
  });

  test('every check has a failing row', () => {
    const found = new Set(rows.map(([check]) => check));
    expect(allIds(COST_WATCH_CHECKS).filter((id) => !found.has(id))).toEqual([]);
  });
});
