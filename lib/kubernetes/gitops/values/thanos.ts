import { CRITICAL, type HelmValues, resourceValues, spreadValues } from '../../../config/helm-values';
import { METRICS_ACCOUNTS, MONITORING_NAMESPACE, THANOS_QUERY } from '../../../model';
import { Cpu, Memory } from '../../../units';
import type { ClusterServicesPlan } from '../cluster-services-props';
import { nodeValues, type ObservabilityServices, objectStore, storedPod } from '../observability-services';

/** Label by which two Prometheus of one cluster differ, as their operator has it. */
const REPLICA = 'prometheus_replica';

/** Ports of gRPC among parts of Thanos. */
const GRPC_PORT = 10_901;

const labels = (component: string) => ({
  'app.kubernetes.io/instance': 'thanos',
  'app.kubernetes.io/component': component,
});

const budget = (replicas: number): HelmValues => ({ enabled: replicas > 1, maxUnavailable: 1 });

const volume = ({ storageClass }: ObservabilityServices, size: Memory): HelmValues => ({
  enabled: true,
  storageClass,
  size: `${size}`,
  retainDeleted: false,
  retainScaled: false,
});

/** Days after which the compactor takes blocks out of the bucket, of whatever resolution. */
const retention = (days: number): string[] =>
  ['raw', '5m', '1h'].map((resolution) => `--retention.resolution-${resolution}=${days}d`);

/**
 * What is asked for measurements that no volume has any more. Each Prometheus uploads its blocks; the store shows those of the
 * bucket, the query joins both and leaves one of each pair of series out. The compactor, of which there is never more than
 * one, joins blocks, thins out what is old, and is the only one that deletes. It leaves both copies alone: what is joined
 * wrongly cannot be taken apart again.
 */
export function thanosValues(plan: ClusterServicesPlan): HelmValues {
  const { observability, replicas, region } = plan;
  const longTerm = observability?.plan.metrics.longTerm;
  const [store, compactor] = [storedPod(plan, 'store-gateway'), storedPod(plan, 'compactor')];
  if (observability?.bucket === undefined || !longTerm || !store || !compactor) return {};
  const nodes = nodeValues(observability);
  return {
    objstoreConfig: { create: true, value: objectStore(observability.bucket, region) },
    serviceMonitor: { enabled: true },
    autoGomemlimit: { enabled: true },
    additionalReplicaLabels: [REPLICA],
    additionalEndpoints: [`dnssrv+_grpc._tcp.kube-prometheus-stack-thanos-discovery.${MONITORING_NAMESPACE}.svc`],
    query: {
      enabled: true,
      replicas,
      service: { grpcPort: GRPC_PORT, httpPort: THANOS_QUERY.port },
      podDisruptionBudget: budget(replicas),
      priorityClassName: CRITICAL,
      resources: resourceValues({ cpu: Cpu.millis(100), memory: Memory.mib(256), memoryLimit: Memory.gib(1) }),
      topologySpreadConstraints: spreadValues(labels('query')),
    },
    storeGateway: {
      enabled: true,
      replicas: store.pods,
      serviceAccount: { create: true, name: METRICS_ACCOUNTS.store.serviceAccount },
      podDisruptionBudget: budget(replicas),
      priorityClassName: CRITICAL,
      resources: resourceValues(store),
      persistence: volume(observability, store.volume),
      topologySpreadConstraints: spreadValues(labels('store-gateway')),
      ...nodes,
    },
    compact: {
      enabled: true,
      deduplication: { enabled: false },
      serviceAccount: { create: true, name: METRICS_ACCOUNTS.compactor.serviceAccount },
      extraArgs: retention(longTerm.retention.toDays()),
      resources: resourceValues(compactor),
      persistence: volume(observability, compactor.volume),
      ...nodes,
    },
    queryFrontend: { enabled: false },
    receive: { enabled: false },
    rule: { enabled: false },
  };
}
