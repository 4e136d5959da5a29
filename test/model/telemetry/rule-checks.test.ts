import { type AlertingRule, inspectRules, RULE_CHECKS, RULE_GROUP_CHECKS, type Rule } from '../../../lib/model';
import { allIds, ids } from '../../support/findings';
import { COUNTER, DURATIONS } from '../../support/telemetry';

const alert = (expr: string, changes: Partial<AlertingRule> = {}): AlertingRule => ({
  alert: 'Down',
  expr,
  for: '1m',
  labels: { severity: 'warning', escalation: 'none' },
  annotations: { summary: 's', description: 'd', runbook_url: 'r', dashboard_url: 'b' },
  ...changes,
});

const found = (...rules: readonly Rule[]): string[] =>
  ids(inspectRules('shop', [{ name: 'g', interval: '15s', rules }], [COUNTER, DURATIONS]));

test('a rule reads what a program serves or a rule records', () => {
  expect(found(alert(`rate(${COUNTER.name}[1m]) > 1`))).toEqual([]);
  expect(found(alert(`${DURATIONS.name}_count > 1`))).toEqual([]);
  expect(found({ record: 'shop:x', expr: COUNTER.name }, alert('shop:x > 1'))).toEqual([]);
});

const BROKEN: [check: string, rules: readonly Rule[]][] = [
  ['rule-reads-series-that-are-served', [alert('shop_others_total > 1')]],
  ['rule-reads-series-that-are-served', [alert(`${DURATIONS.name} > 1`)]],
  ['rule-reads-series-that-are-served', [{ record: 'shop:x', expr: 'shop:y' }]],
  ['rule-names-a-series', [alert('vector(1) > 0')]],
  ['rules-are-distinct', [alert(COUNTER.name), alert(`${COUNTER.name} > 1`)]],
  [
    'rules-are-distinct',
    [
      { record: 'shop:x', expr: COUNTER.name, labels: { a: '1', b: '2' } },
      { record: 'shop:x', expr: `2 * ${COUNTER.name}`, labels: { b: '2', a: '1' } },
    ],
  ],
];

test.each(BROKEN)('%s fails (row %#)', (check, rules) => {
  expect(found(...rules)).toEqual([check]);
});

test('rules of one name may differ in labels', () => {
  const recorded = (a: string): Rule => ({ record: 'shop:x', expr: COUNTER.name, labels: { a } });
  expect(found(recorded('1'), recorded('2'))).toEqual([]);
});

test('every check has a failing row', () => {
  expect([...new Set(BROKEN.map(([check]) => check))].sort()).toEqual(allIds(RULE_CHECKS, RULE_GROUP_CHECKS));
});
