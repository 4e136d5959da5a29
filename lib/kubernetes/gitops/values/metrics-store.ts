import { type HelmValues, resourceValues } from '../../../config/helm-values';
import { ASSUMPTION_NAMES, METRICS_ACCOUNTS, metricsRoom } from '../../../model';
import { Cpu, Memory } from '../../../units';
import type { ClusterServicesPlan } from '../cluster-services-props';
import { hasLongTerm, nodeValues, objectStore } from '../observability-services';

/** Reads the volume beside Prometheus, and uploads each block of two hours; blocks are then joined in the bucket alone. */
function uploads({ observability, region }: ClusterServicesPlan): HelmValues {
  if (observability?.bucket === undefined) return {};
  return {
    thanos: {
      objectStorageConfig: { secret: objectStore(observability.bucket, region) },
      resources: resourceValues({ cpu: Cpu.millis(50), memory: Memory.mib(128), memoryLimit: Memory.mib(256) }),
    },
    disableCompaction: true,
  };
}

/** How Prometheus keeps what is declared; undefined where nothing is. */
export function prometheusStore(plan: ClusterServicesPlan): HelmValues | undefined {
  const { observability } = plan;
  if (observability === undefined) return undefined;
  const { metrics } = observability.plan;
  return {
    retention: `${metrics.retention.toDays()}d`,
    retentionSize: `${metricsRoom(metrics).share(1, 2 ** 20).inBytes}MB`,
    storageSpec: {
      volumeClaimTemplate: {
        spec: {
          storageClassName: observability.storageClass,
          accessModes: ['ReadWriteOnce'],
          resources: { requests: { storage: `${metrics.storage}` } },
        },
      },
    },
    ...nodeValues(observability),
    ...(hasLongTerm(plan) && uploads(plan)),
  };
}

/** Series that the volume was counted for, as the ledger reads them of the Prometheus that the chart makes. */
export const prometheusSeries = ({ observability }: ClusterServicesPlan): HelmValues =>
  observability === undefined
    ? {}
    : { annotations: { [ASSUMPTION_NAMES.series]: `${observability.plan.metrics.series}` } };

/** The account that may write to the bucket, and the Service by which Thanos finds each Prometheus. */
export const prometheusAccount = (plan: ClusterServicesPlan): HelmValues =>
  hasLongTerm(plan)
    ? {
        serviceAccount: { create: true, name: METRICS_ACCOUNTS.prometheus.serviceAccount },
        thanosService: { enabled: true },
      }
    : {};
