import { Cpu, Duration, Memory } from '../../units';
import { type StorePlan, type StoreSpec, storePlan } from '../store/store';
import type { EvictionPolicy, SnapshotRule } from './redis';

/** One Redis inside Kubernetes: everything in one process, as small platforms and development need it. */
export interface RedisServerSpec extends StoreSpec {
  /** A single pod, as opposed to a Redis Cluster or ElastiCache. */
  readonly kind: 'server';
  /** Memory for data, less than `memory`; above two thirds of it a fork under writes may be killed. @default - two thirds of `memory` */
  readonly maxmemory?: Memory;
  /** What to drop when `maxmemory` is reached. @default 'noeviction' */
  readonly eviction?: EvictionPolicy;
  /** Append-only file, fsynced every second. @default true */
  readonly appendOnly?: boolean;
  /** When to write snapshots beside the append-only file (at most 8 rules). @default - after a minute with a change */
  readonly snapshots?: readonly SnapshotRule[];
}

type Chosen = Required<Pick<RedisServerSpec, 'maxmemory' | 'eviction' | 'appendOnly' | 'snapshots'>>;

/** A declared server with its defaults. */
export type RedisServerPlan = RedisServerSpec & StorePlan & Chosen;

const DEFAULTS = { port: 6379, cpu: Cpu.millis(500), cpuLimit: Cpu.cores(1) } as const;

const MEMORY = { request: Memory.mib(512), limit: Memory.gib(1) } as const;

const EVERY_MINUTE: readonly SnapshotRule[] = [{ after: Duration.minutes(1), changes: 1 }];

/** The smallest volume there is. */
const SMALLEST = Memory.gib(1);

/** Fills in the defaults of a declaration. The volume holds two copies of the data: rewriting a file needs the old and the new one. */
export function redisServerPlan<S extends RedisServerSpec>(spec: S): S & RedisServerPlan {
  const { memory = MEMORY.limit, eviction = 'noeviction', appendOnly = true, snapshots = EVERY_MINUTE } = spec;
  const twice = memory.times(2);
  const storage = SMALLEST.isAtMost(twice) ? twice : SMALLEST;
  const memoryRequest = MEMORY.request.isAtMost(memory) ? MEMORY.request : memory;
  return {
    ...storePlan({ ...DEFAULTS, memory, memoryRequest, storage }, spec),
    maxmemory: spec.maxmemory ?? memory.share(2, 3),
    eviction,
    appendOnly,
    snapshots,
  };
}
