import fc from 'fast-check';
import { Cpu } from '../../lib/units';

const cpus = fc.nat({ max: 10_000_000 }).map((millis) => Cpu.millis(millis));

describe('Cpu', () => {
  test.each([
    { quantity: '250m', millis: 250, text: '250m' },
    { quantity: '1', millis: 1000, text: '1' },
    { quantity: '1.5', millis: 1500, text: '1500m' },
    { quantity: '2000m', millis: 2000, text: '2' },
    { quantity: '0.1', millis: 100, text: '100m' },
    { quantity: '0', millis: 0, text: '0' },
  ])('$quantity is $millis millicores and is written $text', ({ quantity, millis, text }) => {
    expect(Cpu.parse(quantity).inMillis).toBe(millis);
    expect(Cpu.parse(quantity).toString()).toBe(text);
  });

  test.each(['', '1.5m', '-1', '1k', '1e3', ' 1', '1 ', '.5', 'm', '1.0005'])(
    '%p is not an amount of it',
    (quantity) => {
      expect(() => Cpu.parse(quantity)).toThrow(RangeError);
    },
  );

  test.each([Number.NaN, Number.POSITIVE_INFINITY, -1, 0.5, 2 ** 53])('there are no %p millicores', (millis) => {
    expect(() => Cpu.millis(millis)).toThrow('cpu in millicores must be a whole, non-negative number');
  });

  test('a core is a thousand millicores, and noise of a product does not matter', () => {
    expect(Cpu.cores(2).inMillis).toBe(2000);
    expect(Cpu.cores(1.005).inMillis).toBe(1005);
    expect(Cpu.cores(0.1 + 0.2).inMillis).toBe(300);
  });

  test.each([
    { it: 'below the most', millis: 999_999_999, refused: false },
    { it: 'at the most', millis: 1_000_000_000, refused: false },
    { it: 'above the most', millis: 1_000_000_001, refused: true },
  ])('$it: more than a million cores cannot be declared', ({ millis, refused }) => {
    const declare = () => Cpu.millis(millis);
    if (refused) expect(declare).toThrow('cpu must be at most 1000000 cores, got 1000000001m');
    else expect(declare().inMillis).toBe(millis);
  });

  test('cores and quantities have the same bound, sums and multiples have none', () => {
    expect(() => Cpu.cores(1_000_001)).toThrow('cpu must be at most 1000000 cores');
    expect(() => Cpu.parse('1000001')).toThrow('cpu must be at most 1000000 cores');
    expect(Cpu.cores(1_000_000).times(2).inMillis).toBe(2_000_000_000);
  });

  test('an amount too small to hold is refused, not lost', () => {
    expect(() => Cpu.cores(1e-10)).toThrow(RangeError);
    expect(() => Cpu.cores(0.0005)).toThrow(RangeError);
  });

  test('zero has no sign', () => {
    expect(Object.is(Cpu.millis(-0).inMillis, 0)).toBe(true);
  });

  test('what it writes, it reads back', () => {
    fc.assert(fc.property(cpus, (cpu) => Cpu.parse(cpu.toString()).inMillis === cpu.inMillis));
  });

  test('the order of a sum does not matter, and a multiple is a repeated sum', () => {
    fc.assert(fc.property(cpus, cpus, (a, b) => a.plus(b).inMillis === b.plus(a).inMillis));
    fc.assert(fc.property(cpus, (cpu) => cpu.times(3).inMillis === cpu.plus(cpu).plus(cpu).inMillis));
    expect(Cpu.millis(250).plus(Cpu.cores(1)).inMillis).toBe(1250);
    expect(() => Cpu.millis(1).times(1.5)).toThrow('factor must be a whole');
  });

  test('a share is rounded down, so that shares never exceed the whole', () => {
    expect(Cpu.millis(10).share(2, 3).inMillis).toBe(6);
    expect(Cpu.cores(3).share(2, 3).inMillis).toBe(2000);
    fc.assert(fc.property(cpus, (cpu) => cpu.share(1, 3).times(3).isAtMost(cpu)));
  });

  test('an amount is at most itself and anything larger', () => {
    expect([249, 250, 251].map((millis) => Cpu.millis(millis).isAtMost(Cpu.millis(250)))).toEqual([true, true, false]);
  });
});
