import { App } from 'cdk8s';
import { parse, parseAllDocuments } from 'yaml';
import type { EnvironmentSpec, GitOpsSpec } from '../../lib/model';
import { EnvironmentChart } from '../../lib/platform/environment-chart';
import { gitopsFiles, inspectDelivery } from '../../lib/platform/gitops-document';
import { MANIFEST_LAYERS } from '../../lib/platform/layer';
import { manifestFiles } from '../../lib/platform/output/manifest-files';
import { environment, service } from '../support/environment';
import { ids } from '../support/findings';
import { type Manifest, only } from '../support/manifests';
import { PLATFORMS } from '../support/platforms';
import { kindOf } from '../support/served-kinds';

const gitops: GitOpsSpec = {
  repository: 'https://git.example.com/shop/platform.git',
  revision: 'main',
  path: 'dist',
};

const shop = (overrides: Partial<EnvironmentSpec> = {}): EnvironmentSpec => environment({ gitops, ...overrides });
const files = (one: EnvironmentSpec, name = 'shop') => gitopsFiles({ name, environments: [one] }, one);
const objects = (text = ''): Manifest[] => parseAllDocuments(text).map((document) => document.toJS());

/** What the root applies, as one list. */
const applied = (one = shop()): Manifest[] => {
  const all = files(one);
  return parse(all.get('applications/kustomization.yaml') ?? '').resources.flatMap((file: string) =>
    objects(all.get(`applications/${file}`)),
  );
};

const namesOf = (all: readonly Manifest[], wanted: string) =>
  all.filter(({ kind }) => kind === wanted).map(({ metadata }) => metadata.name);

test('without a declaration nothing is written', () => {
  const { gitops: _, ...one } = shop();
  expect(files(one).size).toBe(0);
});

test('the root is applied by hand and has a project in which nothing but projects and applications can be made', () => {
  const root = files(shop()).get('root.yaml') ?? '';
  expect(root).toContain('# kubectl apply -f gitops/shop/production/root.yaml\n');
  expect(only(objects(root), 'AppProject').spec).toMatchObject({
    sourceRepos: ['https://git.example.com/shop/platform.git'],
    destinations: [{ namespace: 'argocd' }],
    clusterResourceWhitelist: [],
    namespaceResourceWhitelist: [
      { group: 'argoproj.io', kind: 'AppProject' },
      { group: 'argoproj.io', kind: 'Application' },
    ],
  });
  expect(only(objects(root), 'Application')).toMatchObject({
    metadata: { name: 'shop', namespace: 'argocd' },
    spec: {
      project: 'shop-root',
      source: { path: 'dist/gitops/shop/production/applications', targetRevision: 'main' },
      syncPolicy: { automated: { prune: false, selfHeal: true } },
    },
  });
});

test('each layer is an application, healthy before the next one begins', () => {
  const layers = applied().filter(({ kind }) => kind === 'Application');
  expect(
    layers.map(({ metadata, spec }) => [
      metadata.annotations['argocd.argoproj.io/sync-wave'],
      metadata.name,
      spec.project,
      spec.source.path,
    ]),
  ).toEqual([
    ['0', 'shop-00-crds', 'shop-foundation', 'dist/gitops/shop/production/overlay/00-crds'],
    ['1', 'shop-10-controllers', 'shop-foundation', 'dist/gitops/shop/production/overlay/10-controllers'],
    ['2', 'shop-20-policies', 'shop-policies', 'dist/gitops/shop/production/overlay/20-policies'],
    ['3', 'shop-30-workloads', 'shop-workloads', 'dist/gitops/shop/production/overlay/30-workloads'],
  ]);
});

test('definitions are never removed, everything else is when its manifest goes', () => {
  const prunes = applied()
    .filter(({ kind }) => kind === 'Application')
    .map(({ spec }) => spec.syncPolicy.automated.prune);
  expect(prunes).toEqual([false, true, true, true]);
});

test('projects stand before the applications that are in them', () => {
  const all = applied();
  expect(namesOf(all, 'AppProject')).toEqual(['shop-foundation', 'shop-policies', 'shop-workloads']);
  for (const project of all.filter(({ kind }) => kind === 'AppProject')) {
    expect(project.metadata.annotations['argocd.argoproj.io/sync-wave']).toBe('-1');
  }
});

test('workloads can make nothing of the cluster, nothing in another namespace, and no application', () => {
  const { spec } = only(applied(), 'AppProject', 'shop-workloads');
  expect(spec.clusterResourceWhitelist).toEqual([]);
  expect(spec.destinations).toEqual([{ server: 'https://kubernetes.default.svc', namespace: 'shop' }]);
  const kinds = spec.namespaceResourceWhitelist.map(({ group, kind }: Manifest) => `${group}/${kind}`);
  for (const never of ['argoproj.io/Application', '/Secret', '/Pod', 'rbac.authorization.k8s.io/RoleBinding', '*/*']) {
    expect(kinds).not.toContain(never);
  }
});

test('what a release and its controllers write is left alone where something is released', () => {
  const rollout = { strategy: 'blue-green' } as const;
  const differences = (one: EnvironmentSpec) => only(applied(one), 'Application', 'shop-30-workloads').spec;
  const kinds = differences(shop({ services: [service('orders', { rollout })] })).ignoreDifferences.map(
    ({ kind }: Manifest) => kind,
  );
  expect(kinds).toEqual(['Rollout', 'Service', 'VirtualService', 'Ingress']);
  expect(differences(shop())).not.toHaveProperty('ignoreDifferences');
});

test('an overlay kept by hand takes the place of the generated one', () => {
  const one = shop({ gitops: { ...gitops, overlays: 'overlays' } });
  expect(only(applied(one), 'Application', 'shop-30-workloads').spec.source.path).toBe(
    'overlays/shop/production/30-workloads',
  );
  expect(files(one).has('overlay/30-workloads/kustomization.yaml')).toBe(true);
});

test('the root of a repository needs no folder in front', () => {
  const one = shop({ gitops: { ...gitops, path: '.' } });
  expect(only(objects(files(one).get('root.yaml')), 'Application').spec.source.path).toBe(
    'gitops/shop/production/applications',
  );
});

describe('an overlay', () => {
  const overlay = (layer: string) => parse(files(shop()).get(`overlay/${layer}/kustomization.yaml`) ?? '');

  test.each(MANIFEST_LAYERS)('of %s has the manifests of its own layer as base', (layer) => {
    expect(overlay(layer).resources).toEqual([`../../../../../kubernetes/shop/production/${layer}`]);
  });

  test('marks what holds data, so that it outlives its manifest', () => {
    const marked = Object.fromEntries(
      MANIFEST_LAYERS.map((layer) => [layer, (overlay(layer).patches ?? []).map((one: Manifest) => one.target.kind)]),
    );
    expect(marked).toEqual({
      '00-crds': ['Namespace'],
      '10-controllers': [],
      '20-policies': ['Elasticsearch', 'Namespace', 'StorageClass'],
      '30-workloads': ['PersistentVolumeClaim', 'StatefulSet'],
    });
    for (const { patch } of overlay('30-workloads').patches) {
      expect(parse(patch).metadata.annotations).toEqual({
        'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false',
      });
    }
  });
});

describe('every environment, were it delivered from Git', () => {
  const places = PLATFORMS.flatMap((platform) =>
    platform.environments.map((one) => ({ it: `${platform.name}/${one.name}`, platform, one: { ...one, gitops } })),
  );

  test.each(places)('$it: projects admit what their layers are made of', ({ platform, one }) => {
    const all = gitopsFiles(platform, one);
    const texts = [...all].filter(([path]) => path.startsWith('applications/')).map(([, text]) => text);
    const made = texts.flatMap((text) => objects(text));
    const emitted = manifestFiles(new EnvironmentChart(new App(), platform, one));

    const refused = made
      .filter(({ kind }) => kind === 'Application')
      .flatMap(({ spec }) => {
        const project = only(made, 'AppProject', spec.project).spec;
        const layer = String(spec.source.path).split('/').at(-1);
        const admits = (list: readonly Manifest[], object: Manifest): boolean => {
          const [group = '', kind = ''] = kindOf(object).split('/');
          return list.some((one) => one.group === group && [kind, '*'].includes(one.kind));
        };
        return [...emitted]
          .filter(([path]) => path.startsWith(`${layer}/`) && !path.endsWith('kustomization.yaml'))
          .flatMap(([, text]) => objects(text))
          .filter((object) =>
            object.metadata.namespace === undefined
              ? !admits(project.clusterResourceWhitelist, object)
              : !admits(project.namespaceResourceWhitelist, object) ||
                !project.destinations.some((place: Manifest) => place.namespace === object.metadata.namespace),
          )
          .map((object) => `${layer}: ${kindOf(object)} ${object.metadata.namespace ?? ''}/${object.metadata.name}`);
      });
    expect([...new Set(refused)]).toEqual([]);
  });

  test.each(places)('$it: no manifest says how many pods an autoscaler is to make', ({ platform, one }) => {
    const all: Manifest[] = new EnvironmentChart(new App(), platform, one).toJson();
    const scaled = all.flatMap(({ kind, spec }) =>
      kind === 'HorizontalPodAutoscaler' || kind === 'ScaledObject' ? [spec.scaleTargetRef.name] : [],
    );
    const declared = all.filter(({ metadata, spec }) => scaled.includes(metadata.name) && spec?.replicas !== undefined);
    expect(declared.map(({ kind, metadata }) => `${kind} ${metadata.name}`)).toEqual([]);
  });
});

describe('inspectDelivery', () => {
  const found = (one: EnvironmentSpec) =>
    ids(inspectDelivery('shop/production', { name: 'shop', environments: [] }, one));

  test('has nothing against a sound repository, nor against none', () => {
    const { gitops: _, ...without } = shop();
    expect([found(shop()), found(without)]).toEqual([[], []]);
  });

  test('tells a fault once, where it was declared', () => {
    expect(found(shop({ gitops: { ...gitops, path: '/dist', revision: '' } }))).toEqual([
      'gitops-revision-is-a-revision',
      'gitops-path-is-in-the-repository',
    ]);
  });
});

test('the same declaration gives the same bytes', () => {
  expect([...files(shop())]).toEqual([...files(shop())]);
});
