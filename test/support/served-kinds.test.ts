import { clusterServices } from '../../lib/kubernetes/gitops/cluster-services-plan';
import { contestedApis, kindOf, unservedKinds } from './served-kinds';

const applications = clusterServices({ clusterName: 'shop', region: 'eu-west-1', externalMetrics: 'keda' });
const object = (apiVersion: string, kind: string, name = 'x') => ({ apiVersion, kind, metadata: { name } });

test.each([
  ['v1', 'Secret', '/Secret'],
  ['apps/v1', 'Deployment', 'apps/Deployment'],
  ['cert-manager.io/v1', 'Issuer', 'cert-manager.io/Issuer'],
])('%s %s is %s', (apiVersion, kind, expected) => {
  expect(kindOf(object(apiVersion, kind))).toBe(expected);
});

describe('unservedKinds', () => {
  test.each([
    ['a kind of Kubernetes', '00-crds', object('v1', 'Namespace'), []],
    ['a kind of Argo CD', '00-crds', object('argoproj.io/v1alpha1', 'Application'), []],
    ['a kind of an earlier layer', '30-workloads', object('cert-manager.io/v1', 'Issuer'), []],
    ['a kind of an earlier layer', '10-controllers', object('monitoring.coreos.com/v1', 'PodMonitor'), []],
  ])('has nothing against %s in %s', (_, layer, found, expected) => {
    expect(unservedKinds({ [layer]: [found] }, applications)).toEqual(expected);
  });

  test('names a kind of the same layer, of a later one, and of nobody', () => {
    const layers = {
      '00-crds': [object('monitoring.coreos.com/v1', 'PodMonitor')],
      '10-controllers': [object('cert-manager.io/v1', 'Issuer'), object('cert-manager.io/v1', 'Issuer', 'y')],
      '30-workloads': [object('networking.istio.io/v1', 'VirtualService'), object('autoscaling.k8s.io/v2', 'Nothing')],
    };
    expect(unservedKinds(layers, applications)).toEqual([
      '00-crds: monitoring.coreos.com/PodMonitor',
      '10-controllers: cert-manager.io/Issuer',
      '30-workloads: networking.istio.io/VirtualService',
      '30-workloads: autoscaling.k8s.io/Nothing',
    ]);
  });

  test('knows kinds that a template of an earlier layer makes, and only those', () => {
    const guarded = clusterServices({ clusterName: 'shop', region: 'eu-west-1', constraints: true });
    const template = {
      ...object('templates.gatekeeper.sh/v1', 'ConstraintTemplate'),
      spec: { crd: { spec: { names: { kind: 'UniqueX' } } } },
    };
    const constraint = object('constraints.gatekeeper.sh/v1beta1', 'UniqueX');
    expect(unservedKinds({ '10-controllers': [template], '20-policies': [constraint] }, guarded)).toEqual([]);
    expect(unservedKinds({ '20-policies': [template, constraint] }, guarded)).toEqual([
      '20-policies: constraints.gatekeeper.sh/UniqueX',
    ]);
  });

  test('names a chart that uses what its own wave brings', () => {
    const hasty = applications.map((one) => (one.name === 'vertical-pod-autoscaler' ? { ...one, wave: 0 } : one));
    expect(unservedKinds({}, hasty)).toEqual([
      '10-controllers/vertical-pod-autoscaler: cert-manager.io/Certificate',
      '10-controllers/vertical-pod-autoscaler: cert-manager.io/Issuer',
    ]);
  });
});

describe('contestedApis', () => {
  const api = object('apiregistration.k8s.io/v1', 'APIService', 'v1beta1.external.metrics.k8s.io');

  test('names an API that a chart and an object register', () => {
    expect(contestedApis({ '10-controllers': [api] }, applications)).toEqual(['v1beta1.external.metrics.k8s.io']);
  });

  test('has nothing against one owner', () => {
    expect(contestedApis({}, applications)).toEqual([]);
  });
});
