import { type Check, isWholeWithin } from '../../check';
import { type Duration, Memory } from '../../units';
import { EVICTION_POLICIES, type EvictionPolicy, type SnapshotRule } from './redis';

/** What a Redis server keeps, and in how much memory. */
export interface RedisData {
  /** Memory limit of the server. */
  readonly memory: Memory;
  /** Memory for data. */
  readonly maxmemory: Memory;
  /** What is dropped when that is full. */
  readonly eviction: EvictionPolicy;
  /** When snapshots are written. */
  readonly snapshots: readonly SnapshotRule[];
  /** Volume of the server. */
  readonly storage: Memory;
}

const isWholeSeconds = ({ inMillis }: Duration): boolean => inMillis >= 1000 && inMillis % 1000 === 0;

/** What is said about the data of one server, alone or a member of a cluster. */
export const REDIS_DATA_CHECKS: readonly Check<RedisData>[] = [
  {
    id: 'redis-memory-is-enough',
    prop: 'memory',
    holds: ({ memory }) => Memory.mib(128).isAtMost(memory),
    rule: 'must be at least 128Mi',
    remedy: 'use 128Mi or more',
  },
  {
    id: 'redis-maxmemory-is-below-the-limit',
    prop: 'maxmemory',
    holds: ({ memory, maxmemory }) => maxmemory.inBytes > 0 && maxmemory.inBytes < memory.inBytes,
    rule: ({ memory }) => `must be above 0 and below the memory limit of ${memory}`,
    remedy: 'leave it out: two thirds of the limit is then taken',
  },
  {
    id: 'redis-maxmemory-leaves-room-for-a-fork',
    prop: 'maxmemory',
    severity: 'warning',
    holds: ({ memory, maxmemory }) => maxmemory.isAtMost(memory.share(2, 3)),
    rule: ({ memory }) =>
      `should be at most two thirds of the limit of ${memory}: a fork under writes copies what changes`,
    remedy: 'raise memory to 1.5 times maxmemory',
  },
  {
    id: 'redis-eviction-is-known',
    prop: 'eviction',
    holds: ({ eviction }) => EVICTION_POLICIES.includes(eviction),
    rule: `must be one of ${EVICTION_POLICIES.join(', ')}`,
    remedy: 'use allkeys-lru for a cache, noeviction for what must not be lost',
  },
  {
    id: 'redis-snapshot-rules-are-possible',
    prop: 'snapshots',
    holds: ({ snapshots }) =>
      snapshots.length <= 8 &&
      snapshots.every(({ after, changes }) => isWholeSeconds(after) && isWholeWithin(changes, 1, 1_000_000_000)),
    rule: 'must be at most 8 rules of whole seconds and at least one change',
    received: ({ snapshots }) => snapshots.map(({ after, changes }) => `${changes} in ${after}`),
    remedy: 'use { after: Duration.minutes(1), changes: 1 }',
  },
  {
    id: 'redis-storage-holds-two-copies',
    prop: 'storage',
    holds: ({ storage, maxmemory }) => maxmemory.times(2).isAtMost(storage),
    rule: ({ maxmemory }) => `must be at least ${maxmemory.times(2)}: rewriting a file needs the old and the new one`,
    remedy: 'leave it out: twice the memory limit is then taken',
  },
];
