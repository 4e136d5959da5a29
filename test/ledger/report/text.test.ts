import { type Paint, textReport } from '../../../lib/ledger';
import { finding, report } from '../../support/ledger-report';

const lines = (text: string) => text.split('\n');

test('a finding has its arithmetic, its way out and its places', () => {
  expect(lines(textReport(report({ findings: [finding()] })))).toEqual([
    'error ceilings-cover-declared-load Deployment shop/api',
    '    401 requests/s of 8 pods x 50 = 400 requests/s',
    '    -> raise maxReplicas from 8 to 9',
    '    manifests/api.yaml:12  HorizontalPodAutoscaler shop/api /spec/maxReplicas',
    '',
    'Headroom                     needed  available  left  unit        share  rule',
    'load of Deployment shop/api     401        400    -1  requests/s     0%  ceilings-cover-declared-load',
    '',
    '1 error, 0 warnings, 0 held, 0 accepted, 0 not evaluated, 0 not understood',
    '',
  ]);
});

test.each([
  { it: 'the ordinary day is not named', scenarios: ['ordinary', 'zone-lost'] as const, end: 'shop/api' },
  { it: 'others are', scenarios: ['zone-lost', 'promotion'] as const, end: 'shop/api (zone-lost, promotion)' },
])('$it', ({ scenarios, end }) => {
  expect(lines(textReport(report({ findings: [finding({ scenarios })] })))[0]?.endsWith(end)).toBe(true);
});

test('what lacks is said once for all that lack it', () => {
  const missing = ['a', 'b', 'c', 'd', 'e'].map((subject) => ({
    rule: 'rule',
    scenarios: ['ordinary' as const],
    subject,
    needs: 'a rate',
  }));
  expect(textReport(report({ notEvaluated: missing.slice(0, 3) }))).toContain('  rule needs a rate: a, b, c\n');
  expect(textReport(report({ notEvaluated: missing }))).toContain('  rule needs a rate: a, b, c and 2 more\n');
});

test.each([
  { count: 30, rest: undefined },
  { count: 31, rest: '  and 1 more (--format json has all)' },
])('a list of $count is cut at 30', ({ count, rest }) => {
  const skipped = Array.from({ length: count }, (_, index) => ({
    place: { file: `f${index}`, line: 1 },
    what: 'Widget',
    why: 'is not known',
  }));
  const text = lines(textReport(report({ skipped })));
  expect(text.filter((line) => line.includes('Widget'))).toHaveLength(30);
  expect(text.find((line) => line.includes('more'))).toBe(rest);
});

test('accepted findings are listed with their reason and their end', () => {
  const suppression = {
    rule: '',
    of: '',
    reason: 'load tests',
    until: '2027-01-31',
    place: { file: '' },
    field: '',
  };
  expect(textReport(report({ suppressed: [{ ...finding(), suppression }] }))).toContain(
    'Accepted\n  ceilings-cover-declared-load: Deployment shop/api until 2027-01-31: load tests\n',
  );
});

test('colours stand around what they mark', () => {
  const mark = (name: string) => (text: string) => `<${name}>${text}</${name}>`;
  const paint: Paint = { error: mark('e'), warning: mark('w'), good: mark('g'), faint: mark('f'), strong: mark('s') };
  const text = textReport(report({ findings: [finding()] }), paint);
  expect(text).toContain('<e>error</e> <s>ceilings-cover-declared-load</s> Deployment');
  expect(text).toContain('<e>1 error</e>, <g>0 warnings</g>');
  expect(text).toMatch(/<e>load of Deployment.*<\/e>/);
});

test('names cannot steer a terminal', () => {
  const text = textReport(report({ findings: [finding({ subject: 'a\u001b[31mb\rc\u202ed', remedy: 'x\ny' })] }));
  expect(text).toContain('a\\u001b[31mb\\u000dc\\u202ed');
  expect(text).toContain('-> x y');
});

const drained = (name: string, change: object = {}) =>
  finding({
    severity: 'warning',
    rule: 'services-survive-a-drain',
    subject: `Deployment shop/${name}`,
    arithmetic: '1 pod at least',
    remedy: 'raise replicas from 1 to 2',
    evidence: ['/spec/replicas', '/spec'].map((field) => ({
      of: `Deployment shop/${name}`,
      field,
      place: { file: `${name}.yaml`, line: 7 },
    })),
    ...change,
  });

test('what is the same of several is said once, with the first place of each', () => {
  const text = lines(textReport(report({ findings: [drained('api'), drained('orders'), drained('web')] })));
  expect(text.slice(0, 6)).toEqual([
    'warning services-survive-a-drain Deployment shop/api and 2 more',
    '    1 pod at least',
    '    -> raise replicas from 1 to 2',
    '    api.yaml:7  Deployment shop/api /spec/replicas',
    '    orders.yaml:7  Deployment shop/orders /spec/replicas',
    '    web.yaml:7  Deployment shop/web /spec/replicas',
  ]);
});

test.each([
  { what: 'severity', change: { severity: 'error' as const } },
  { what: 'rule', change: { rule: 'redis-shards-have-a-replica' } },
  { what: 'scenarios', change: { scenarios: ['zone-lost' as const] } },
  { what: 'arithmetic', change: { arithmetic: '0 pods at least' } },
  { what: 'remedy', change: { remedy: 'raise minReplicas from 1 to 2' } },
])('another $what is a finding of its own', ({ change }) => {
  const text = textReport(report({ findings: [drained('api'), drained('orders', change)] }));
  expect(text).not.toContain('and 1 more');
  expect(text).toContain('Deployment shop/orders /spec\n');
});

test('places of many that say the same are cut at 30', () => {
  const findings = Array.from({ length: 31 }, (_, index) => drained(`a${index}`));
  const text = lines(textReport(report({ findings })));
  expect(text.filter((line) => line.endsWith('/spec/replicas'))).toHaveLength(30);
  expect(text).toContain('    and 1 more (--format json has all)');
});
