/** How far a product such as 0.29 * 100 may lie from the whole number it means. So near to 0 it would be a loss. */
const FLOAT_NOISE = 1e-6;

/**
 * The whole number that `value` stands for.
 *
 * @throws RangeError if `value` is NaN, infinite, negative, not whole or beyond exact integers.
 */
export function whole(value: number, what: string): number {
  const rounded = Math.abs(Math.round(value));
  const isExact = Math.abs(value - rounded) <= FLOAT_NOISE * Math.min(1, value);
  if (!Number.isSafeInteger(rounded) || value < 0 || !isExact) {
    throw new RangeError(`${what} must be a whole, non-negative number, got ${value}`);
  }
  return rounded;
}

/** Divides without loss. @throws RangeError if the quotient is not whole. */
export function divide(value: number, by: number, what: string): number {
  if (value % by !== 0) throw new RangeError(`${what} would lose precision: ${value} is not a multiple of ${by}`);
  return value / by;
}
