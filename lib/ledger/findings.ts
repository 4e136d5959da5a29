import type { Evidence, Margin, Rule, RuleSeverity, Scenario, Verdict } from './rule';

interface Judged {
  /** Id of the rule. */
  readonly rule: string;
  /** When it is so; the ordinary day first. */
  readonly scenarios: readonly Scenario[];
  readonly subject: string;
}

/** A rule that is broken, at one subject. */
export interface LedgerFinding extends Judged {
  readonly severity: RuleSeverity;
  readonly evidence: readonly Evidence[];
  readonly arithmetic: string;
  readonly remedy: string;
  readonly margin?: Margin;
}

/** A rule that holds for a subject, and by how much. */
export interface Held extends Judged {
  readonly evidence: readonly Evidence[];
  readonly arithmetic: string;
  readonly margin?: Margin;
}

/** A rule that said nothing about a subject because something is not known. */
export interface NotEvaluated extends Judged {
  readonly needs: string;
}

/** What rules said, with the same words about several scenarios brought together. */
export interface Gathered {
  readonly findings: readonly LedgerFinding[];
  readonly held: readonly Held[];
  readonly notEvaluated: readonly NotEvaluated[];
}

/** A verdict with what it is about. */
export interface Spoken {
  readonly rule: Pick<Rule, 'id' | 'severity'>;
  readonly scenario: Scenario;
  readonly verdict: Verdict;
}

/** Sorts verdicts by outcome; those that differ in nothing but their scenario become one. Errors come before warnings. */
export function gather(spoken: readonly Spoken[]): Gathered {
  const same = new Map<string, { readonly first: Spoken; readonly scenarios: Scenario[] }>();
  for (const one of spoken) {
    const key = `${one.rule.id}\n${wordsOf(one.verdict)}`;
    const known = same.get(key);
    if (known === undefined) same.set(key, { first: one, scenarios: [one.scenario] });
    else if (!known.scenarios.includes(one.scenario)) known.scenarios.push(one.scenario);
  }
  const findings: LedgerFinding[] = [];
  const held: Held[] = [];
  const notEvaluated: NotEvaluated[] = [];
  for (const { first, scenarios } of same.values()) {
    const { rule, verdict } = first;
    if (verdict.outcome === 'broken') {
      const { outcome, ...said } = verdict;
      findings.push({ rule: rule.id, severity: rule.severity, scenarios, ...said });
    } else if (verdict.outcome === 'holds') {
      const { outcome, ...said } = verdict;
      held.push({ rule: rule.id, scenarios, ...said });
    } else notEvaluated.push({ rule: rule.id, scenarios, subject: verdict.subject, needs: verdict.needs });
  }
  return { findings: errorsFirst(findings), held, notEvaluated };
}

/** What a verdict says, without the places that it says it of. */
const wordsOf = (verdict: Verdict): string => {
  const { outcome, subject } = verdict;
  if (outcome === 'not-evaluated') return `${outcome}\n${subject}\n${verdict.needs}`;
  return `${outcome}\n${subject}\n${verdict.arithmetic}\n${outcome === 'broken' ? verdict.severity : ''}`;
};

/** Errors before warnings, and otherwise in the order given. */
export const errorsFirst = (findings: readonly LedgerFinding[]): LedgerFinding[] => [
  ...findings.filter(({ severity }) => severity === 'error'),
  ...findings.filter(({ severity }) => severity !== 'error'),
];
