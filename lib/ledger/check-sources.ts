import type { Assumptions, Facts } from './facts';
import { factsOf } from './facts-of';
import { errorsFirst, gather, type Held, type LedgerFinding, type NotEvaluated, type Spoken } from './findings';
import { OWN_RULES } from './own-rules';
import type { Rule, Scenario } from './rule';
import { RULES } from './rules';
import type { Skipped, Sources } from './source';
import { accept, annotatedSuppressions, type SuppressedFinding, type Suppression } from './suppressions';

/** What a check may be told beside what it reads. */
export interface CheckOptions {
  /** Rules to judge by. @default - all */
  readonly rules?: readonly Rule[];
  /** Suppressions beside those that objects carry as annotations. @default - none */
  readonly suppressions?: readonly Suppression[];
  /** The environment that this one is rehearsed in. @default - none: nothing is compared */
  readonly reference?: Facts;
}

/** What all rules say about all that was read. */
export interface Report {
  /** Day that was judged by. */
  readonly asOf: string | undefined;
  /** What is broken and not accepted, errors first. */
  readonly findings: readonly LedgerFinding[];
  /** What is broken and accepted. */
  readonly suppressed: readonly SuppressedFinding[];
  /** What holds, with its margins. */
  readonly held: readonly Held[];
  /** What nobody can say. */
  readonly notEvaluated: readonly NotEvaluated[];
  /** What was read and not understood. */
  readonly skipped: readonly Skipped[];
}

/**
 * Judges what was read by every rule in every scenario that concerns it. Never throws for what it is given: a rule that
 * fails is itself a finding.
 */
export function check(sources: Sources, assumptions: Assumptions, options: CheckOptions = {}): Report {
  const { reference } = options;
  return checkFacts({ ...factsOf(sources, assumptions), ...(reference && { reference }) }, options);
}

/** The same for facts that are there already. */
export function checkFacts(facts: Facts, { rules = RULES, suppressions = [] }: CheckOptions = {}): Report {
  const spoken = rules.flatMap((rule) => rule.scenarios.flatMap((scenario) => judge(rule, facts, scenario)));
  const { findings, held, notEvaluated } = gather(spoken);
  const { asOf } = facts.assumptions;
  const accepted = accept(
    findings,
    [...annotatedSuppressions(facts.objects), ...suppressions],
    rules.map(({ id }) => id),
    asOf,
  );
  return {
    asOf,
    findings: errorsFirst(accepted.findings),
    suppressed: accepted.suppressed,
    held,
    notEvaluated,
    skipped: facts.skipped,
  };
}

function judge(rule: Rule, facts: Facts, scenario: Scenario): Spoken[] {
  try {
    // what a verdict works out only when it is read is read here
    return rule.judge(facts, scenario).map((verdict) => ({ rule, scenario, verdict: { ...verdict } }));
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    const verdict = {
      outcome: 'broken',
      subject: rule.id,
      evidence: [],
      arithmetic: `the rule stopped with: ${words}`,
      remedy: 'report it with the input that it stopped on; until then its promise is not known to be kept',
    } as const;
    return [{ rule: OWN_RULES.worked, scenario, verdict }];
  }
}
