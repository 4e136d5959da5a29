export {
  EVICTION_POLICIES,
  type EvictionPolicy,
  maxmemoryOf,
  type RedisClusterSpec,
  type RedisPlan,
  type SnapshotRule,
} from './redis';
export { inspectRedis, REDIS_CHECKS, type ZonedRedisPlan } from './redis-checks';
export { REDIS_DATA_CHECKS, type RedisData } from './redis-data-checks';
export { type RedisServerPlan, type RedisServerSpec, redisServerPlan } from './redis-server';
export { inspectRedisServer, REDIS_SERVER_CHECKS } from './redis-server-checks';
export {
  type RedisReplicationGroupSpec,
  type ReplicationGroupPlan,
  replicationGroupPlan,
} from './replication-group';
export { inspectReplicationGroup, REPLICATION_GROUP_CHECKS } from './replication-group-checks';
export { REPLICATION_GROUP_SHAPE_CHECKS } from './replication-group-shape-checks';
export { REPLICATION_GROUP_VERSION_CHECKS } from './replication-group-version-checks';
