import fc from 'fast-check';
import { Cidr, isPrivate, overlappingCidrs } from '../../../lib/model/network/cidr';

const octet = fc.nat(255);
const blocks = fc
  .tuple(octet, octet, octet, octet, fc.nat(32))
  .map(([a, b, c, d, prefix]) => Cidr.enclosing(`${a}.${b}.${c}.${d}/${prefix}`) as Cidr);

describe('Cidr', () => {
  test.each(['0.0.0.0/0', '10.0.0.0/8', '10.0.0.0/16', '172.16.32.0/20', '255.255.255.255/32', '192.0.2.16/28'])(
    'reads %s and writes it back',
    (text) => {
      expect(`${Cidr.parse(text)}`).toBe(text);
    },
  );

  test.each([
    { it: 'a host inside the network', text: '10.0.3.7/16', says: 'did you mean 10.0.0.0/16?' },
    { it: 'a leading zero', text: '10.00.0.0/16', says: 'did you mean 10.0.0.0/16?' },
    { it: 'a leading zero of the prefix', text: '10.0.0.0/08', says: 'did you mean 10.0.0.0/8?' },
    { it: 'an octet of 256', text: '10.0.0.256/16', says: 'got 10.0.0.256/16' },
    { it: 'a prefix of 33', text: '10.0.0.0/33', says: 'got 10.0.0.0/33' },
    { it: 'no prefix', text: '10.0.0.0', says: 'got 10.0.0.0' },
    { it: 'three octets', text: '10.0.0/16', says: 'got 10.0.0/16' },
    { it: 'something behind it', text: '10.0.0.0/16 ', says: 'got 10.0.0.0/16' },
    { it: 'something before it', text: ' 10.0.0.0/16', says: 'got  10.0.0.0/16' },
    { it: 'IPv6', text: '2001:db8::/32', says: 'got 2001:db8::/32' },
    { it: 'nothing', text: '', says: 'got ' },
  ])('refuses $it', ({ text, says }) => {
    expect(() => Cidr.parse(text)).toThrow(RangeError);
    expect(() => Cidr.parse(text)).toThrow(says);
    expect(Cidr.tryParse(text)).toBeUndefined();
  });

  test('gives no hint where there is nothing near', () => {
    expect(() => Cidr.parse('10.0.0.256/16')).not.toThrow(/did you mean/);
  });

  test.each([
    { text: '0.0.0.0/0', size: 4_294_967_296 },
    { text: '10.0.0.0/16', size: 65_536 },
    { text: '10.0.0.0/28', size: 16 },
    { text: '10.0.0.1/32', size: 1 },
  ])('counts $size addresses in $text', ({ text, size }) => {
    expect(Cidr.parse(text).size).toBe(size);
  });

  test.each([
    { one: '10.0.0.0/16', other: '10.0.0.0/16', contains: true, overlaps: true },
    { one: '10.0.0.0/16', other: '10.0.255.0/24', contains: true, overlaps: true },
    { one: '10.0.255.0/24', other: '10.0.0.0/16', contains: false, overlaps: true },
    { one: '10.0.0.0/16', other: '10.1.0.0/24', contains: false, overlaps: false },
    { one: '10.1.0.0/24', other: '10.0.0.0/16', contains: false, overlaps: false },
    { one: '128.0.0.0/1', other: '255.255.255.255/32', contains: true, overlaps: true },
  ])('$one contains $other: $contains, overlaps: $overlaps', ({ one, other, contains, overlaps }) => {
    expect(Cidr.parse(one).contains(Cidr.parse(other))).toBe(contains);
    expect(Cidr.parse(one).overlaps(Cidr.parse(other))).toBe(overlaps);
  });

  test('splits into equal blocks in order', () => {
    expect(Cidr.parse('10.0.0.0/16').split(18).map(String)).toEqual([
      '10.0.0.0/18',
      '10.0.64.0/18',
      '10.0.128.0/18',
      '10.0.192.0/18',
    ]);
    expect(Cidr.parse('10.0.0.0/16').split(16).map(String)).toEqual(['10.0.0.0/16']);
  });

  test.each([
    { prefix: 15, index: 0 },
    { prefix: 33, index: 0 },
    { prefix: 18.5, index: 0 },
    { prefix: Number.NaN, index: 0 },
    { prefix: 18, index: 4 },
    { prefix: 18, index: -1 },
    { prefix: 18, index: 0.5 },
    { prefix: 18, index: Number.NaN },
  ])('has no /$prefix at $index in a /16', ({ prefix, index }) => {
    expect(() => Cidr.parse('10.0.0.0/16').part(prefix, index)).toThrow(RangeError);
  });

  test('blocks overlap exactly if one contains the other, in either order', () => {
    fc.assert(
      fc.property(blocks, blocks, (one, other) => {
        expect(one.overlaps(other)).toBe(one.contains(other) || other.contains(one));
        expect(other.overlaps(one)).toBe(one.overlaps(other));
      }),
    );
  });

  test('the parts of a block fill it and do not overlap', () => {
    fc.assert(
      fc.property(blocks, fc.nat(6), (block, bits) => {
        const parts = block.split(Math.min(32, block.prefix + bits));
        expect(parts.reduce((sum, { size }) => sum + size, 0)).toBe(block.size);
        expect(parts.every((part) => block.contains(part))).toBe(true);
        expect(parts.some((part, i) => parts.some((other, j) => i !== j && part.overlaps(other)))).toBe(false);
        expect(parts.map(String)).toEqual(parts.map((part) => `${Cidr.parse(`${part}`)}`));
      }),
    );
  });
});

describe('isPrivate', () => {
  test.each([
    { text: '10.0.0.0/8', expected: true },
    { text: '10.255.0.0/16', expected: true },
    { text: '11.0.0.0/16', expected: false },
    { text: '8.0.0.0/6', expected: false },
    { text: '172.15.0.0/16', expected: false },
    { text: '172.16.0.0/16', expected: true },
    { text: '172.31.0.0/16', expected: true },
    { text: '172.32.0.0/16', expected: false },
    { text: '192.168.0.0/16', expected: true },
    { text: '192.169.0.0/16', expected: false },
    { text: '100.63.0.0/16', expected: false },
    { text: '100.64.0.0/16', expected: true },
    { text: '100.127.0.0/16', expected: true },
    { text: '100.128.0.0/16', expected: false },
  ])('$text: $expected', ({ text, expected }) => {
    expect(isPrivate(Cidr.parse(text))).toBe(expected);
  });
});

describe('overlappingCidrs', () => {
  const west = { name: 'west', cidr: '10.0.0.0/16' };
  const east = { name: 'east', cidr: '10.1.0.0/16' };
  const inWest = { name: 'in west', cidr: '10.0.128.0/20' };

  test('finds every pair that shares an address, in the order given', () => {
    expect(overlappingCidrs([west, east, inWest, west])).toEqual([
      [west, inWest],
      [west, west],
      [inWest, west],
    ]);
  });

  test('finds nothing among networks that can be peered', () => {
    expect(overlappingCidrs([west, east, { name: 'home', cidr: '192.168.0.0/16' }])).toEqual([]);
    expect(overlappingCidrs([])).toEqual([]);
  });

  test('leaves malformed ranges to their own check', () => {
    expect(overlappingCidrs([west, { name: 'typo', cidr: '10.0.0.1/16' }])).toEqual([]);
  });
});
