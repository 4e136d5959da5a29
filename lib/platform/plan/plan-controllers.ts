import type { AlertmanagerPlan, ClusterServicesProps } from '../../kubernetes';
import {
  ALERTMANAGER_ACCOUNT,
  clusterName,
  type EnvironmentSpec,
  type HeartbeatTarget,
  heartbeatOf,
  karpenterQueue,
  maxNodes,
  type PlatformSpec,
  RECEIVER_SECRET,
  type ScalingMetric,
  spotShareSpec,
  type TelemetrySpec,
} from '../../model';
import { SPOT_SHARE_DEFAULTS } from '../../model/capacity/spot-share';
import { alertmanagerConfig } from '../../telemetry';
import { planBackupPlaces } from './plan-delivery';
import { planObservabilityServices } from './plan-observability';

/** Every metric that the adapter must answer for. Where KEDA owns the external ones, it measures the others as well. */
export const adapterMetrics = ({ services, externalMetrics }: EnvironmentSpec): ScalingMetric[] =>
  externalMetrics === 'keda' ? [] : services.flatMap(({ scaling }) => scaling.metrics);

/** What Alertmanager is told, and where its secrets are. */
const planAlertmanager = ({ receivers }: TelemetrySpec, heartbeat: HeartbeatTarget | undefined): AlertmanagerPlan => ({
  config: alertmanagerConfig(receivers, heartbeat),
  secretName: receivers.secretName ?? RECEIVER_SECRET,
  ...(heartbeat && { serviceAccount: ALERTMANAGER_ACCOUNT.serviceAccount }),
});

/** What must stand in a cluster before its workloads. */
export function planControllers(platform: PlatformSpec, environment: EnvironmentSpec): ClusterServicesProps {
  const { cluster, region, stage, mesh, externalMetrics, zones, telemetry } = environment;
  const spot = spotShareSpec(cluster, zones.length);
  const name = clusterName(platform.name, environment.name);
  const observability = planObservabilityServices(platform.name, environment);
  const velero = planBackupPlaces(platform, environment);
  return {
    clusterName: name,
    region,
    stage,
    asOf: environment.asOf,
    metrics: adapterMetrics(environment),
    maxNodes: maxNodes(cluster, zones.length),
    ...(cluster.version && { version: cluster.version }),
    ...(cluster.autoscaler && { nodeAutoscaler: cluster.autoscaler }),
    ...(cluster.karpenter && { interruptionQueue: karpenterQueue(name) }),
    ...(spot && {
      preferredNodeGroups: [spot.name ?? SPOT_SHARE_DEFAULTS.name],
      provisionTimeout: spot.provisionTimeout ?? SPOT_SHARE_DEFAULTS.provisionTimeout,
    }),
    ...(externalMetrics && { externalMetrics }),
    ...(mesh && { mesh }),
    ...(telemetry && { alertmanager: planAlertmanager(telemetry, heartbeatOf(platform.name, environment)) }),
    ...(observability && { observability }),
    ...(velero && { velero }),
    ...(environment.chaos && { chaos: true }),
    ...(environment.constraints && { constraints: true }),
  };
}
