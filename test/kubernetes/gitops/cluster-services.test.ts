import { MetricAdapterRules } from '../../../lib/kubernetes';
import { ClusterServices, type ClusterServicesLayerProps } from '../../../lib/kubernetes/gitops/cluster-services';
import { CLUSTER_SERVICES_CHECKS } from '../../../lib/kubernetes/gitops/cluster-services-checks';
import { clusterServices } from '../../../lib/kubernetes/gitops/cluster-services-plan';
import type { ClusterServicesProps } from '../../../lib/kubernetes/gitops/cluster-services-props';
import type { ServiceLayer } from '../../../lib/kubernetes/gitops/service-application';
import type { ScalingMetric } from '../../../lib/model';
import { Duration } from '../../../lib/units';
import { allIds, ids, refused } from '../../support/findings';
import { type Manifest, manifests, only } from '../../support/manifests';
import { contestedApis, unservedKinds } from '../../support/served-kinds';

const pods: ScalingMetric = { on: 'pods', metric: { name: 'rps', series: 'requests_total' }, average: 100 };
const queue: ScalingMetric = {
  on: 'external',
  metric: { name: 'waiting', series: 'queue_messages', kind: 'gauge' },
  target: { average: 30 },
};

const props: ClusterServicesProps = { clusterName: 'acgs-production', region: 'us-west-2', metrics: [pods] };

const layer = (name: ServiceLayer, overrides: Partial<ClusterServicesLayerProps> = {}, version?: string): Manifest[] =>
  manifests((chart) => new ClusterServices(chart, 'Services', { ...props, ...overrides, layer: name }), version);

const applications = (objects: readonly Manifest[]): string[] =>
  objects.filter(({ kind }) => kind === 'Application').map(({ metadata }) => metadata.name);

describe('ClusterServices', () => {
  test('emits each application of the plan in its own layer', () => {
    const planned = (name: ServiceLayer) =>
      clusterServices({ ...props, mesh: 'istio' })
        .filter((one) => one.layer === name)
        .map((one) => one.name);
    for (const name of ['00-crds', '10-controllers'] as const) {
      expect(applications(layer(name, { mesh: 'istio' }))).toEqual(planned(name));
    }
  });

  test('says which applications it emits', () => {
    manifests((chart) => {
      const { applications: emitted } = new ClusterServices(chart, 'Services', { ...props, layer: '00-crds' });
      expect(emitted.map(({ name }) => name)).toEqual(['prometheus-operator-crds']);
    });
  });

  test('project and namespaces stand before anything is put in them', () => {
    const objects = layer('00-crds');
    const names = (wanted: string) =>
      objects.filter(({ kind }) => kind === wanted).map(({ metadata }) => metadata.name);
    expect(names('AppProject')).toEqual(['cluster-services']);
    expect(names('Namespace')).toEqual(['argo-rollouts', 'argocd', 'cert-manager', 'external-secrets', 'monitoring']);
    for (const { kind, metadata } of objects) {
      expect(metadata.annotations['argocd.argoproj.io/sync-wave']).toBe(kind === 'Application' ? '0' : '-1');
    }
    expect(layer('10-controllers').every(({ kind }) => kind === 'Application')).toBe(true);
  });

  test('the project admits the repositories and namespaces of its charts and no others', () => {
    const { spec } = only(layer('00-crds'), 'AppProject', 'cluster-services');
    expect(spec.sourceRepos).toEqual([
      'https://argoproj.github.io/argo-helm',
      'https://aws.github.io/eks-charts',
      'https://charts.external-secrets.io',
      'https://charts.jetstack.io',
      'https://kubernetes.github.io/autoscaler',
      'https://prometheus-community.github.io/helm-charts',
    ]);
    expect(spec.destinations.map((one: Manifest) => one.namespace)).toEqual([
      'argo-rollouts',
      'cert-manager',
      'external-secrets',
      'kube-system',
      'monitoring',
    ]);
  });

  test('namespaces hold their pods to the strictest level of the targeted release', () => {
    const { metadata } = only(layer('00-crds', {}, '1.34'), 'Namespace', 'monitoring');
    expect(metadata.labels).toEqual({
      'pod-security.kubernetes.io/enforce': 'restricted',
      'pod-security.kubernetes.io/enforce-version': 'v1.34',
      'pod-security.kubernetes.io/audit': 'restricted',
      'pod-security.kubernetes.io/audit-version': 'v1.34',
      'pod-security.kubernetes.io/warn': 'restricted',
      'pod-security.kubernetes.io/warn-version': 'v1.34',
    });
    expect(metadata).not.toHaveProperty('namespace');
  });

  test('only node agents reach into their node, and their namespace says why', () => {
    const open = layer('00-crds', { mesh: 'istio' }).filter(
      ({ kind, metadata }) =>
        kind === 'Namespace' && metadata.labels['pod-security.kubernetes.io/enforce'] !== 'restricted',
    );
    expect(open.map(({ metadata }) => metadata.name)).toEqual(['istio-system']);
    expect(open[0].metadata.labels['pod-security.kubernetes.io/enforce']).toBe('privileged');
    expect(open[0].metadata.annotations['headroom.dev/pod-security-reason']).toMatch(/node agents/);
  });

  test('definitions are never pruned, for their objects would go with them; controllers are', () => {
    const prune = (objects: readonly Manifest[]) =>
      objects.filter(({ kind }) => kind === 'Application').map(({ spec }) => spec.syncPolicy.automated.prune);
    expect(new Set(prune(layer('00-crds', { mesh: 'istio' })))).toEqual(new Set([false]));
    expect(new Set(prune(layer('10-controllers')))).toEqual(new Set([true]));
  });

  test('an application carries chart, values and place of the plan', () => {
    const { metadata, spec } = only(layer('10-controllers'), 'Application', 'vertical-pod-autoscaler');
    expect(metadata.annotations['argocd.argoproj.io/sync-wave']).toBe('1');
    expect(spec).toMatchObject({
      project: 'cluster-services',
      source: {
        repoURL: 'https://kubernetes.github.io/autoscaler',
        chart: 'vertical-pod-autoscaler',
        targetRevision: '0.11.0',
        helm: { releaseName: 'vertical-pod-autoscaler', valuesObject: { recommender: { replicas: 2 } } },
      },
      destination: { namespace: 'kube-system' },
    });
  });

  test('charts of Istio have the names of its repository', () => {
    const { spec } = only(layer('10-controllers', { mesh: 'istio' }), 'Application', 'istio-cni');
    expect(spec.source.chart).toBe('cni');
    expect(
      only(layer('10-controllers', { mesh: 'istio' }), 'Application', 'istiod').spec.ignoreDifferences,
    ).toHaveLength(2);
  });

  test('namespace and project of Argo CD are as given', () => {
    const named = { argocdNamespace: 'gitops', project: 'basis' };
    expect(only(layer('00-crds', named), 'AppProject').metadata).toMatchObject({ name: 'basis', namespace: 'gitops' });
    expect(only(layer('00-crds', named), 'Namespace', 'gitops')).toBeDefined();
    for (const { metadata, spec } of layer('10-controllers', named)) {
      expect([metadata.namespace, spec.project]).toEqual(['gitops', 'basis']);
    }
  });

  test('beside the rules of the adapter every API has one owner, and every kind is known', () => {
    const metrics = [pods, queue];
    const rules = manifests((chart) => new MetricAdapterRules(chart, 'Rules', { metrics, namespace: 'monitoring' }));
    const layers = {
      '00-crds': layer('00-crds', { metrics }),
      '10-controllers': [...layer('10-controllers', { metrics }), ...rules],
    };
    const all = clusterServices({ ...props, metrics });
    expect(contestedApis(layers, all)).toEqual([]);
    expect(unservedKinds(layers, all)).toEqual([]);
  });

  test('two owners of external metrics are refused before anything is made', () => {
    expect(refused(() => layer('10-controllers', { metrics: [queue], externalMetrics: 'keda' }))).toEqual([
      'cluster-services-external-metrics-have-one-owner',
    ]);
  });
});

describe('ClusterServices.inspect', () => {
  const rows: readonly (readonly [it: string, given: Partial<ClusterServicesProps>, expected: readonly string[]])[] = [
    ['takes what is sound', {}, []],
    ['refuses a cluster without a name', { clusterName: '' }, ['cluster-services-cluster-is-named']],
    ['refuses a token', { clusterName: `\${aws_eks_cluster.x.name}` }, ['cluster-services-cluster-is-named']],
    ['takes a name of 100 characters', { clusterName: 'a'.repeat(100) }, []],
    ['refuses one of 101', { clusterName: 'a'.repeat(101) }, ['cluster-services-cluster-is-named']],
    ['refuses a zone as region', { region: 'us-west-2a' }, ['cluster-services-region-is-a-region']],
    ['refuses a minor without an autoscaler', { version: '1.27' }, ['cluster-services-version-has-an-autoscaler']],
    ['takes it where nodes are nobody’s', { version: '1.27', nodeAutoscaler: 'none' }, []],
    ['refuses no pods', { replicas: 0, stage: 'development' }, ['cluster-services-replicas-are-in-range']],
    ['takes one pod in development', { replicas: 1, stage: 'development' }, []],
    ['warns of one pod in production', { replicas: 1 }, ['cluster-services-survive-a-node']],
    ['warns of one pod in staging', { replicas: 1, stage: 'staging' }, ['cluster-services-survive-a-node']],
    ['takes two pods', { replicas: 2 }, []],
    ['takes five pods', { replicas: 5 }, []],
    ['refuses six', { replicas: 6 }, ['cluster-services-replicas-are-in-range']],
    ['refuses half a pod', { replicas: 2.5 }, ['cluster-services-replicas-are-in-range']],
    ['refuses no number', { replicas: Number.NaN }, ['cluster-services-replicas-are-in-range']],
    [
      'refuses both owners of external metrics',
      { metrics: [queue], externalMetrics: 'keda' },
      ['cluster-services-external-metrics-have-one-owner'],
    ],
    ['takes the adapter as the only one', { metrics: [queue] }, []],
    ['takes KEDA as the only one', { metrics: [pods], externalMetrics: 'keda' }, []],
    ['refuses a VPC without tags', { vpcTags: {} }, ['cluster-services-vpc-is-told']],
    ['refuses a pattern as group', { preferredNodeGroups: ['.*'] }, ['cluster-services-node-groups-are-names']],
    ['refuses no nodes', { maxNodes: 0 }, ['cluster-services-max-nodes-is-whole']],
    ['takes one node', { maxNodes: 1 }, []],
    ['takes 5000 nodes', { maxNodes: 5000 }, []],
    ['refuses 5001', { maxNodes: 5001 }, ['cluster-services-max-nodes-is-whole']],
    ['refuses half a node', { maxNodes: Number.NaN }, ['cluster-services-max-nodes-is-whole']],
    ['takes a wait of a minute', { provisionTimeout: Duration.minutes(1) }, []],
    ['takes a wait of an hour', { provisionTimeout: Duration.hours(1) }, []],
    ...[59, 3601, 300.5].map((seconds): (typeof rows)[number] => [
      `refuses a wait of ${seconds} s`,
      { provisionTimeout: Duration.millis(seconds * 1000) },
      ['cluster-services-provision-timeout-is-possible'],
    ]),
    ['refuses a queue by its ARN', { interruptionQueue: 'arn:aws:sqs:a' }, ['cluster-services-queue-is-a-name']],
    [
      'refuses an Alertmanager that tells nobody',
      { alertmanager: { config: { route: {}, receivers: [] }, secretName: 'receivers' } },
      ['cluster-services-alerts-reach-somebody'],
    ],
    [
      'refuses a Secret that cannot be',
      { alertmanager: { config: { receivers: [{ name: 'mail' }] }, secretName: 'Receivers' } },
      ['cluster-services-alerts-reach-somebody'],
    ],
    ['takes a bucket to write to', { velero: { writesTo: { name: 'default', bucket: 'b', region: 'eu-west-1' } } }, []],
    ['refuses backups without a bucket', { velero: {} }, ['cluster-services-backups-have-a-place']],
    [
      'refuses a bucket in no region',
      { velero: { restoresFrom: { name: 'production', bucket: 'b', region: 'europe' } } },
      ['cluster-services-backups-have-a-place'],
    ],
    [
      'refuses a bucket without a name',
      { velero: { writesTo: { name: 'default', bucket: '', region: 'eu-west-1' } } },
      ['cluster-services-backups-have-a-place'],
    ],
    [
      'refuses two buckets of one name',
      {
        velero: {
          writesTo: { name: 'default', bucket: 'a', region: 'eu-west-1' },
          restoresFrom: { name: 'default', bucket: 'b', region: 'us-east-1' },
        },
      },
      ['cluster-services-backup-places-are-distinct'],
    ],
    ['refuses a namespace with a dot', { argocdNamespace: 'argo.cd' }, ['cluster-services-argocd-is-named']],
    ['refuses a project in capitals', { project: 'Basis' }, ['cluster-services-argocd-is-named']],
    ['refuses a range of versions', { chartVersions: { keda: '2.x' } }, ['cluster-services-charts-are-pinned']],
    ['takes an exact version', { chartVersions: { keda: '2.21.0' } }, []],
    ['refuses what is no day', { asOf: '2026-11-31' }, ['cluster-services-as-of-is-a-date']],
    ['takes a mesh the day before its support ends', { mesh: 'istio', asOf: '2026-11-29' }, []],
    ['takes a mesh on its last day', { mesh: 'istio', asOf: '2026-11-30' }, []],
    ['warns of it the day after', { mesh: 'istio', asOf: '2026-12-01' }, ['cluster-services-charts-are-supported']],
    ['asks nothing of a mesh that is not there', { asOf: '2026-12-01' }, []],
    ['asks nothing without a day', { mesh: 'istio' }, []],
    [
      'does not know of other releases',
      {
        mesh: 'istio',
        asOf: '2026-12-01',
        chartVersions: { 'istio-base': '1.31.0', 'istio-cni': '1.31.0', istiod: '1.31.0' },
      },
      [],
    ],
    ['takes Karpenter with its queue', { nodeAutoscaler: 'karpenter', interruptionQueue: 'shop-karpenter' }, []],
    ['warns of Karpenter without rights', { nodeAutoscaler: 'karpenter' }, ['cluster-services-karpenter-has-rights']],
  ];

  test.each(rows)('%s', (_, given, expected) => {
    expect(ids(ClusterServices.inspect('Services', { ...props, ...given }))).toEqual(expected);
  });

  test('every check has a failing row', () => {
    expect([...new Set(rows.flatMap(([, , expected]) => expected))].sort()).toEqual(allIds(CLUSTER_SERVICES_CHECKS));
  });

  test('what works but is unwise is a warning, and does not stop synthesis', () => {
    const ended = { mesh: 'istio', asOf: '2027-01-01' } as const;
    for (const given of [{ replicas: 1 }, { nodeAutoscaler: 'karpenter' }, ended] as const) {
      expect(refused(() => layer('10-controllers', given))).toEqual([]);
    }
  });

  test('charts without support are named with the end of it, those of ambient pods only where there are any', () => {
    const received = (meshMode: 'sidecar' | 'ambient') =>
      ClusterServices.inspect('Services', { ...props, mesh: 'istio', meshMode, asOf: '2027-01-01' })[0]?.received;
    expect(received('sidecar')).toBe(
      'istio-base 1.30.3 until 2026-11-30, istiod 1.30.3 until 2026-11-30, istio-cni 1.30.3 until 2026-11-30',
    );
    expect(received('ambient')).toContain('ztunnel 1.30.3');
  });

  test('a range of versions is named with its chart', () => {
    const [finding] = ClusterServices.inspect('Services', { ...props, chartVersions: { keda: '2.x' } });
    expect(finding?.received).toBe('keda 2.x');
  });
});
