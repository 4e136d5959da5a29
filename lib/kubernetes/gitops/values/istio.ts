import { CRITICAL, type HelmValues, resourceValues, spreadValues } from '../../../config/helm-values';
import { TRACE_PROVIDER, TRACE_STORE } from '../../../model';
import { Cpu, Memory } from '../../../units';
import type { ClusterServicesPlan } from '../cluster-services-props';
import { hasTraces } from '../observability-services';

/** Where sidecars send spans; whether they do, and how many, is said by the namespaces of their pods. */
const TRACES: HelmValues = {
  name: TRACE_PROVIDER,
  opentelemetry: { service: TRACE_STORE.host, port: TRACE_STORE.port },
};

/** Definitions alone, and the webhook that checks configuration once istiod answers. */
export const istioBaseValues = (): HelmValues => ({ defaultRevision: 'default' });

/** Sets up traffic capture on each node, so that no pod needs an init container with rights over the network. */
export const istioCniValues = ({ meshMode }: ClusterServicesPlan): HelmValues => ({
  excludeNamespaces: ['istio-system', 'kube-system'],
  ambient: { enabled: meshMode === 'ambient' },
  resources: resourceValues({ cpu: Cpu.millis(50), memory: Memory.mib(128), memoryLimit: Memory.mib(512) }),
});

/**
 * The control plane. Programs start once their sidecar can send, and metrics of both come out of port 15020, so that
 * Prometheus needs no certificate of the mesh.
 */
export const istiodValues = (plan: ClusterServicesPlan): HelmValues => istiod(plan, hasTraces(plan));

const istiod = ({ replicas, meshMode }: ClusterServicesPlan, traces: boolean): HelmValues => ({
  cni: { enabled: true },
  ...(meshMode === 'ambient' && { profile: 'ambient' }),
  autoscaleEnabled: true,
  autoscaleMin: replicas,
  autoscaleMax: 5,
  seccompProfile: { type: 'RuntimeDefault' },
  resources: resourceValues({ cpu: Cpu.millis(250), memory: Memory.gib(1), memoryLimit: Memory.gib(2) }),
  topologySpreadConstraints: spreadValues({ app: 'istiod' }),
  global: { priorityClassName: CRITICAL, defaultPodDisruptionBudget: { enabled: replicas > 1 } },
  meshConfig: {
    enablePrometheusMerge: true,
    ...(traces && { enableTracing: true, extensionProviders: [TRACES] }),
    defaultConfig: { holdApplicationUntilProxyStarts: true },
  },
});

/** The proxy of each node, through which pods without a sidecar take part. */
export const ztunnelValues = (): HelmValues => ({
  resources: resourceValues({ cpu: Cpu.millis(200), memory: Memory.mib(512), memoryLimit: Memory.gib(1) }),
});
