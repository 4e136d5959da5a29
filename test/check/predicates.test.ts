import { duplicates, isDnsLabel, isPinnedImage, isWholeWithin } from '../../lib/check';

describe('isWholeWithin', () => {
  test.each([
    [0, false],
    [1, true],
    [3, true],
    [4, false],
    [2.5, false],
    [Number.NaN, false],
    [Number.POSITIVE_INFINITY, false],
  ])('%p within 1 and 3: %p', (value, expected) => {
    expect(isWholeWithin(value, 1, 3)).toBe(expected);
  });
});

describe('isDnsLabel', () => {
  test.each(['a', '7', 'auth-service', 'a1-b2', 'a'.repeat(63)])('%p is one', (name) => {
    expect(isDnsLabel(name)).toBe(true);
  });

  test.each(['', '-a', 'a-', 'A', 'a_b', 'a.b', 'a b', 'a\n', 'ä', 'a'.repeat(64)])('%p is none', (name) => {
    expect(isDnsLabel(name)).toBe(false);
  });
});

describe('duplicates', () => {
  test.each([
    { given: [], expected: [] },
    { given: ['a', 'b'], expected: [] },
    { given: ['a', 'b', 'a', 'a', 'b'], expected: ['a', 'b'] },
    { given: [Number.NaN], expected: [] },
    { given: [Number.NaN, Number.NaN], expected: [Number.NaN] },
  ])('of $given: $expected', ({ given, expected }) => {
    expect(duplicates<unknown>(given)).toEqual(expected);
  });
});

describe('isPinnedImage', () => {
  const digest = `sha256:${'0a'.repeat(32)}`;

  test.each(['shop:1.4.0', 'localhost:5000/shop:1.4.0', `shop@${digest}`, `shop:latest@${digest}`, 'shop:latest-2'])(
    '%p is',
    (image) => {
      expect(isPinnedImage(image)).toBe(true);
    },
  );

  test.each([
    '',
    'shop',
    'shop:latest',
    'shop:',
    ':1.4.0',
    'localhost:5000/shop',
    'shop@sha256:abc',
    'shop:-1',
    `shop@${digest}0`,
  ])('%p is not', (image) => {
    expect(isPinnedImage(image)).toBe(false);
  });
});
