import { CRITICAL, type HelmValues, NODE_CRITICAL, resourceValues } from '../../../config/helm-values';
import { Cpu, Memory } from '../../../units';
import type { ClusterServicesPlan } from '../cluster-services-props';

/**
 * Makes faults on schedule, in namespaces that are marked for it and in no others. Its agents are root on their nodes: nothing
 * less reaches into the network of another pod. Neither dashboard nor DNS server run, and nobody is let in from outside.
 *
 * Certificates are cert-manager's: the chart's own change each time that it is rendered, and so would the cluster.
 */
export const chaosMeshValues = ({ replicas }: ClusterServicesPlan): HelmValues => ({
  clusterScoped: true,
  timezone: 'UTC',
  enableProfiling: false,
  controllerManager: {
    replicaCount: replicas,
    enableFilterNamespace: true,
    // For machines outside of the cluster, with a key that is drawn at each rendering.
    chaosdSecurityMode: false,
    priorityClassName: CRITICAL,
    resources: resourceValues({ cpu: Cpu.millis(50), memory: Memory.mib(256), memoryLimit: Memory.mib(512) }),
  },
  chaosDaemon: {
    runtime: 'containerd',
    socketPath: '/run/containerd/containerd.sock',
    mtls: { enabled: true },
    priorityClassName: NODE_CRITICAL,
    // What is hit may run on any node, those of a kind of pods included.
    tolerations: [{ operator: 'Exists' }],
    resources: resourceValues({ cpu: Cpu.millis(50), memory: Memory.mib(128), memoryLimit: Memory.mib(512) }),
  },
  dashboard: { create: false },
  dnsServer: { create: false },
  webhook: { certManager: { enabled: true } },
});

/** What changes each time that the chart is rendered, and what cert-manager writes into its webhooks. */
export const CHAOS_MESH_DIFFERENCES = [
  ...['Deployment', 'DaemonSet'].map((kind) => ({
    group: 'apps',
    kind,
    jqPathExpressions: ['.spec.template.metadata.annotations.rollme'],
  })),
  ...['MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration'].map((kind) => ({
    group: 'admissionregistration.k8s.io',
    kind,
    jqPathExpressions: ['.webhooks[]?.clientConfig.caBundle'],
  })),
];
