import { type Check, isWholeWithin, withDefaults } from '../../check';
import type { CacheThresholds } from '../../model/operations/cache-thresholds';
import type { EvictionPolicy } from '../../model/redis/redis';
import type { AlarmSetActions } from './alarm-set';

/** A replication group of ElastiCache that is watched, node by node. */
export interface CacheAlarmsProps extends AlarmSetActions {
  /** What the names of the alarms start with: `acgs-production-cache` makes `acgs-production-cache-001-cpu`. */
  readonly name: string;
  /** Identifier of the group, known at synthesis. */
  readonly identifier: string;
  /** Its node type, `cache.r7g.large`: says which metric tells how busy it is. */
  readonly nodeType: string;
  /** Primaries, each with its part of the slots (1-500). @default 1 */
  readonly shards?: number;
  /** Replicas of each primary (0-5). @default 1 */
  readonly replicasPerShard?: number;
  /** Whether it speaks the cluster protocol, which changes the names of its nodes. @default - whether there is more than one shard */
  readonly clusterMode?: boolean;
  /**
   * What it drops when its memory is full. Of what drops keys by itself neither they nor, if any key may go, a full memory is an
   * alarm, unless their threshold is given.
   * @default 'noeviction'
   */
  readonly eviction?: EvictionPolicy;
  /** When to ring. @default - those of `cacheThresholds` */
  readonly thresholds?: CacheThresholds;
}

/** Most primaries of a group, and most replicas of each. */
export const MOST_NODES = { shards: 500, replicasPerShard: 5 } as const;

const DEFAULTS = { shards: 1, replicasPerShard: 1, eviction: 'noeviction', thresholds: {} } as const;

/** A watched group with its defaults. */
export type CacheAlarmsPlan = CacheAlarmsProps &
  Required<Pick<CacheAlarmsProps, keyof typeof DEFAULTS | 'clusterMode'>>;

/** Fills in the defaults. */
export const cacheAlarmsPlan = (props: CacheAlarmsProps): CacheAlarmsPlan =>
  withDefaults({ ...DEFAULTS, clusterMode: (props.shards ?? DEFAULTS.shards) > 1 }, props);

/** What is asked of a watched group. */
export const CACHE_ALARM_CHECKS: readonly Check<CacheAlarmsPlan>[] = [
  {
    id: 'cache-alarm-shards-are-possible',
    prop: 'shards',
    holds: ({ shards, clusterMode }) => isWholeWithin(shards, 1, clusterMode ? MOST_NODES.shards : 1),
    rule: ({ clusterMode }) => `must be a whole number from 1 to ${clusterMode ? MOST_NODES.shards : 1}`,
    remedy: 'give what the group was declared with; more than one shard is always in cluster mode',
  },
  {
    id: 'cache-alarm-replicas-are-possible',
    prop: 'replicasPerShard',
    holds: ({ replicasPerShard }) => isWholeWithin(replicasPerShard, 0, MOST_NODES.replicasPerShard),
    rule: `must be a whole number from 0 to ${MOST_NODES.replicasPerShard}`,
    remedy: 'give what the group was declared with',
  },
];
