import fc from 'fast-check';
import { costLine, monthlyCost } from '../../../lib/model/cost/monthly-cost';
import { always, isRange, scaled, sumOf } from '../../../lib/model/cost/range';

const line = (quantity: number, unitUsd: number) =>
  costLine({ item: 'nodes', quantity, unit: 'hour', unitUsd, source: 'somewhere' });

describe('costLine', () => {
  test('is quantity by price, to the cent', () => {
    expect(line(730, 0.0416)).toEqual({
      item: 'nodes',
      quantity: { min: 730, expected: 730, max: 730 },
      unit: 'hour',
      unitUsd: { min: 0.0416, expected: 0.0416, max: 0.0416 },
      usd: { min: 30.37, expected: 30.37, max: 30.37 },
      source: 'somewhere',
    });
  });

  test('the dearest price goes with the greatest quantity', () => {
    const { usd } = costLine({
      item: 'nodes',
      quantity: { min: 1, expected: 2, max: 3 },
      unit: 'hour',
      unitUsd: { min: 10, expected: 20, max: 30 },
      source: 'somewhere',
    });
    expect(usd).toEqual({ min: 10, expected: 40, max: 90 });
  });
});

describe('monthlyCost', () => {
  test('sums its lines without the noise of fractions', () => {
    expect(monthlyCost([line(1, 0.1), line(1, 0.2)]).usd).toEqual({ min: 0.3, expected: 0.3, max: 0.3 });
  });

  test('carries what it does not know', () => {
    const cost = monthlyCost([], [{ item: 'backups', reason: 'unknown' }], ['one month']);
    expect(cost).toMatchObject({
      usd: { min: 0, expected: 0, max: 0 },
      unpriced: [{ item: 'backups', reason: 'unknown' }],
      assumptions: ['one month'],
    });
  });

  test('a line more never makes it cheaper', () => {
    const amount = fc.integer({ min: 0, max: 10_000 });
    fc.assert(
      fc.property(fc.array(amount), amount, (amounts, more) => {
        const lines = amounts.map((usd) => line(usd, 0.01));
        expect(monthlyCost([...lines, line(more, 0.01)]).usd.expected).toBeGreaterThanOrEqual(
          monthlyCost(lines).usd.expected,
        );
      }),
    );
  });
});

describe('ranges', () => {
  test('a sum of none is nothing', () => {
    expect(sumOf([])).toEqual({ min: 0, expected: 0, max: 0 });
  });

  test('bounds are scaled one by one, or all alike', () => {
    const range = { min: 1, expected: 2, max: 3 };
    expect([scaled(range, 2), scaled(range, range)]).toEqual([
      { min: 2, expected: 4, max: 6 },
      { min: 1, expected: 4, max: 9 },
    ]);
  });

  test.each([
    { range: always(0), expected: true },
    { range: { min: 1, expected: 1, max: 2 }, expected: true },
    { range: { min: -1, expected: 1, max: 2 }, expected: false },
    { range: { min: 2, expected: 1, max: 2 }, expected: false },
    { range: { min: 1, expected: 3, max: 2 }, expected: false },
    { range: { min: 1, expected: Number.NaN, max: 2 }, expected: false },
    { range: { min: 1, expected: 2, max: Number.POSITIVE_INFINITY }, expected: false },
  ])('$range ascends: $expected', ({ range, expected }) => {
    expect(isRange(range)).toBe(expected);
  });
});
