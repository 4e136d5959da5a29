import type { PostgresParameters, PostgresServerSpec, RedisServerSpec } from '../../lib/model';
import { Memory } from '../../lib/units';

/** The sixteen settings that the documents give PostgreSQL, but for the number of connections. */
export const PARAMETERS: PostgresParameters = {
  sharedBuffers: Memory.gib(1),
  effectiveCacheSize: Memory.gib(3),
  maintenanceWorkMem: Memory.mib(256),
  checkpointCompletionTarget: 0.9,
  walBuffers: Memory.mib(16),
  defaultStatisticsTarget: 100,
  randomPageCost: 1.1,
  effectiveIoConcurrency: 200,
  workMem: Memory.mib(4),
  minWalSize: Memory.gib(1),
  maxWalSize: Memory.gib(4),
  maxWorkerProcesses: 8,
  maxParallelWorkersPerGather: 4,
  maxParallelWorkers: 8,
  maxParallelMaintenanceWorkers: 4,
};

export const MAX_CONNECTIONS = 1000;

/** Requests a second that one of each was measured to serve. */
export const STORE_RPS = { database: 2000, redis: 10_000, vectors: 1000 } as const;

/** PostgreSQL in one container: in the cluster of development, and on one machine. */
export const postgresServer: PostgresServerSpec = {
  kind: 'server',
  name: 'main',
  objectName: 'postgres',
  aliases: ['db-postgres'],
  databaseName: 'alfred',
  maxConnections: MAX_CONNECTIONS,
  parameters: PARAMETERS,
  nodes: 'stateful',
  measuredRps: STORE_RPS.database,
};

/** The same of Redis. */
export const redisServer: RedisServerSpec = {
  kind: 'server',
  name: 'redis',
  memory: Memory.gib(1),
  maxmemory: Memory.mib(800),
  eviction: 'allkeys-lru',
  nodes: 'stateful',
  measuredRps: STORE_RPS.redis,
};
