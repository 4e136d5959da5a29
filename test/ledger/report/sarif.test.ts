import { RULES, sarifReport } from '../../../lib/ledger';
import { finding, report } from '../../support/ledger-report';

const sarif = (given: Parameters<typeof report>[0]) => JSON.parse(sarifReport(report(given), RULES)).runs[0];

test('every rule is described once, with a level', () => {
  const { rules, name } = sarif({}).tool.driver;
  expect(name).toBe('headroom');
  expect(new Set(rules.map(({ id }: { id: string }) => id)).size).toBe(rules.length);
  expect(rules.length).toBe(RULES.length + 4);
  for (const rule of rules) {
    expect(rule.shortDescription.text).toMatch(/^[A-Z$].*\.$/);
    expect(['error', 'warning']).toContain(rule.defaultConfiguration.level);
  }
});

test('a result points at its rule, its file and its line', () => {
  const { results, tool } = sarif({ findings: [finding()] });
  expect(results).toHaveLength(1);
  const [result] = results;
  expect(tool.driver.rules[result.ruleIndex].id).toBe('ceilings-cover-declared-load');
  expect(result).toMatchObject({
    ruleId: 'ceilings-cover-declared-load',
    level: 'error',
    message: {
      text: 'Deployment shop/api: 401 requests/s of 8 pods x 50 = 400 requests/s. Raise maxReplicas from 8 to 9.',
    },
    locations: [{ physicalLocation: { artifactLocation: { uri: 'manifests/api.yaml' }, region: { startLine: 12 } } }],
  });
  expect(result).not.toHaveProperty('suppressions');
});

test('further evidence is related, each with an id', () => {
  const [one] = finding().evidence;
  const evidence = one === undefined ? [] : [one, one, one];
  const [result] = sarif({ findings: [finding({ evidence })] }).results;
  expect(result.locations).toHaveLength(1);
  expect(result.relatedLocations.map(({ id }: { id: number }) => id)).toEqual([0, 1]);
});

test('lines may move without making another result of it', () => {
  const moved = finding({ evidence: [{ of: 'a', field: '/b', place: { file: 'c.yaml', line: 99 } }] });
  const prints = sarif({ findings: [finding(), moved] }).results.map(
    ({ partialFingerprints }: { partialFingerprints: unknown }) => JSON.stringify(partialFingerprints),
  );
  expect(new Set(prints).size).toBe(1);
});

test.each([
  { it: 'in the object', field: '/metadata/annotations/headroom.dev~1suppress', kind: 'inSource' },
  { it: 'in a file', field: '/suppressions/0', kind: 'external' },
])('what is accepted $it is a suppressed result', ({ field, kind }) => {
  const suppression = { rule: '', of: '', reason: 'load tests', until: '2027-01-31', place: { file: '' }, field };
  const [result] = sarif({ suppressed: [{ ...finding(), suppression }] }).results;
  expect(result.suppressions).toEqual([{ kind, status: 'accepted', justification: 'load tests (until 2027-01-31)' }]);
});

test.each([
  ['./manifests/api.yaml', 'manifests/api.yaml'],
  ['manifests\\api.yaml', 'manifests/api.yaml'],
  ['my manifests/a#b.yaml', 'my%20manifests/a%23b.yaml'],
  ['odd\ud800.yaml', 'odd%3F.yaml'],
])('the file %j is the URI %s', (file, uri) => {
  const [result] = sarif({ findings: [finding({ evidence: [{ of: 'a', field: '/b', place: { file } }] })] }).results;
  expect(result.locations[0].physicalLocation).toEqual({ artifactLocation: { uri }, region: { startLine: 1 } });
});

test('a finding without evidence has no location', () => {
  expect(sarif({ findings: [finding({ evidence: [] })] }).results[0].locations).toEqual([]);
});
