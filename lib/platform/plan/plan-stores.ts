import {
  type PostgresServerProps,
  podResources,
  type RedisServerProps,
  type VectorDatabaseProps,
} from '../../kubernetes';
import { postgresServerPlan } from '../../kubernetes/stores/postgres-server-plan';
import { postgresServerPod } from '../../kubernetes/stores/postgres-server-pod';
import { redisServerPlan } from '../../kubernetes/stores/redis-server-plan';
import { redisServerPod } from '../../kubernetes/stores/redis-server-pod';
import { vectorDatabasePlan } from '../../kubernetes/stores/vector-database-plan';
import { vectorDatabasePod } from '../../kubernetes/stores/vector-database-pod';
import {
  type EnvironmentSpec,
  type Footprint,
  footprint,
  imageFor,
  isDatabaseServer,
  isRedisCluster,
  isRedisServer,
  type PostgresServerSpec,
  type RedisServerSpec,
  total,
  type VectorDatabaseSpec,
} from '../../model';
import { clientsOf } from './connections';
import { cacheFootprint, planCache, redisImages } from './plan-cache';
import { planPodStore } from './plan-pod-store';
import { roleSecret } from './secret-names';

/** A declared PostgreSQL in the cluster, with a role for each service that connects to it. */
export function planPostgresServer(
  platform: string,
  environment: EnvironmentSpec,
  server: PostgresServerSpec,
): PostgresServerProps {
  const [image, exporterImage] = [imageFor(environment, 'postgres'), imageFor(environment, 'postgresExporter')];
  return {
    ...server,
    ...planPodStore(platform, environment, server, 'database'),
    roles: clientsOf(environment, 'database', server.name).map(({ name }) => ({
      secretName: roleSecret(name, server.name),
    })),
    ...(image && { image }),
    ...(exporterImage && { exporterImage }),
  };
}

/** A declared Redis of one pod. */
export const planRedisServer = (
  platform: string,
  environment: EnvironmentSpec,
  server: RedisServerSpec,
): RedisServerProps => ({
  ...server,
  ...planPodStore(platform, environment, server, 'cache'),
  ...redisImages(environment),
});

/** A declared vector database. */
export function planVectorDatabase(
  platform: string,
  environment: EnvironmentSpec,
  database: VectorDatabaseSpec,
): VectorDatabaseProps {
  const image = imageFor(environment, 'qdrant');
  return {
    ...database,
    ...planPodStore(platform, environment, database, 'vector-database'),
    ...(image && { image }),
  };
}

/** Pods of all stores in the cluster, and what they hold. Volumes: one each, two of a vector database. */
export function storesFootprint(
  platform: string,
  environment: EnvironmentSpec,
): Footprint & { readonly claims: number } {
  const { databases, caches, vectorDatabases = [] } = environment;
  const clusters = caches
    .filter(isRedisCluster)
    .map((cache) => cacheFootprint(planCache(platform, environment, cache)));
  const pods = [
    ...databases
      .filter(isDatabaseServer)
      .map((server) => postgresServerPod(postgresServerPlan(planPostgresServer(platform, environment, server)))),
    ...caches
      .filter(isRedisServer)
      .map((server) => redisServerPod(redisServerPlan(planRedisServer(platform, environment, server)))),
    ...vectorDatabases.map((database) =>
      vectorDatabasePod(vectorDatabasePlan(planVectorDatabase(platform, environment, database))),
    ),
  ];
  const sum = total([...clusters, ...pods.map((pod) => footprint(1, podResources(pod)))]);
  return { ...sum, claims: sum.pods + vectorDatabases.length };
}
