import { ARGO_PROJECT_CHECKS, ArgoProject, type ArgoProjectProps } from '../../../lib/kubernetes/gitops/argo-project';
import { allIds, ids } from '../../support/findings';
import { manifests, only } from '../../support/manifests';

const props: ArgoProjectProps = {
  name: 'cluster-services',
  description: 'Controllers',
  repositories: ['https://charts.jetstack.io'],
  destinations: ['cert-manager', 'kube-system'],
};

const project = (overrides: Partial<ArgoProjectProps> = {}) =>
  only(
    manifests((chart) => new ArgoProject(chart, 'Project', { ...props, ...overrides })),
    'AppProject',
  );

describe('ArgoProject', () => {
  test('fences in repositories and namespaces of this cluster, before its applications come', () => {
    expect(project()).toEqual({
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'AppProject',
      metadata: {
        name: 'cluster-services',
        namespace: 'argocd',
        annotations: { 'argocd.argoproj.io/sync-wave': '-1' },
      },
      spec: {
        description: 'Controllers',
        sourceRepos: ['https://charts.jetstack.io'],
        destinations: [
          { server: 'https://kubernetes.default.svc', namespace: 'cert-manager' },
          { server: 'https://kubernetes.default.svc', namespace: 'kube-system' },
        ],
        clusterResourceWhitelist: [],
      },
    });
  });

  test('admits kinds of the whole cluster by group and kind', () => {
    const { clusterResourceWhitelist } = project({ clusterKinds: ['/Namespace', '*/*'] }).spec;
    expect(clusterResourceWhitelist).toEqual([
      { group: '', kind: 'Namespace' },
      { group: '*', kind: '*' },
    ]);
  });
});

test('admits kinds with a namespace by a list, if there is one', () => {
  expect(project({ namespaceKinds: ['/ConfigMap'] }).spec.namespaceResourceWhitelist).toEqual([
    { group: '', kind: 'ConfigMap' },
  ]);
  expect(project().spec).not.toHaveProperty('namespaceResourceWhitelist');
});

describe('ArgoProject.inspect', () => {
  const rows: readonly (readonly [it: string, given: Partial<ArgoProjectProps>, expected: readonly string[]])[] = [
    ['takes groups with dots', { clusterKinds: ['rbac.authorization.k8s.io/ClusterRole'] }, []],
    ['refuses the project that is open', { name: 'default' }, ['argo-project-is-named']],
    ['refuses capitals', { name: 'Services' }, ['argo-project-is-named']],
    ['refuses a namespace with a dot', { namespace: 'argo.cd' }, ['argo-project-is-named']],
    ['refuses any repository', { repositories: ['*'] }, ['argo-project-lists-repositories']],
    ['refuses an empty repository', { repositories: [''] }, ['argo-project-lists-repositories']],
    ['refuses no repository', { repositories: [] }, ['argo-project-lists-repositories']],
    ['refuses any namespace', { destinations: ['*'] }, ['argo-project-lists-namespaces']],
    ['refuses no namespace', { destinations: [] }, ['argo-project-lists-namespaces']],
    ['refuses a kind without a group', { clusterKinds: ['Namespace'] }, ['argo-project-kinds-have-groups']],
    ['refuses a kind of namespaces without a group', { namespaceKinds: ['Pod'] }, ['argo-project-kinds-have-groups']],
    ['takes kinds of namespaces', { namespaceKinds: ['/ConfigMap', 'apps/Deployment'] }, []],
    ['refuses a kind in small letters', { clusterKinds: ['/namespaces'] }, ['argo-project-kinds-have-groups']],
  ];

  test.each(rows)('%s', (_, given, expected) => {
    expect(ids(ArgoProject.inspect('Project', { ...props, ...given }))).toEqual(expected);
  });

  test('every check has a failing row', () => {
    expect([...new Set(rows.flatMap(([, , expected]) => expected))].sort()).toEqual(allIds(ARGO_PROJECT_CHECKS));
  });
});
