import { Duration, Memory, Percent } from '../../lib/units';
import { inCache, inDatabase, inEnvironment, inReplicationGroup, LONG, type Misuse } from './rows';

const vectors = (part: object) => inEnvironment({ vectorDatabases: [{ name: 'vectors', ...part }] });
const redis = (part: object) => inEnvironment({ caches: [{ kind: 'server', name: 'cache', ...part }] });
const postgres = (part: object) =>
  inEnvironment({ databases: [{ kind: 'server', name: 'main', databaseName: 'shop', maxConnections: 100, ...part }] });

/** Slips in databases. */
export const DATABASE_ROWS: readonly Misuse[] = [
  {
    fault: 'name with an underscore',
    slip: inEnvironment({
      databases: [
        {
          name: 'main_db',
          databaseName: 'shop',
          version: '16',
          instanceClass: 'db.m6g.large',
          storage: Memory.gib(100),
          maxConnections: 500,
        },
      ],
      services: [],
    }),
    errors: ['postgres-final-snapshot-is-named', 'postgres-identifier-is-allowed', 'postgres-name-is-dns-label'],
    warnings: ['redis-has-a-client'],
  },
  {
    fault: 'database with a hyphen',
    slip: inDatabase({ databaseName: 'shop-db' }),
    errors: ['postgres-database-name-is-allowed'],
  },
  {
    fault: 'database named by a word of SQL',
    slip: inDatabase({ databaseName: 'user' }),
    errors: ['postgres-database-name-is-no-key-word'],
  },
  {
    fault: 'major that RDS does not have',
    slip: inDatabase({ version: '12' }),
    errors: ['postgres-version-is-offered'],
  },
  {
    fault: 'minor that RDS creates no more',
    slip: inDatabase({ version: '16.4' }),
    errors: ['postgres-minor-can-be-created'],
    warnings: ['postgres-minor-is-left-to-upgrades'],
  },
  {
    fault: 'major whose standard support has ended',
    slip: inDatabase({ version: '13' }),
    errors: ['postgres-version-is-in-standard-support'],
  },
  {
    fault: 'class that is none',
    slip: inDatabase({ instanceClass: 'm6g.large' }),
    errors: ['postgres-class-is-well-formed'],
    warnings: ['postgres-class-is-known'],
  },
  {
    fault: 'class of an old family',
    slip: inDatabase({ instanceClass: 'db.m3.large' }),
    errors: ['postgres-class-runs-current-majors'],
  },
  {
    fault: 'class that nobody knows',
    slip: inDatabase({ instanceClass: 'db.z9.large' }),
    errors: [],
    warnings: ['postgres-class-is-known'],
  },
  {
    fault: 'less storage than there is',
    slip: inDatabase({ storage: Memory.gib(19) }),
    errors: ['postgres-storage-is-offered'],
  },
  {
    fault: 'storage that shrinks as it grows',
    slip: inDatabase({ maxStorage: Memory.gib(90) }),
    errors: ['postgres-storage-has-room-to-grow'],
  },
  {
    fault: 'operations that small storage cannot have',
    slip: inDatabase({ iops: 12_000 }),
    errors: ['postgres-iops-are-for-striped-storage'],
  },
  {
    fault: 'fewer operations than large storage has',
    slip: inDatabase({ storage: Memory.gib(400), iops: 11_999 }),
    errors: ['postgres-iops-are-offered'],
  },
  {
    fault: 'throughput without operations',
    slip: inDatabase({ storage: Memory.gib(400), throughputMibps: 3001 }),
    errors: ['postgres-throughput-has-operations'],
  },
  { fault: 'port below those of RDS', slip: inDatabase({ port: 1149 }), errors: ['postgres-port-is-allowed'] },
  {
    fault: 'backups for longer than RDS keeps them',
    slip: inDatabase({ backupRetention: Duration.days(36) }),
    errors: ['postgres-backups-are-kept'],
  },
  {
    fault: 'more connections than its memory holds',
    slip: inDatabase({ maxConnections: 5000 }),
    errors: [],
    warnings: ['postgres-connections-fit-memory', 'postgres-sorts-fit-memory'],
  },
  {
    fault: 'connections that are no number',
    slip: inDatabase({ maxConnections: Number.NaN }),
    errors: ['postgres-parameter-is-in-range', 'postgres-parameter-is-whole'],
    warnings: ['database-connections-cover-pools', 'postgres-connections-fit-memory', 'postgres-sorts-fit-memory'],
  },
  { fault: 'half a connection', slip: inDatabase({ maxConnections: 99.5 }), errors: ['postgres-parameter-is-whole'] },
  {
    fault: 'buffers beyond memory',
    slip: inDatabase({ parameters: { sharedBuffers: Memory.gib(9) } }),
    errors: ['postgres-starts-in-memory'],
    warnings: ['postgres-leaves-memory-to-the-system', 'postgres-sorts-fit-memory'],
  },
  {
    fault: 'share of a checkpoint above all of it',
    slip: inDatabase({ parameters: { checkpointCompletionTarget: 1.1 } }),
    errors: ['postgres-parameter-is-in-range'],
  },
  {
    fault: 'cost that is no number',
    slip: inDatabase({ parameters: { randomPageCost: Number.NaN } }),
    errors: ['postgres-parameter-is-in-range'],
  },
  {
    fault: 'buffers of half a page',
    slip: inDatabase({ parameters: { walBuffers: Memory.kib(68) } }),
    errors: ['postgres-parameter-is-whole'],
  },
  {
    fault: 'protected database that leaves nothing',
    slip: inDatabase({ finalSnapshot: { noneBecause: 'made anew' } }),
    errors: ['postgres-protected-database-leaves-a-snapshot'],
  },
  {
    fault: 'nothing left, and no word why',
    slip: inDatabase({ deletionProtection: false, finalSnapshot: { noneBecause: '' } }),
    errors: ['postgres-missing-snapshot-is-explained'],
  },
  {
    fault: 'snapshot that cannot be named so',
    slip: inDatabase({ finalSnapshot: 'last--one' }),
    errors: ['postgres-final-snapshot-is-named'],
  },
  {
    fault: 'secrets that can be restored for a year',
    slip: inDatabase({ secretRecoveryWindow: LONG }),
    errors: ['postgres-secret-recovery-is-offered'],
  },
  {
    fault: 'server of more connections than memory',
    slip: postgres({ maxConnections: 5000 }),
    errors: [],
    warnings: ['postgres-server-connections-fit-memory'],
  },
  {
    fault: 'server whose port the exporter has',
    slip: postgres({ port: 9187 }),
    errors: ['postgres-server-port-differs-from-the-exporters'],
  },
  {
    fault: 'server without a volume',
    slip: postgres({ storage: Memory.mib(512) }),
    errors: ['store-volume-is-offered'],
    warnings: ['postgres-server-volume-holds-its-log'],
  },
];

/** Slips in caches and vector databases. */
export const CACHE_ROWS: readonly Misuse[] = [
  {
    fault: 'two primaries',
    slip: inCache({ shards: 2 }),
    errors: ['redis-shards-form-a-majority'],
    warnings: ['redis-keeps-its-majority-without-a-zone'],
  },
  {
    fault: 'shards that are no number',
    slip: inCache({ shards: Number.NaN }),
    errors: ['redis-shards-form-a-majority'],
    warnings: ['redis-keeps-its-majority-without-a-zone'],
  },
  {
    fault: 'six replicas',
    slip: inCache({ replicasPerShard: 6 }),
    errors: ['redis-members-of-a-shard-stand-in-different-zones', 'redis-replicas-are-in-range'],
  },
  { fault: 'no replica', slip: inCache({ replicasPerShard: 0 }), errors: [], warnings: ['redis-shard-has-a-replica'] },
  {
    fault: 'port without room for the bus',
    slip: inCache({ port: 55_536 }),
    errors: ['redis-port-leaves-room-for-the-bus'],
  },
  {
    fault: 'data beyond the limit',
    slip: inCache({ maxmemory: Memory.mib(768) }),
    errors: ['redis-maxmemory-is-below-the-limit'],
    warnings: ['redis-maxmemory-leaves-room-for-a-fork'],
  },
  {
    fault: 'data without room for a fork',
    slip: inCache({ maxmemory: Memory.mib(600) }),
    errors: [],
    warnings: ['redis-maxmemory-leaves-room-for-a-fork'],
  },
  { fault: 'memory of a toy', slip: inCache({ memory: Memory.mib(127) }), errors: ['redis-memory-is-enough'] },
  {
    fault: 'volume for one copy',
    slip: inCache({ storage: Memory.gib(1), maxmemory: Memory.mib(513) }),
    errors: ['redis-storage-holds-two-copies'],
    warnings: ['redis-maxmemory-leaves-room-for-a-fork'],
  },
  {
    fault: 'silence of hours',
    slip: inCache({ nodeTimeout: Duration.hours(1) }),
    errors: ['redis-node-timeout-is-in-range'],
  },
  {
    fault: 'more confirmations than replicas',
    slip: inCache({ minReplicasToWrite: 2 }),
    errors: ['redis-confirming-replicas-exist'],
    warnings: ['redis-writes-survive-a-restart'],
  },
  {
    fault: 'snapshots of nothing',
    slip: inCache({ snapshots: [{ after: Duration.seconds(0), changes: 0 }] }),
    errors: ['redis-snapshot-rules-are-possible'],
  },
  { fault: 'nodes that do not exist', slip: inCache({ nodes: 'gpu' }), errors: ['service-nodes-exist'] },
  {
    fault: 'nodes that cannot follow a volume',
    slip: inCache({ nodes: 'general' }),
    errors: [],
    warnings: ['environment-volumes-have-nodes-in-their-zone'],
  },
  {
    fault: 'version of the other engine',
    slip: inReplicationGroup({ engine: 'redis', version: '8.2' }),
    errors: ['replication-group-version-is-offered'],
    warnings: ['replication-group-engine-goes-on'],
  },
  {
    fault: 'version that nobody knows',
    slip: inReplicationGroup({ version: '10.0' }),
    errors: ['replication-group-version-is-offered', 'replication-group-version-is-well-formed'],
  },
  {
    fault: 'version with a patch',
    slip: inReplicationGroup({ version: '8.2.1' }),
    errors: ['replication-group-version-is-offered', 'replication-group-version-is-well-formed'],
  },
  {
    fault: 'type that is none',
    slip: inReplicationGroup({ nodeType: 'm6g.large' }),
    errors: ['replication-group-node-type-is-well-formed'],
    warnings: ['replication-group-node-type-is-known'],
  },
  {
    fault: 'two zones without a replica',
    slip: inReplicationGroup({ replicasPerShard: 0 }),
    errors: ['replication-group-multi-az-has-a-replica'],
  },
  {
    fault: 'more nodes than can exist',
    slip: inReplicationGroup({ shards: 251, replicasPerShard: 1 }),
    errors: ['replication-group-nodes-can-exist'],
  },
  {
    fault: 'shards that speak no cluster protocol',
    slip: inReplicationGroup({ shards: 2, clusterMode: false }),
    errors: ['replication-group-shards-speak-the-cluster-protocol'],
  },
  {
    fault: 'events of no letter',
    slip: inReplicationGroup({ keyspaceEvents: 'Q' }),
    errors: ['replication-group-keyspace-events-are-letters'],
  },
  {
    fault: 'all memory reserved',
    slip: inReplicationGroup({ reservedMemory: Percent.of(100) }),
    errors: ['replication-group-reserved-memory-is-a-share'],
  },
  {
    fault: 'windows that overlap',
    slip: inReplicationGroup({ snapshotWindow: '09:30-10:30', maintenanceWindow: 'sun:09:00-sun:10:00' }),
    errors: ['cache-windows-are-apart'],
  },
  {
    fault: 'window of half an hour',
    slip: inReplicationGroup({ snapshotWindow: '09:30-10:00' }),
    errors: ['cache-snapshot-window-is-well-formed'],
  },
  {
    fault: 'snapshots for half a day',
    slip: inReplicationGroup({ snapshotRetention: Duration.hours(12) }),
    errors: ['replication-group-snapshot-retention-is-in-range'],
  },
  {
    fault: 'server whose data exceeds its memory',
    slip: redis({ memory: Memory.mib(256), maxmemory: Memory.mib(300) }),
    errors: ['redis-maxmemory-is-below-the-limit'],
    warnings: ['redis-maxmemory-leaves-room-for-a-fork', 'redis-server-request-covers-data'],
  },
  {
    fault: 'server whose alias is its own name',
    slip: redis({ aliases: ['cache'] }),
    errors: ['environment-workloads-have-distinct-names', 'store-services-have-different-names'],
    warnings: ['redis-server-request-covers-data'],
  },
  {
    fault: 'server with a privileged port',
    slip: redis({ port: 443 }),
    errors: ['store-port-is-unprivileged'],
    warnings: ['redis-server-request-covers-data'],
  },
  {
    fault: 'two protocols on one port',
    slip: vectors({ grpcPort: 6333 }),
    errors: ['vector-database-ports-differ'],
    warnings: ['store-has-a-client'],
  },
  {
    fault: 'snapshots that do not hold the data',
    slip: vectors({ snapshots: Memory.gib(10) }),
    errors: [],
    warnings: ['store-has-a-client', 'vector-database-snapshots-hold-the-data'],
  },
  {
    fault: 'rate that is no number',
    slip: vectors({ measuredRps: Number.NaN }),
    errors: ['store-measured-rate-is-one'],
    warnings: ['store-has-a-client'],
  },
];
