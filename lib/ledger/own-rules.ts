import type { Rule } from './rule';

/** What is said of a rule, without how it judges. */
export type RuleText = Pick<Rule, 'id' | 'severity' | 'protects' | 'formula' | 'source'>;

const OWN = 'the ledger itself';

/** What the ledger says about how it is used, rather than about what it reads. */
export const OWN_RULES = {
  worked: {
    id: 'rules-can-be-worked-out',
    severity: 'error',
    protects: 'a rule that fails on odd input would be taken for one that holds',
    formula: 'every rule gives a verdict on whatever was read',
    source: OWN,
  },
  complete: {
    id: 'suppressions-are-complete',
    severity: 'error',
    protects: 'a suppression that names no rule, no reason or no end hides what nobody decided to accept',
    formula:
      'rule is known, reason has at least 10 characters, until is a day at most 366 days after the day judged by',
    source: OWN,
  },
  current: {
    id: 'suppressions-are-in-force',
    severity: 'warning',
    protects: 'what was accepted for a time goes on being accepted after it',
    formula: 'day judged by <= until',
    source: OWN,
  },
  needed: {
    id: 'suppressions-are-needed',
    severity: 'warning',
    protects: 'a suppression that outlives its finding hides the next one',
    formula: 'at least one finding matches rule and object',
    source: OWN,
  },
} as const satisfies Readonly<Record<string, RuleText>>;
