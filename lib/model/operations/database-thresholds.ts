import { type Check, withDefaults } from '../../check';
import { Duration, Percent } from '../../units';
import { numberWithin, shareWithin } from './threshold';

/** When a database is worth waking somebody for. */
export interface DatabaseThresholds {
  /** Processor in use, for 5 minutes (10-100 %). @default Percent.of(90) */
  readonly cpu?: Percent;
  /** Storage left, of what was declared (1-90 %). @default Percent.of(20) */
  readonly freeStorage?: Percent;
  /** Connections, of those the server accepts, in 3 of 5 minutes (10-100 %). @default Percent.of(80) */
  readonly connections?: Percent;
  /** Memory that could be freed, of that of the class, for 3 minutes (1-50 %). @default Percent.of(5) */
  readonly freeMemory?: Percent;
  /** Reads and writes that wait for the disk, for 15 minutes (1-10000). @default 64 */
  readonly diskQueue?: number;
  /** Credits left of what bursts: the disk's and, of burstable classes, the processor's (1-90 %). @default Percent.of(20) */
  readonly burstBalance?: Percent;
  /**
   * How far a replica may stay behind (1 minute to 1 hour), for 5 more minutes. While nobody writes, RDS reports a lag that
   * climbs to 5 minutes and falls back; above a threshold of a minute or more that lasts at most 4, so that it never rings.
   * @default Duration.minutes(5)
   */
  readonly replicaLag?: Duration;
  /** Transaction ids used since the oldest was frozen (200 million to 2000 million; at 2147 million PostgreSQL stops). @default 1_000_000_000 */
  readonly usedTransactionIds?: number;
}

const DEFAULTS = {
  cpu: Percent.of(90),
  freeStorage: Percent.of(20),
  connections: Percent.of(80),
  freeMemory: Percent.of(5),
  diskQueue: 64,
  burstBalance: Percent.of(20),
  replicaLag: Duration.minutes(5),
  usedTransactionIds: 1_000_000_000,
} as const satisfies Required<DatabaseThresholds>;

/** The thresholds with their defaults. */
export type DatabaseThresholdPlan = Required<DatabaseThresholds>;

/** Fills in the defaults. */
export const databaseThresholds = (thresholds: DatabaseThresholds = {}): DatabaseThresholdPlan =>
  withDefaults(DEFAULTS, thresholds);

type T = DatabaseThresholdPlan;

/** What is asked of each threshold. */
export const DATABASE_THRESHOLD_CHECKS: readonly Check<T>[] = [
  shareWithin<T>('database-alarm-cpu-is-a-share', 'cpu', [10, 100], 'use 90 %'),
  shareWithin<T>(
    'database-alarm-storage-is-a-share',
    'freeStorage',
    [1, 90],
    'use 20 %: storage grows by itself at 10 %',
  ),
  shareWithin<T>('database-alarm-connections-are-a-share', 'connections', [10, 100], 'use 80 %'),
  shareWithin<T>('database-alarm-memory-is-a-share', 'freeMemory', [1, 50], 'use 5 %'),
  numberWithin<T>('database-alarm-disk-queue-is-possible', 'diskQueue', [1, 10_000], 'use 64'),
  shareWithin<T>('database-alarm-balance-is-a-share', 'burstBalance', [1, 90], 'use 20 %'),
  {
    id: 'database-alarm-lag-tells-idle-from-late',
    prop: 'replicaLag',
    holds: ({ replicaLag }) => Duration.minutes(1).isAtMost(replicaLag) && replicaLag.isAtMost(Duration.hours(1)),
    rule: 'must be 1 minute to 1 hour: below, a primary that nobody writes to looks like a replica that is late',
    remedy: 'use 5 minutes',
  },
  numberWithin<T>(
    'database-alarm-wraparound-leaves-time',
    'usedTransactionIds',
    [200_000_000, 2_000_000_000],
    'use 1000 million: autovacuum starts to freeze at 200 million, PostgreSQL stops at 2147 million',
  ),
];
