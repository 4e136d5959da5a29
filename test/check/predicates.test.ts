import {
  duplicates,
  invalidLabels,
  isDnsLabel,
  isDnsName,
  isImageReference,
  isIsoDate,
  isLabelKey,
  isLabelValue,
  isPinnedImage,
  isRegion,
  isWholeWithin,
} from '../../lib/check';

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

describe('isDnsName', () => {
  const long = `${'a'.repeat(63)}.${'b'.repeat(63)}.${'c'.repeat(63)}.${'d'.repeat(61)}`;

  test.each(['a', 'gp3.encrypted', '1.2', long])('%p is one', (name) => {
    expect(isDnsName(name)).toBe(true);
  });

  test.each(['', '.', 'a.', '.a', 'a..b', 'A.b', 'a_b.c', '*.a', `${long}d`])('%p is none', (name) => {
    expect(isDnsName(name)).toBe(false);
  });
});

describe('isLabelKey', () => {
  test.each(['app', 'App_1.x', 'example.com/app', `${'a'.repeat(63)}`])('%p is one', (key) => {
    expect(isLabelKey(key)).toBe(true);
  });

  test.each(['', '-a', 'a-', 'a b', '/app', 'example.com/', 'Example.com/app', 'a/b/c', 'a..b/c', 'a'.repeat(64)])(
    '%p is none',
    (key) => {
      expect(isLabelKey(key)).toBe(false);
    },
  );
});

describe('isLabelValue', () => {
  test.each(['', 'a', 'A_b.c-1', 'a'.repeat(63)])('%p is one', (value) => {
    expect(isLabelValue(value)).toBe(true);
  });

  test.each(['-a', 'a-', 'a b', 'a/b', 'a\n', 'a'.repeat(64)])('%p is none', (value) => {
    expect(isLabelValue(value)).toBe(false);
  });
});

test('invalid labels are named with their values', () => {
  expect(invalidLabels({ app: 'web', 'a b': 'c', team: 'x y' })).toEqual(['a b=c', 'team=x y']);
});

describe('isImageReference', () => {
  const digest = `sha256:${'0a'.repeat(32)}`;

  test.each([
    'redis',
    'shop/api:1.4.0',
    'localhost:5000/shop/a-b_c.d:V1_x',
    '123456789012.dkr.ecr.us-west-2.amazonaws.com/acgs/auth-service:2.0.0',
    `shop/api@${digest}`,
    `shop/api:1.4.0@${digest}`,
  ])('%p is one', (image) => {
    expect(isImageReference(image)).toBe(true);
  });

  test.each([
    '',
    'Shop/api:1',
    'shop /api:1',
    'shop/api:1 ',
    'shop/api:a b',
    'https://shop/api:1',
    '/shop:1',
    'shop//api:1',
    'shop/-api:1',
    'shop/api@sha256:0a',
  ])('%p is none', (image) => {
    expect(isImageReference(image)).toBe(false);
  });
});

describe('isRegion', () => {
  test.each(['us-west-2', 'eu-central-1', 'ap-southeast-5', 'us-gov-east-1'])('%s reads as one', (region) =>
    expect(isRegion(region)).toBe(true),
  );
  test.each(['us-west-2a', 'us-west', 'us-west-10', 'US-WEST-2', 'west-2', ' us-west-2', 'us-west-2\n', ''])(
    '%j does not',
    (region) => expect(isRegion(region)).toBe(false),
  );
});

describe('isIsoDate', () => {
  test.each(['2026-11-21', '2028-02-29', '2026-12-31'])('%s is a day', (text) => expect(isIsoDate(text)).toBe(true));
  test.each(['2026-02-29', '2026-13-01', '2026-11-31', '2026-1-1', 'today', '', '2026-11-21T00:00:00Z'])(
    '%j is none',
    (text) => expect(isIsoDate(text)).toBe(false),
  );
});
