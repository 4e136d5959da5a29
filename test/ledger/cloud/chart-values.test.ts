import { factsOf, readKubernetes, readTerraform } from '../../../lib/ledger';
import { type ChartValues, chartsNamed } from '../../../lib/ledger/cloud/chart-values';

const application = (helm: object, chart: object = { chart: 'shop' }) => ({
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'Application',
  metadata: { name: 'shop', namespace: 'argocd' },
  spec: { source: { ...chart, helm } },
});

const found = (objects: readonly object[], terraform: object = {}): ChartValues[] => {
  const kubernetes = objects.flatMap((one) => readKubernetes('shop.yaml', JSON.stringify(one)).objects);
  const { blocks } = readTerraform('', JSON.stringify(terraform));
  return chartsNamed(factsOf({ kubernetes, terraform: blocks, skipped: [] }), (chart) => chart === 'shop');
};

const release = (more: object) => ({
  resource: { helm_release: { shop: { name: 'shop', chart: 'oci://x/shop', ...more } } },
});

test.each<[string, ChartValues[], unknown, string]>([
  ['an object', found([application({ valuesObject: { a: { b: 1 } } })]), 1, '/spec/source/helm/valuesObject/a/b'],
  ['text', found([application({ values: 'a:\n  b: 2\n' })]), 2, '/spec/source/helm/values'],
  [
    'a parameter, which comes after both',
    found([
      application({ values: 'a: {b: 2}', valuesObject: { a: { b: 1 } }, parameters: [{ name: 'a.b', value: '3' }] }),
    ]),
    '3',
    '/spec/source/helm/parameters/0',
  ],
  [
    'an object over text',
    found([application({ values: 'a: {b: 2}', valuesObject: { a: { b: 1 } } })]),
    1,
    '/spec/source/helm/valuesObject/a/b',
  ],
  [
    'Flux',
    found([
      {
        apiVersion: 'helm.toolkit.fluxcd.io/v2',
        kind: 'HelmRelease',
        metadata: { name: 'shop', namespace: 'flux' },
        spec: { chart: { spec: { chart: 'shop' } }, values: { a: { b: 4 } } },
      },
    ]),
    4,
    '/spec/values/a/b',
  ],
  [
    'the controller of k3s',
    found([
      {
        apiVersion: 'helm.cattle.io/v1',
        kind: 'HelmChart',
        metadata: { name: 'shop', namespace: 'kube-system' },
        spec: { chart: 'shop', valuesContent: 'a: {b: 5}' },
      },
    ]),
    5,
    '/spec/valuesContent',
  ],
  ['Terraform', found([], release({ values: ['a: {b: 6}', 'a: {b: 7}'] })), 7, '/values/1'],
  [
    'what Terraform sets',
    found([], release({ values: ['a: {b: 6}'], set: [{ name: 'a.b', value: '8' }] })),
    '8',
    '/set',
  ],
  ['nothing where it is not said', found([application({ values: 'c: 1' })]), undefined, ''],
  ['nothing of what is no YAML', found([application({ values: 'a: [' })]), undefined, ''],
])('%s', (_, charts, value, field) => {
  expect(charts.map(({ get }) => get('a', 'b'))).toEqual([value]);
  expect(charts[0]?.evidence('a', 'b').field).toBe(field);
});

test('other charts, and other kinds of the same name, are none of it', () => {
  expect(found([application({}, { chart: 'other' }), { ...application({}), apiVersion: 'app.k8s.io/v1' }])).toEqual([]);
  expect(found([application({}, { path: 'charts/shop' })])).toHaveLength(1);
});
