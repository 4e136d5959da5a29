import { factsOf, NO_ASSUMPTIONS } from '../../../lib/ledger';
import { footprintsOf, PODS_ANNOTATION } from '../../../lib/ledger/facts/footprint';
import { blockOf, objectOf } from '../pack/facts';

const MIB = 2 ** 20;

const application = (pods?: string, name = 'velero') =>
  objectOf(
    'Application',
    name,
    {
      metadata: { name, annotations: pods === undefined ? {} : { [PODS_ANNOTATION]: pods } },
      spec: { destination: { namespace: 'backups' } },
    },
    'argocd',
    'argoproj.io/v1alpha1',
  );

const release = (values: string) =>
  blockOf('helm_release', 'argo', { name: 'argocd', namespace: 'argocd', values: [values] });

const given = (...kubernetes: ReturnType<typeof objectOf>[]) => factsOf({ kubernetes, terraform: [], skipped: [] });

test('an application says which pods it makes, in the namespace that it deploys to', () => {
  const { implied, skipped, workloads } = given(
    application('server: 2x cpu=100m,memory=128Mi,memory-limit=1Gi; agent: each-node cpu=50m; store: 1x volumes=1'),
  );
  expect(skipped).toEqual([]);
  expect(workloads).toEqual([]);
  expect(implied).toMatchObject([
    {
      id: 'Application argocd/velero: server',
      kind: 'Deployment',
      name: 'server',
      namespace: 'backups',
      replicas: 2,
      shape: {
        requests: { cpuMillis: 100, memoryBytes: 128 * MIB, ephemeralBytes: 0 },
        limits: { memoryBytes: 1024 * MIB },
      },
    },
    { kind: 'DaemonSet', name: 'agent', shape: { requests: { cpuMillis: 50 } } },
    { kind: 'StatefulSet', name: 'store' },
  ]);
  expect(implied.map(({ surge }) => surge(4))).toEqual([1, 0, 0]);
  expect(implied[0]?.evidence('/spec/replicas').field).toBe('/metadata/annotations/headroom.dev~1pods');
});

test.each([
  ['ApplicationSet', 'argoproj.io/v1alpha1', { template: { spec: { destination: { namespace: 'there' } } } }, 'there'],
  ['HelmRelease', 'helm.toolkit.fluxcd.io/v2', { targetNamespace: 'there' }, 'there'],
  ['HelmRelease', 'helm.toolkit.fluxcd.io/v2', {}, 'here'],
  ['Kustomization', 'kustomize.toolkit.fluxcd.io/v1', { targetNamespace: 'there' }, 'there'],
  ['HelmChart', 'helm.cattle.io/v1', { targetNamespace: 'there' }, 'there'],
])('pods of a %s of %s are where it puts them', (kind, apiVersion, spec, namespace) => {
  const metadata = { name: 'shop', annotations: { [PODS_ANNOTATION]: '1x' } };
  const { implied } = given(objectOf(kind, 'shop', { metadata, spec }, 'here', apiVersion));
  expect(implied.map((pods) => [pods.id, pods.namespace])).toEqual([[`${kind} here/shop`, namespace]]);
});

test('kinds of other groups that are called so deploy nothing', () => {
  expect(given(objectOf('Application', 'shop', {}, 'here', 'app.k8s.io/v1beta1'))).toMatchObject({
    implied: [],
    skipped: [],
  });
});

test('a surge that is said is the surge; pods apart have a node each', () => {
  const [set] = given(application('2x surge=2 apart')).implied;
  expect(set?.surge(2)).toBe(2);
  expect(set?.shape.spread).toEqual([
    {
      kind: 'anti-affinity',
      topologyKey: 'kubernetes.io/hostname',
      maxSkew: 1,
      required: true,
      matchLabels: set?.shape.labels,
    },
  ]);
});

test('nothing said, or said wrongly, is not counted and named', () => {
  const { implied, skipped } = given(application(), application('lots', 'other'));
  expect(implied).toEqual([]);
  expect(skipped.map(({ what, view }) => [what, view])).toEqual([
    ['Application argocd/velero', undefined],
    ['Application argocd/other', 'workloads'],
  ]);
  expect(skipped[1]?.why).toContain('has headroom.dev/pods: lots, which must look like agent: each-node');
});

test('a set of no pods is none', () => {
  expect(given(application('server: 0x cpu=1; other: 1x')).implied.map(({ name }) => name)).toEqual(['other']);
});

test('none is an answer', () => {
  expect(given(application('none'))).toMatchObject({ implied: [], skipped: [] });
});

test('a workload that was read counts as it was read', () => {
  const read = objectOf(
    'Deployment',
    'server',
    { spec: { template: { spec: { containers: [{ name: 'server' }] } } } },
    'backups',
    'apps/v1',
  );
  expect(given(application('server: 2x; other: 1x'), read).implied.map(({ name }) => name)).toEqual(['other']);
});

test('a release says it in its values, JSON or YAML, wherever the chart puts annotations', () => {
  const pods = 'server: 2x cpu=100m';
  const json = JSON.stringify({ configs: { cm: { annotations: { [PODS_ANNOTATION]: pods } } } });
  const yaml = `server:\n  podAnnotations:\n    ${PODS_ANNOTATION}: '${pods}'\n`;
  for (const values of [json, yaml])
    expect(factsOf({ kubernetes: [], terraform: [release(values)], skipped: [] })).toMatchObject({
      implied: [{ id: 'helm_release.argo in shop: server', namespace: 'argocd', replicas: 2 }],
      skipped: [],
    });
  const { value, ...block } = release(json);
  const later = { ...block, value: { ...value, values: [json, JSON.stringify({ [PODS_ANNOTATION]: '7x' })] } };
  expect(factsOf({ kubernetes: [], terraform: [later], skipped: [] }).implied.map(({ replicas }) => replicas)).toEqual([
    7,
  ]);
  expect(factsOf({ kubernetes: [], terraform: [release('{')], skipped: [] }).skipped).toHaveLength(1);
});

test('assumptions say it for what cannot, and over what does', () => {
  const deployers = new Map([
    ['argocd/argocd', footprintsOf('3x') ?? []],
    ['velero', footprintsOf('4x') ?? []],
    ['nobody', []],
  ]);
  const facts = factsOf(
    { kubernetes: [application('1x')], terraform: [release('{}')], skipped: [] },
    { ...NO_ASSUMPTIONS, deployers },
  );
  expect(facts.implied.map(({ replicas }) => replicas)).toEqual([4, 3]);
  expect(facts.skipped.map(({ what, why }) => `${what} ${why}`)).toEqual([
    'nobody has deployers, and nothing that deploys objects is called so',
  ]);
});
