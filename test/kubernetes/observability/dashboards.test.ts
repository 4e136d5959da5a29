import { DASHBOARDS_CHECKS, Dashboards } from '../../../lib/kubernetes';
import { allIds, ids, refused } from '../../support/findings';
import { manifests, only } from '../../support/manifests';

const files = new Map([['load.json', '{\n  "uid": "load"\n}\n']]);
const props = { name: 'shop', namespace: 'monitoring', files };
const build = (overrides: Partial<typeof props> = {}) =>
  manifests((chart) => new Dashboards(chart, 'Dashboards', { ...props, ...overrides }));

test('a dashboard is the file to the letter, where the helper of Grafana looks for it', () => {
  const { metadata, data } = only(build(), 'ConfigMap', 'shop-load');
  expect(data).toEqual({ 'load.json': '{\n  "uid": "load"\n}\n' });
  expect(metadata.namespace).toBe('monitoring');
  expect(metadata.labels.grafana_dashboard).toBe('1');
});

test('whoever finds dashboards reads ConfigMaps, and no Secrets', () => {
  const { metadata, rules } = only(build(), 'Role');
  expect([metadata.name, metadata.namespace]).toEqual(['dashboard-reader', 'monitoring']);
  expect(rules).toEqual([{ apiGroups: [''], resources: ['configmaps'], verbs: ['get', 'list', 'watch'] }]);
});

const rows: readonly (readonly [it: string, given: Partial<typeof props>, expected: readonly string[]])[] = [
  ['takes what is sound', {}, []],
  ['takes a name of 20 characters', { name: 'a'.repeat(20) }, []],
  ['refuses one of 21', { name: 'a'.repeat(21) }, ['dashboards-name-is-a-short-dns-label']],
  ['refuses a namespace in capitals', { namespace: 'Monitoring' }, ['dashboards-name-is-a-short-dns-label']],
  ['refuses a file that is no dashboard', { files: new Map([['load.txt', '{}']]) }, ['dashboards-files-are-named']],
  ['takes a name of 39 characters', { files: new Map([[`${'a'.repeat(39)}.json`, '{}']]) }, []],
  ['refuses one of 40', { files: new Map([[`${'a'.repeat(40)}.json`, '{}']]) }, ['dashboards-files-are-named']],
  ['takes a byte less than 1 MiB', { files: new Map([['load.json', 'x'.repeat(2 ** 20 - 1)]]) }, []],
  ['refuses 1 MiB', { files: new Map([['load.json', 'x'.repeat(2 ** 20)]]) }, ['dashboards-fit-a-config-map']],
  [
    'counts bytes, not characters',
    { files: new Map([['load.json', 'é'.repeat(2 ** 19)]]) },
    ['dashboards-fit-a-config-map'],
  ],
];

test.each(rows)('%s', (_, given, expected) => {
  expect(ids(Dashboards.inspect('Dashboards', { ...props, ...given }))).toEqual(expected);
  expect(refused(() => build(given))).toEqual(expected);
});

test('every check has a failing row', () => {
  expect([...new Set(rows.flatMap(([, , expected]) => expected))].sort()).toEqual(allIds(DASHBOARDS_CHECKS));
});
