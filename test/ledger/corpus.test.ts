import { RULES } from '../../lib/ledger';
import { type CorpusCase, corpusCases, spoken } from '../support/ledger-corpus';
import { expectVerdicts } from '../support/ledger-verdicts';

const cases = corpusCases();

test.each(cases.map((one) => [`${one.rule}: ${one.name}`, one] as const))('%s', (_, one) => expectVerdicts(one));

describe.each(RULES.map((rule) => [rule.id, rule] as const))('%s', (id, rule) => {
  const own = cases.filter((one) => one.rule === id);
  const outcomes = own.flatMap((one) => one.expected.map(({ outcome }) => outcome));

  test('has at least three cases, one that breaks it and one that holds', () => {
    expect(own.length).toBeGreaterThanOrEqual(3);
    expect(outcomes).toEqual(expect.arrayContaining(['broken', 'holds']));
  });

  test('says nothing of nothing', () => {
    const [first] = own;
    const nothing = {
      ...(first as CorpusCase).facts(),
      workloads: [],
      budgets: [],
      verticals: [],
      objects: [],
      blocks: [],
      databases: [],
      autoscalers: [],
      nodeGroups: [],
    };
    expect(spoken(rule, nothing)).toEqual([]);
  });
});
