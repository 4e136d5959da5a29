import type { Cpu, Duration, Memory } from '../units';

export type EvictionPolicy =
  | 'noeviction'
  | 'allkeys-lru'
  | 'allkeys-lfu'
  | 'allkeys-random'
  | 'volatile-lru'
  | 'volatile-lfu'
  | 'volatile-random'
  | 'volatile-ttl';

/** A Redis Cluster inside Kubernetes. */
export interface RedisClusterSpec {
  /** DNS label, the name by which services refer to it. */
  readonly name: string;
  /** Primaries, each with its part of the 16384 slots (3-20). @default 3 */
  readonly shards?: number;
  /** Replicas of each primary (0-5); members of a shard stand in different zones. @default 1 */
  readonly replicasPerShard?: number;
  /** Port of the data protocol (1024-55535); the cluster bus is 10000 above. @default 6379 */
  readonly port?: number;
  /** Memory limit of a member; `maxmemory` is two thirds of it, the rest is for forks and buffers. */
  readonly memory: Memory;
  /** Processor request of a member. @default Cpu.millis(250) */
  readonly cpu?: Cpu;
  /** What to drop when `maxmemory` is reached. @default 'noeviction' */
  readonly eviction?: EvictionPolicy;
  /** How long a member may be silent before it counts as failing (milliseconds). @default Duration.seconds(15) */
  readonly nodeTimeout?: Duration;
  /** Refuse every key while one slot is uncovered. @default true */
  readonly requireFullCoverage?: boolean;
  /** Replicas that must confirm they are alive before a primary takes writes (0-replicasPerShard). @default 0 */
  readonly minReplicasToWrite?: number;
  /** Append-only file, fsynced every second. @default true */
  readonly appendOnly?: boolean;
  /** Volume of each member, at least twice `maxmemory`. @default - twice the memory limit */
  readonly storage?: Memory;
}
