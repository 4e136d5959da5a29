import fc from 'fast-check';
import {
  type AnalysisMetric,
  measuringPlan,
  metricLength,
  rollbackTime,
  type SuccessRateMetric,
  timed,
} from '../../../lib/model/rollout/analysis';
import { Duration, Percent } from '../../../lib/units';

const rate: SuccessRateMetric = { name: 'success-rate', measures: 'success-rate', atLeast: Percent.of(99) };
const minutes = Duration.minutes;

const counted = (metric: AnalysisMetric, watch: Duration) => {
  const [{ interval, count } = metric] = timed([metric], { by: 'watch', watch });
  return `${count} every ${interval}`;
};

describe('a metric', () => {
  test.each<[string, Partial<SuccessRateMetric>, Duration, string]>([
    ['of a watch of 30 minutes', {}, minutes(30), '28 every 1m'],
    ['without a delay', { initialDelay: minutes(0) }, minutes(30), '30 every 1m'],
    ['with a wider window, which it waits for', { window: minutes(5) }, minutes(30), '25 every 1m'],
    ['with an interval that does not divide it', { interval: minutes(5) }, minutes(30), '5 every 5m'],
    ['with a count of its own', { count: 3 }, minutes(30), '3 every 1m'],
    ['of a watch that its delay fills', { initialDelay: minutes(30) }, minutes(30), '0 every 1m'],
  ])('%s is measured as often as that holds', (_what, changes, watch, expected) => {
    expect(counted({ ...rate, ...changes }, watch)).toBe(expected);
  });

  test('beside steps goes on until they end, and elsewhere is as it was declared', () => {
    expect(timed([rate], { by: 'release' })).toEqual([{ ...rate, interval: minutes(1) }]);
    expect(timed([rate], { by: 'count' })).toEqual([rate]);
  });

  test.each<[string, Partial<SuccessRateMetric>, string | undefined]>([
    ['its delay for one measurement', {}, '2m'],
    ['delay and intervals', { initialDelay: minutes(1), interval: minutes(2), count: 3 }, '7m'],
    ['no end without a count', { interval: minutes(2) }, undefined],
    [
      'years, if that was declared',
      { initialDelay: minutes(60), interval: Duration.days(3653), count: 10_000 },
      '876720001h',
    ],
    ['no end for what is no count', { interval: minutes(2), count: Number.NaN }, undefined],
  ])('takes %s', (_what, changes, expected) => {
    expect(metricLength({ ...rate, ...changes })?.toString()).toBe(expected);
  });

  test('that is not told otherwise bears two failures and pods without requests, but none that are not seen', () => {
    expect(measuringPlan(rate)).toMatchObject({
      failureLimit: 2,
      consecutiveErrorLimit: 4,
      withoutData: 'failure-if-unseen',
      initialDelay: minutes(2),
    });
  });

  test.each<[Partial<SuccessRateMetric>, string]>([
    [{}, '210s'],
    [{ failureLimit: 0 }, '90s'],
    [{ interval: Duration.seconds(10), failureLimit: 5 }, '90s'],
    [{ failureLimit: Number.NaN }, '90s'],
    [{ interval: Duration.days(3653), failureLimit: 1000 }, '315934819230s'],
  ])('with %j brings users back within %s', (changes, expected) => {
    expect(rollbackTime({ ...rate, ...changes }).toString()).toBe(expected);
  });

  test('never outlasts the watch that it fills', () => {
    const seconds = (max: number) => fc.integer({ min: 10, max }).map(Duration.seconds);
    fc.assert(
      fc.property(seconds(3600), seconds(600), seconds(7200), (interval, initialDelay, watch) => {
        const [metric = rate] = timed([{ ...rate, interval, initialDelay }], { by: 'watch', watch });
        fc.pre((metric.count ?? 0) > 0);
        expect(metricLength(metric)?.isAtMost(watch)).toBe(true);
      }),
    );
  });
});
