import { withDefaults } from '../../check';
import { Duration } from '../../units';

/** How soon DNS knows that a region does not serve users. */
export interface FailoverHealthSpec {
  /** Time between two questions of each checker: 10 s, which costs more, or 30 s. Fixed when made. @default Duration.seconds(10) */
  readonly interval?: Duration;
  /** Failures in a row that count (1-10). @default 3 */
  readonly failureThreshold?: number;
}

/** Time for which resolvers keep the name of a load balancer; Route 53 sets it, and no prop changes it. */
export const ALIAS_TTL = Duration.seconds(60);

/** A health check of DNS with its defaults. */
export const failoverHealthPlan = (spec: FailoverHealthSpec = {}): Required<FailoverHealthSpec> =>
  withDefaults({ interval: Duration.seconds(10), failureThreshold: 3 }, spec);

/** Time until the health check says that a region is lost: 3 failures 10 s apart are 30 s. */
export function timeToDetect(spec: FailoverHealthSpec = {}): Duration {
  const { interval, failureThreshold } = failoverHealthPlan(spec);
  return interval.times(failureThreshold);
}

/**
 * Time from the loss of a region until clients ask the other one, of what DNS alone decides: threshold times interval, and
 * the TTL. What stands between the two, the decision and the promotion of the database, comes on top, and so do clients
 * that keep a name for longer than they may.
 *
 * @param ttl Time for which resolvers keep the old answer. @default - 60 s, that of an alias of a load balancer
 */
export const failoverDetection = (spec: FailoverHealthSpec = {}, ttl: Duration = ALIAS_TTL): Duration =>
  timeToDetect(spec).plus(ttl);
