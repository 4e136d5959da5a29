import fc from 'fast-check';
import { isIpv4Range, isWithinRange } from '../../../lib/model/network/ipv4-range';

describe('isIpv4Range', () => {
  test.each(['0.0.0.0/0', '10.0.0.0/8', '10.0.0.0/16', '169.254.170.23/32', '255.255.255.255/32', '192.168.4.0/22'])(
    '%s is a range',
    (cidr) => expect(isIpv4Range(cidr)).toBe(true),
  );

  test.each([
    ['a bit beyond its length', '10.0.0.1/16'],
    ['no length', '10.0.0.0'],
    ['a length of 33', '10.0.0.0/33'],
    ['an octet of 256', '10.0.0.256/32'],
    ['three octets', '10.0.0/16'],
    ['text behind it', '10.0.0.0/16 '],
    ['IPv6', 'fd00::/8'],
    ['nothing', ''],
  ])('%s makes it none: %s', (_why, cidr) => expect(isIpv4Range(cidr)).toBe(false));
});

describe('isWithinRange', () => {
  test.each([
    { it: 'takes the first part', inner: '10.0.0.0/24', outer: '10.0.0.0/16', expected: true },
    { it: 'takes the last address', inner: '10.0.255.255/32', outer: '10.0.0.0/16', expected: true },
    { it: 'refuses the whole', inner: '10.0.0.0/16', outer: '10.0.0.0/16', expected: false },
    { it: 'refuses more than the whole', inner: '10.0.0.0/15', outer: '10.0.0.0/16', expected: false },
    { it: 'refuses the neighbour above', inner: '10.1.0.0/24', outer: '10.0.0.0/16', expected: false },
    { it: 'refuses the neighbour below', inner: '9.255.255.0/24', outer: '10.0.0.0/16', expected: false },
    { it: 'refuses what is no range', inner: 'x', outer: '10.0.0.0/16', expected: false },
    { it: 'refuses to lie in what is no range', inner: '10.0.0.0/24', outer: 'x', expected: false },
  ])('$it', ({ inner, outer, expected }) => expect(isWithinRange(inner, outer)).toBe(expected));

  test('of two ranges at most one lies within the other', () => {
    const range = fc
      .tuple(fc.nat({ max: 255 }), fc.integer({ min: 8, max: 16 }))
      .map(([octet, length]) => `10.${octet & (256 - 2 ** (16 - length))}.0.0/${length}`);
    fc.assert(fc.property(range, range, (a, b) => !(isWithinRange(a, b) && isWithinRange(b, a))));
  });
});
