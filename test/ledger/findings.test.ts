import { gather, type Spoken } from '../../lib/ledger/findings';

const rule = { id: 'nodes-have-room', severity: 'error' } as const;
const broken = {
  outcome: 'broken',
  subject: 'nodes',
  evidence: [],
  arithmetic: '3 of 2',
  remedy: 'more nodes',
} as const;
const said = (one: Partial<Spoken>): Spoken => ({ rule, scenario: 'ordinary', verdict: broken, ...one });

test('the same words about several scenarios are one finding', () => {
  const { findings } = gather([said({}), said({ scenario: 'zone-lost' }), said({ scenario: 'zone-lost' })]);
  expect(findings).toEqual([
    expect.objectContaining({ rule: 'nodes-have-room', severity: 'error', scenarios: ['ordinary', 'zone-lost'] }),
  ]);
});

test('other words, another subject or another severity are another finding', () => {
  const { findings } = gather([
    said({}),
    said({ verdict: { ...broken, arithmetic: '4 of 2' } }),
    said({ verdict: { ...broken, subject: 'other nodes' } }),
    said({ verdict: { ...broken, severity: 'warning' } }),
    said({ rule: { id: 'pods-have-room', severity: 'error' } }),
  ]);
  expect(findings).toHaveLength(5);
});

test('a verdict may be milder than its rule, and errors come before warnings', () => {
  const { findings } = gather([
    said({ verdict: { ...broken, subject: 'a', severity: 'warning' } }),
    said({ verdict: { ...broken, subject: 'b' } }),
  ]);
  expect(findings.map(({ subject, severity }) => `${subject} ${severity}`)).toEqual(['b error', 'a warning']);
});

test('what holds and what nobody can say are kept apart', () => {
  const margin = { of: 'nodes', needed: 1, available: 2, unit: 'nodes' };
  const { findings, held, notEvaluated } = gather([
    said({ verdict: { outcome: 'holds', subject: 'nodes', evidence: [], arithmetic: '1 of 2', margin } }),
    said({ verdict: { outcome: 'not-evaluated', subject: 'nodes', needs: 'their type' } }),
  ]);
  expect(findings).toEqual([]);
  expect(held).toEqual([
    { rule: 'nodes-have-room', scenarios: ['ordinary'], subject: 'nodes', evidence: [], arithmetic: '1 of 2', margin },
  ]);
  expect(notEvaluated).toEqual([
    { rule: 'nodes-have-room', scenarios: ['ordinary'], subject: 'nodes', needs: 'their type' },
  ]);
});
