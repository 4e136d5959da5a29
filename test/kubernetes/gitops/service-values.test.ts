import { clusterServices } from '../../../lib/kubernetes/gitops/cluster-services-plan';
import type { ClusterServicesProps } from '../../../lib/kubernetes/gitops/cluster-services-props';
import type { ScalingMetric } from '../../../lib/model';
import { Duration } from '../../../lib/units';
import type { Manifest } from '../../support/manifests';

const metrics: readonly ScalingMetric[] = [
  { on: 'pods', metric: { name: 'rps', series: 'requests_total' }, average: 100 },
];
const base: ClusterServicesProps = { clusterName: 'shop', region: 'eu-west-1', replicas: 3, metrics };

/** Between them every chart. */
const shapes: readonly ClusterServicesProps[] = [
  { ...base, mesh: 'istio', meshMode: 'ambient' },
  { ...base, externalMetrics: 'keda', nodeAutoscaler: 'karpenter' },
];

const charts: ReadonlyMap<string, Manifest> = new Map(
  shapes.flatMap(clusterServices).map(({ name, values }) => [name, values]),
);

const at = (value: Manifest, path: string): Manifest => path.split('/').reduce((inner, key) => inner?.[key], value);

/** Every object below `value`. */
const objectsIn = (value: Manifest): Manifest[] =>
  typeof value === 'object' && value !== null ? [value, ...Object.values(value).flatMap(objectsIn)] : [];

const critical = 'system-cluster-critical';

/** Where each chart keeps the number of its pods, and what may be missing while a node is drained. */
const PODS: readonly (readonly [chart: string, replicas: string, budget: string])[] = [
  ['argo-rollouts', 'controller/replicas', 'controller/pdb'],
  ['aws-load-balancer-controller', 'replicaCount', 'podDisruptionBudget'],
  ['cert-manager', 'replicaCount', 'podDisruptionBudget'],
  ['cert-manager', 'webhook/replicaCount', 'webhook/podDisruptionBudget'],
  ['cert-manager', 'cainjector/replicaCount', 'cainjector/podDisruptionBudget'],
  ['cluster-autoscaler', 'replicaCount', 'podDisruptionBudget'],
  ['external-secrets', 'replicaCount', 'podDisruptionBudget'],
  ['external-secrets', 'webhook/replicaCount', 'webhook/podDisruptionBudget'],
  ['external-secrets', 'certController/replicaCount', 'certController/podDisruptionBudget'],
  ['istiod', 'autoscaleMin', 'global/defaultPodDisruptionBudget'],
  ['keda', 'operator/replicaCount', 'podDisruptionBudget/operator'],
  ['keda', 'metricsServer/replicaCount', 'podDisruptionBudget/metricServer'],
  ['keda', 'webhooks/replicaCount', 'podDisruptionBudget/webhooks'],
  ['kube-prometheus-stack', 'prometheus/prometheusSpec/replicas', 'prometheus/podDisruptionBudget'],
  ['prometheus-adapter', 'replicas', 'podDisruptionBudget'],
  ['vertical-pod-autoscaler', 'recommender/replicas', 'recommender/podDisruptionBudget'],
  ['vertical-pod-autoscaler', 'updater/replicas', 'updater/podDisruptionBudget'],
  ['vertical-pod-autoscaler', 'admissionController/replicas', 'admissionController/podDisruptionBudget'],
];

test('a Prometheus whose data is in the pod is not moved to save a node', () => {
  const { podMetadata, storageSpec } = at(charts.get('kube-prometheus-stack'), 'prometheus/prometheusSpec');
  expect(storageSpec).toHaveProperty('emptyDir');
  expect(podMetadata.annotations).toEqual({ 'cluster-autoscaler.kubernetes.io/safe-to-evict': 'false' });
});

describe('pods', () => {
  test.each(PODS)('%s: %s is as declared, and %s lets one go at a time', (chart, replicas, budget) => {
    expect(at(charts.get(chart), replicas)).toBe(3);
    const found = at(charts.get(chart), budget);
    expect(found.enabled ?? true).toBe(true);
    expect(found.maxUnavailable ?? found.minAvailable ?? 1).toBe(1);
  });

  test.each([
    ['argo-rollouts', 'controller/priorityClassName'],
    ['aws-load-balancer-controller', 'priorityClassName'],
    ['cert-manager', 'global/priorityClassName'],
    ['cluster-autoscaler', 'priorityClassName'],
    ['external-secrets', 'priorityClassName'],
    ['external-secrets', 'webhook/priorityClassName'],
    ['external-secrets', 'certController/priorityClassName'],
    ['istiod', 'global/priorityClassName'],
    ['keda', 'priorityClassName'],
    ['kube-prometheus-stack', 'prometheus/prometheusSpec/priorityClassName'],
    ['kube-prometheus-stack', 'kube-state-metrics/priorityClassName'],
    ['prometheus-adapter', 'priorityClassName'],
    ['vertical-pod-autoscaler', 'admissionController/priorityClassName'],
    ['vertical-pod-autoscaler', 'recommender/priorityClassName'],
    ['vertical-pod-autoscaler', 'updater/priorityClassName'],
  ])('%s pushes workloads out before it is pushed out: %s', (chart, path) => {
    expect(at(charts.get(chart), path)).toBe(critical);
  });

  test('all that ask for something have a limit, of no less', () => {
    const rooms = objectsIn([...charts.values()]).filter((object) => 'requests' in object || 'limits' in object);
    expect(rooms.length).toBeGreaterThan(20);
    for (const { requests, limits } of rooms) {
      expect([Object.keys(requests), Object.keys(limits)]).toEqual([
        ['cpu', 'memory'],
        ['cpu', 'memory'],
      ]);
    }
  });

  test.each([
    ['aws-load-balancer-controller', 'securityContext'],
    ['cluster-autoscaler', 'containerSecurityContext'],
    ['vertical-pod-autoscaler', 'containerSecurityContext'],
  ])('%s is hardened where its chart is not: %s', (chart, path) => {
    expect(at(charts.get(chart), path)).toEqual({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      runAsNonRoot: true,
      capabilities: { drop: ['ALL'] },
      seccompProfile: { type: 'RuntimeDefault' },
    });
  });

  test.each([
    ['argo-rollouts', 'podSecurityContext'],
    ['cluster-autoscaler', 'securityContext'],
    ['vertical-pod-autoscaler', 'podSecurityContext'],
  ])('%s runs as nobody: %s', (chart, path) => {
    expect(at(charts.get(chart), path)).toMatchObject({
      runAsNonRoot: true,
      seccompProfile: { type: 'RuntimeDefault' },
    });
  });
});

describe('monitoring', () => {
  const values = charts.get('kube-prometheus-stack');

  test('leaves its definitions to their own application', () => {
    expect(values.crds).toEqual({ enabled: false });
  });

  test('counts monitors and rules of everybody', () => {
    const selectors = Object.entries(values.prometheus.prometheusSpec).filter(([name]) =>
      name.endsWith('SelectorNilUsesHelmValues'),
    );
    expect(selectors).toHaveLength(5);
    expect(selectors.map(([, own]) => own)).toEqual([false, false, false, false, false]);
  });

  test('asks nothing that EKS does not show', () => {
    for (const part of ['kubeControllerManager', 'kubeEtcd', 'kubeProxy', 'kubeScheduler']) {
      expect(values[part]).toEqual({ enabled: false });
    }
  });

  test('keeps less than its disk holds', () => {
    const { retention, retentionSize, storageSpec } = values.prometheus.prometheusSpec;
    expect([retention, retentionSize, storageSpec.emptyDir.sizeLimit]).toEqual(['24h', '6GB', '8Gi']);
  });
});

describe('what makes nodes', () => {
  const valuesOf = (chart: string, given: Partial<ClusterServicesProps>): Manifest =>
    clusterServices({ ...base, ...given }).find(({ name }) => name === chart)?.values;

  test.each([
    [undefined, '5m'],
    [Duration.minutes(3), '3m'],
    [Duration.seconds(90), '90s'],
  ])('Cluster Autoscaler waits %s for a node: %s', (provisionTimeout, expected) => {
    const { extraArgs } = valuesOf('cluster-autoscaler', provisionTimeout ? { provisionTimeout } : {});
    expect(extraArgs['max-node-provision-time']).toBe(expected);
  });

  test('groups that are preferred are tried before all others', () => {
    expect(valuesOf('cluster-autoscaler', { preferredNodeGroups: ['spot'] }).expanderPriorities).toEqual({
      10: ['.*'],
      50: ['^eks-spot-.*'],
    });
    expect(valuesOf('cluster-autoscaler', {}).expanderPriorities).toEqual({ 10: ['.*'] });
  });

  test('Karpenter reads the queue that it is told of', () => {
    const karpenter = { nodeAutoscaler: 'karpenter' } as const;
    expect(valuesOf('karpenter', { ...karpenter, interruptionQueue: 'shop-karpenter' }).settings).toEqual({
      clusterName: 'shop',
      interruptionQueue: 'shop-karpenter',
    });
    expect(valuesOf('karpenter', karpenter).settings).toEqual({ clusterName: 'shop' });
  });
});

test('only mesh and load balancer may weigh the traffic of releases', () => {
  const { providers } = charts.get('argo-rollouts').providerRBAC;
  const allowed = Object.keys(providers).filter((name) => providers[name]);
  expect(allowed).toEqual(['istio', 'awsLoadBalancerController']);
});

test('programs in the mesh start once their sidecar can send, and show their metrics to Prometheus', () => {
  expect(charts.get('istiod').meshConfig).toEqual({
    enablePrometheusMerge: true,
    defaultConfig: { holdApplicationUntilProxyStarts: true },
  });
});
