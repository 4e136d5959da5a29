import { type Check, duplicates, type Finding, inspect } from '../../check';
import { promqlNames } from './promql-names';
import { HEARTBEAT_ALERT, isAlert, type Rule, type RuleGroup } from './rule';
import { namesOf, type SeriesSpec } from './series';

/** A rule beside everything that it may read. */
interface RuleSubject {
  readonly rule: Rule;
  /** Names that are served, and those that a rule of the environment records. */
  readonly names: readonly string[];
}

const unknown = ({ rule, names }: RuleSubject): string[] =>
  promqlNames(rule.expr).filter((name) => !names.includes(name));

const nameOf = (rule: Rule): string => (isAlert(rule) ? rule.alert : rule.record);

/** What makes two rules the same to Prometheus. */
const identity = (rule: Rule): string => {
  const labels = Object.entries(rule.labels ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
  return [nameOf(rule), ...labels.map((label) => label.join('='))].join(' ');
};

/** What is asked of each rule. */
export const RULE_CHECKS: readonly Check<RuleSubject>[] = [
  {
    id: 'rule-reads-series-that-are-served',
    prop: ({ rule }) => nameOf(rule),
    holds: (subject) => unknown(subject).length === 0,
    rule: 'must read series alone that a program serves or a rule records: it never fires otherwise',
    received: unknown,
    remedy: 'declare what serves them among telemetry.series',
  },
  {
    id: 'rule-names-a-series',
    prop: ({ rule }) => nameOf(rule),
    // the heartbeat is to hold always
    holds: ({ rule }) => !isAlert(rule) || rule.alert === HEARTBEAT_ALERT || promqlNames(rule.expr).length > 0,
    rule: 'must read a series: a condition on constants always holds, or never',
    received: ({ rule }) => rule.expr,
    remedy: 'compare what is measured with what is declared',
  },
];

/** What is asked of all rules of an environment. */
export const RULE_GROUP_CHECKS: readonly Check<readonly RuleGroup[]>[] = [
  {
    id: 'rules-are-distinct',
    prop: 'rules',
    holds: (groups) => duplicates(groups.flatMap(({ rules }) => rules.map(identity))).length === 0,
    rule: 'must differ in name or labels: two of one identity overwrite each other',
    received: (groups) => duplicates(groups.flatMap(({ rules }) => rules.map(identity))),
    remedy: 'give an alert of its own another name',
  },
];

/** What is wrong with rules, given what is served. */
export function inspectRules(path: string, groups: readonly RuleGroup[], served: readonly SeriesSpec[]): Finding[] {
  const rules = groups.flatMap((group) => group.rules);
  const recorded = rules.flatMap((rule) => (isAlert(rule) ? [] : [rule.record]));
  const names = [...new Set([...served.flatMap(namesOf), ...recorded])];
  return [
    ...rules.flatMap((rule) => inspect(path, { rule, names }, RULE_CHECKS)),
    ...inspect(path, groups, RULE_GROUP_CHECKS),
  ];
}
