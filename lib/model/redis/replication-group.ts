import { type CacheEngine, type CacheVersion, cacheNode, cacheVersion, DEFAULT_CACHE_VERSION } from '../../catalog';
import { withDefaults } from '../../check';
import { Duration, Memory, Percent } from '../../units';
import type { NoFinalSnapshot } from '../postgres/postgres';
import type { EvictionPolicy } from './redis';

/** Redis or Valkey that ElastiCache runs, in the place of a Redis Cluster inside Kubernetes. */
export interface RedisReplicationGroupSpec {
  /** ElastiCache, as opposed to members in Kubernetes. */
  readonly kind: 'replication-group';
  /** DNS label of 1-40 characters, the name by which services refer to it. */
  readonly name: string;
  /** Valkey goes on where Redis OSS ends, at 7.1; a group moves from Redis OSS to Valkey in place, and not back. @default 'valkey' */
  readonly engine?: CacheEngine;
  /** Engine version, major and minor: `8.2`. It never goes down in place. @default - 8.2 of Valkey, 7.1 of Redis OSS */
  readonly version?: string;
  /** Pay for a version whose standard support has ended. @default false */
  readonly allowExtendedSupport?: boolean;
  /** ElastiCache node type, for example `cache.r7g.large`. */
  readonly nodeType: string;
  /** Primaries, each with its part of the slots (1-500). @default 1 */
  readonly shards?: number;
  /**
   * Whether it speaks the cluster protocol, as an in-cluster Redis Cluster does: clients that follow slots need it on, plain
   * ones need it off. More than one shard is always in cluster mode. To turn it on later is a migration of ElastiCache's own,
   * by way of its mode `compatible`; it is never turned off.
   * @default - whether there is more than one shard
   */
  readonly clusterMode?: boolean;
  /** Replicas of each primary (0-5), which take over when it fails. @default 1 */
  readonly replicasPerShard?: number;
  /** Port of the data protocol (1024-65535). Another port means another group. @default 6379 */
  readonly port?: number;
  /** What to drop when the memory for data is full. @default 'noeviction' */
  readonly eviction?: EvictionPolicy;
  /** Members of a shard stand in different zones, with a replica that takes over. @default true */
  readonly multiAz?: boolean;
  /** Replicas that must confirm they are alive before a primary takes writes (0-replicasPerShard). @default 0 */
  readonly minReplicasToWrite?: number;
  /** Share of a node's memory kept from data, for snapshots, failover and buffers (0-99 %). @default Percent.of(25) */
  readonly reservedMemory?: Percent;
  /** Idle clients are disconnected after that time (20 s or more, whole seconds), or never (0). @default Duration.seconds(0) */
  readonly idleTimeout?: Duration;
  /** Events of keys that are published, by the letters of `notify-keyspace-events`: `Ex`. @default - none */
  readonly keyspaceEvents?: string;
  /** How long daily snapshots are kept (whole days, 0-35; 0 makes none). @default Duration.days(7) */
  readonly snapshotRetention?: Duration;
  /** Daily, UTC, 60 minutes or more: `07:00-08:00`. @default - ElastiCache picks one in the region's night */
  readonly snapshotWindow?: string;
  /** Weekly, UTC, 60 minutes or more, apart from snapshots: `sun:09:00-sun:10:00`. @default - ElastiCache picks one */
  readonly maintenanceWindow?: string;
  /** Raise it to draw a new password (whole number, 1 or more). @default 1 */
  readonly passwordVersion?: number;
  /**
   * Which passwords open the group. `current-and-previous` lets clients pass from one to the next without an outage; it needs
   * a previous one, that is a `passwordVersion` raised in this very environment.
   * @default 'current'
   */
  readonly acceptedPasswords?: 'current' | 'current-and-previous';
  /**
   * When changes of version, node type and parameter group take place. After `at-once` Terraform waits for the change;
   * `maintenance-window` leaves it, and the old parameter group, to a later apply.
   * @default 'maintenance-window'
   */
  readonly changes?: 'maintenance-window' | 'at-once';
  /** Terraform refuses plans that would destroy or replace it; ElastiCache itself has no such switch. @default true */
  readonly deletionProtection?: boolean;
  /**
   * Name of the snapshot that remains after deletion (1-255 lower-case letters, digits and single hyphens, a letter first).
   * `{ noneBecause }` leaves nothing behind, and is refused beside `deletionProtection`.
   * @default - the name of the group and `-final`
   */
  readonly finalSnapshot?: string | NoFinalSnapshot;
  /**
   * Time in which deleted secrets can be restored; their names stay taken (whole days, 7-30). 0 days delete at once.
   * @default Duration.days(30)
   */
  readonly secretRecoveryWindow?: Duration;
}

const DEFAULTS = {
  allowExtendedSupport: false,
  shards: 1,
  replicasPerShard: 1,
  port: 6379,
  eviction: 'noeviction',
  multiAz: true,
  minReplicasToWrite: 0,
  reservedMemory: Percent.of(25),
  idleTimeout: Duration.seconds(0),
  snapshotRetention: Duration.days(7),
  deletionProtection: true,
  secretRecoveryWindow: Duration.days(30),
} as const satisfies Partial<RedisReplicationGroupSpec>;

type Derived = 'engine' | 'version' | 'clusterMode';

/** A declaration with its defaults. */
export type ReplicationGroupPlan = RedisReplicationGroupSpec &
  Required<Pick<RedisReplicationGroupSpec, keyof typeof DEFAULTS | Derived>>;

/** The declaration with its defaults. */
export function replicationGroupPlan(spec: RedisReplicationGroupSpec): ReplicationGroupPlan {
  const { engine = 'valkey', shards = DEFAULTS.shards } = spec;
  return withDefaults(
    { ...DEFAULTS, engine, version: DEFAULT_CACHE_VERSION[engine], clusterMode: shards > 1 },
    spec,
  ) as ReplicationGroupPlan;
}

type Sized = Pick<ReplicationGroupPlan, 'shards' | 'replicasPerShard' | 'nodeType' | 'reservedMemory'>;

/** Nodes of all shards, primaries and replicas. */
export const nodesOf = ({ shards, replicasPerShard }: Pick<Sized, 'shards' | 'replicasPerShard'>): number =>
  shards * (1 + replicasPerShard);

/**
 * Memory for data of all shards, which replicas only copy; undefined for a node type that the catalog does not know.
 *
 * @throws RangeError for numbers that the checks refuse.
 */
export function dataMemory({ nodeType, reservedMemory, shards }: Omit<Sized, 'replicasPerShard'>): Memory | undefined {
  const node = cacheNode(nodeType);
  return (
    node &&
    Memory.bytes(node.maxmemoryBytes)
      .share(100 - percentOf(reservedMemory), 100)
      .times(shards)
  );
}

/** The number that stands in a parameter: 25 for 25 %. */
export const percentOf = (percent: Percent): number => Math.round(percent.toRatio() * 10_000) / 100;

/** What the catalog knows of the declared version. */
export const versionOf = ({
  engine,
  version,
}: Pick<ReplicationGroupPlan, 'engine' | 'version'>): CacheVersion | undefined => cacheVersion(engine, version);
