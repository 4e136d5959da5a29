import type { Report } from '../check-sources';
import type { Margin } from '../rule';

/** How much of one thing is left, by the rule that leaves the least of it. */
export interface Headroom extends Margin {
  /** Rule that measured it. */
  readonly rule: string;
  /** `available - needed`; negative where it does not suffice. */
  readonly left: number;
  /** Part of what is available that is left (-1 and below where more than twice is needed); 0 where nothing is available. */
  readonly share: number;
}

/** The tightest margin of each thing that was measured, tightest first; equal ones by name. */
export function headroomOf({ findings, suppressed, held }: Report): Headroom[] {
  const tightest = new Map<string, Headroom>();
  for (const { rule, margin } of [...findings, ...suppressed, ...held]) {
    if (margin === undefined) continue;
    const left = margin.available - margin.needed;
    const share = margin.available === 0 ? Math.sign(left) : left / margin.available;
    const known = tightest.get(margin.of);
    if (known === undefined || share < known.share) tightest.set(margin.of, { ...margin, rule, left, share });
  }
  return [...tightest.values()].sort((one, other) => one.share - other.share || (one.of < other.of ? -1 : 1));
}

/** How many of each there are. */
export interface Counts {
  readonly errors: number;
  readonly warnings: number;
  readonly accepted: number;
  readonly held: number;
  readonly notEvaluated: number;
  readonly skipped: number;
}

export function countsOf({ findings, suppressed, held, notEvaluated, skipped }: Report): Counts {
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  return {
    errors,
    warnings: findings.length - errors,
    accepted: suppressed.length,
    held: held.length,
    notEvaluated: notEvaluated.length,
    skipped: skipped.length,
  };
}
