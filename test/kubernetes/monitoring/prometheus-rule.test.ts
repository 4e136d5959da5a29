import { PROMETHEUS_RULE_CHECKS, PrometheusRule, type PrometheusRuleProps } from '../../../lib/kubernetes';
import type { RuleGroup } from '../../../lib/model';
import { allIds, ids, refused } from '../../support/findings';
import { manifests, only } from '../../support/manifests';

const group = (name: string): RuleGroup => ({ name, interval: '15s', rules: [{ record: 'shop:up', expr: 'up' }] });
const PROPS: PrometheusRuleProps = { name: 'shop', groups: [group('a')] };

const BROKEN: [check: string, props: Partial<PrometheusRuleProps>][] = [
  ['prometheus-rule-name-is-a-dns-name', { name: 'Shop' }],
  ['prometheus-rule-has-rules', { groups: [] }],
  ['prometheus-rule-has-rules', { groups: [{ ...group('a'), rules: [] }] }],
  ['prometheus-rule-groups-are-distinct', { groups: [group('a'), group('a')] }],
];

describe('PrometheusRule', () => {
  test('carries the groups to the letter, under labels that a Prometheus can select', () => {
    const groups = [group('a'), group('b')];
    const objects = manifests(
      (chart) => new PrometheusRule(chart, 'Rules', { name: 'shop', groups, labels: { team: 'x' } }),
    );
    expect(only(objects, 'PrometheusRule')).toMatchObject({
      apiVersion: 'monitoring.coreos.com/v1',
      metadata: { name: 'shop', labels: { 'app.kubernetes.io/name': 'shop', team: 'x' } },
      spec: { groups },
    });
  });

  test.each(BROKEN)('%s fails (row %#)', (check, props) => {
    expect(ids(PrometheusRule.inspect('shop', { ...PROPS, ...props }))).toEqual([check]);
  });

  test('builds nothing that is broken', () => {
    expect(refused(() => manifests((chart) => new PrometheusRule(chart, 'Rules', { ...PROPS, groups: [] })))).toEqual([
      'prometheus-rule-has-rules',
    ]);
  });

  test('every check has a failing row', () => {
    expect([...new Set(BROKEN.map(([check]) => check))].sort()).toEqual(allIds(PROMETHEUS_RULE_CHECKS));
  });
});
