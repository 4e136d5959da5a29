import { CACHE_NODES, cacheNode, RDS_CLASSES, rdsClass } from '../../catalog';
import { HOURS_PER_MONTH, unitPrice } from '../../catalog/prices';
import type { Memory } from '../../units';
import type { EnvironmentSpec } from '../environment';
import type { PostgresSpec } from '../postgres/postgres';
import { postgresPlan } from '../postgres/postgres';
import { replicaPlan } from '../postgres/postgres-replica';
import { postgresServerPlan } from '../postgres/postgres-server';
import { membersPerShard, redisPlan } from '../redis/redis';
import { redisServerPlan } from '../redis/redis-server';
import { nodesOf, type RedisReplicationGroupSpec, replicationGroupPlan } from '../redis/replication-group';
import {
  type CacheSpec,
  type DatabaseSpec,
  isDatabaseServer,
  isRedisCluster,
  isReplica,
  isReplicationGroup,
} from '../stores';
import { type VectorDatabaseSpec, vectorDatabasePlan } from '../vector/vector-database';
import { costLine } from './monthly-cost';
import { type Costs, together } from './node-costs';
import type { MonthlyUsage } from './usage';

/** Valkey is said to cost a fifth less than Redis OSS on the same node; nobody has read that price. */
const VALKEY = { min: 0.8, expected: 1, max: 1 } as const;

const gib = (memory: Memory): number => memory.inBytes / 2 ** 30;

/** An instance, its standby and the storage of both. A replica is an instance too, with its primary's storage. */
function instanceCosts(
  name: string,
  instanceClass: string,
  multiAz: boolean,
  primary: PostgresSpec | undefined,
): Costs {
  const copies = multiAz ? 2 : 1;
  const usdPerHour = rdsClass(instanceClass)?.usdPerHour;
  const storage = unitPrice('rds-storage');
  const hours: Costs =
    usdPerHour === undefined
      ? {
          lines: [],
          unpriced: [{ item: `instance of ${name}`, reason: `the catalog has no price of ${instanceClass}` }],
        }
      : {
          lines: [
            costLine({
              item: `instance of ${name}`,
              quantity: copies * HOURS_PER_MONTH,
              unit: 'hour',
              unitUsd: usdPerHour,
              source: RDS_CLASSES.source,
            }),
          ],
          unpriced: [],
        };
  if (primary === undefined) {
    const reason = 'it is as large as that of its primary, which was not stated';
    return together([hours, { lines: [], unpriced: [{ item: `storage of ${name}`, reason }] }]);
  }
  const declared = gib(primary.storage) * copies;
  const most = gib(primary.maxStorage ?? primary.storage) * copies;
  const volume = costLine({
    item: `storage of ${name}`,
    quantity: { min: declared, expected: declared, max: most },
    unit: storage.unit,
    unitUsd: storage.usd,
    source: storage.source,
  });
  return together([hours, { lines: [volume], unpriced: [] }]);
}

/** Volumes of pods in the cluster; the nodes below them are paid for as nodes. */
function volumeCosts(name: string, size: number): Costs {
  const { unit, usd, source } = unitPrice('gp3-storage');
  return {
    lines: [costLine({ item: `volumes of ${name}`, quantity: size, unit, unitUsd: usd, source })],
    unpriced: [],
  };
}

function databaseCosts(database: DatabaseSpec, { primaries = {} }: MonthlyUsage): Costs {
  if (isDatabaseServer(database)) return volumeCosts(database.name, gib(postgresServerPlan(database).storage));
  if (!isReplica(database)) {
    const { name, instanceClass, multiAz, iops, throughputMibps } = postgresPlan(database);
    const faster = {
      item: `faster storage of ${name}`,
      reason: 'the catalog has no price of operations and throughput',
    };
    const unpriced = iops === undefined && throughputMibps === undefined ? [] : [faster];
    return together([instanceCosts(name, instanceClass, multiAz, database), { lines: [], unpriced }]);
  }
  const primary = primaries[database.name];
  const { multiAz = true } = primary === undefined ? database : replicaPlan(database, primary);
  const followed = primary && {
    ...primary,
    ...(database.maxStorage === undefined ? {} : { maxStorage: database.maxStorage }),
  };
  return instanceCosts(database.name, database.instanceClass, multiAz, followed);
}

function replicationGroupCosts(group: RedisReplicationGroupSpec): Costs {
  const plan = replicationGroupPlan(group);
  const item = `nodes of ${group.name}`;
  const usdPerHour = cacheNode(plan.nodeType)?.usdPerHour;
  if (usdPerHour === undefined) {
    return { lines: [], unpriced: [{ item, reason: `the catalog has no price of ${plan.nodeType}` }] };
  }
  const factor = plan.engine === 'valkey' ? VALKEY : { min: 1, expected: 1, max: 1 };
  const unitUsd = {
    min: usdPerHour * factor.min,
    expected: usdPerHour * factor.expected,
    max: usdPerHour * factor.max,
  };
  const quantity = nodesOf(plan) * HOURS_PER_MONTH;
  return { lines: [costLine({ item, quantity, unit: 'hour', unitUsd, source: CACHE_NODES.source })], unpriced: [] };
}

function cacheCosts(cache: CacheSpec): Costs {
  if (isReplicationGroup(cache)) return replicationGroupCosts(cache);
  if (!isRedisCluster(cache)) return volumeCosts(cache.name, gib(redisServerPlan(cache).storage));
  const plan = redisPlan(cache);
  return volumeCosts(cache.name, gib(plan.storage) * plan.shards * membersPerShard(plan));
}

function vectorCosts(database: VectorDatabaseSpec): Costs {
  const { name, storage, snapshots } = vectorDatabasePlan(database);
  return volumeCosts(name, gib(storage) + gib(snapshots));
}

/** What the stores of an environment cost beside the nodes that their pods run on. */
export const storeCosts = ({ databases, caches, vectorDatabases = [] }: EnvironmentSpec, usage: MonthlyUsage): Costs =>
  together([
    ...databases.map((database) => databaseCosts(database, usage)),
    ...caches.map(cacheCosts),
    ...vectorDatabases.map(vectorCosts),
  ]);
