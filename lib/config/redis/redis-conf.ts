import type { EvictionPolicy, SnapshotRule } from '../../model';
import { Duration, Memory } from '../../units';

/**
 * What the members of a deployment share of their configuration; nothing here has a default, because the model has
 * them.
 */
export interface RedisConfSettings {
  /** Port of the data protocol; with `tls` it speaks nothing else. */
  readonly port: number;
  /** Memory limit of the process; what `maxmemory` leaves of it is shared out to clients, replicas and forks. */
  readonly memory: Memory;
  /** Memory for data. */
  readonly maxmemory: Memory;
  /** What to drop when `maxmemory` is reached. */
  readonly eviction: EvictionPolicy;
  /** Append-only file, fsynced every second. */
  readonly appendOnly: boolean;
  /** When to write snapshots; none is never. */
  readonly snapshots: readonly SnapshotRule[];
  /** Replicas that must be in sight before a write is taken. */
  readonly minReplicasToWrite: number;
  /** Whether clients show a password; the start adds it from a file. */
  readonly auth: boolean;
  /** Whether data, replication and cluster bus are encrypted; the start adds where the certificates are. */
  readonly tls: boolean;
  /** @default - a single server */
  readonly cluster?: RedisClusterSettings;
}

/** What turns single servers into members of a Redis Cluster. */
export interface RedisClusterSettings {
  /** How long a member may be silent before it counts as failing. */
  readonly nodeTimeout: Duration;
  /** Refuse every key while one slot is uncovered. */
  readonly requireFullCoverage: boolean;
}

type Value = string | number | boolean | Memory;
type Directive = readonly [name: string, value: Value];

/** A replica that has not reported for this long is out of sight. */
const REPLICA_MAX_LAG = Duration.seconds(10);

/** Redis' suffixes, largest first; its `gb` is 2^30. */
const SIZES: readonly (readonly [suffix: string, bytes: number])[] = [
  ['gb', 2 ** 30],
  ['mb', 2 ** 20],
  ['kb', 2 ** 10],
];

/** A size as Redis writes it: `2gb`, `512mb`; bytes if no unit fits. */
export function redisSize({ inBytes }: Memory): string {
  const unit = SIZES.find(([, bytes]) => inBytes >= bytes && inBytes % bytes === 0);
  return unit ? `${inBytes / unit[1]}${unit[0]}` : `${inBytes}`;
}

const show = (value: Value): string => {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return value instanceof Memory ? redisSize(value) : String(value);
};

/**
 * A configuration that every Redis 7 reads. What differs between members and machines (address, name, password,
 * folders) is not in it: the start adds that, so that all members share one file.
 */
export const redisConf = (settings: RedisConfSettings): string =>
  [
    ...network(settings),
    ...memory(settings),
    ...persistence(settings),
    ...replication(settings),
    ...(settings.cluster ? cluster(settings.cluster) : []),
  ]
    .map(([name, value]) => `${name} ${show(value)}\n`)
    .join('');

/** Protected mode closes a server without a password to all but its own host: without one the network must be closed. */
function network({ port, tls, auth, cluster: clustered }: RedisConfSettings): Directive[] {
  const common: Directive[] = [
    ['protected-mode', auth],
    ['tcp-keepalive', 60],
    ['timeout', 0],
  ];
  if (!tls) return [['port', port], ...common];
  return [
    ['port', 0],
    ['tls-port', port],
    ['tls-protocols', '"TLSv1.2 TLSv1.3"'],
    ['tls-auth-clients', 'optional'],
    ['tls-replication', true],
    ...(clustered ? ([['tls-cluster', true]] as const) : []),
    ...common,
  ];
}

/** Whole MiB, at least one. */
const mebibytes = (bytes: number): Memory => Memory.mib(Math.max(1, Math.floor(bytes / 2 ** 20)));

/** What is not data: a quarter for clients, a quarter for a slow replica, the rest for copies of pages during a fork. */
function memory({ memory: limit, maxmemory, eviction }: RedisConfSettings): Directive[] {
  const spare = limit.inBytes - maxmemory.inBytes;
  const quarter = mebibytes(spare / 4);
  const eighth = mebibytes(spare / 8);
  return [
    ['maxmemory', maxmemory],
    ['maxmemory-policy', eviction],
    ['maxmemory-clients', quarter],
    ['repl-backlog-size', eighth],
    ['client-output-buffer-limit', `normal 0 0 0`],
    ['client-output-buffer-limit', `replica ${redisSize(quarter)} ${redisSize(eighth)} 60`],
    ['client-output-buffer-limit', `pubsub ${redisSize(eighth)} ${redisSize(mebibytes(spare / 16))} 60`],
    ['lazyfree-lazy-eviction', true],
    ['lazyfree-lazy-expire', true],
  ];
}

function persistence({ appendOnly, snapshots }: RedisConfSettings): Directive[] {
  const rules = snapshots.map(({ after, changes }) => `${after.toSeconds()} ${changes}`);
  return [
    ['appendonly', appendOnly],
    ['appendfsync', 'everysec'],
    ['save', rules.length === 0 ? '""' : rules.join(' ')],
  ];
}

/** Shards have few replicas, so waiting for others to join a transfer only delays the first. */
function replication({ minReplicasToWrite }: RedisConfSettings): Directive[] {
  return [
    ['repl-diskless-sync', true],
    ['repl-diskless-sync-delay', 0],
    ['min-replicas-to-write', minReplicasToWrite],
    ['min-replicas-max-lag', REPLICA_MAX_LAG.toSeconds()],
  ];
}

/** Replicas stay with their shard, whose members stand in different zones. Clients are sent to names that outlive addresses. */
function cluster({ nodeTimeout, requireFullCoverage }: RedisClusterSettings): Directive[] {
  return [
    ['cluster-enabled', true],
    ['cluster-config-file', 'nodes.conf'],
    ['cluster-node-timeout', nodeTimeout.inMillis],
    ['cluster-require-full-coverage', requireFullCoverage],
    ['cluster-allow-replica-migration', false],
    ['cluster-preferred-endpoint-type', 'hostname'],
  ];
}
