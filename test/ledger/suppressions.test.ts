import { readKubernetes, readSuppressions, type Suppression } from '../../lib/ledger';
import { accept, annotatedSuppressions } from '../../lib/ledger/suppressions';
import { finding } from '../support/ledger-report';

const RULE = 'ceilings-cover-declared-load';
const HPA = 'HorizontalPodAutoscaler shop/api';

const suppression = (given: Partial<Suppression> = {}): Suppression => ({
  rule: RULE,
  of: HPA,
  reason: 'load tests end in January',
  until: '2027-01-31',
  place: { file: 'accepted.yaml', line: 2 },
  field: '/suppressions/0',
  ...given,
});

const accepted = (given: Partial<Suppression>, asOf: string | undefined = '2026-11-21') =>
  accept([finding()], [suppression(given)], [RULE], asOf);
const rulesOf = (given: Partial<Suppression>, asOf?: string) => accepted(given, asOf).findings.map(({ rule }) => rule);

describe('a finding is accepted for a reason and for a time', () => {
  test('by an object that it rests on', () => {
    const { findings, suppressed } = accepted({});
    expect(findings).toEqual([]);
    expect(suppressed).toEqual([{ ...finding(), suppression: suppression() }]);
  });

  test('by its subject', () => {
    expect(accepted({ of: 'Deployment shop/api' }).suppressed).toHaveLength(1);
  });

  test.each([
    { it: 'on its last day', asOf: '2027-01-31', rules: [] },
    { it: 'not on the day after', asOf: '2027-02-01', rules: [RULE, 'suppressions-are-in-force'] },
    { it: 'for at most 366 days', asOf: '2026-01-30', rules: [] },
    { it: 'not for 367 days', asOf: '2026-01-29', rules: [RULE, 'suppressions-are-complete'] },
  ])('$it', ({ asOf, rules }) => {
    expect(rulesOf({}, asOf)).toEqual(rules);
  });

  test('not while nobody says which day it is', () => {
    const { findings } = accept([finding()], [suppression()], [RULE], undefined);
    expect(findings.map(({ rule }) => rule)).toEqual([RULE, 'suppressions-are-in-force']);
    expect(findings[1]).toMatchObject({ severity: 'warning', arithmetic: expect.stringContaining('2027-01-31') });
  });
});

describe('a suppression that is not sound hides nothing and is itself an error', () => {
  test.each([
    { it: 'without a rule', given: { rule: '' }, lacks: 'a rule' },
    {
      it: 'with a rule that does not exist',
      given: { rule: 'pods-are-nice' },
      lacks: 'a rule that exists, not pods-are-nice',
    },
    {
      it: 'with nine characters of reason',
      given: { reason: 'too short' },
      lacks: 'a reason of at least 10 characters',
    },
    { it: 'without a day', given: { until: 'soon' }, lacks: 'a last day such as 2027-01-31' },
    { it: 'with a day that is none', given: { until: '2027-02-30' }, lacks: 'a last day such as 2027-01-31' },
  ])('$it', ({ given, lacks }) => {
    const { findings, suppressed } = accepted(given);
    expect(suppressed).toEqual([]);
    expect(findings).toHaveLength(2);
    expect(findings[1]).toMatchObject({
      rule: 'suppressions-are-complete',
      severity: 'error',
      subject: HPA,
      arithmetic: `the suppression lacks ${lacks}`,
      evidence: [{ of: HPA, field: '/suppressions/0', place: { file: 'accepted.yaml', line: 2 } }],
    });
  });

  test('ten characters of reason are enough', () => {
    expect(rulesOf({ reason: 'long enoug' })).toEqual([]);
  });
});

test('another rule about the same object is not accepted with it', () => {
  const other = finding({ rule: 'nodes-have-room' });
  const { findings, suppressed } = accept([finding(), other], [suppression()], [RULE, 'nodes-have-room'], '2026-11-21');
  expect(findings).toEqual([other]);
  expect(suppressed).toHaveLength(1);
});

test('one that matches nothing is a warning', () => {
  expect(rulesOf({ of: 'HorizontalPodAutoscaler shop/web' })).toEqual([RULE, 'suppressions-are-needed']);
});

describe('annotations', () => {
  const objects = (annotation: string) =>
    readKubernetes(
      'api.yaml',
      JSON.stringify({
        apiVersion: 'autoscaling/v2',
        kind: 'HorizontalPodAutoscaler',
        metadata: { name: 'api', namespace: 'shop', annotations: { 'headroom.dev/suppress': annotation } },
      }),
    ).objects;

  test('say rule, day and reason, one suppression a line', () => {
    const found = annotatedSuppressions(
      objects(
        `${RULE} until 2027-01-31: load tests end in January\n\nnodes-have-room until 2027-02-01:  budget: next year `,
      ),
    );
    expect(found).toMatchObject([
      {
        rule: RULE,
        of: HPA,
        until: '2027-01-31',
        reason: 'load tests end in January',
        place: { file: 'api.yaml', line: 1 },
      },
      { rule: 'nodes-have-room', of: HPA, until: '2027-02-01', reason: 'budget: next year' },
    ]);
  });

  test('that cannot be read are found', () => {
    const { findings } = accept([], annotatedSuppressions(objects('please ignore')), [RULE], '2026-11-21');
    expect(findings).toMatchObject([{ rule: 'suppressions-are-complete', subject: HPA }]);
  });
});

describe('files', () => {
  test('list suppressions with their lines, days as they are written', () => {
    const text = [
      'suppressions:',
      `  - rule: ${RULE}`,
      `    of: ${HPA}`,
      '    until: 2027-01-31',
      '    reason: load tests end in January',
      '  - {}',
    ].join('\n');
    expect(readSuppressions('accepted.yaml', text)).toEqual({
      suppressions: [
        suppression(),
        {
          rule: '',
          of: '',
          until: '',
          reason: '',
          place: { file: 'accepted.yaml', line: 6 },
          field: '/suppressions/1',
        },
      ],
      skipped: [],
    });
  });

  test('take what looks like a number or a truth as the text that it is', () => {
    const text = 'suppressions: [{ rule: yes, of: 1, until: 20270131, reason: 01234567890 }]';
    expect(readSuppressions('accepted.yaml', text).suppressions).toMatchObject([
      { rule: 'yes', of: '1', until: '20270131', reason: '01234567890' },
    ]);
  });

  test.each(['suppressions: {', '- rule: x', 'suppressions: none', '', '&a [*a]'])('%j cannot be read', (text) => {
    expect(readSuppressions('accepted.yaml', text)).toMatchObject({
      suppressions: [],
      skipped: [{ unreadable: true }],
    });
  });
});
