import type { Evidence, RuleSeverity, Verdict } from '../rule';
import { unknown } from '../rules/compared';

/** A name that something uses, and that nothing which was read has. */
export interface Missing {
  readonly subject: string;
  readonly evidence: Evidence;
  readonly arithmetic: string;
  readonly remedy: string;
  readonly severity?: RuleSeverity;
  /** What may have it and was not given. */
  readonly needs?: string | undefined;
}

/** Verdicts on names of one subject: what is missing, what nobody can tell, or that all are there. */
export function resolved(
  subject: string,
  missing: readonly Missing[],
  held: { readonly evidence: readonly Evidence[]; readonly arithmetic: string },
): Verdict[] {
  const broken = missing.filter(({ needs }) => needs === undefined);
  const unsure = missing.flatMap(({ needs }) => needs ?? []);
  const [first] = unsure;
  if (broken.length > 0)
    return broken.map(({ evidence, needs, severity, ...said }) => ({
      outcome: 'broken',
      ...said,
      evidence: [evidence],
      ...(severity !== undefined && { severity }),
    }));
  return first === undefined ? [{ outcome: 'holds', subject, ...held }] : [unknown(subject, first)];
}

/** `there are a, b and 3 more`, or that there are none. */
export function listOf(names: readonly string[], most = 4): string {
  if (names.length === 0) return 'there are none';
  const [all, rest] = [names.slice(0, most).join(', '), names.length - most];
  return `there ${names.length === 1 ? 'is' : 'are'} ${all}${rest > 0 ? ` and ${rest} more` : ''}`;
}
