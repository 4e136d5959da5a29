/** What something may come to: at its least, as planned, and at its most. Each is at least the one before. */
export interface Range {
  /** With everything at its minimum. */
  readonly min: number;
  /** As declared to start with. */
  readonly expected: number;
  /** With everything at its maximum. */
  readonly max: number;
}

/** The same amount in any case. */
export const always = (amount: number): Range => ({ min: amount, expected: amount, max: amount });

/** Each bound by a factor of its own, or all by one. */
export function scaled({ min, expected, max }: Range, by: number | Range): Range {
  const factor = typeof by === 'number' ? always(by) : by;
  return { min: min * factor.min, expected: expected * factor.expected, max: max * factor.max };
}

/** The sum, bound by bound; of none, zero. */
export const sumOf = (ranges: readonly Range[]): Range =>
  ranges.reduce(
    (sum, { min, expected, max }) => ({ min: sum.min + min, expected: sum.expected + expected, max: sum.max + max }),
    always(0),
  );

/** Whether no bound is negative and none lies below the one before. False for NaN. */
export const isRange = ({ min, expected, max }: Range): boolean =>
  min >= 0 && expected >= min && max >= expected && Number.isFinite(max);
