import { Rate } from '../../lib/units';

describe('Rate', () => {
  test.each([
    { given: Rate.perSecond(1000), perMinute: 60_000, text: '1000/s' },
    { given: Rate.perSecond(0.5), perMinute: 30, text: '30/min' },
    { given: Rate.perMinute(60), perMinute: 60, text: '1/s' },
    { given: Rate.perMinute(61), perMinute: 61, text: '61/min' },
    { given: Rate.perMinute(0), perMinute: 0, text: '0/s' },
  ])('$text is $perMinute a minute', ({ given, perMinute, text }) => {
    expect(given.inPerMinute).toBe(perMinute);
    expect(given.toString()).toBe(text);
  });

  test('events a second are exact or refused', () => {
    expect(Rate.perMinute(1000 * 60).toPerSecond()).toBe(1000);
    expect(() => Rate.perMinute(1000).toPerSecond()).toThrow('1000/min per second would lose precision');
  });

  test.each([Number.NaN, -1, 0.001])('there is no rate of %p a second', (events) => {
    expect(() => Rate.perSecond(events)).toThrow('rate per minute must be a whole, non-negative number');
  });

  test('a rate is at most itself and anything faster', () => {
    expect([59, 60, 61].map((n) => Rate.perMinute(n).isAtMost(Rate.perSecond(1)))).toEqual([true, true, false]);
  });
});
