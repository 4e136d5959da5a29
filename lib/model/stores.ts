import type { PostgresSpec } from './postgres/postgres';
import type { PostgresReplicaSpec } from './postgres/postgres-replica';
import type { PostgresServerSpec } from './postgres/postgres-server';
import type { RedisClusterSpec } from './redis/redis';
import type { RedisServerSpec } from './redis/redis-server';
import type { RedisReplicationGroupSpec } from './redis/replication-group';
import type { VectorDatabaseSpec } from './vector/vector-database';

/** Where tables are kept: an RDS instance, a replica of another environment's, or one pod for development. */
export type DatabaseSpec = PostgresSpec | PostgresReplicaSpec | PostgresServerSpec;

/** Where results are kept for a while: a Redis Cluster in Kubernetes, ElastiCache, or one pod. */
export type CacheSpec = RedisClusterSpec | RedisReplicationGroupSpec | RedisServerSpec;

export const isInstance = (database: DatabaseSpec): database is PostgresSpec =>
  database.kind === undefined || database.kind === 'instance';

export const isReplica = (database: DatabaseSpec): database is PostgresReplicaSpec => database.kind === 'replica';

export const isDatabaseServer = (database: DatabaseSpec): database is PostgresServerSpec => database.kind === 'server';

export const isRedisCluster = (cache: CacheSpec): cache is RedisClusterSpec =>
  cache.kind === undefined || cache.kind === 'cluster';

export const isReplicationGroup = (cache: CacheSpec): cache is RedisReplicationGroupSpec =>
  cache.kind === 'replication-group';

export const isRedisServer = (cache: CacheSpec): cache is RedisServerSpec => cache.kind === 'server';

/** A store whose pods run in the cluster. */
export type PodStore = PostgresServerSpec | RedisClusterSpec | RedisServerSpec | VectorDatabaseSpec;

/** The stores of an environment that are pods, and so need nodes and volumes. */
export const podStores = ({
  databases,
  caches,
  vectorDatabases = [],
}: {
  readonly databases: readonly DatabaseSpec[];
  readonly caches: readonly CacheSpec[];
  readonly vectorDatabases?: readonly VectorDatabaseSpec[];
}): PodStore[] => [
  ...databases.filter(isDatabaseServer),
  ...caches.filter((cache) => isRedisCluster(cache) || isRedisServer(cache)),
  ...vectorDatabases,
];
