import type { RolloutSpec } from '../../../lib/model/rollout/rollout';
import { rolloutPeakPods } from '../../../lib/model/rollout/rollout-peak';

const blueGreen: RolloutSpec = { strategy: 'blue-green' };
const canary: RolloutSpec = { strategy: 'canary', traffic: { through: 'istio' } };

describe('pods at most while a release is under way', () => {
  test.each([
    ['both colours in full', 10, blueGreen, 20],
    ['the old set in full beside one for all users', 10, canary, 20],
    ['two of one', 1, canary, 2],
    ['none of none', 0, blueGreen, 0],
    ['the most that a policy may ask for, twice', 10_000, canary, 20_000],
    ['one less, twice', 9999, blueGreen, 19_998],
    ['none of more than a policy may ask for', 10_001, blueGreen, 0],
    ['none of what is no number of pods', Number.NaN, blueGreen, 0],
    ['none of a part of a pod', 2.5, canary, 0],
  ])('are %s', (_what, max, rollout, expected) => expect(rolloutPeakPods(max, rollout)).toBe(expected));
});
