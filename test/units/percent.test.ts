import fc from 'fast-check';
import { Percent } from '../../lib/units';

describe('Percent', () => {
  test.each([
    { given: Percent.of(85), ratio: 0.85, text: '85%' },
    { given: Percent.of(99.99), ratio: 0.9999, text: '99.99%' },
    { given: Percent.of(12.5), ratio: 0.125, text: '12.5%' },
    { given: Percent.of(0), ratio: 0, text: '0%' },
    { given: Percent.of(250), ratio: 2.5, text: '250%' },
    { given: Percent.ratio(0.29), ratio: 0.29, text: '29%' },
    { given: Percent.ratio(1), ratio: 1, text: '100%' },
  ])('$text is $ratio', ({ given, ratio, text }) => {
    expect(given.toRatio()).toBe(ratio);
    expect(given.toString()).toBe(text);
  });

  test('whole percent are exact or refused', () => {
    expect(Percent.of(70).toPercent()).toBe(70);
    expect(() => Percent.of(62.5).toPercent()).toThrow('62.5% in whole percent would lose precision');
  });

  test.each([Number.NaN, -1, 0.001, Number.POSITIVE_INFINITY])('there is no share of %p percent', (percent) => {
    expect(() => Percent.of(percent)).toThrow('percent in hundredths must be a whole, non-negative number');
  });

  test('a ratio and its percentage are the same share', () => {
    fc.assert(
      fc.property(fc.nat({ max: 1000 }), (n) => Percent.ratio(n / 100).toPercent() === Percent.of(n).toPercent()),
    );
  });

  test('a share is at most itself and anything larger', () => {
    expect([69.99, 70, 70.01].map((percent) => Percent.of(percent).isAtMost(Percent.of(70)))).toEqual([
      true,
      true,
      false,
    ]);
  });
});
