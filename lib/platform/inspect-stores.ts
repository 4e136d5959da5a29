import { PostgresDatabase, PostgresReplica, RedisReplicationGroup } from '../aws';
import type { Finding } from '../check';
import { DatabaseRoles, PgBouncer, PostgresServer, RedisCluster, RedisServer, VectorDatabase } from '../kubernetes';
import {
  type EnvironmentSpec,
  isDatabaseServer,
  isInstance,
  isRedisCluster,
  isRedisServer,
  isReplica,
  isReplicationGroup,
  type PlatformSpec,
} from '../model';
import { planCache, planReplicationGroup } from './plan/plan-cache';
import { planDatabase, plannedPlace, planReplica } from './plan/plan-database';
import { databasesWithRoles, planDatabaseRoles } from './plan/plan-database-roles';
import { planPostgresServer, planRedisServer, planVectorDatabase } from './plan/plan-stores';
import { plannedPooler } from './plan/planned-pooler';

/** All that is wrong with the stores of an environment, managed or in the cluster; makes nothing. */
export function inspectStores(path: string, platform: PlatformSpec, environment: EnvironmentSpec): Finding[] {
  const place = plannedPlace(environment);
  const { databases, caches, vectorDatabases = [] } = environment;
  const { name } = platform;
  const at = (store: { readonly name: string }): string => `${path}/${store.name}`;
  return [
    ...databases
      .filter(isInstance)
      .flatMap((database) =>
        PostgresDatabase.inspect(at(database), planDatabase(platform, environment, database, place)),
      ),
    ...databasesWithRoles(environment).flatMap((database) =>
      DatabaseRoles.inspect(`${at(database)}/Roles`, planDatabaseRoles(name, environment, database)),
    ),
    ...(environment.poolers ?? []).flatMap((pooler) => {
      const plan = plannedPooler(platform, environment, pooler);
      return plan ? PgBouncer.inspect(at(pooler), plan) : [];
    }),
    ...databases.filter(isReplica).flatMap((replica) => {
      const plan = planReplica(platform, environment, replica, place);
      return plan ? PostgresReplica.inspect(at(replica), plan) : [];
    }),
    ...databases
      .filter(isDatabaseServer)
      .flatMap((server) => PostgresServer.inspect(at(server), planPostgresServer(name, environment, server))),
    ...caches
      .filter(isRedisCluster)
      .flatMap((cache) => RedisCluster.inspect(at(cache), planCache(name, environment, cache))),
    ...caches
      .filter(isReplicationGroup)
      .flatMap((cache) =>
        RedisReplicationGroup.inspect(at(cache), planReplicationGroup(name, environment, cache, place)),
      ),
    ...caches
      .filter(isRedisServer)
      .flatMap((server) => RedisServer.inspect(at(server), planRedisServer(name, environment, server))),
    ...vectorDatabases.flatMap((database) =>
      VectorDatabase.inspect(at(database), planVectorDatabase(name, environment, database)),
    ),
  ];
}
