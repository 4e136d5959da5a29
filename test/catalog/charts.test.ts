import { EKS_VERSIONS } from '../../lib/catalog';
import { CHARTS } from '../../lib/catalog/charts';
import { CLUSTER_AUTOSCALER_VERSIONS } from '../../lib/catalog/cluster-autoscaler-versions';
import { duplicates, isIsoDate } from '../../lib/check';

const charts = Object.entries(CHARTS.facts);

describe('charts', () => {
  test.each(charts)('%s is one exact release of a repository', (_, { repository, chart, version, appVersion }) => {
    expect(version).toMatch(/^v?\d+\.\d+\.\d+$/);
    expect(appVersion).toMatch(/^v?\d+\.\d+\.\d+$/);
    expect(repository).toMatch(/^(https:\/\/[a-z0-9./-]+[a-z]|public\.ecr\.aws\/[a-z]+)$/);
    expect(chart).toMatch(/^[a-z-]+$/);
  });

  test.each(charts)('%s says where it was read, and why if not all of it was', (_, { seen, unverified }) => {
    expect(seen).toMatch(/^[\w-]+\/[\w-]+, /);
    expect(unverified).not.toBe('');
  });

  test.each(charts)('%s ends on a day, if it is known', (_, { endOfSupport = '2026-11-30' }) => {
    expect(isIsoDate(endOfSupport)).toBe(true);
  });

  test('support of Istio ends for all its parts at once', () => {
    const { 'istio-base': base, 'istio-cni': cni, istiod, ztunnel } = CHARTS.facts;
    expect([base, cni, istiod, ztunnel].map(({ endOfSupport }) => endOfSupport)).toEqual(Array(4).fill('2026-11-30'));
  });

  test('each kind is defined once', () => {
    expect(duplicates(charts.flatMap(([, { kinds }]) => kinds))).toEqual([]);
  });

  test.each([
    ['argo-cd', 'argoproj.io/Application'],
    ['argo-rollouts', 'argoproj.io/Rollout'],
    ['aws-load-balancer-controller', 'elbv2.k8s.aws/TargetGroupBinding'],
    ['cert-manager', 'cert-manager.io/Certificate'],
    ['external-secrets', 'external-secrets.io/ClusterSecretStore'],
    ['istio-base', 'networking.istio.io/VirtualService'],
    ['keda', 'keda.sh/ScaledObject'],
    ['prometheus-operator-crds', 'monitoring.coreos.com/ServiceMonitor'],
    ['vertical-pod-autoscaler', 'autoscaling.k8s.io/VerticalPodAutoscaler'],
  ] as const)('%s brings %s', (name, kind) => {
    expect(CHARTS.facts[name].kinds).toContain(kind);
  });

  test('the operator of Prometheus and its definitions are of one release', () => {
    const { 'kube-prometheus-stack': stack, 'prometheus-operator-crds': definitions } = CHARTS.facts;
    expect(stack.appVersion).toBe(definitions.appVersion);
  });

  test('the parts of Istio, and those of Karpenter, are of one release each', () => {
    const versions = (...names: readonly (keyof typeof CHARTS.facts)[]) =>
      names.map((name) => CHARTS.facts[name].version);
    expect(new Set(versions('istio-base', 'istio-cni', 'istiod', 'ztunnel')).size).toBe(1);
    expect(new Set(versions('karpenter', 'karpenter-crd')).size).toBe(1);
  });
});

describe('Cluster Autoscaler', () => {
  test('is known for every Kubernetes minor on EKS, in a release of that minor', () => {
    expect([...CLUSTER_AUTOSCALER_VERSIONS.facts.keys()]).toEqual([...EKS_VERSIONS.facts.keys()]);
    for (const [minor, version] of CLUSTER_AUTOSCALER_VERSIONS.facts) {
      expect(version.startsWith(`${minor}.`)).toBe(true);
    }
  });
});
