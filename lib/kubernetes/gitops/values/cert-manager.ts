import { CRITICAL, type HelmValues, resourceValues, spreadValues } from '../../../config/helm-values';
import { Cpu, Memory } from '../../../units';
import type { ClusterServicesPlan } from '../cluster-services-props';

const labels = (component: string) => ({
  'app.kubernetes.io/instance': 'cert-manager',
  'app.kubernetes.io/component': component,
});

/**
 * Issues the certificates of webhooks and of traffic between pods. Removing it keeps its definitions, and with them every
 * certificate. Its webhook refuses nothing but its own kinds.
 */
export const certManagerValues = ({ replicas }: ClusterServicesPlan): HelmValues => ({
  crds: { enabled: true, keep: true },
  global: { priorityClassName: CRITICAL, leaderElection: { namespace: 'cert-manager' } },
  replicaCount: replicas,
  podDisruptionBudget: { enabled: true, maxUnavailable: 1 },
  resources: resourceValues({ cpu: Cpu.millis(50), memory: Memory.mib(128), memoryLimit: Memory.mib(512) }),
  topologySpreadConstraints: spreadValues(labels('controller')),
  webhook: {
    replicaCount: replicas,
    podDisruptionBudget: { enabled: true, maxUnavailable: 1 },
    resources: resourceValues({ cpu: Cpu.millis(25), memory: Memory.mib(64), memoryLimit: Memory.mib(128) }),
    topologySpreadConstraints: spreadValues(labels('webhook')),
  },
  cainjector: {
    replicaCount: replicas,
    podDisruptionBudget: { enabled: true, maxUnavailable: 1 },
    resources: resourceValues({ cpu: Cpu.millis(25), memory: Memory.mib(128), memoryLimit: Memory.mib(512) }),
    topologySpreadConstraints: spreadValues(labels('cainjector')),
  },
  // A Job of the first installation alone; Argo CD would run it after each synchronisation.
  startupapicheck: { enabled: false },
});
