import type { FailoverRunbookProps } from '../../config/runbook/failover-runbook';
import type { RunbookCache, RunbookDatabase, RunbookNodes, RunbookPlace } from '../../config/runbook/runbook-props';
import {
  allNodes,
  clusterName,
  databaseIdentifier,
  databaseRolesName,
  type EnvironmentSpec,
  isDatabaseServer,
  isRedisServer,
  isReplica,
  isReplicationGroup,
  type PlatformSpec,
  redisServerPlan,
  replicationGroupPlan,
  successorOf,
  telemetryPlan,
  writersIn,
} from '../../model';
import { postgresPlan } from '../../model/postgres/postgres';
import { redisPlan } from '../../model/redis/redis';
import { databasesWithRoles } from './plan-database-roles';
import { runbookWorkload } from './plan-runbook-workloads';

/** Where commands are run. */
export function runbookPlace(
  platform: PlatformSpec,
  environment: EnvironmentSpec,
  files: readonly string[],
): RunbookPlace {
  const { name, region, namespace, telemetry, gitops } = environment;
  return {
    platform: platform.name,
    environment: name,
    region,
    cluster: clusterName(platform.name, name),
    namespace,
    appliedBy: gitops === undefined ? 'kubectl' : 'argo-cd',
    ...(telemetry && { grafana: telemetryPlan(telemetry).grafana }),
    files,
  };
}

/** Databases, and how somebody speaks to each. */
export function runbookDatabases(platform: PlatformSpec, environment: EnvironmentSpec): RunbookDatabase[] {
  const withRoles = databasesWithRoles(environment).map(({ name }) => name);
  return environment.databases.map((database): RunbookDatabase => {
    const { name, maxConnections } = database;
    const pooler = environment.poolers?.find((one) => one.database === name);
    const pooled = pooler && { pooler: { name: pooler.name, serverConnections: pooler.serverConnections } };
    if (isDatabaseServer(database)) {
      const { objectName = name, databaseName } = database;
      return { name, databaseName, maxConnections, ...pooled, runs: 'pod', object: objectName };
    }
    const identifier = databaseIdentifier(platform.name, environment.name, name);
    if (isReplica(database)) {
      const { multiAz = false } = database;
      return { name, databaseName: name, maxConnections, ...pooled, runs: 'rds', identifier, isReplica: true, multiAz };
    }
    const { databaseName, multiAz } = postgresPlan(database);
    return {
      name,
      databaseName,
      maxConnections,
      ...pooled,
      runs: 'rds',
      identifier,
      isReplica: false,
      multiAz,
      ...(withRoles.includes(name) && { rolesJob: databaseRolesName(name) }),
    };
  });
}

/** Caches, and a member of each to ask. */
export const runbookCaches = (platform: PlatformSpec, environment: EnvironmentSpec): RunbookCache[] =>
  environment.caches.map((cache): RunbookCache => {
    const { name } = cache;
    if (isReplicationGroup(cache)) {
      const { port, replicasPerShard: replicas } = replicationGroupPlan(cache);
      return {
        name,
        port,
        runs: 'elasticache',
        identifier: `${clusterName(platform.name, environment.name)}-${name}`,
        replicas,
      };
    }
    if (isRedisServer(cache)) {
      const { port, objectName } = redisServerPlan(cache);
      return { name, port, runs: 'pod', pod: `${objectName}-0`, isCluster: false, replicas: 0 };
    }
    const { port, replicasPerShard: replicas } = redisPlan(cache);
    return { name, port, runs: 'pod', pod: `${name}-shard-0-0`, isCluster: true, replicas };
  });

/** Every kind of node, once. */
export const runbookNodes = ({ cluster, zones }: Pick<EnvironmentSpec, 'cluster' | 'zones'>): RunbookNodes[] =>
  allNodes(cluster, zones.length).map(({ name, min, max, instanceTypes, zones: over }) => ({
    name,
    min,
    max,
    instanceTypes,
    zoned: over === 'each',
  }));

/** What stands by for this environment, and what this one stands by for. */
export function planFailover(
  platform: PlatformSpec,
  environment: EnvironmentSpec,
  place: RunbookPlace,
): FailoverRunbookProps {
  const [writer] = environment.backups === undefined ? [] : writersIn(platform, environment);
  const successor = writer && successorOf(platform, environment, writer.name);
  const [original] = platform.environments.filter(({ name }) => name === environment.standbyFor);
  return {
    place,
    databases: runbookDatabases(platform, environment),
    caches: runbookCaches(platform, environment),
    ...(successor && {
      standby: {
        environment: successor.environment.name,
        region: successor.environment.region,
        ...(successor.environment.standbyFor !== undefined && {
          runbook: `../${successor.environment.name}/failover.md#taking-over-from-${environment.name}`,
        }),
      },
    }),
    ...(original && {
      takesOver: {
        environment: original.name,
        runbook: `../${original.name}/recovery.md#loss-of-a-region`,
        raised: environment.services.flatMap((service) => {
          const min = Math.max(
            0,
            ...original.services.filter(({ name }) => name === service.name).map((one) => one.scaling.min),
          );
          return min > service.scaling.min
            ? [{ workload: runbookWorkload(platform, environment, service), pods: Math.min(min, service.scaling.max) }]
            : [];
        }),
      },
    }),
  };
}
