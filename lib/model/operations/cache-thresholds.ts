import { type Check, isWholeWithin, withDefaults } from '../../check';
import { Duration, Percent } from '../../units';
import { numberWithin, shareWithin } from './threshold';

/** When a node of a cache is worth waking somebody for. */
export interface CacheThresholds {
  /** Thread that runs commands in use, for 5 minutes (10-100 %). @default Percent.of(90) */
  readonly cpu?: Percent;
  /** Memory for data in use, for 3 minutes (10-100 %). @default Percent.of(80) */
  readonly memory?: Percent;
  /** Keys dropped for lack of memory in 5 minutes (0 or more). @default 0 */
  readonly evictions?: number;
  /** Connections open, of the 65000 that a node takes (1-65000). @default 50_000 */
  readonly connections?: number;
  /** How far a replica may stay behind, for 5 minutes (whole seconds, 1-600). @default Duration.seconds(30) */
  readonly replicaLag?: Duration;
}

const DEFAULTS = {
  cpu: Percent.of(90),
  memory: Percent.of(80),
  evictions: 0,
  connections: 50_000,
  replicaLag: Duration.seconds(30),
} as const satisfies Required<CacheThresholds>;

/** The thresholds with their defaults. */
export type CacheThresholdPlan = Required<CacheThresholds>;

/** Fills in the defaults. */
export const cacheThresholds = (thresholds: CacheThresholds = {}): CacheThresholdPlan =>
  withDefaults(DEFAULTS, thresholds);

type T = CacheThresholdPlan;

/** What is asked of each threshold. */
export const CACHE_THRESHOLD_CHECKS: readonly Check<T>[] = [
  shareWithin<T>('cache-alarm-cpu-is-a-share', 'cpu', [10, 100], 'use 90 %'),
  shareWithin<T>('cache-alarm-memory-is-a-share', 'memory', [10, 100], 'use 80 %'),
  numberWithin<T>(
    'cache-alarm-evictions-are-possible',
    'evictions',
    [0, 1e9],
    'use 0, or what the cache drops in a good hour',
  ),
  numberWithin<T>('cache-alarm-connections-are-possible', 'connections', [1, 65_000], 'use 50000'),
  {
    id: 'cache-alarm-lag-is-possible',
    prop: 'replicaLag',
    holds: ({ replicaLag }) => isWholeWithin(replicaLag.inMillis / 1000, 1, 600),
    rule: 'must be 1 to 600 whole seconds',
    remedy: 'use 30 s',
  },
];
