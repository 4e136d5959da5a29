import fc from 'fast-check';
import { Duration } from '../../lib/units';

describe('Duration', () => {
  test.each([
    { given: Duration.millis(0), text: '0s' },
    { given: Duration.millis(250), text: '250ms' },
    { given: Duration.millis(1500), text: '1500ms' },
    { given: Duration.seconds(15), text: '15s' },
    { given: Duration.seconds(60), text: '1m' },
    { given: Duration.seconds(90), text: '90s' },
    { given: Duration.minutes(90), text: '90m' },
    { given: Duration.hours(2), text: '2h' },
    { given: Duration.days(2), text: '48h' },
  ])('$text is written in the largest unit without a fraction', ({ given, text }) => {
    expect(given.toString()).toBe(text);
  });

  test('each factory has its own unit', () => {
    expect(Duration.millis(2).inMillis).toBe(2);
    expect(Duration.seconds(2).inMillis).toBe(2000);
    expect(Duration.seconds(1.1).inMillis).toBe(1100);
    expect(Duration.minutes(2).inMillis).toBe(120_000);
    expect(Duration.hours(2).inMillis).toBe(7_200_000);
    expect(Duration.days(2).inMillis).toBe(172_800_000);
  });

  test('a conversion is exact or refused', () => {
    expect(Duration.minutes(2).toSeconds()).toBe(120);
    expect(Duration.hours(2).toMinutes()).toBe(120);
    expect(Duration.hours(48).toDays()).toBe(2);
    expect(() => Duration.millis(1500).toSeconds()).toThrow('1500ms in seconds would lose precision');
    expect(() => Duration.seconds(90).toMinutes()).toThrow(RangeError);
    expect(() => Duration.hours(36).toDays()).toThrow(RangeError);
  });

  test.each([Number.NaN, -1, Number.POSITIVE_INFINITY, 0.0001])('there is no duration of %p seconds', (seconds) => {
    expect(() => Duration.seconds(seconds)).toThrow('duration in milliseconds must be a whole, non-negative number');
  });

  test.each([
    { it: 'below the most', days: 3652, refused: false },
    { it: 'at the most', days: 3653, refused: false },
    { it: 'above the most', days: 3654, refused: true },
  ])('$it: more than ten years cannot be declared', ({ days, refused }) => {
    const declare = () => Duration.days(days);
    if (refused) expect(declare).toThrow('duration must be at most 87672h, got 87696h');
    else expect(declare().toDays()).toBe(days);
  });

  test.each([
    () => Duration.millis(2 ** 39),
    () => Duration.seconds(2 ** 29),
    () => Duration.minutes(2 ** 23),
    () => Duration.hours(2 ** 17),
  ])('no factory declares more (row %#)', (declare) => expect(declare).toThrow('duration must be at most 87672h'));

  test('sums and multiples may be more than can be declared', () => {
    expect(Duration.days(3653).plus(Duration.days(1)).toDays()).toBe(3654);
    expect(Duration.seconds(90).times(3).toSeconds()).toBe(270);
    expect(Duration.days(3653).times(10_000).toDays()).toBe(36_530_000);
    expect(() => Duration.seconds(1).times(0.5)).toThrow(RangeError);
  });

  test('the order of a sum does not matter', () => {
    const durations = fc.nat().map((millis) => Duration.millis(millis));
    fc.assert(fc.property(durations, durations, (a, b) => a.plus(b).inMillis === b.plus(a).inMillis));
    expect(Duration.seconds(30).plus(Duration.minutes(1)).toSeconds()).toBe(90);
  });

  test('a duration is at most itself and anything longer', () => {
    const minute = Duration.minutes(1);
    expect([59, 60, 61].map((seconds) => Duration.seconds(seconds).isAtMost(minute))).toEqual([true, true, false]);
  });
});
