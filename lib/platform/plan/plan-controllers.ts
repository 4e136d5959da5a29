import type { AlertmanagerPlan, ClusterServicesProps } from '../../kubernetes';
import {
  clusterName,
  type EnvironmentSpec,
  karpenterQueue,
  maxNodes,
  RECEIVER_SECRET,
  type ScalingMetric,
  spotShareSpec,
  type TelemetrySpec,
} from '../../model';
import { SPOT_SHARE_DEFAULTS } from '../../model/capacity/spot-share';
import { alertmanagerConfig } from '../../telemetry';

/** Every metric that the adapter must answer for. Where KEDA owns the external ones, it measures the others as well. */
export const adapterMetrics = ({ services, externalMetrics }: EnvironmentSpec): ScalingMetric[] =>
  externalMetrics === 'keda' ? [] : services.flatMap(({ scaling }) => scaling.metrics);

/** What Alertmanager is told, and where its secrets are. */
const planAlertmanager = ({ receivers }: TelemetrySpec): AlertmanagerPlan => ({
  config: alertmanagerConfig(receivers),
  secretName: receivers.secretName ?? RECEIVER_SECRET,
});

/** What must stand in a cluster before its workloads. */
export function planControllers(platform: string, environment: EnvironmentSpec): ClusterServicesProps {
  const { cluster, region, stage, mesh, externalMetrics, zones, telemetry } = environment;
  const spot = spotShareSpec(cluster, zones.length);
  const name = clusterName(platform, environment.name);
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
    ...(telemetry && { alertmanager: planAlertmanager(telemetry) }),
  };
}
