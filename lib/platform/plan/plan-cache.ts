import type { RedisReplicationGroupProps } from '../../aws';
import {
  type Labels,
  memberHosts,
  memberSelector,
  podResources,
  type RedisClusterProps,
  type RedisServerProps,
  redisClusterPlan,
  selectorLabels,
} from '../../kubernetes';
import { memberPod } from '../../kubernetes/redis/redis-member';
import { clientHosts } from '../../kubernetes/redis/redis-plan';
import {
  type CacheSpec,
  cacheSecret,
  clusterName,
  type EnvironmentSpec,
  type Footprint,
  footprint,
  imageFor,
  isRedisCluster,
  isReplicationGroup,
  type RedisClusterSpec,
  type RedisReplicationGroupSpec,
  redisServerPlan,
  replicationGroupPlan,
  secretRoot,
  storeHost,
} from '../../model';
import type { StorePlace } from './plan-database';
import { planPodStore } from './plan-pod-store';

/** Images of Redis and of what measures it, where the environment has its own. */
export function redisImages(environment: EnvironmentSpec): Pick<RedisServerProps, 'image' | 'exporterImage'> {
  const [image, exporterImage] = [imageFor(environment, 'redis'), imageFor(environment, 'redisExporter')];
  return { ...(image && { image }), ...(exporterImage && { exporterImage }) };
}

/** What a declared Redis Cluster is in Kubernetes: open to the services that connect to it. */
export const planCache = (
  platform: string,
  environment: EnvironmentSpec,
  cache: RedisClusterSpec,
): RedisClusterProps => ({
  ...cache,
  ...planPodStore(platform, environment, cache, 'cache'),
  zones: environment.zones,
  jobPriorityClass: 'standard',
  ...redisImages(environment),
});

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
  /** Names of every member; undefined until it exists. */
  readonly hosts: readonly string[] | undefined;
}

/** `host:port` of every member; undefined until it exists. */
export const cacheAddresses = ({ hosts, port }: CacheEndpoint): string[] | undefined =>
  hosts?.map((host) => `${host}:${port}`);

/** Where a cache is, as far as synthesis knows: ElastiCache gives its names later, in a secret. */
export function cacheEndpoint({ zones, namespace }: EnvironmentSpec, cache: CacheSpec): CacheEndpoint {
  if (isReplicationGroup(cache)) {
    return { selector: undefined, port: replicationGroupPlan(cache).port, hosts: undefined };
  }
  if (isRedisCluster(cache)) {
    const plan = redisClusterPlan({ ...cache, zones, clients: [] });
    return { selector: memberSelector(plan), port: plan.port, hosts: clientHosts(plan, namespace) };
  }
  const { objectName, port } = redisServerPlan(cache);
  return { selector: selectorLabels(objectName), port, hosts: [storeHost(cache, namespace)] };
}

/** What a Redis Cluster holds at most. */
export function cacheFootprint(cache: RedisClusterProps): Footprint {
  const plan = redisClusterPlan(cache);
  const members = memberHosts(plan).flat().length;
  return footprint(members, podResources(memberPod(plan, 0)));
}
