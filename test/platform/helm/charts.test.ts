import Ajv from 'ajv';
import { parse } from 'yaml';
import { PLATFORMS } from '../../../apps';
import { buildManifests, documents } from '../../../lib/platform/documents';
import type { Manifest } from '../../support/manifests';

const FILES = documents(PLATFORMS).get('charts') ?? new Map<string, string>();

const CHARTS = [...new Set([...FILES.keys()].map((path) => path.split('/')[0] ?? ''))];

const file = (path: string): string => {
  const text = FILES.get(path);
  if (text === undefined) throw new Error(`no file ${path}`);
  return text;
};

const filesOf = (chart: string, folder: string): string[] =>
  [...FILES.keys()].filter((path) => path.startsWith(`${chart}/${folder}/`) && path.endsWith('.yaml'));

/** As Helm does it: mappings are merged, everything else is replaced. */
function overlay(below: Manifest, above: Manifest): Manifest {
  const isMap = (value: Manifest) => typeof value === 'object' && value !== null && !Array.isArray(value);
  if (!isMap(below) || !isMap(above)) return above;
  const keys = new Set([...Object.keys(below), ...Object.keys(above)]);
  return Object.fromEntries([...keys].map((key) => [key, key in above ? overlay(below[key], above[key]) : below[key]]));
}

const valuesOf = (chart: string, path: string): Manifest =>
  overlay(parse(file(`${chart}/values.yaml`)) ?? {}, parse(file(path)) ?? {});

const VALUES = CHARTS.flatMap((chart) => filesOf(chart, 'values').map((path) => ({ chart, path })));
const TEMPLATES = CHARTS.flatMap((chart) => filesOf(chart, 'templates').map((path) => ({ chart, path })));

const at = (values: Manifest, path: readonly string[]): Manifest =>
  path.reduce((below, key) => (below === undefined ? undefined : below[key]), values);

const references = (text: string): string[] => [...text.matchAll(/\.Values\.([\w.]+)/g)].map(([, path = '']) => path);

/** Paths of the values that templates of a chart read. */
const READ = new Map(
  CHARTS.map((chart) => [chart, new Set(filesOf(chart, 'templates').flatMap((path) => references(file(path))))]),
);

test('document 001 finds its chart, a template for each service and a file of values for each environment', () => {
  expect(CHARTS).toEqual(['acgs-platform-policies', 'acgs-platform', 'alfred-platform-policies', 'alfred-platform']);
  expect(filesOf('acgs-platform', 'templates')).toEqual(
    expect.arrayContaining(
      ['auth-service', 'constitutional-ai', 'integrity-service', 'formal-verification', 'governance-synthesis'].map(
        (name) => `acgs-platform/templates/${name}.yaml`,
      ),
    ),
  );
  expect(filesOf('acgs-platform', 'values')).toEqual(
    ['development', 'staging', 'production', 'production-dr'].map((name) => `acgs-platform/values/${name}.yaml`),
  );
});

test.each(CHARTS)('%s has what a chart has', (chart) => {
  for (const name of ['README.md', '.helmignore', 'values.yaml', 'values.schema.json', 'templates/NOTES.txt']) {
    expect(file(`${chart}/${name}`)).toMatch(/\n$/);
  }
  expect(parse(file(`${chart}/Chart.yaml`))).toMatchObject({
    apiVersion: 'v2',
    name: chart,
    type: 'application',
    version: '1.0.0',
    kubeVersion: expect.stringMatching(/^>=1\.\d\d\.0-0$/),
  });
});

test('the chart of ACGS says which release it runs', () => {
  expect(parse(file('acgs-platform/Chart.yaml')).appVersion).toBe('2.0.0');
});

test.each(VALUES)('$path fits the schema of its chart', ({ chart, path }) => {
  const ajv = new Ajv({ strict: false, allErrors: true });
  const fits = ajv.compile(JSON.parse(file(`${chart}/values.schema.json`)));
  fits(valuesOf(chart, path));
  expect(fits.errors ?? []).toEqual([]);
});

test.each(VALUES)('$path says everything that a template reads there', ({ chart, path }) => {
  const values = valuesOf(chart, path);
  const missing = [...(READ.get(chart) ?? [])].filter((reference) => {
    const [component = ''] = reference.split('.');
    // what is below a mapping that is not there would stop the rendering
    return values[component]?.enabled !== false && at(values, reference.split('.').slice(0, -1)) === undefined;
  });
  expect(missing).toEqual([]);
});

test.each(VALUES)('no value of $path is read by nothing', ({ chart, path }) => {
  const read = READ.get(chart) ?? new Set();
  const isRead = (name: string) => name.split('.').some((_, end, keys) => read.has(keys.slice(0, end + 1).join('.')));
  const unread = (below: Manifest, name: string): string[] =>
    isRead(name) || typeof below !== 'object' || below === null
      ? isRead(name)
        ? []
        : [name]
      : Object.entries(below).flatMap(([key, value]) => unread(value, name === '' ? key : `${name}.${key}`));
  expect(unread(parse(file(path)) ?? {}, '')).toEqual([]);
});

/** Everything that the templates of ours do. */
const ACTION =
  /^(?:"\{\{"|"\{"|int64 \.Values\.[\w.]+|toJson (?:\.|\.Values\.[\w.]+)|\.Values\.[\w.]+(?: \| quote)?|(?:- )?toYaml (?:\.|\.Values\.[\w.]+) \| nindent \d+|(?:- )?(?:if|with) (?:not )?\.Values\.[\w.]+|- end|end|else)$/;

test.each(TEMPLATES)('$path has no action but ours', ({ path }) => {
  const actions = [...file(path).matchAll(/\{\{(-?)\s*((?:"\{\{"|"\{"|[^{}])*?)\s*\}\}/g)].map(
    ([, dash, action]) => `${dash ? '- ' : ''}${action}`,
  );
  expect(actions.filter((action) => !ACTION.test(action))).toEqual([]);
  const opened = actions.filter((action) => /^(?:- )?(?:if|with) /.test(action)).length;
  expect(actions.filter((action) => /^(?:- )?end$/.test(action))).toHaveLength(opened);
  // nothing opens that was not counted
  expect(file(path).split('{{').length - 1).toBe(actions.length + actions.filter((action) => action === '"{{"').length);
});

test.each(TEMPLATES)('selectors of $path are no values: they could never be changed', ({ path }) => {
  const selectors = file(path).match(/^ {2}selector:\n(?: {3,}.*\n)+/gm) ?? [];
  expect(selectors.filter((text) => text.includes('{{'))).toEqual([]);
});

test('a chart is made of the layer that it is named for, and of all of it', () => {
  for (const platform of PLATFORMS) {
    const [environment] = platform.environments;
    if (environment === undefined || platform.chart === undefined) continue;
    const names = (layer: string) =>
      buildManifests(platform, environment)
        .filter((component) => component.layer === layer)
        .map(({ name }) => name);
    const { name } = platform.chart;
    const templates = (chart: string) =>
      filesOf(chart, 'templates').map((path) => path.slice(`${chart}/templates/`.length, -'.yaml'.length));
    expect(templates(name)).toEqual(expect.arrayContaining(names('30-workloads')));
    expect(templates(`${name}-policies`)).toEqual(expect.arrayContaining(names('20-policies')));
  }
});

test('most of what is rendered is in the templates, not in the values', () => {
  const size = (paths: readonly string[]) => paths.reduce((sum, path) => sum + file(path).length, 0);
  for (const chart of ['acgs-platform', 'alfred-platform']) {
    for (const path of filesOf(chart, 'values')) {
      expect(file(path).length).toBeLessThan(size(filesOf(chart, 'templates')) / 5);
    }
  }
});

test('the README names each value and what must be there before', () => {
  const readme = file('acgs-platform/README.md');
  const read = filesOf('acgs-platform', 'templates').flatMap((template) => references(file(template)));
  expect([...new Set(read)].filter((path) => !readme.includes(`| \`${path}\``))).toEqual([]);
  expect(readme).toContain('- `argoproj.io/v1alpha1 Rollout`');
  expect(readme).toContain('- The chart `acgs-platform-policies` of the same environment');
  expect(readme).not.toContain('apps/v1 Deployment');
});

test('a platform that declares no chart has none', () => {
  const without = PLATFORMS.map(({ chart: _, ...platform }) => platform);
  expect([...(documents(without).get('charts') ?? [])]).toEqual([]);
});

test('two syntheses give the same charts', () => {
  expect([...(documents(PLATFORMS).get('charts') ?? [])]).toEqual([...FILES]);
});
