import { withDefaults } from '../../check';
import { Cpu, Duration, type Memory } from '../../units';

/** Redis' `maxmemory-policy` values: `allkeys` may drop any key, `volatile` only ones that expire. */
export const EVICTION_POLICIES = [
  'noeviction',
  'allkeys-lru',
  'allkeys-lfu',
  'allkeys-random',
  'volatile-lru',
  'volatile-lfu',
  'volatile-random',
  'volatile-ttl',
] as const;
/** What Redis drops when its memory for data is full; `noeviction` refuses writes instead. */
export type EvictionPolicy = (typeof EVICTION_POLICIES)[number];

/** A snapshot of all data is written once that many keys have changed within that time. */
export interface SnapshotRule {
  /** Whole seconds, 1 or more. */
  readonly after: Duration;
  /** Keys (1 or more). */
  readonly changes: number;
}

/** A Redis Cluster inside Kubernetes. */
export interface RedisClusterSpec {
  /** Members in Kubernetes, as opposed to ElastiCache or a single server. @default 'cluster' */
  readonly kind?: 'cluster';
  /** DNS label, the name by which services refer to it. */
  readonly name: string;
  /** Primaries, each with its part of the 16384 slots (3-20). @default 3 */
  readonly shards?: number;
  /** Replicas of each primary (0-5); members of a shard stand in different zones. @default 1 */
  readonly replicasPerShard?: number;
  /** Port of the data protocol (1024-55535); the cluster bus is 10000 above. @default 6379 */
  readonly port?: number;
  /** Memory limit of a member (128 MiB or more): data, and room for forks and buffers. */
  readonly memory: Memory;
  /** Memory for data, less than `memory`; above two thirds of it a fork under writes may be killed. @default - two thirds of `memory` */
  readonly maxmemory?: Memory;
  /** Processor request of a member (10 millicores or more). @default Cpu.millis(250) */
  readonly cpu?: Cpu;
  /** What to drop when `maxmemory` is reached. @default 'noeviction' */
  readonly eviction?: EvictionPolicy;
  /** How long a member may be silent before it counts as failing (1-60 seconds). @default Duration.seconds(15) */
  readonly nodeTimeout?: Duration;
  /** Refuse every key while one slot is uncovered. @default true */
  readonly requireFullCoverage?: boolean;
  /** Replicas that must confirm they are alive before a primary takes writes (0-replicasPerShard). @default 0 */
  readonly minReplicasToWrite?: number;
  /** Append-only file, fsynced every second. @default true */
  readonly appendOnly?: boolean;
  /** When to write snapshots beside the append-only file (at most 8 rules). @default - never */
  readonly snapshots?: readonly SnapshotRule[];
  /** Name of the node group its members run on; one with a group per zone, because of their volumes. @default - any untainted node */
  readonly nodes?: string;
  /**
   * Raise it to draw a new password (whole number, 1 or more). Members take it beside the old one, which ends as they restart.
   * @default 1
   */
  readonly passwordVersion?: number;
  /** Volume of each member, at least twice `maxmemory`. @default - twice the memory limit */
  readonly storage?: Memory;
}

/** A declaration with every choice made. */
export type RedisPlan = Required<Omit<RedisClusterSpec, 'nodes' | 'kind'>>;

/** Two thirds of the limit are data: a fork under writes copies pages, and buffers of clients and replicas need room too. */
export const maxmemoryOf = ({ memory, maxmemory }: RedisClusterSpec): Memory => maxmemory ?? memory.share(2, 3);

/** The declaration with its defaults. */
export const redisPlan = (spec: RedisClusterSpec): RedisPlan =>
  withDefaults(
    {
      shards: 3,
      replicasPerShard: 1,
      port: 6379,
      maxmemory: maxmemoryOf(spec),
      cpu: Cpu.millis(250),
      eviction: 'noeviction',
      nodeTimeout: Duration.seconds(15),
      requireFullCoverage: true,
      minReplicasToWrite: 0,
      appendOnly: true,
      snapshots: [],
      passwordVersion: 1,
      storage: spec.memory.times(2),
    },
    spec,
  );

/** Bounds of what can be declared, beyond which nothing is computed: checks report it. */
export const MOST_SHARDS = 20;
export const MOST_REPLICAS = 5;

/** The cluster bus is this far above the data port. */
export const CLUSTER_BUS_OFFSET = 10_000;

/** Pods of a declaration. */
export const membersPerShard = ({ replicasPerShard }: Pick<RedisPlan, 'replicasPerShard'>): number =>
  1 + replicasPerShard;
