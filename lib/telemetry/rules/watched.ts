import { podNames } from '../../config/keda-query';
import {
  type EnvironmentSpec,
  isDatabaseServer,
  isRedisCluster,
  isRedisServer,
  redisServerPlan,
  type TelemetryPlan,
  type TelemetrySpec,
  telemetryPlan,
} from '../../model';
import { membersPerShard, redisPlan } from '../../model/redis/redis';

/** Something with pods and an autoscaler: a service, or the gateway. */
export interface WatchedWorkload {
  readonly name: string;
  /** Name of its HorizontalPodAutoscaler. */
  readonly autoscaler: string;
  /** Names of its pods, as a regular expression. */
  readonly pods: string;
}

/** A cache whose members are pods. */
export interface WatchedCache {
  readonly name: string;
  readonly members: number;
  readonly isCluster: boolean;
  readonly evicts: boolean;
}

/** An environment as Prometheus sees it. */
export interface Watched {
  readonly platform: string;
  readonly environment: EnvironmentSpec;
  readonly plan: TelemetryPlan;
  /** Services and the gateway. */
  readonly workloads: readonly WatchedWorkload[];
  readonly caches: readonly WatchedCache[];
  /** Databases whose server is a pod: the name of its objects, and how many connections it takes. */
  readonly servers: readonly { readonly name: string; readonly maxConnections: number }[];
}

const drops = (eviction: string): boolean => eviction !== 'noeviction';

function workload(name: string, autoscaler: string, kind: 'Deployment' | 'Rollout', object: string): WatchedWorkload {
  const apiVersion = kind === 'Rollout' ? 'argoproj.io/v1alpha1' : 'apps/v1';
  return { name, autoscaler, pods: podNames({ apiVersion, kind, name: object }) ?? object };
}

/** What of an environment is watched by Prometheus. */
export function watched(platform: string, environment: EnvironmentSpec, telemetry: TelemetrySpec): Watched {
  const { services, gateway, caches, databases } = environment;
  return {
    platform,
    environment,
    plan: telemetryPlan(telemetry),
    workloads: [
      ...services.map(({ name, autoscalerName = name, rollout }) =>
        workload(name, autoscalerName, rollout ? 'Rollout' : 'Deployment', rollout?.rolloutName ?? name),
      ),
      ...(gateway ? [workload(gateway.name, gateway.name, 'Deployment', gateway.name)] : []),
    ],
    caches: caches.flatMap((cache): WatchedCache[] => {
      if (isRedisServer(cache)) {
        return [{ name: cache.name, members: 1, isCluster: false, evicts: drops(redisServerPlan(cache).eviction) }];
      }
      if (!isRedisCluster(cache)) return [];
      const plan = redisPlan(cache);
      const members = plan.shards * membersPerShard(plan);
      return [{ name: cache.name, members, isCluster: true, evicts: drops(plan.eviction) }];
    }),
    servers: databases
      .filter(isDatabaseServer)
      .map(({ name, objectName = name, maxConnections }) => ({ name: objectName, maxConnections })),
  };
}
