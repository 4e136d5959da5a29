import { type DocumentedRule, OWN_RULES, RULE_GROUPS, type Rule, rulesPage } from '../../lib/ledger';
import { corpusCases } from './ledger-corpus';

/** The text of `docs/rules.md`: each rule with the first case of the corpus that breaks it. */
export function documentedRules(): string {
  const cases = corpusCases();
  const documented = (rule: Rule): DocumentedRule => {
    const broken = cases
      .filter((one) => one.rule === rule.id && one.expected.some(({ outcome }) => outcome === 'broken'))
      .flatMap((one) => rule.scenarios.flatMap((scenario) => rule.judge(one.facts(), scenario)))
      .find(({ outcome }) => outcome === 'broken');
    return broken?.outcome === 'broken' ? { ...rule, example: broken } : rule;
  };
  return rulesPage([
    ...RULE_GROUPS.map(({ title, rules }) => ({ title, rules: rules.map(documented) })),
    {
      title: 'The ledger itself',
      rules: Object.values(OWN_RULES).map((rule) => ({ ...rule, scenarios: ['ordinary'] })),
    },
  ]);
}
