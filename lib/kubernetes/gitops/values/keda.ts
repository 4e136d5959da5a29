import { CRITICAL, type HelmValues, resourceValues, spreadValues } from '../../../config/helm-values';
import { Cpu, Memory } from '../../../units';
import type { ClusterServicesPlan } from '../cluster-services-props';

const room = { cpu: Cpu.millis(100), memory: Memory.mib(128), memoryLimit: Memory.mib(512) };

/** Scales on queues and schedules, and registers `external.metrics.k8s.io`: nothing else may. */
export const kedaValues = ({ clusterName, replicas }: ClusterServicesPlan): HelmValues => ({
  clusterName,
  image: { pullPolicy: 'IfNotPresent' },
  operator: { replicaCount: replicas },
  metricsServer: { replicaCount: replicas },
  webhooks: { replicaCount: replicas, failurePolicy: 'Ignore' },
  podDisruptionBudget: {
    operator: { maxUnavailable: 1 },
    metricServer: { maxUnavailable: 1 },
    webhooks: { maxUnavailable: 1 },
  },
  priorityClassName: CRITICAL,
  resources: { operator: resourceValues(room), metricServer: resourceValues(room), webhooks: resourceValues(room) },
  topologySpreadConstraints: {
    operator: spreadValues({ app: 'keda-operator' }),
    metricsServer: spreadValues({ app: 'keda-operator-metrics-apiserver' }),
    webhooks: spreadValues({ app: 'keda-admission-webhooks' }),
  },
});
