import { CRITICAL, type HelmValues, resourceValues, spreadValues } from '../../../config/helm-values';
import { Cpu, Memory } from '../../../units';
import { ROLLOUT_VERSION_LABEL } from '../../workload/pod-spread';
import type { ClusterServicesPlan } from '../cluster-services-props';
import { storedPod } from '../observability-services';
import { grafanaValues } from './grafana';
import { prometheusAccount, prometheusSeries, prometheusStore } from './metrics-store';

const meta = (name: string): string => `__meta_kubernetes_${name}`;
const annotation = (name: string): string => meta(`pod_annotation_prometheus_io_${name}`);

/** Label of a series with the version of a Rollout's pod: what analyses select by unless told otherwise. */
const VERSION = ROLLOUT_VERSION_LABEL.replaceAll('-', '_');

/** Pods that carry `prometheus.io/scrape`. Adapter and alerts find them by `namespace` and `pod`, analyses by their version. */
const ANNOTATED_PODS = {
  job_name: 'pods',
  kubernetes_sd_configs: [{ role: 'pod' }],
  relabel_configs: [
    { source_labels: [annotation('scrape')], action: 'keep', regex: 'true' },
    { source_labels: [meta('pod_phase')], action: 'drop', regex: 'Pending|Succeeded|Failed' },
    { source_labels: [annotation('path')], regex: '(.+)', target_label: '__metrics_path__' },
    {
      source_labels: [meta('pod_ip'), annotation('port')],
      regex: '(.+);(\\d+)',
      target_label: '__address__',
      replacement: '$1:$2',
    },
    { source_labels: [meta('namespace')], target_label: 'namespace' },
    { source_labels: [meta('pod_name')], target_label: 'pod' },
    { source_labels: [meta('pod_label_app_kubernetes_io_name')], target_label: 'service' },
    { source_labels: [meta(`pod_label_${VERSION}`)], regex: '(.+)', target_label: VERSION },
  ],
};

/** EKS does not show these, or shows them on the node's own loopback alone. */
const OUT_OF_REACH = {
  kubeControllerManager: { enabled: false },
  kubeEtcd: { enabled: false },
  kubeProxy: { enabled: false },
  kubeScheduler: { enabled: false },
};

/** Ready-made alerts and metrics of nodes are not what autoscalers live on. */
const notHere = (plan: ClusterServicesPlan): HelmValues => ({
  defaultRules: { create: false },
  grafana: grafanaValues(plan),
  kubeApiServer: { enabled: false },
  nodeExporter: { enabled: false },
});

/** Its data is in the pod: whoever removes a node because it is little used removes a day of measurements with it. */
const HOLDS_DATA = { 'cluster-autoscaler.kubernetes.io/safe-to-evict': 'false' };

/** Enough for autoscalers and analyses. */
const A_DAY = {
  retention: '24h',
  retentionSize: '6GB',
  storageSpec: { emptyDir: { sizeLimit: '8Gi' } },
  podMetadata: { annotations: HOLDS_DATA },
};

/** Every monitor and rule of the cluster counts, not only those that carry the release's label. */
const EVERYTHING = {
  podMonitorSelectorNilUsesHelmValues: false,
  probeSelectorNilUsesHelmValues: false,
  ruleSelectorNilUsesHelmValues: false,
  scrapeConfigSelectorNilUsesHelmValues: false,
  serviceMonitorSelectorNilUsesHelmValues: false,
};

/** Tells people; its pods wait for the Secret, and its members agree about what has been told. */
const alertmanagerValues = ({ alertmanager, replicas }: ClusterServicesPlan): HelmValues =>
  alertmanager === undefined
    ? { enabled: false }
    : {
        enabled: true,
        ...(alertmanager.serviceAccount && { serviceAccount: { create: true, name: alertmanager.serviceAccount } }),
        config: alertmanager.config,
        podDisruptionBudget: { enabled: replicas > 1, minAvailable: 1 },
        alertmanagerSpec: {
          replicas,
          secrets: [alertmanager.secretName],
          priorityClassName: CRITICAL,
          resources: resourceValues({ cpu: Cpu.millis(50), memory: Memory.mib(64), memoryLimit: Memory.mib(256) }),
          topologySpreadConstraints: spreadValues({ 'app.kubernetes.io/name': 'alertmanager' }),
        },
      };

/**
 * The operator, kube-state-metrics and the Prometheus that autoscalers are measured by, as
 * `prometheus-operated.monitoring:9090`. It keeps a day on the disk of its node, which Cluster Autoscaler therefore leaves alone, unless
 * `observability` is declared: then it has a volume, and nothing holds its node.
 */
export const monitoringValues = (plan: ClusterServicesPlan): HelmValues => ({
  crds: { enabled: false },
  ...OUT_OF_REACH,
  ...notHere(plan),
  alertmanager: alertmanagerValues(plan),
  'kube-state-metrics': {
    // It counts objects and reads no content; names of Secrets are nobody's business either.
    collectorsExclude: ['secrets', 'configmaps'],
    priorityClassName: CRITICAL,
    resources: resourceValues({ cpu: Cpu.millis(50), memory: Memory.mib(128), memoryLimit: Memory.mib(512) }),
  },
  prometheusOperator: {
    // Rules are checked when they are synthesized; a webhook would need a Job for its certificate.
    admissionWebhooks: { enabled: false },
    tls: { enabled: false },
    resources: resourceValues({ cpu: Cpu.millis(50), memory: Memory.mib(128), memoryLimit: Memory.mib(512) }),
    // Beside every Prometheus and Alertmanager; the chart would leave it without any.
    prometheusConfigReloader: {
      resources: resourceValues({ cpu: Cpu.millis(10), memory: Memory.mib(50), memoryLimit: Memory.mib(100) }),
    },
  },
  prometheus: {
    podDisruptionBudget: { enabled: plan.replicas > 1, minAvailable: 1 },
    prometheusSpec: {
      replicas: plan.replicas,
      ...EVERYTHING,
      scrapeInterval: '15s',
      evaluationInterval: '15s',
      externalLabels: { cluster: plan.clusterName },
      additionalScrapeConfigs: [ANNOTATED_PODS],
      ...(prometheusStore(plan) ?? A_DAY),
      priorityClassName: CRITICAL,
      resources: resourceValues(
        storedPod(plan, 'prometheus') ?? { cpu: Cpu.millis(250), memory: Memory.gib(2), memoryLimit: Memory.gib(3) },
      ),
      topologySpreadConstraints: spreadValues({ 'app.kubernetes.io/name': 'prometheus' }),
    },
    ...prometheusAccount(plan),
    ...prometheusSeries(plan),
  },
});
