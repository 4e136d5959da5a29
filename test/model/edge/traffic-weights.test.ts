import { inspect } from '../../../lib/check';
import { blueGreenWeights, type SplitTraffic, TRAFFIC_WEIGHT_CHECKS } from '../../../lib/model/edge/traffic-weights';
import { Percent } from '../../../lib/units';
import { allIds, ids } from '../../support/findings';

const split: SplitTraffic = { groupNames: ['blue', 'green'], weights: { blue: 90, green: 10 } };
const found = (change: Partial<SplitTraffic>) => ids(inspect('edge', { ...split, ...change }, TRAFFIC_WEIGHT_CHECKS));

test.each([
  [0, { blue: 100, green: 0 }],
  [10, { blue: 90, green: 10 }],
  [50, { blue: 50, green: 50 }],
  [100, { blue: 0, green: 100 }],
])('a release of %i %% is one number', (green, weights) => {
  expect(blueGreenWeights(Percent.of(green))).toEqual(weights);
});

const six = ['a', 'b', 'c', 'd', 'e', 'f'];

const broken: [check: string, change: Partial<SplitTraffic>][] = [
  ['traffic-weights-are-whole', { weights: { blue: 1000 } }],
  ['traffic-weights-are-whole', { weights: { blue: 100, green: -1 } }],
  ['traffic-weights-are-whole', { weights: { blue: 0.5 } }],
  ['traffic-weights-are-whole', { weights: blueGreenWeights(Percent.of(101)) }],
  ['traffic-weights-add-up', { weights: { blue: 0, green: 0 } }],
  ['traffic-weights-add-up', { weights: {} }],
  ['traffic-weights-name-groups', { weights: { blue: 100, red: 0 } }],
  ['traffic-goes-to-one-to-five-groups', { groupNames: six, weights: { a: 1 } }],
];

test.each(broken)('%s fails (row %#)', (check, change) => {
  expect(found(change)).toEqual([check]);
});

test('without a group there is nothing that weights could name', () => {
  expect(found({ groupNames: [], weights: {} })).toEqual([
    'traffic-weights-add-up',
    'traffic-goes-to-one-to-five-groups',
  ]);
});

test('NaN fails', () => {
  expect(found({ weights: { blue: Number.NaN } })).toEqual(['traffic-weights-are-whole', 'traffic-weights-add-up']);
});

test('every check has a failing row', () => {
  expect([...new Set(broken.map(([check]) => check))].sort()).toEqual(allIds(TRAFFIC_WEIGHT_CHECKS));
});

test.each<[string, Partial<SplitTraffic>]>([
  ['a group that nobody weighs', { weights: { blue: 1 } }],
  ['the largest weight', { weights: { blue: 999 } }],
  ['five groups', { groupNames: six.slice(1), weights: { b: 1 } }],
])('%s: nothing to report', (_, change) => {
  expect(found(change)).toEqual([]);
});
