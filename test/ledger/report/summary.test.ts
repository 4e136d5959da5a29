import { countsOf, headroomOf, type Margin } from '../../../lib/ledger';
import { finding, report } from '../../support/ledger-report';

const held = (rule: string, margin: Margin) => ({
  rule,
  scenarios: ['ordinary' as const],
  subject: margin.of,
  evidence: [],
  arithmetic: '',
  margin,
});
const margin = (of: string, needed: number, available: number): Margin => ({ of, needed, available, unit: 'Mi' });

test('each thing has the margin of the rule that leaves least of it, tightest first', () => {
  const rows = headroomOf(
    report({
      held: [
        held('loose', margin('nodes', 10, 100)),
        held('tight', margin('nodes', 60, 100)),
        held('other', margin('disks', 80, 100)),
      ],
      findings: [finding({ rule: 'broken', margin: margin('addresses', 150, 100) })],
    }),
  );
  expect(rows).toEqual([
    { of: 'addresses', needed: 150, available: 100, unit: 'Mi', rule: 'broken', left: -50, share: -0.5 },
    { of: 'disks', needed: 80, available: 100, unit: 'Mi', rule: 'other', left: 20, share: 0.2 },
    { of: 'nodes', needed: 60, available: 100, unit: 'Mi', rule: 'tight', left: 40, share: 0.4 },
  ]);
});

test('nothing available is no division by nothing', () => {
  const shares = headroomOf(report({ held: [held('a', margin('a', 1, 0)), held('b', margin('b', 0, 0))] })).map(
    ({ of, share }) => [of, share],
  );
  expect(shares).toEqual([
    ['a', -1],
    ['b', 0],
  ]);
});

test('accepted findings keep their margins in the table', () => {
  const suppression = { rule: '', of: '', reason: '', until: '', place: { file: '' }, field: '' };
  expect(headroomOf(report({ suppressed: [{ ...finding(), suppression }] }))).toHaveLength(1);
});

test('everything is counted once', () => {
  const counted = report({
    findings: [finding(), finding({ severity: 'warning' }), finding({ severity: 'warning' })],
    held: [held('a', margin('a', 1, 2))],
    notEvaluated: [{ rule: 'a', scenarios: ['ordinary'], subject: 'a', needs: 'b' }],
    skipped: [{ place: { file: 'a' }, what: 'b', why: 'c' }],
  });
  expect(countsOf(counted)).toEqual({ errors: 1, warnings: 2, accepted: 0, held: 1, notEvaluated: 1, skipped: 1 });
});
