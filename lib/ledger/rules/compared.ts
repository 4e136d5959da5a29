import type { Evidence, Margin, RuleSeverity, Verdict } from '../rule';

/** A subject that is measured against what it has. */
export interface Compared {
  readonly subject: string;
  readonly evidence: readonly Evidence[];
  readonly arithmetic: string;
  readonly margin: Margin;
  /** Worked out only where it is needed. */
  readonly remedy: () => string;
  /** Milder than its rule says. @default - the rule's */
  readonly severity?: RuleSeverity;
}

/** Holds where what is needed is at most what is available, so that a number that is none fails closed. */
export function compared({ remedy, severity, ...said }: Compared): Verdict {
  const { needed, available } = said.margin;
  return needed <= available
    ? { outcome: 'holds', ...said }
    : { outcome: 'broken', ...said, remedy: remedy(), ...(severity !== undefined && { severity }) };
}

/** What nobody can say of a subject, and what would help. */
export const unknown = (subject: string, needs: string): Verdict => ({ outcome: 'not-evaluated', subject, needs });
