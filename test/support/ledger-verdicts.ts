import { RULES, type Rule } from '../../lib/ledger';
import { type CorpusCase, type ExpectedVerdict, spoken } from './ledger-corpus';

/** The rule that a case is about. */
export function ruleOf({ rule, name }: CorpusCase): Rule {
  const found = RULES.find(({ id }) => id === rule);
  if (found === undefined) throw new Error(`${name} is a case of ${rule}, which is no rule`);
  return found;
}

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

/** The rule of a case says what was worked out by hand, and nothing else. */
export function expectVerdicts(one: CorpusCase): void {
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
}
