import { isRange } from '../../../lib/model/cost/range';
import { ASSUMED_USAGE, inspectMonthlyUsage, MONTHLY_USAGE_CHECKS } from '../../../lib/model/cost/usage';
import { allIds, ids } from '../../support/findings';

test('every assumption ascends', () => {
  expect(Object.values(ASSUMED_USAGE).every(isRange)).toBe(true);
});

test.each([
  { natGb: { min: 2, expected: 1, max: 3 } },
  { logGb: { min: -1, expected: 1, max: 3 } },
  { internetGb: { min: 1, expected: Number.NaN, max: 3 } },
])('%p is refused', (usage) => {
  expect(ids(inspectMonthlyUsage('test', usage))).toEqual(['monthly-usage-ranges-ascend']);
  expect(allIds(MONTHLY_USAGE_CHECKS)).toEqual(['monthly-usage-ranges-ascend']);
});

test('the finding names the amount at fault', () => {
  expect(inspectMonthlyUsage('test', { crossZoneGb: { min: 2, expected: 1, max: 3 } })[0]?.prop).toBe('crossZoneGb');
});

test.each([{}, { natGb: { min: 0, expected: 0, max: 0 } }, { interfaceEndpoints: [] }])(
  'nothing is said about %p',
  (usage) => {
    expect(inspectMonthlyUsage('test', usage)).toEqual([]);
  },
);
