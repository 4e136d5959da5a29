import type { RedisReplicationGroupProps } from '../../aws';
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
import {
  type CacheSpec,
  cacheSecret,
  clusterName,
  type EnvironmentSpec,
  type Footprint,
  footprint,
  isRedisCluster,
  isReplicationGroup,
  type RedisClusterSpec,
  type RedisReplicationGroupSpec,
  redisServerPlan,
  replicationGroupPlan,
  secretRoot,
  storeHost,
} from '../../model';
import { clientsOf } from './connections';
import type { StorePlace } from './plan-database';
import { placementOn } from './plan-placement';
import { authSecret, tlsSecret } from './plan-secrets';

/** Class of the volumes that an environment makes. */
export const VOLUME_CLASS = 'gp3';

/** What a declared Redis Cluster is in Kubernetes: open to the services that connect to it. */
export function planCache(platform: string, environment: EnvironmentSpec, cache: RedisClusterSpec): RedisClusterProps {
  const placement = placementOn(environment, cache.nodes);
  const { images = {} } = environment;
  return {
    ...cache,
    zones: environment.zones,
    clients: clientsOf(environment, 'cache', cache.name).map(({ name }) => ({ pods: selectorLabels(name) })),
    tls: { secretName: tlsSecret(cache.name) },
    auth: { secretName: authSecret(cache.name), key: 'password' },
    storageClass: VOLUME_CLASS,
    priorityClass: 'critical',
    jobPriorityClass: 'standard',
    partOf: platform,
    ...(images.redis && { image: images.redis }),
    ...(images.redisExporter && { exporterImage: images.redisExporter }),
    ...(placement && { placement }),
  };
}

/** What a declared cache is in ElastiCache. */
export const planReplicationGroup = (
  platform: string,
  environment: EnvironmentSpec,
  cache: RedisReplicationGroupSpec,
  place: StorePlace,
): RedisReplicationGroupProps => ({
  ...cache,
  ...place,
  identifier: `${clusterName(platform, environment.name)}-${cache.name}`,
  secretName: cacheSecret(secretRoot(platform, environment.name), cache.name),
  asOf: environment.asOf,
});

/** How pods of the namespace reach a cache. */
export interface CacheEndpoint {
  /** Labels of its pods; undefined if it is outside the cluster. */
  readonly selector: Labels | undefined;
  readonly port: number;
  /** `host:port` of every member; undefined until it exists. */
  readonly addresses: readonly string[] | undefined;
}

/** Where a cache is, as far as synthesis knows: ElastiCache gives its names later, in a secret. */
export function cacheEndpoint({ zones, namespace }: EnvironmentSpec, cache: CacheSpec): CacheEndpoint {
  if (isReplicationGroup(cache)) {
    return { selector: undefined, port: replicationGroupPlan(cache).port, addresses: undefined };
  }
  if (isRedisCluster(cache)) {
    const plan = redisClusterPlan({ ...cache, zones, clients: [] });
    return { selector: memberSelector(plan), port: plan.port, addresses: clientAddresses(plan, namespace) };
  }
  const { objectName, port } = redisServerPlan(cache);
  const host = storeHost(cache, namespace);
  return { selector: selectorLabels(objectName), port, addresses: [`${host}:${port}`] };
}

/** What a Redis Cluster holds at most. */
export function cacheFootprint(cache: RedisClusterProps): Footprint {
  const plan = redisClusterPlan(cache);
  const members = memberHosts(plan).flat().length;
  return footprint(members, podResources(memberPod(plan, 0)));
}
