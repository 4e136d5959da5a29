import { ArgoApplication } from '../../../lib/kubernetes/gitops/argo-application';
import {
  ARGO_APPLICATION_CHECKS,
  type ArgoApplicationProps,
} from '../../../lib/kubernetes/gitops/argo-application-props';
import { allIds, ids } from '../../support/findings';
import { type Manifest, manifests, only } from '../../support/manifests';

const props: ArgoApplicationProps = {
  name: 'cert-manager',
  project: 'cluster-services',
  repository: 'https://charts.jetstack.io',
  chart: 'cert-manager',
  version: 'v1.21.1',
  destination: 'cert-manager',
};

const application = (overrides: Partial<ArgoApplicationProps> = {}): Manifest =>
  only(
    manifests((chart) => new ArgoApplication(chart, 'App', { ...props, ...overrides })),
    'Application',
  );

describe('ArgoApplication', () => {
  test('keeps an exact release as declared, and repairs it', () => {
    expect(application({ values: { crds: { enabled: true } } })).toEqual({
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Application',
      metadata: {
        name: 'cert-manager',
        namespace: 'argocd',
        annotations: { 'argocd.argoproj.io/sync-wave': '0' },
      },
      spec: {
        project: 'cluster-services',
        source: {
          repoURL: 'https://charts.jetstack.io',
          chart: 'cert-manager',
          targetRevision: 'v1.21.1',
          helm: { releaseName: 'cert-manager', valuesObject: { crds: { enabled: true } } },
        },
        destination: { server: 'https://kubernetes.default.svc', namespace: 'cert-manager' },
        syncPolicy: {
          automated: { prune: true, selfHeal: true },
          syncOptions: ['CreateNamespace=false', 'ServerSideApply=true', 'SkipDryRunOnMissingResource=true'],
          retry: { limit: 15, backoff: { duration: '15s', factor: 2, maxDuration: '5m' } },
        },
      },
    });
  });

  test('deleting it leaves what it installed running', () => {
    expect(application().metadata).not.toHaveProperty('finalizers');
  });

  test('on request, deleting it removes what it installed first', () => {
    expect(application({ onDelete: 'remove' }).metadata.finalizers).toEqual(['resources-finalizer.argocd.argoproj.io']);
  });

  test('without pruning, what a chart drops stays', () => {
    expect(application({ prune: false }).spec.syncPolicy.automated).toEqual({ prune: false, selfHeal: true });
  });

  test('makes its namespace where it is told how', () => {
    const { syncPolicy } = application({ createNamespace: { labels: { team: 'a' } } }).spec;
    expect(syncPolicy.syncOptions).toContain('CreateNamespace=true');
    expect(syncPolicy.managedNamespaceMetadata).toEqual({ labels: { team: 'a' } });
  });

  test('fields of others count neither as drift nor as something to put back', () => {
    const ignored = { group: 'apps', kind: 'Deployment', jqPathExpressions: ['.spec.replicas'] };
    const { spec } = application({ ignoreDifferences: [ignored] });
    expect(spec.ignoreDifferences).toEqual([ignored]);
    expect(spec.syncPolicy.syncOptions).toContain('RespectIgnoreDifferences=true');
  });

  test('release, namespace and wave are as given', () => {
    const { metadata, spec } = application({ releaseName: 'other', namespace: 'gitops', wave: -3 });
    expect(spec.source.helm).toEqual({ releaseName: 'other' });
    expect(metadata.namespace).toBe('gitops');
    expect(metadata.annotations).toEqual({ 'argocd.argoproj.io/sync-wave': '-3' });
  });
});

describe('ArgoApplication.inspect', () => {
  const long = 'a'.repeat(54);
  const rows: readonly (readonly [it: string, given: Partial<ArgoApplicationProps>, expected: readonly string[]])[] = [
    ['takes an OCI registry', { repository: 'public.ecr.aws/karpenter' }, []],
    ['takes a release of 53 characters', { releaseName: long.slice(1) }, []],
    ['takes a candidate', { version: '1.31.0-rc.0' }, []],
    ['takes the first wave', { wave: -1000 }, []],
    ['takes the last wave', { wave: 1000 }, []],
    ['refuses a name in capitals', { name: 'App', releaseName: 'app' }, ['argo-application-is-named']],
    ['refuses a project in capitals', { project: 'Apps' }, ['argo-application-is-named']],
    ['refuses an empty destination', { destination: '' }, ['argo-application-is-named']],
    ['refuses a namespace with a dot', { namespace: 'argo.cd' }, ['argo-application-is-named']],
    ['refuses a release of 54 characters', { releaseName: long }, ['argo-application-release-fits']],
    ['refuses a name of dots as release', { name: 'a.b' }, ['argo-application-release-fits']],
    ['refuses oci://', { repository: 'oci://a.example/b' }, ['argo-application-repository-is-an-address']],
    ['refuses plain http', { repository: 'http://a.example' }, ['argo-application-repository-is-an-address']],
    ['refuses a repository without a host', { repository: 'charts' }, ['argo-application-repository-is-an-address']],
    ['refuses a range', { version: '1.x' }, ['argo-application-chart-is-pinned']],
    ['refuses a caret', { version: '^1.2.3' }, ['argo-application-chart-is-pinned']],
    ['refuses two numbers', { version: '1.2' }, ['argo-application-chart-is-pinned']],
    ['refuses a wildcard', { version: '*' }, ['argo-application-chart-is-pinned']],
    ['refuses a leading zero', { version: '01.2.3' }, ['argo-application-chart-is-pinned']],
    ['refuses a wave too early', { wave: -1001 }, ['argo-application-wave-is-whole']],
    ['refuses a wave too late', { wave: 1001 }, ['argo-application-wave-is-whole']],
    ['refuses half a wave', { wave: 0.5 }, ['argo-application-wave-is-whole']],
    ['refuses no number', { wave: Number.NaN }, ['argo-application-wave-is-whole']],
  ];

  test.each(rows)('%s', (_, given, expected) => {
    expect(ids(ArgoApplication.inspect('App', { ...props, ...given }))).toEqual(expected);
  });

  test('every check has a failing row', () => {
    expect([...new Set(rows.flatMap(([, , expected]) => expected))].sort()).toEqual(allIds(ARGO_APPLICATION_CHECKS));
  });
});
