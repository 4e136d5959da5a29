import fc from 'fast-check';
import { divide, whole } from '../../lib/units/whole';

describe('whole', () => {
  test('a whole number stands for itself', () => {
    fc.assert(fc.property(fc.maxSafeNat(), (n) => whole(n, 'it') === n));
  });

  test.each([
    { it: 'a product a hair below', value: 0.29 * 100, expected: 29 },
    { it: 'a product a hair above', value: 1.1 * 1000, expected: 1100 },
    { it: 'the largest exact integer', value: Number.MAX_SAFE_INTEGER, expected: 9_007_199_254_740_991 },
  ])('$it is the number it means', ({ value, expected }) => {
    expect(whole(value, 'it')).toBe(expected);
  });

  test.each([0.00001, 1.00001, 1e-9, -1e-9, -1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53])(
    '%p is refused',
    (value) => {
      expect(() => whole(value, 'it')).toThrow(`it must be a whole, non-negative number, got ${value}`);
    },
  );
});

describe('divide', () => {
  test('gives the quotient if there is no rest, and refuses otherwise', () => {
    expect(divide(12, 4, 'it')).toBe(3);
    expect(divide(0, 4, 'it')).toBe(0);
    expect(() => divide(13, 4, 'it')).toThrow('it would lose precision: 13 is not a multiple of 4');
  });
});
