import { type Check, withDefaults } from '../../check';
import { Duration, Percent } from '../../units';
import { numberWithin, shareWithin } from './threshold';

/** When a load balancer is worth waking somebody for. */
export interface LoadBalancerThresholds {
  /** Answers of 500 and above, of all, for 2 minutes (0.1-100 %). @default Percent.of(5) */
  readonly errors?: Percent;
  /** Requests a minute below which errors are not counted, so that one of three is no alarm (1-1000000). @default 20 */
  readonly requests?: number;
  /** Time within which 95 of 100 requests are answered, in 3 of 5 minutes (10 ms to 1 hour). @default Duration.millis(500) */
  readonly latency?: Duration;
  /** Targets that may be unhealthy for 5 minutes (0-1000). @default 0 */
  readonly unhealthyTargets?: number;
}

const DEFAULTS = {
  errors: Percent.of(5),
  requests: 20,
  latency: Duration.millis(500),
  unhealthyTargets: 0,
} as const satisfies Required<LoadBalancerThresholds>;

/** The thresholds with their defaults. */
export type LoadBalancerThresholdPlan = Required<LoadBalancerThresholds>;

/** Fills in the defaults. */
export const loadBalancerThresholds = (thresholds: LoadBalancerThresholds = {}): LoadBalancerThresholdPlan =>
  withDefaults(DEFAULTS, thresholds);

type T = LoadBalancerThresholdPlan;

/** What is asked of each threshold. */
export const LOAD_BALANCER_THRESHOLD_CHECKS: readonly Check<T>[] = [
  shareWithin<T>('load-balancer-alarm-errors-are-a-share', 'errors', [0.1, 100], 'use 5 %'),
  numberWithin<T>('load-balancer-alarm-requests-are-possible', 'requests', [1, 1_000_000], 'use 20'),
  {
    id: 'load-balancer-alarm-latency-is-possible',
    prop: 'latency',
    holds: ({ latency }) => Duration.millis(10).isAtMost(latency) && latency.isAtMost(Duration.hours(1)),
    rule: 'must be 10 ms to 1 hour',
    remedy: 'use what was promised, such as 500 ms',
  },
  numberWithin<T>('load-balancer-alarm-targets-are-possible', 'unhealthyTargets', [0, 1000], 'use 0'),
];
