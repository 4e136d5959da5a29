import fc from 'fast-check';
import {
  type Assumptions,
  check,
  checkFacts,
  type Facts,
  factsOf,
  NO_ASSUMPTIONS,
  RULES,
  type Rule,
  readKubernetes,
  readTerraform,
  type Verdict,
} from '../../lib/ledger';
import { corpusCases } from '../support/ledger-corpus';

const nothing = { kubernetes: [], terraform: [], skipped: [] };
const assumptions: Assumptions = { ...NO_ASSUMPTIONS, asOf: '2026-11-21' };
const rule = (given: Partial<Rule>): Rule => ({
  id: 'nodes-have-room',
  severity: 'error',
  protects: 'no node is full',
  formula: 'pods <= seats',
  source: 'arithmetic',
  scenarios: ['ordinary', 'zone-lost'],
  judge: (_, scenario) => [{ outcome: 'not-evaluated', subject: scenario, needs: 'nodes' }],
  ...given,
});

test('a rule is asked about each of its scenarios and no other', () => {
  const { notEvaluated, asOf } = check(nothing, assumptions, { rules: [rule({})] });
  expect(notEvaluated.map(({ subject }) => subject)).toEqual(['ordinary', 'zone-lost']);
  expect(asOf).toBe('2026-11-21');
});

test('a rule that fails is an error of its own, and the others go on', () => {
  const judge = () => {
    throw new Error('no such member');
  };
  const { findings, notEvaluated } = check(nothing, assumptions, { rules: [rule({ id: 'odd', judge }), rule({})] });
  expect(findings).toEqual([
    expect.objectContaining({
      rule: 'rules-can-be-worked-out',
      severity: 'error',
      subject: 'odd',
      scenarios: ['ordinary', 'zone-lost'],
      arithmetic: 'the rule stopped with: no such member',
    }),
  ]);
  expect(notEvaluated).toHaveLength(2);
});

test('a way out that cannot be worked out is an error of the ledger, too', () => {
  const judge = (): readonly Verdict[] => [
    {
      outcome: 'broken',
      subject: 'api',
      evidence: [],
      arithmetic: '2 of 1',
      get remedy(): string {
        throw new Error('nothing suffices');
      },
    },
  ];
  const { findings } = check(nothing, assumptions, { rules: [rule({ id: 'odd', judge })] });
  expect(findings).toEqual([
    expect.objectContaining({
      rule: 'rules-can-be-worked-out',
      arithmetic: 'the rule stopped with: nothing suffices',
    }),
  ]);
});

test('ids of rules differ, and each says what it protects from, its relation and its source', () => {
  expect(new Set(RULES.map(({ id }) => id)).size).toBe(RULES.length);
  for (const { id, protects, formula, source, scenarios } of RULES) {
    expect(id).toMatch(/^[a-z]+(-[a-z]+)+$/);
    expect([protects, formula, source].every((text) => text.length > 10)).toBe(true);
    expect(scenarios.length).toBeGreaterThan(0);
  }
});

test('findings name file and line', () => {
  const { objects } = readKubernetes(
    'api.yaml',
    [
      'apiVersion: apps/v1',
      'kind: Deployment',
      'metadata: { name: api, annotations: { headroom.dev/declared-load: "101", headroom.dev/rate-per-pod: "50" } }',
      'spec:',
      '  replicas: 2',
      '  template: { spec: { containers: [{ name: api, image: api }] } }',
    ].join('\n'),
  );
  const { findings } = check({ ...nothing, kubernetes: objects }, assumptions, {
    rules: RULES.filter(({ id }) => id === 'ceilings-cover-declared-load'),
  });
  expect(findings.map(({ evidence }) => evidence)).toEqual([
    [{ of: 'Deployment api', field: '/spec/replicas', place: { file: 'api.yaml', line: 5 } }],
  ]);
});

const cases = corpusCases();

test('what holds or breaks does not depend on the order of objects', () => {
  fc.assert(
    fc.property(fc.constantFrom(...cases), fc.infiniteStream(fc.nat()), (one, chances) => {
      const facts = one.facts();
      const shuffled = <T>(items: readonly T[]) =>
        items
          .map((item) => ({ item, at: chances.next().value as number }))
          .sort((a, b) => a.at - b.at)
          .map(({ item }) => item);
      const words = (report: ReturnType<typeof checkFacts>) =>
        [...report.findings, ...report.held, ...report.notEvaluated]
          .map(({ rule: id, subject }) => `${id} ${subject}`)
          .sort();
      const inOtherOrder = (of: Facts) =>
        factsOf({ kubernetes: shuffled(of.objects), terraform: shuffled(of.blocks), skipped: [] }, of.assumptions);
      const { reference } = facts;
      const mixed = { ...inOtherOrder(facts), ...(reference && { reference: inOtherOrder(reference) }) };
      const mine = RULES.filter(({ id }) => id === one.rule);
      expect(words(checkFacts(mixed, { rules: mine }))).toEqual(words(checkFacts(facts, { rules: mine })));
    }),
    { numRuns: 100 },
  );
});

/** JSON with one thing in it replaced, wherever `at` leads. */
function mutilated(value: unknown, at: number, replacement: unknown): unknown {
  if (typeof value !== 'object' || value === null) return replacement;
  const keys = Object.keys(value);
  if (keys.length === 0 || at % 7 === 0) return replacement;
  const key = keys[at % keys.length] ?? '';
  const changed = mutilated((value as Record<string, unknown>)[key], Math.floor(at / 2) + 1, replacement);
  return Array.isArray(value)
    ? value.map((item, index) => (String(index) === key ? changed : item))
    : { ...value, [key]: changed };
}

test('no rule stops on objects and blocks with something odd in them', () => {
  const odd = fc.oneof(
    fc.jsonValue(),
    fc.constantFrom('', -1, 1e308, '$'.concat('{aws_lb.main.arn}'), [null], { '': null }),
  );
  fc.assert(
    fc.property(fc.constantFrom(...cases), fc.nat(), odd, (one, at, replacement) => {
      const facts = one.facts();
      const objects = facts.objects.map(({ value }) => JSON.stringify(mutilated(value, at, replacement)));
      const resources: Record<string, Record<string, unknown>> = {};
      for (const { type, name, value } of facts.blocks) {
        resources[type] = { ...resources[type], [name]: mutilated(value, at, replacement) };
      }
      const kubernetes = objects.flatMap((text) => readKubernetes('odd.json', text).objects);
      const { blocks } = readTerraform('odd.tf.json', JSON.stringify({ resource: resources }));
      const changed = factsOf({ kubernetes, terraform: blocks, skipped: [] }, facts.assumptions);
      for (const both of [
        { ...changed, reference: facts },
        { ...facts, reference: changed },
      ]) {
        const { findings } = checkFacts(both);
        expect(findings.filter(({ rule: id }) => id === 'rules-can-be-worked-out')).toEqual([]);
      }
    }),
    { numRuns: 400 },
  );
});
