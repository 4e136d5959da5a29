import { GIT_APPLICATION_CHECKS, GitApplication, type GitApplicationProps } from '../../../lib/kubernetes';
import { allIds, ids, refused } from '../../support/findings';
import { manifests, only } from '../../support/manifests';

const props: GitApplicationProps = {
  name: 'shop-30-workloads',
  project: 'shop-workloads',
  repository: 'https://git.example.com/shop/platform.git',
  revision: 'main',
  path: 'dist/gitops/shop/production/overlay/30-workloads',
  destination: 'shop',
};

const application = (overrides: Partial<GitApplicationProps> = {}) =>
  only(
    manifests((chart) => new GitApplication(chart, 'App', { ...props, ...overrides })),
    'Application',
  );

test('keeps a folder applied: pruned last, repaired, and tried again with the newest revision until it works', () => {
  expect(application({ wave: 3 })).toEqual({
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: {
      name: 'shop-30-workloads',
      namespace: 'argocd',
      annotations: { 'argocd.argoproj.io/sync-wave': '3' },
    },
    spec: {
      project: 'shop-workloads',
      source: {
        repoURL: 'https://git.example.com/shop/platform.git',
        targetRevision: 'main',
        path: 'dist/gitops/shop/production/overlay/30-workloads',
      },
      destination: { server: 'https://kubernetes.default.svc', namespace: 'shop' },
      syncPolicy: {
        automated: { prune: true, selfHeal: true },
        syncOptions: [
          'CreateNamespace=false',
          'ServerSideApply=true',
          'SkipDryRunOnMissingResource=true',
          'PruneLast=true',
        ],
        retry: { limit: -1, refresh: true, backoff: { duration: '15s', factor: 2, maxDuration: '5m' } },
      },
    },
  });
});

test('what is never removed is not pruned last either', () => {
  const { automated, syncOptions } = application({ prune: false }).spec.syncPolicy;
  expect(automated.prune).toBe(false);
  expect(syncOptions).not.toContain('PruneLast=true');
});

test('what controllers write is respected, also by a sync', () => {
  const ignoreDifferences = [{ group: 'argoproj.io', kind: 'Rollout', jqPathExpressions: ['.spec.replicas'] }];
  const { spec } = application({ ignoreDifferences });
  expect(spec.ignoreDifferences).toEqual(ignoreDifferences);
  expect(spec.syncPolicy.syncOptions).toContain('RespectIgnoreDifferences=true');
  expect(application().spec).not.toHaveProperty('ignoreDifferences');
  expect(application().spec.syncPolicy.syncOptions).not.toContain('RespectIgnoreDifferences=true');
});

test('deleting it takes nothing away', () => {
  expect(application().metadata).not.toHaveProperty('finalizers');
});

const broken: readonly (readonly [check: string, overrides: Partial<GitApplicationProps>])[] = [
  ['git-application-is-named', { name: 'Shop' }],
  ['git-application-is-named', { project: 'a.b' }],
  ['git-application-is-named', { destination: '*' }],
  ['git-application-has-a-source', { repository: '' }],
  ['git-application-has-a-source', { revision: '' }],
  ['git-application-has-a-source', { path: '/dist' }],
  ['git-application-has-a-source', { path: 'dist/../other' }],
  ['git-application-wave-is-whole', { wave: 0.5 }],
  ['git-application-wave-is-whole', { wave: 1001 }],
  ['git-application-wave-is-whole', { wave: Number.NaN }],
];

test.each(broken)('%s fails (row %#)', (check, overrides) => {
  expect(ids(GitApplication.inspect('App', { ...props, ...overrides }))).toEqual([check]);
  expect(refused(() => application(overrides))).toEqual([check]);
});

test('waves end at a thousand', () => {
  expect(GitApplication.inspect('App', { ...props, wave: 1000 })).toEqual([]);
});

test('every check has a failing row', () => {
  expect([...new Set(broken.map(([check]) => check))].sort()).toEqual(allIds(GIT_APPLICATION_CHECKS));
});
