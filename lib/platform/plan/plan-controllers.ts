import type { ClusterServicesProps } from '../../kubernetes';
import { clusterName, type EnvironmentSpec, nodeBounds, type ScalingMetric } from '../../model';

/** Every metric that the adapter must answer for. Where KEDA owns the external ones, it measures the others as well. */
export const adapterMetrics = ({ services, externalMetrics }: EnvironmentSpec): ScalingMetric[] =>
  externalMetrics === 'keda' ? [] : services.flatMap(({ scaling }) => scaling.metrics);

/** What must stand in a cluster before its workloads. */
export function planControllers(platform: string, environment: EnvironmentSpec): ClusterServicesProps {
  const { cluster, region, stage, mesh, externalMetrics, zones } = environment;
  return {
    clusterName: clusterName(platform, environment.name),
    region,
    stage,
    asOf: environment.asOf,
    metrics: adapterMetrics(environment),
    maxNodes: nodeBounds(cluster.nodeGroups, zones.length).max,
    ...(cluster.version && { version: cluster.version }),
    ...(cluster.autoscaler && { nodeAutoscaler: cluster.autoscaler }),
    ...(externalMetrics && { externalMetrics }),
    ...(mesh && { mesh }),
  };
}
