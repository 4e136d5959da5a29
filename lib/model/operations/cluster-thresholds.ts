import { type Check, withDefaults } from '../../check';
import { Duration, Memory, Percent } from '../../units';
import { numberWithin, shareWithin } from './threshold';

/** When the control plane of a cluster is worth waking somebody for. */
export interface ClusterThresholds {
  /** Requests to the API server that it failed to answer, of all, for 5 minutes (0.1-100 %). @default Percent.of(5) */
  readonly errors?: Percent;
  /** Requests to the API server that it turned away, of all, for 15 minutes (0.1-100 %). @default Percent.of(5) */
  readonly throttled?: Percent;
  /** Pods that find no node (0-10000). @default 0 */
  readonly unschedulablePods?: number;
  /** How long they may wait: longer than a node needs to come up (whole minutes, 5-120). @default Duration.minutes(15) */
  readonly unschedulableFor?: Duration;
  /** Size of the database of the control plane, which takes 8 GiB at least and then only reads (1-16 GiB). @default Memory.gib(6) */
  readonly storage?: Memory;
}

const DEFAULTS = {
  errors: Percent.of(5),
  throttled: Percent.of(5),
  unschedulablePods: 0,
  unschedulableFor: Duration.minutes(15),
  storage: Memory.gib(6),
} as const satisfies Required<ClusterThresholds>;

/** The thresholds with their defaults. */
export type ClusterThresholdPlan = Required<ClusterThresholds>;

/** Fills in the defaults. */
export const clusterThresholds = (thresholds: ClusterThresholds = {}): ClusterThresholdPlan =>
  withDefaults(DEFAULTS, thresholds);

type T = ClusterThresholdPlan;

/** What is asked of each threshold. */
export const CLUSTER_THRESHOLD_CHECKS: readonly Check<T>[] = [
  shareWithin<T>('cluster-alarm-errors-are-a-share', 'errors', [0.1, 100], 'use 5 %'),
  shareWithin<T>('cluster-alarm-throttling-is-a-share', 'throttled', [0.1, 100], 'use 5 %'),
  numberWithin<T>('cluster-alarm-pods-are-possible', 'unschedulablePods', [0, 10_000], 'use 0'),
  {
    id: 'cluster-alarm-waits-for-nodes',
    prop: 'unschedulableFor',
    holds: ({ unschedulableFor: { inMillis } }) =>
      inMillis % 60_000 === 0 && inMillis >= 5 * 60_000 && inMillis <= 120 * 60_000,
    rule: 'must be 5 to 120 whole minutes',
    remedy: 'use 15 minutes: a provision time-out of 5 and two tries more',
  },
  {
    id: 'cluster-alarm-storage-is-possible',
    prop: 'storage',
    holds: ({ storage }) => Memory.gib(1).isAtMost(storage) && storage.isAtMost(Memory.gib(16)),
    rule: 'must be 1Gi to 16Gi',
    remedy: 'use 6Gi',
  },
];
