import type {
  CacheSpec,
  DatabaseSpec,
  PostgresParameters,
  PostgresReplicaSpec,
  PostgresSpec,
  VectorDatabaseSpec,
} from '../../../lib/model';
import { Cpu, Duration, Memory, Percent } from '../../../lib/units';
import type { Draw } from './draw';

const CLASSES = ['db.m5.large', 'db.m6g.large', 'db.m6g.xlarge', 'db.r5.large', 'db.t4g.medium'] as const;

const parameters = (draw: Draw): PostgresParameters => ({
  ...draw.maybe(40, 'sharedBuffers', () => Memory.mib(draw.one(128, 256, 512))),
  ...draw.maybe(40, 'effectiveCacheSize', () => Memory.gib(draw.whole(1, 3))),
  ...draw.maybe(30, 'workMem', () => Memory.mib(draw.whole(1, 2))),
  ...draw.maybe(30, 'maintenanceWorkMem', () => Memory.mib(draw.whole(16, 256))),
  ...draw.maybe(30, 'walBuffers', () => Memory.mib(draw.whole(1, 32))),
  ...draw.maybe(30, 'checkpointCompletionTarget', () => draw.one(0, 0.5, 0.9, 1)),
  ...draw.maybe(30, 'randomPageCost', () => draw.one(1, 1.1, 4)),
  ...draw.maybe(30, 'maxWorkerProcesses', () => draw.whole(8, 16)),
  ...draw.maybe(30, 'logMinDurationStatement', () => Duration.millis(draw.one(0, 250, 5000))),
  ...draw.maybe(30, 'idleInTransactionSessionTimeout', () => Duration.minutes(draw.whole(1, 30))),
});

/** A name that is taken once it was deleted, or nothing at all left behind. */
const ending = (draw: Draw) =>
  draw.one(
    {},
    { finalSnapshot: 'the-last-one' },
    { deletionProtection: false, finalSnapshot: { noneBecause: 'made anew from fixtures' } },
    { deletionProtection: false, secretRecoveryWindow: Duration.days(0) },
  );

const instance = (draw: Draw, name: string): PostgresSpec => {
  const large = draw.chance(30);
  const gib = large ? draw.whole(400, 2000) : draw.whole(20, 399);
  return {
    name,
    databaseName: draw.one('shop', 'orders_1', 'Data'),
    version: draw.one('14', '15', '16', '17', '18', '16.14'),
    instanceClass: draw.one(...CLASSES),
    storage: Memory.gib(gib),
    ...draw.maybe(50, 'maxStorage', () => Memory.gib(gib * draw.whole(2, 4))),
    ...(large ? draw.maybe(50, 'iops', () => draw.whole(16_000, 64_000)) : {}),
    ...(large ? draw.maybe(40, 'throughputMibps', () => draw.whole(500, 3000)) : {}),
    ...draw.maybe(20, 'multiAz', () => false),
    ...draw.maybe(40, 'port', () => draw.whole(1150, 14_000)),
    ...draw.maybe(40, 'backupRetention', () => Duration.days(draw.whole(1, 35))),
    maxConnections: draw.whole(50, 400),
    ...draw.maybe(40, 'parameters', () => parameters(draw)),
    ...ending(draw),
  };
};

/** A copy of the first instance of another environment. */
export const replica = (draw: Draw, environment: string, of: PostgresSpec): PostgresReplicaSpec => ({
  kind: 'replica',
  name: of.name,
  of: { environment, database: of.name },
  instanceClass: of.instanceClass,
  maxConnections: of.maxConnections + draw.whole(0, 50),
  ...draw.maybe(20, 'multiAz', () => draw.chance(50)),
  ...draw.maybe(20, 'backupRetention', () => Duration.days(draw.whole(1, 35))),
});

const pod = (draw: Draw, nodes: readonly string[]) => ({
  ...draw.maybe(30, 'cpu', () => Cpu.millis(draw.whole(100, 900))),
  ...draw.maybe(30, 'measuredRps', () => draw.whole(1, 500)),
  ...(nodes.length > 0 ? draw.maybe(80, 'nodes', () => nodes[draw.whole(0, nodes.length - 1)] as string) : {}),
});

const databaseServer = (draw: Draw, name: string, nodes: readonly string[]): DatabaseSpec => ({
  kind: 'server',
  name,
  databaseName: 'shop',
  maxConnections: draw.whole(20, 200),
  memory: Memory.gib(draw.whole(2, 6)),
  ...draw.maybe(30, 'objectName', () => `${name}-postgres`),
  ...draw.maybe(20, 'aliases', () => [`${name}-db`]),
  ...draw.maybe(30, 'storage', () => Memory.gib(draw.whole(10, 100))),
  ...draw.maybe(40, 'parameters', () => parameters(draw)),
  ...pod(draw, nodes),
});

/** A database; the first one of an environment may be followed by replicas. */
export const database = (draw: Draw, name: string, nodes: readonly string[]): DatabaseSpec =>
  draw.chance(70) ? instance(draw, name) : databaseServer(draw, name, nodes);

const group = (draw: Draw, name: string): CacheSpec => {
  const [engine, version] = draw.one(['valkey', '8.2'], ['valkey', '7.2'], ['redis', '7.1'], ['valkey', '8.0']) as [
    'valkey' | 'redis',
    string,
  ];
  return {
    kind: 'replication-group',
    name,
    engine,
    version,
    nodeType: draw.one('cache.m6g.large', 'cache.r7g.large', 'cache.t4g.small'),
    shards: draw.one(1, 1, 2, 3),
    replicasPerShard: draw.whole(1, 2),
    ...draw.maybe(30, 'clusterMode', () => true),
    ...draw.maybe(40, 'port', () => draw.whole(1024, 14_000)),
    ...draw.maybe(40, 'eviction', () => draw.one('noeviction' as const, 'allkeys-lru' as const)),
    ...draw.maybe(20, 'minReplicasToWrite', () => draw.whole(0, 1)),
    ...draw.maybe(30, 'reservedMemory', () => Percent.of(draw.whole(10, 50))),
    ...draw.maybe(30, 'snapshotRetention', () => Duration.days(draw.whole(1, 35))),
    ...draw.maybe(20, 'snapshotWindow', () => '07:00-08:00'),
    ...draw.maybe(20, 'maintenanceWindow', () => 'sun:09:00-sun:10:30'),
    ...ending(draw),
  };
};

const cluster = (draw: Draw, name: string, nodes: readonly string[]): CacheSpec => {
  const replicasPerShard = draw.whole(1, 2);
  return {
    name,
    shards: draw.whole(3, 4),
    replicasPerShard,
    memory: Memory.mib(draw.whole(192, 1024)),
    ...draw.maybe(40, 'port', () => draw.whole(1024, 14_000)),
    ...draw.maybe(30, 'eviction', () => draw.one('noeviction' as const, 'allkeys-lru' as const)),
    ...draw.maybe(30, 'nodeTimeout', () => Duration.seconds(draw.whole(1, 60))),
    ...draw.maybe(30, 'minReplicasToWrite', () => draw.whole(0, replicasPerShard)),
    ...draw.maybe(20, 'requireFullCoverage', () => false),
    ...draw.maybe(20, 'snapshots', () => [{ after: Duration.minutes(5), changes: draw.whole(1, 1000) }]),
    ...(nodes.length > 0 ? draw.maybe(80, 'nodes', () => nodes[draw.whole(0, nodes.length - 1)] as string) : {}),
  };
};

const server = (draw: Draw, name: string, nodes: readonly string[]): CacheSpec => ({
  kind: 'server',
  name,
  ...draw.maybe(60, 'memory', () => Memory.mib(draw.whole(256, 2048))),
  ...draw.maybe(30, 'eviction', () => draw.one('volatile-ttl' as const, 'allkeys-lru' as const)),
  ...draw.maybe(20, 'appendOnly', () => draw.chance(50)),
  ...draw.maybe(20, 'aliases', () => [`${name}-alias`]),
  ...pod(draw, nodes),
});

/** A cache of any kind; a Redis Cluster only where three zones keep its majority. */
export function cache(draw: Draw, name: string, nodes: readonly string[], zones: number): CacheSpec {
  const kind = draw.whole(0, 9);
  if (kind < 4) return group(draw, name);
  return kind < 7 && zones === 3 ? cluster(draw, name, nodes) : server(draw, name, nodes);
}

export const vectorDatabase = (draw: Draw, name: string, nodes: readonly string[]): VectorDatabaseSpec => ({
  name,
  ...draw.maybe(40, 'memory', () => Memory.gib(draw.whole(1, 6))),
  ...draw.maybe(30, 'grpcPort', () => draw.whole(7000, 8000)),
  ...draw.maybe(30, 'storage', () => Memory.gib(draw.whole(1, 100))),
  ...pod(draw, nodes),
});
