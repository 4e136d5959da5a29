import { RULES } from '../../lib/ledger';
import { type CorpusCase, corpusCases, type ExpectedVerdict, spoken } from '../support/ledger-corpus';

const cases = corpusCases();
const ruleOf = ({ rule }: CorpusCase) => {
  const found = RULES.find(({ id }) => id === rule);
  if (found === undefined) throw new Error(`the corpus has cases of ${rule}, which is no rule`);
  return found;
};

/** Each expectation once for every scenario that it is about. */
const inScenarios = (one: CorpusCase) =>
  one.expected.flatMap(({ scenario, scenarios, ...verdict }) =>
    (scenarios ?? (scenario === undefined ? ruleOf(one).scenarios : [scenario])).map((each) => ({
      ...verdict,
      scenario: each,
    })),
  );

const key = ({ scenario, subject, outcome, needed }: ExpectedVerdict) =>
  `${scenario} ${subject} ${outcome} ${needed ?? ''}`;
const sorted = <T extends ExpectedVerdict>(verdicts: readonly T[]) =>
  [...verdicts].sort((one, other) => (key(one) < key(other) ? -1 : 1));

test.each(cases.map((one) => [`${one.rule}: ${one.name}`, one] as const))('%s', (_, one) => {
  const all = spoken(ruleOf(one), one.facts());
  const subjects = one.expected.map(({ subject }) => subject);
  const named = one.others === undefined ? all : all.filter(({ subject }) => subjects.includes(subject));
  const others = all.filter((verdict) => !named.includes(verdict));
  expect(others.map(({ outcome }) => outcome)).toEqual(others.map(() => one.others));
  const expected = sorted(inScenarios(one));
  const got = sorted(named);
  expect(got.map(({ scenario, subject, outcome }) => ({ scenario, subject, outcome }))).toEqual(
    expected.map(({ scenario, subject, outcome }) => ({ scenario, subject, outcome })),
  );
  expect(got).toMatchObject(expected);
});

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
