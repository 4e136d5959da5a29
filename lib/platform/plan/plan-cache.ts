import {
  clientAddresses,
  type Labels,
  memberHosts,
  memberSelector,
  podResources,
  type RedisClusterProps,
  redisClusterPlan,
  selectorLabels,
} from '../../kubernetes';
import { memberPod } from '../../kubernetes/redis/redis-member';
import { type EnvironmentSpec, type Footprint, footprint, type RedisClusterSpec } from '../../model';
import { clientsOf } from './connections';
import { placementOn } from './plan-placement';
import { cacheAuthSecret, tlsSecret } from './plan-secrets';

/** Class of the volumes that an environment makes. */
export const VOLUME_CLASS = 'gp3';

/** What a declared cache is in Kubernetes: open to the services that connect to it. */
export function planCache(platform: string, environment: EnvironmentSpec, cache: RedisClusterSpec): RedisClusterProps {
  const placement = placementOn(environment, cache.nodes);
  const { images = {} } = environment;
  return {
    ...cache,
    zones: environment.zones,
    clients: clientsOf(environment, 'cache', cache.name).map(({ name }) => ({ pods: selectorLabels(name) })),
    tls: { secretName: tlsSecret(cache.name) },
    auth: { secretName: cacheAuthSecret(cache.name), key: 'password' },
    storageClass: VOLUME_CLASS,
    priorityClass: 'critical',
    jobPriorityClass: 'standard',
    partOf: platform,
    ...(images.redis && { image: images.redis }),
    ...(images.redisExporter && { exporterImage: images.redisExporter }),
    ...(placement && { placement }),
  };
}

/** How pods of the namespace reach a cache. */
export interface CacheEndpoint {
  /** Labels of its members. */
  readonly selector: Labels;
  readonly port: number;
  /** `host:port` of every member. */
  readonly addresses: readonly string[];
}

export function cacheEndpoint(environment: EnvironmentSpec, cache: RedisClusterSpec): CacheEndpoint {
  const plan = redisClusterPlan({ ...cache, zones: environment.zones, clients: [] });
  return {
    selector: memberSelector(plan),
    port: plan.port,
    addresses: clientAddresses(plan, environment.namespace),
  };
}

/** What a cache holds at most. */
export function cacheFootprint(cache: RedisClusterProps): Footprint {
  const plan = redisClusterPlan(cache);
  const members = memberHosts(plan).flat().length;
  return footprint(members, podResources(memberPod(plan, 0)));
}
