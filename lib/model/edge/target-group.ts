import { withDefaults } from '../../check';
import { Duration } from '../../units';

/** How the load balancer picks a pod. */
export type TargetAlgorithm = 'round_robin' | 'least_outstanding_requests' | 'weighted_random';

/** How the load balancer finds out whether a pod may get requests. */
export interface TargetHealthCheck {
  /** Absolute path that is answered with 200 while the pod takes requests. */
  readonly path: string;
  /**
   * Port that is asked: 15021 of an Istio gateway, the status port of an nginx (1-65535).
   * @default - the port that takes requests
   */
  readonly port?: number;
  /** Time between two questions (whole seconds, 5-300). @default Duration.seconds(5) */
  readonly interval?: Duration;
  /** Time for an answer, shorter than the interval (whole seconds, 2-120). @default Duration.seconds(3) */
  readonly timeout?: Duration;
  /** Right answers in a row until a pod gets requests (2-10). @default 2 */
  readonly healthyThreshold?: number;
  /** Failures in a row until a pod gets no more (2-10). @default 3 */
  readonly unhealthyThreshold?: number;
}

/** How pods of a target group stop. */
export interface StoppingPods {
  /** Time for which a pod that is told to stop still takes requests. */
  readonly deregisterWithin: Duration;
  /** Time for which it then ends those it has. */
  readonly drainFor: Duration;
}

/** Pods that share requests behind a load balancer. Their addresses are targets: no node port, no second hop. */
export interface TargetGroupSpec {
  /** What the pods are, unique behind the load balancer: `gateway`, `blue` (1-20 of a-z, 0-9 and inner hyphens). */
  readonly name: string;
  /** Port of the pods that takes requests (1-65535). Another one makes another group. */
  readonly port: number;
  /** What the load balancer speaks with the pods. Another one makes another group. @default 'HTTP' */
  readonly protocol?: 'HTTP' | 'HTTPS';
  /** Version of it. Another one makes another group. @default 'HTTP1' */
  readonly protocolVersion?: 'HTTP1' | 'HTTP2';
  /** Who is asked what, and how often. */
  readonly healthCheck: TargetHealthCheck;
  /** @default 'round_robin' */
  readonly algorithm?: TargetAlgorithm;
  /**
   * Time over which a new pod's share grows (whole seconds, 30-900), with `round_robin` only. It does nothing for pods that
   * register together in an empty group.
   * @default - full share at once
   */
  readonly slowStart?: Duration;
  /** Time that requests in flight get after a pod is deregistered (whole seconds, 0-3600). @default Duration.seconds(30) */
  readonly deregistrationDelay?: Duration;
  /** How its pods stop, to be compared with the delay. @default - not compared */
  readonly pods?: StoppingPods;
}

const HEALTH_DEFAULTS = {
  interval: Duration.seconds(5),
  timeout: Duration.seconds(3),
  healthyThreshold: 2,
  unhealthyThreshold: 3,
} as const satisfies Partial<TargetHealthCheck>;

const DEFAULTS = {
  protocol: 'HTTP',
  protocolVersion: 'HTTP1',
  algorithm: 'round_robin',
  deregistrationDelay: Duration.seconds(30),
} as const satisfies Partial<TargetGroupSpec>;

/** A health check with its defaults; without a port it asks the one that takes requests. */
export type TargetHealthPlan = TargetHealthCheck & Required<Omit<TargetHealthCheck, 'port'>>;

/** A target group with its defaults. */
export interface TargetGroupPlan
  extends Omit<TargetGroupSpec, 'healthCheck' | keyof typeof DEFAULTS>,
    Required<Pick<TargetGroupSpec, keyof typeof DEFAULTS>> {
  /** Question, pace and thresholds. */
  readonly healthCheck: TargetHealthPlan;
}

export const targetGroupPlan = (spec: TargetGroupSpec): TargetGroupPlan => ({
  ...withDefaults(DEFAULTS, spec),
  healthCheck: withDefaults(HEALTH_DEFAULTS, spec.healthCheck),
});

/** Ports that the load balancer connects to: requests and, where another, health. */
export const targetPorts = ({ port, healthCheck }: TargetGroupSpec): readonly number[] => [
  ...new Set([port, healthCheck.port ?? port]),
];

/** Longest time from the first failure of a pod until it gets no more requests: threshold times interval, and one answer. */
export function timeToEject(spec: TargetGroupSpec): Duration {
  const { interval, timeout, unhealthyThreshold } = targetGroupPlan(spec).healthCheck;
  return interval.times(unhealthyThreshold).plus(timeout);
}
