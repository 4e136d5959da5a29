import type { ChartName } from './helm-chart';

/** A place in the values of a chart: names with dots between. */
type Path = string;

/** A container of a pod: where the values say what it asks for, and what is so where they do not. */
export interface ChartContainer {
  readonly resources: Path;
  /** Member of the values with which it is there. @default - always */
  readonly when?: Path;
}

/** Equal pods that a chart makes, under the release name that this library gives it. */
export interface ChartPods {
  /** Name of the workload. */
  readonly name: string;
  /** Switch of the values, and what holds where they leave it out. @default - always made */
  readonly when?: readonly [path: Path, otherwise: boolean];
  /** Where the values say how many; `each-node` for a DaemonSet. */
  readonly count: readonly [path: Path, otherwise: number] | number | 'each-node';
  readonly containers: readonly ChartContainer[];
  /** List of containers that run before them. */
  readonly init?: Path;
  /** Member with `nodeSelector` and `tolerations` of the pods; empty for the values themselves. @default - none are read */
  readonly placed?: Path;
  /** Tolerations of the chart's own: `*`, or keys. @default - none */
  readonly tolerates?: string;
  /** Labels of nodes that the chart itself asks for, as footprints write them. */
  readonly on?: string;
  /** Pods more during an upgrade; `all` for a second set. @default - that of a Deployment */
  readonly surge?: number | 'all';
  /** Members that give each pod a volume of its own. */
  readonly volumes?: readonly Path[];
  /** Whether no two run on one node. */
  readonly apart?: true;
}

const one = (resources: Path): readonly ChartContainer[] => [{ resources }];

/** As a StatefulSet, which brings no new pod before the old one is gone; so does whatever is recreated, and a job. */
const IN_PLACE = { surge: 0 } as const;

const argo = (name: string, part: string, more: Partial<ChartPods> = {}): ChartPods => ({
  name: `argocd-${name}`,
  count: [`${part}.replicas`, 1],
  containers: one(`${part}.resources`),
  ...more,
});

const vertical = (name: string, part: string): ChartPods => ({
  name: `vertical-pod-autoscaler-${name}`,
  when: [`${part}.enabled`, true],
  count: [`${part}.replicas`, 1],
  containers: one(`${part}.resources`),
});

const thanos = (name: string, part: string, otherwise: boolean, isStored: boolean): ChartPods => ({
  name: `thanos-${name}`,
  when: [`${part}.enabled`, otherwise],
  count: [`${part}.replicas`, 1],
  containers: one(`${part}.resources`),
  placed: part,
  ...(isStored && { ...IN_PLACE, volumes: [`${part}.persistence.enabled`] }),
});

const MONITORING = 'kube-prometheus-stack';

/**
 * What each chart of the catalog runs, by the values that we give it, in the versions and files under `seen` of `CHARTS`. Read on
 * 2026-11-21 in their templates: rolling updates that are not the default (istiod a second set, velero recreated), affinity of
 * Karpenter's chart, and that kube-prometheus-stack starts its operator with requests of 0 for the reloaders.
 */
export const CHART_PODS: Readonly<Record<ChartName, readonly ChartPods[]>> = {
  'argo-cd': [
    argo('application-controller', 'controller', IN_PLACE),
    argo('server', 'server'),
    argo('repo-server', 'repoServer'),
    argo('applicationset-controller', 'applicationSet'),
    argo('redis', 'redis', { count: 1 }),
    argo('redis-secret-init', 'redisSecretInit', { count: 1, when: ['redisSecretInit.enabled', true], ...IN_PLACE }),
    argo('dex-server', 'dex', { count: 1, when: ['dex.enabled', true], ...IN_PLACE }),
    argo('notifications-controller', 'notifications', { count: 1, when: ['notifications.enabled', true], ...IN_PLACE }),
    argo('commit-server', 'commitServer', { count: 1, when: ['commitServer.enabled', false] }),
  ],
  'argo-rollouts': [
    { name: 'argo-rollouts', count: ['controller.replicas', 2], containers: one('controller.resources') },
    {
      name: 'argo-rollouts-dashboard',
      when: ['dashboard.enabled', false],
      count: ['dashboard.replicas', 1],
      containers: one('dashboard.resources'),
    },
  ],
  'aws-load-balancer-controller': [
    { name: 'aws-load-balancer-controller', count: ['replicaCount', 2], containers: one('resources') },
  ],
  'cert-manager': [
    { name: 'cert-manager', count: ['replicaCount', 1], containers: one('resources') },
    { name: 'cert-manager-webhook', count: ['webhook.replicaCount', 1], containers: one('webhook.resources') },
    {
      name: 'cert-manager-cainjector',
      when: ['cainjector.enabled', true],
      count: ['cainjector.replicaCount', 1],
      containers: one('cainjector.resources'),
    },
    {
      name: 'cert-manager-startupapicheck',
      when: ['startupapicheck.enabled', true],
      count: 1,
      containers: one('startupapicheck.resources'),
      ...IN_PLACE,
    },
  ],
  'chaos-mesh': [
    {
      name: 'chaos-controller-manager',
      count: ['controllerManager.replicaCount', 3],
      containers: one('controllerManager.resources'),
    },
    { name: 'chaos-daemon', count: 'each-node', containers: one('chaosDaemon.resources'), placed: 'chaosDaemon' },
    {
      name: 'chaos-dashboard',
      when: ['dashboard.create', true],
      count: ['dashboard.replicaCount', 1],
      containers: one('dashboard.resources'),
    },
    {
      name: 'chaos-dns-server',
      when: ['dnsServer.create', true],
      count: ['dnsServer.replicas', 1],
      containers: one('dnsServer.resources'),
    },
  ],
  'cluster-autoscaler': [{ name: 'cluster-autoscaler', count: ['replicaCount', 1], containers: one('resources') }],
  'eck-operator': [{ name: 'elastic-operator', count: ['replicaCount', 1], containers: one('resources'), ...IN_PLACE }],
  'eck-operator-crds': [],
  'external-secrets': [
    { name: 'external-secrets', count: ['replicaCount', 1], containers: one('resources') },
    { name: 'external-secrets-webhook', count: ['webhook.replicaCount', 1], containers: one('webhook.resources') },
    {
      name: 'external-secrets-cert-controller',
      count: ['certController.replicaCount', 1],
      containers: one('certController.resources'),
    },
  ],
  'fluent-bit': [{ name: 'fluent-bit', count: 'each-node', containers: one('resources'), placed: '' }],
  gatekeeper: [
    { name: 'gatekeeper-controller-manager', count: ['replicas', 3], containers: one('controllerManager.resources') },
    {
      name: 'gatekeeper-audit',
      when: ['audit.enabled', true],
      count: 1,
      containers: one('audit.resources'),
    },
  ],
  'istio-base': [],
  'istio-cni': [{ name: 'istio-cni-node', count: 'each-node', containers: one('resources'), tolerates: '*' }],
  // An autoscaler of the chart's own goes as far as it may.
  istiod: [{ name: 'istiod', count: ['autoscaleMax', 5], containers: one('resources'), surge: 'all' }],
  jaeger: [
    { name: 'jaeger', count: ['jaeger.replicas', 1], containers: one('jaeger.resources') },
    {
      name: 'jaeger-es-index-cleaner',
      when: ['esIndexCleaner.enabled', false],
      count: 1,
      containers: one('esIndexCleaner.resources'),
      ...IN_PLACE,
    },
  ],
  karpenter: [
    {
      name: 'karpenter',
      count: ['replicas', 2],
      containers: one('controller.resources'),
      tolerates: 'CriticalAddonsOnly',
      on: '!karpenter.sh/nodepool',
      apart: true,
      // One may be missing, so that an upgrade needs no node more.
      surge: 0,
    },
  ],
  'karpenter-crd': [],
  keda: [
    { name: 'keda-operator', count: ['operator.replicaCount', 1], containers: one('resources.operator') },
    {
      name: 'keda-operator-metrics-apiserver',
      count: ['metricsServer.replicaCount', 1],
      containers: one('resources.metricServer'),
    },
    { name: 'keda-admission-webhooks', count: ['webhooks.replicaCount', 1], containers: one('resources.webhooks') },
  ],
  'kube-prometheus-stack': [
    {
      name: `prometheus-${MONITORING}-prometheus`,
      when: ['prometheus.enabled', true],
      count: ['prometheus.prometheusSpec.replicas', 1],
      containers: [
        { resources: 'prometheus.prometheusSpec.resources' },
        { resources: 'prometheusOperator.prometheusConfigReloader.resources' },
        { resources: 'prometheus.prometheusSpec.thanos.resources', when: 'prometheus.prometheusSpec.thanos' },
      ],
      placed: 'prometheus.prometheusSpec',
      volumes: ['prometheus.prometheusSpec.storageSpec.volumeClaimTemplate'],
      ...IN_PLACE,
    },
    {
      name: `alertmanager-${MONITORING}-alertmanager`,
      when: ['alertmanager.enabled', true],
      count: ['alertmanager.alertmanagerSpec.replicas', 1],
      containers: [
        { resources: 'alertmanager.alertmanagerSpec.resources' },
        { resources: 'prometheusOperator.prometheusConfigReloader.resources' },
      ],
      placed: 'alertmanager.alertmanagerSpec',
      volumes: ['alertmanager.alertmanagerSpec.storage.volumeClaimTemplate'],
      ...IN_PLACE,
    },
    { name: `${MONITORING}-operator`, count: 1, containers: one('prometheusOperator.resources') },
    {
      name: `${MONITORING}-kube-state-metrics`,
      when: ['kubeStateMetrics.enabled', true],
      count: ['kube-state-metrics.replicas', 1],
      containers: one('kube-state-metrics.resources'),
    },
    {
      name: 'monitoring-dashboard',
      when: ['grafana.enabled', true],
      count: ['grafana.replicas', 1],
      containers: [
        { resources: 'grafana.resources' },
        { resources: 'grafana.sidecar.resources', when: 'grafana.sidecar.dashboards.enabled' },
      ],
    },
    {
      name: `${MONITORING}-prometheus-node-exporter`,
      when: ['nodeExporter.enabled', true],
      count: 'each-node',
      containers: one('prometheus-node-exporter.resources'),
      tolerates: '*',
    },
  ],
  'prometheus-adapter': [{ name: 'prometheus-adapter', count: ['replicas', 1], containers: one('resources') }],
  'prometheus-operator-crds': [],
  thanos: [
    thanos('query', 'query', true, false),
    thanos('store-gateway', 'storeGateway', true, true),
    { ...thanos('compact', 'compact', false, true), count: 1 },
    thanos('query-frontend', 'queryFrontend', false, false),
    thanos('rule', 'rule', false, true),
  ],
  velero: [{ name: 'velero', count: 1, containers: one('resources'), init: 'initContainers', ...IN_PLACE }],
  'vertical-pod-autoscaler': [
    vertical('recommender', 'recommender'),
    vertical('updater', 'updater'),
    vertical('admission-controller', 'admissionController'),
  ],
  ztunnel: [{ name: 'ztunnel', count: 'each-node', containers: one('resources'), tolerates: '*', surge: 1 }],
};
