import fc from 'fast-check';
import { clusterServices } from '../../../lib/kubernetes/gitops/cluster-services-plan';
import type { ClusterServicesProps } from '../../../lib/kubernetes/gitops/cluster-services-props';
import type { ServiceApplication } from '../../../lib/kubernetes/gitops/service-application';
import type { ScalingMetric } from '../../../lib/model';
import type { Manifest } from '../../support/manifests';
import { contestedApis, unservedKinds } from '../../support/served-kinds';

const pods: ScalingMetric = { on: 'pods', metric: { name: 'rps', series: 'requests_total' }, average: 100 };
const queue: ScalingMetric = {
  on: 'external',
  metric: { name: 'waiting', series: 'queue_messages', kind: 'gauge' },
  target: { average: 30 },
};

const props: ClusterServicesProps = { clusterName: 'acgs-production', region: 'us-west-2', metrics: [pods, queue] };

const plan = (overrides: Partial<ClusterServicesProps> = {}) => clusterServices({ ...props, ...overrides });
const names = (overrides: Partial<ClusterServicesProps> = {}) => plan(overrides).map(({ name }) => name);

function find(name: string, overrides: Partial<ClusterServicesProps> = {}): ServiceApplication {
  const found = plan(overrides).find((one) => one.name === name);
  if (found === undefined) throw new Error(`no ${name}`);
  return found;
}

const values = (name: string, overrides: Partial<ClusterServicesProps> = {}): Manifest => find(name, overrides).values;

const EVERY_SHAPE: fc.Arbitrary<ClusterServicesProps> = fc.record({
  clusterName: fc.constant('shop'),
  region: fc.constant('eu-west-1'),
  stage: fc.constantFrom('development', 'staging', 'production'),
  metrics: fc.subarray([pods, queue]),
  externalMetrics: fc.constantFrom('prometheus-adapter', 'keda'),
  nodeAutoscaler: fc.constantFrom('cluster-autoscaler', 'karpenter', 'none'),
  meshMode: fc.constantFrom('sidecar', 'ambient'),
});

describe('clusterServices', () => {
  test('lists definitions, then controllers, each after what it needs', () => {
    expect(plan().map(({ layer, wave, name }) => `${layer} ${wave} ${name}`)).toEqual([
      '00-crds 0 prometheus-operator-crds',
      '10-controllers 0 argo-rollouts',
      '10-controllers 0 cert-manager',
      '10-controllers 0 cluster-autoscaler',
      '10-controllers 0 external-secrets',
      '10-controllers 0 kube-prometheus-stack',
      '10-controllers 1 aws-load-balancer-controller',
      '10-controllers 1 prometheus-adapter',
      '10-controllers 1 vertical-pod-autoscaler',
    ]);
  });

  test.each([
    ['external-secrets', 'external-secrets', 'external-secrets'],
    ['cluster-autoscaler', 'kube-system', 'cluster-autoscaler'],
    ['aws-load-balancer-controller', 'kube-system', 'aws-load-balancer-controller'],
    ['argo-rollouts', 'argo-rollouts', 'argo-rollouts'],
  ])('%s has the identity that AWS knows it by', (name, namespace, serviceAccount) => {
    expect(find(name)).toMatchObject({ namespace, serviceAccount });
    const { serviceAccount: own, rbac } = values(name);
    expect((own ?? rbac.serviceAccount).name).toBe(serviceAccount);
  });

  test('whatever is asked for, each kind that a chart uses stands before it', () => {
    fc.assert(fc.property(EVERY_SHAPE, (shape) => unservedKinds({}, clusterServices(shape)).length === 0));
    fc.assert(
      fc.property(EVERY_SHAPE, (shape) => unservedKinds({}, clusterServices({ ...shape, mesh: 'istio' })).length === 0),
    );
  });

  test('whatever is asked for, no two charts register one API', () => {
    fc.assert(fc.property(EVERY_SHAPE, (shape) => contestedApis({}, clusterServices(shape)).length === 0));
  });

  test('whatever is asked for, values are plain JSON', () => {
    fc.assert(
      fc.property(EVERY_SHAPE, (shape) => {
        for (const { values: given } of clusterServices(shape)) {
          expect(JSON.parse(JSON.stringify(given))).toEqual(given);
          expect(JSON.stringify(given)).not.toMatch(/null|undefined|NaN|\[object/);
        }
      }),
    );
  });

  test('the same props give the same list', () => {
    expect(plan()).toEqual(plan());
  });

  test('development runs one pod of each controller, and no budget keeps a node from being drained', () => {
    const { replicaCount, podDisruptionBudget, leaderElect } = values('external-secrets', { stage: 'development' });
    expect([replicaCount, podDisruptionBudget.enabled, leaderElect]).toEqual([1, false, false]);
    expect(values('external-secrets')).toMatchObject({ replicaCount: 2, leaderElect: true });
    expect(values('external-secrets', { stage: 'development', replicas: 3 }).replicaCount).toBe(3);
  });

  test('a version of a chart can be chosen', () => {
    expect(find('keda', { metrics: [], externalMetrics: 'keda', chartVersions: { keda: '2.21.0' } }).version).toBe(
      '2.21.0',
    );
    expect(find('cert-manager', { chartVersions: {} }).version).toBe('v1.21.1');
  });

  test('metrics-server, the EBS driver and Argo CD have other owners', () => {
    expect(names().filter((name) => /metrics-server|ebs|argo-cd/.test(name))).toEqual([]);
  });
});

describe('the mesh', () => {
  test('adds its own applications and changes nothing else', () => {
    const without = plan();
    const meshed = plan({ mesh: 'istio' });
    const added = meshed.filter(({ name }) => !without.some((other) => other.name === name));
    expect(added.map(({ layer, name }) => `${layer} ${name}`)).toEqual([
      '00-crds istio-base',
      '10-controllers istiod',
      '10-controllers istio-cni',
    ]);
    expect(meshed.filter((one) => !added.includes(one))).toEqual(without);
  });

  test('without it, its mode means nothing', () => {
    expect(plan({ meshMode: 'ambient' })).toEqual(plan());
  });

  test('in ambient mode has a proxy on each node', () => {
    const ambient = { mesh: 'istio', meshMode: 'ambient' } as const;
    expect(names(ambient)).toEqual([...names({ mesh: 'istio' }), 'ztunnel']);
    expect(values('istio-cni', ambient).ambient).toEqual({ enabled: true });
    expect(values('istiod', ambient).profile).toBe('ambient');
    expect(values('istio-cni', { mesh: 'istio' }).ambient).toEqual({ enabled: false });
    expect(values('istiod', { mesh: 'istio' })).not.toHaveProperty('profile');
  });

  test('sets traffic up on the node, never in pods', () => {
    expect(values('istiod', { mesh: 'istio' }).cni).toEqual({ enabled: true });
  });

  test('what istiod writes into its webhooks is left to it', () => {
    for (const name of ['istio-base', 'istiod']) {
      expect(find(name, { mesh: 'istio' }).ignoreDifferences).toEqual([
        expect.objectContaining({ kind: 'MutatingWebhookConfiguration' }),
        expect.objectContaining({
          group: 'admissionregistration.k8s.io',
          kind: 'ValidatingWebhookConfiguration',
          jqPathExpressions: ['.webhooks[]?.clientConfig.caBundle', '.webhooks[]?.failurePolicy'],
        }),
      ]);
    }
  });
});

describe('metrics', () => {
  test.each([
    { it: 'of pods are served by the adapter', metrics: [pods], registers: ['v1beta1.custom.metrics.k8s.io'] },
    { it: 'outside the cluster are registered with the rules, not by the chart', metrics: [queue], registers: [] },
    {
      it: 'of both kinds leave one API to the chart',
      metrics: [pods, queue],
      registers: ['v1beta1.custom.metrics.k8s.io'],
    },
  ])('$it', ({ metrics, registers }) => {
    expect(find('prometheus-adapter', { metrics }).registers).toEqual(registers);
    expect(values('prometheus-adapter', { metrics }).rules).toEqual({
      default: registers.length > 0,
      existing: 'metric-adapter-rules',
    });
  });

  test.each([
    { it: 'none at all', metrics: [] },
    { it: 'the kubelet alone', metrics: [{ on: 'cpu', utilization: 70 }] as unknown as ScalingMetric[] },
  ])('of $it need no adapter', ({ metrics }) => {
    expect(names({ metrics })).not.toContain('prometheus-adapter');
  });

  test('that change start the adapter again, and others do not', () => {
    const checksum = (metrics: readonly ScalingMetric[]) =>
      values('prometheus-adapter', { metrics }).podAnnotations['headroom.dev/config-checksum'];
    expect(checksum([pods])).toMatch(/^[0-9a-f]{16}$/);
    expect(checksum([pods])).not.toBe(checksum([pods, queue]));
    expect(checksum([pods, queue])).toBe(checksum([queue, pods, pods]));
  });

  test('come from the Prometheus of the cluster, which finds annotated pods', () => {
    expect(values('prometheus-adapter').prometheus).toEqual({
      url: 'http://prometheus-operated.monitoring.svc.cluster.local',
      port: 9090,
    });
    const spec = values('kube-prometheus-stack').prometheus.prometheusSpec;
    expect(spec).toMatchObject({ scrapeInterval: '15s', replicas: 2, externalLabels: { cluster: 'acgs-production' } });
    const [job] = spec.additionalScrapeConfigs;
    expect(job.relabel_configs).toEqual(
      expect.arrayContaining([
        { source_labels: ['__meta_kubernetes_pod_annotation_prometheus_io_scrape'], action: 'keep', regex: 'true' },
        { source_labels: ['__meta_kubernetes_namespace'], target_label: 'namespace' },
        { source_labels: ['__meta_kubernetes_pod_name'], target_label: 'pod' },
      ]),
    );
  });

  test('of KEDA add KEDA, which registers the API, and change nothing else', () => {
    const metrics = [pods];
    const without = plan({ metrics });
    const scaled = plan({ metrics, externalMetrics: 'keda' });
    expect(scaled.filter(({ name }) => name !== 'keda')).toEqual(without);
    expect(find('keda', { metrics, externalMetrics: 'keda' }).registers).toEqual(['v1beta1.external.metrics.k8s.io']);
  });
});

describe('nodes', () => {
  test('Cluster Autoscaler follows the document: idle below 20 % for 5 minutes, equal groups alike, preferred ones first', () => {
    const given = values('cluster-autoscaler', { preferredNodeGroups: ['spot'], maxNodes: 60 });
    expect(given).toMatchObject({
      autoDiscovery: { clusterName: 'acgs-production' },
      awsRegion: 'us-west-2',
      image: { tag: 'v1.35.2' },
      expanderPriorities: { '10': ['.*'], '50': ['^eks-spot-.*'] },
    });
    expect(given.extraArgs).toEqual({
      'balance-similar-node-groups': true,
      expander: 'priority,least-waste',
      'scale-down-utilization-threshold': '0.2',
      'scale-down-unneeded-time': '5m',
      'max-node-provision-time': '5m',
      'skip-nodes-with-local-storage': false,
      'max-nodes-total': 60,
    });
  });

  test('without preferences or a cap, all groups are alike and only their maxima count', () => {
    const { expanderPriorities, extraArgs } = values('cluster-autoscaler');
    expect(expanderPriorities).toEqual({ '10': ['.*'] });
    expect(extraArgs).not.toHaveProperty('max-nodes-total');
  });

  test('its release follows the minor of the cluster', () => {
    expect(values('cluster-autoscaler', { version: '1.33' }).image).toEqual({ tag: 'v1.33.6' });
  });

  test.each([
    ['cluster-autoscaler', ['cluster-autoscaler']],
    ['karpenter', ['karpenter-crd', 'karpenter']],
    ['none', []],
  ] as const)('%s brings %j', (nodeAutoscaler, expected) => {
    const owners = names({ nodeAutoscaler }).filter((name) => /cluster-autoscaler|karpenter/.test(name));
    expect(owners).toEqual(expected);
  });
});

describe('the load balancer controller', () => {
  test('is told cluster, region and VPC, and makes no webhook for Services', () => {
    expect(values('aws-load-balancer-controller')).toMatchObject({
      clusterName: 'acgs-production',
      region: 'us-west-2',
      vpcTags: { Name: 'acgs-production' },
      enableServiceMutatorWebhook: false,
      enableCertManager: true,
      defaultTargetType: 'ip',
    });
  });

  test('finds another VPC by other tags', () => {
    const vpcTags = { network: 'shared' };
    expect(values('aws-load-balancer-controller', { vpcTags }).vpcTags).toEqual(vpcTags);
  });
});

describe('webhooks', () => {
  test('that see every pod never stand in the way', () => {
    const { certGen, certManager, mutatingWebhookConfiguration } =
      values('vertical-pod-autoscaler').admissionController;
    expect(mutatingWebhookConfiguration).toEqual({ failurePolicy: 'Ignore', timeoutSeconds: 5 });
    expect([certGen.enabled, certManager.enabled]).toEqual([false, true]);
    expect(values('aws-load-balancer-controller').podMutatorWebhookConfig).toEqual({ failurePolicy: 'Ignore' });
    expect(values('keda', { metrics: [], externalMetrics: 'keda' }).webhooks.failurePolicy).toBe('Ignore');
    expect(values('kube-prometheus-stack').prometheusOperator.admissionWebhooks).toEqual({ enabled: false });
  });
});

describe('certificates and releases', () => {
  test('definitions of certificates stay when cert-manager goes', () => {
    expect(values('cert-manager').crds).toEqual({ enabled: true, keep: true });
  });

  test('Argo Rollouts asks AWS before it goes on, and shows no dashboard', () => {
    const { controller, dashboard } = values('argo-rollouts');
    expect(controller).toMatchObject({
      awsVerifyTargetGroup: true,
      extraEnv: [{ name: 'AWS_REGION', value: 'us-west-2' }],
    });
    expect(dashboard).toEqual({ enabled: false });
  });

  test('External Secrets makes no token of another service account', () => {
    expect(values('external-secrets').rbac).toEqual({ serviceAccountTokenCreate: false });
  });
});
