import type { PriceUnit } from '../../catalog/prices';
import { always, type Range, scaled, sumOf } from './range';

/** One thing on a bill, with how its amount came about. */
export interface CostLine {
  /** What is paid for: `nodes of general`, `NAT gateways`. */
  readonly item: string;
  /** How many units a month. */
  readonly quantity: Range;
  /** What is counted. */
  readonly unit: PriceUnit;
  /** What one unit costs (USD). It is a range where the price is: several instance types, spot. */
  readonly unitUsd: Range;
  /** Quantity by price, to the cent (USD a month). */
  readonly usd: Range;
  /** Where the price was read. */
  readonly source: string;
}

/** Something that will be on the bill and has no amount here. */
export interface Unpriced {
  /** What is paid for, in the words of a line. */
  readonly item: string;
  /** Why: a price that the catalog lacks, or an amount that nobody has stated. */
  readonly reason: string;
}

/** A rough bill for a month: list prices, no taxes, no discounts. What it does not know it names. */
export interface MonthlyCost {
  /** The sum of all lines, to the cent (USD a month). */
  readonly usd: Range;
  /** What it is made of: control plane, nodes, stores, network, logs. */
  readonly lines: readonly CostLine[];
  /** Paid for as well, and not in the sum. */
  readonly unpriced: readonly Unpriced[];
  /** What was taken for granted. */
  readonly assumptions: readonly string[];
}

/** What a line is made of. */
export interface Cost {
  readonly item: string;
  readonly quantity: Range | number;
  readonly unit: PriceUnit;
  readonly unitUsd: Range | number;
  readonly source: string;
}

const cents = (usd: number): number => Math.round(usd * 100) / 100;

const inCents = ({ min, expected, max }: Range): Range => ({
  min: cents(min),
  expected: cents(expected),
  max: cents(max),
});

const asRange = (amount: Range | number): Range => (typeof amount === 'number' ? always(amount) : amount);

/** A line of a bill: the dearest price goes with the greatest quantity. */
export function costLine({ item, quantity, unit, unitUsd, source }: Cost): CostLine {
  const [count, price] = [asRange(quantity), asRange(unitUsd)];
  return { item, quantity: count, unit, unitUsd: price, usd: inCents(scaled(count, price)), source };
}

/** The bill of all lines. Those of quantity zero stay: they say that something was thought of. */
export const monthlyCost = (
  lines: readonly CostLine[],
  unpriced: readonly Unpriced[] = [],
  assumptions: readonly string[] = [],
): MonthlyCost => ({ usd: inCents(sumOf(lines.map(({ usd }) => usd))), lines, unpriced, assumptions });
