import { ApiObject, App, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { Layer } from '../../../lib/platform';
import { manifestFiles } from '../../../lib/platform/output/manifest-files';

const configMap = (scope: Construct, id: string, name: string) =>
  new ApiObject(scope, id, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name } });

function chartWith(build: (layer: Layer) => void): Chart {
  const chart = new Chart(new App(), 'chart', { namespace: 'shop', disableResourceNameHashes: true });
  build(new Layer(chart, '30-workloads'));
  return chart;
}

test('a component is a file, named like it, and each layer lists its files', () => {
  const files = manifestFiles(
    chartWith((layer) => {
      configMap(new Construct(layer, 'MetricRules'), 'One', 'one');
      configMap(new Construct(layer, 'auth-service'), 'Two', 'two');
    }),
  );
  expect([...files.keys()]).toEqual([
    '30-workloads/metric-rules.yaml',
    '30-workloads/auth-service.yaml',
    '30-workloads/kustomization.yaml',
  ]);
  expect(files.get('30-workloads/metric-rules.yaml')).toBe(
    '---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: one\n  namespace: shop\n',
  );
});

test('what others in a file live in or refer to comes first', () => {
  const files = manifestFiles(
    chartWith((layer) => {
      const component = new Construct(layer, 'Component');
      for (const kind of ['Deployment', 'ConfigMap', 'ServiceAccount', 'Namespace']) {
        new ApiObject(component, kind, { apiVersion: 'v1', kind, metadata: { name: 'a' } });
      }
    }),
  );
  const kinds = [...(files.get('30-workloads/component.yaml') ?? '').matchAll(/^kind: (\w+)/gm)].map(
    ([, kind]) => kind,
  );
  expect(kinds).toEqual(['Namespace', 'ServiceAccount', 'ConfigMap', 'Deployment']);
});

test('two objects that would overwrite one another are refused, wherever they stand', () => {
  const chart = chartWith((layer) => {
    configMap(new Construct(layer, 'A'), 'One', 'same');
    configMap(new Construct(layer, 'B'), 'Two', 'same');
  });
  expect(() => manifestFiles(chart)).toThrow('objects that would overwrite one another: ConfigMap shop/same');
});

test('two components of one file name are refused', () => {
  const chart = chartWith((layer) => {
    configMap(new Construct(layer, 'AuthService'), 'One', 'one');
    configMap(new Construct(layer, 'auth-service'), 'Two', 'two');
  });
  expect(() => manifestFiles(chart)).toThrow('another component is also written to auth-service.yaml');
});

test('what a construct finds wrong with the finished tree stops the writing, with its place', () => {
  const chart = chartWith((layer) => {
    const component = new Construct(layer, 'Component');
    component.node.addValidation({ validate: () => ['is not finished'] });
  });
  expect(() => manifestFiles(chart)).toThrow('chart/Workloads/Component: is not finished');
});
