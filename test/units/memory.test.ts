import fc from 'fast-check';
import { Memory } from '../../lib/units';

const memories = fc.oneof(
  fc.nat({ max: 1_000_000 }).map((bytes) => Memory.bytes(bytes)),
  fc.nat({ max: 1_000_000 }).map((kib) => Memory.kib(kib)),
  fc.nat({ max: 100_000 }).map((gib) => Memory.gib(gib)),
);

describe('Memory', () => {
  test.each([
    { quantity: '1Ki', bytes: 1024, text: '1Ki' },
    { quantity: '512Mi', bytes: 536_870_912, text: '512Mi' },
    { quantity: '1.5Gi', bytes: 1_610_612_736, text: '1536Mi' },
    { quantity: '2048Mi', bytes: 2_147_483_648, text: '2Gi' },
    { quantity: '2Ti', bytes: 2_199_023_255_552, text: '2Ti' },
    { quantity: '1500', bytes: 1500, text: '1500' },
    { quantity: '0', bytes: 0, text: '0' },
  ])('$quantity is $bytes bytes and is written $text', ({ quantity, bytes, text }) => {
    expect(Memory.parse(quantity).inBytes).toBe(bytes);
    expect(Memory.parse(quantity).toString()).toBe(text);
  });

  test.each(['', 'Mi', '1.5', '512M', '1G', '512mi', '-1Mi', '0.1Gi', '1 Gi', '1Pi'])(
    '%p is not an amount of it',
    (quantity) => {
      expect(() => Memory.parse(quantity)).toThrow(RangeError);
    },
  );

  test.each([Number.NaN, Number.POSITIVE_INFINITY, -1, 0.5, 2 ** 53])('there are no %p bytes', (bytes) => {
    expect(() => Memory.bytes(bytes)).toThrow('memory in bytes must be a whole, non-negative number');
  });

  test.each([
    { it: 'below the most', bytes: 2 ** 47 - 1, refused: false },
    { it: 'at the most', bytes: 2 ** 47, refused: false },
    { it: 'above the most', bytes: 2 ** 47 + 1, refused: true },
  ])('$it: more than 128Ti cannot be declared', ({ bytes, refused }) => {
    const declare = () => Memory.bytes(bytes);
    if (refused) expect(declare).toThrow('memory must be at most 128Ti, got 140737488355329');
    else expect(declare().inBytes).toBe(bytes);
  });

  test.each([
    () => Memory.kib(2 ** 38),
    () => Memory.mib(2 ** 28),
    () => Memory.gib(2 ** 18),
    () => Memory.parse('129Ti'),
  ])('no factory declares more (row %#)', (declare) => expect(declare).toThrow('memory must be at most 128Ti'));

  test('sums and multiples may be more than can be declared', () => {
    expect(Memory.bytes(2 ** 47).times(4).inBytes).toBe(2 ** 49);
    expect(Memory.bytes(2 ** 47).plus(Memory.bytes(1)).inBytes).toBe(2 ** 47 + 1);
  });

  test('each factory has its own unit', () => {
    expect(Memory.bytes(7).inBytes).toBe(7);
    expect(Memory.kib(7).inBytes).toBe(7168);
    expect(Memory.mib(7).inBytes).toBe(7_340_032);
    expect(Memory.gib(7).inBytes).toBe(7_516_192_768);
    expect(Memory.gib(0.5).inBytes).toBe(536_870_912);
  });

  test('a conversion is exact or refused', () => {
    expect(Memory.gib(3).toKib()).toBe(3_145_728);
    expect(Memory.gib(3).toMib()).toBe(3072);
    expect(Memory.mib(3072).toGib()).toBe(3);
    expect(() => Memory.mib(1536).toGib()).toThrow('1536Mi in GiB would lose precision');
    expect(() => Memory.bytes(1025).toKib()).toThrow(RangeError);
    expect(() => Memory.kib(1025).toMib()).toThrow(RangeError);
  });

  test('no conversion loses a byte', () => {
    fc.assert(
      fc.property(memories, (memory) => {
        const back = [
          [() => memory.toKib(), 1024],
          [() => memory.toMib(), 1024 ** 2],
          [() => memory.toGib(), 1024 ** 3],
        ] as const;
        for (const [convert, bytes] of back) {
          if (memory.inBytes % bytes === 0) expect(convert() * bytes).toBe(memory.inBytes);
          else expect(convert).toThrow(RangeError);
        }
      }),
    );
  });

  test('what it writes, it reads back', () => {
    fc.assert(fc.property(memories, (memory) => Memory.parse(memory.toString()).inBytes === memory.inBytes));
  });

  test('the order of a sum does not matter, and a multiple is a repeated sum', () => {
    fc.assert(fc.property(memories, memories, (a, b) => a.plus(b).inBytes === b.plus(a).inBytes));
    expect(Memory.mib(100).times(3).toMib()).toBe(300);
    expect(() => Memory.mib(1).times(0.5)).toThrow('factor must be a whole');
  });

  test('a share is rounded down, so that shares never exceed the whole', () => {
    expect(Memory.bytes(10).share(2, 3).inBytes).toBe(6);
    expect(Memory.gib(3).share(2, 3).toGib()).toBe(2);
    fc.assert(fc.property(memories, (memory) => memory.share(1, 3).times(3).isAtMost(memory)));
  });

  test('an amount is at most itself and anything larger', () => {
    expect([511, 512, 513].map((mib) => Memory.mib(mib).isAtMost(Memory.mib(512)))).toEqual([true, true, false]);
  });
});
