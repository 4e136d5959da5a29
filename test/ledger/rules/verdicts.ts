import type { Facts } from '../../../lib/ledger/facts';
import type { Rule, Scenario, Verdict } from '../../../lib/ledger/rule';

/** What a rule says, in one line each: outcome, severity where it is milder, and subject. */
export const said = (rule: Rule, facts: Facts, scenario: Scenario = 'ordinary'): readonly string[] =>
  rule.judge(facts, scenario).map((verdict) => {
    const milder = verdict.outcome === 'broken' && verdict.severity === 'warning' ? ' (warning)' : '';
    return `${verdict.outcome}${milder}: ${verdict.subject}`;
  });

/** The only verdict of a rule. */
export function only(rule: Rule, facts: Facts, scenario: Scenario = 'ordinary'): Verdict {
  const [verdict, ...others] = rule.judge(facts, scenario);
  if (verdict === undefined || others.length > 0) throw new Error(`said ${others.length + (verdict ? 1 : 0)} things`);
  return verdict;
}

/** `outcome: arithmetic -> remedy` of a verdict. */
export const words = (verdict: Verdict): string =>
  verdict.outcome === 'not-evaluated'
    ? `not-evaluated: ${verdict.needs}`
    : `${verdict.outcome}: ${verdict.arithmetic}${verdict.outcome === 'broken' ? ` -> ${verdict.remedy}` : ''}`;
