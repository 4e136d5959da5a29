import { type Check, type Finding, inspectEach, isWholeWithin } from '../../check';
import { Duration } from '../../units';
import { type TargetGroupPlan, type TargetGroupSpec, targetGroupPlan } from './target-group';

/** In seconds, with the fraction that the bounds then refuse. */
const seconds = (duration: Duration): number => duration.inMillis / Duration.seconds(1).inMillis;

const isPort = (port: number): boolean => isWholeWithin(port, 1, 65_535);

const lifeAfterStop = ({ pods }: TargetGroupPlan): Duration | undefined => pods?.deregisterWithin.plus(pods.drainFor);

/** Time that the controller and the load balancer take to stop sending to a pod that goes. */
const LEAST_DEREGISTRATION = Duration.seconds(10);

/** What Elastic Load Balancing asks of a target group, and what pods that stop ask of it. */
export const TARGET_GROUP_CHECKS: readonly Check<TargetGroupPlan>[] = [
  {
    id: 'target-group-name-is-short',
    prop: 'name',
    holds: ({ name }) => /^[a-z0-9]([a-z0-9-]{0,18}[a-z0-9])?$/.test(name),
    rule: 'must be 1-20 of a-z, 0-9 and inner hyphens',
    remedy: 'use what the pods are: gateway, blue',
  },
  {
    id: 'target-group-port-is-a-port',
    prop: 'port',
    holds: ({ port }) => isPort(port),
    rule: 'must be a whole number from 1 to 65535',
    remedy: 'use the port of the container, not of the Service',
  },
  {
    id: 'target-group-health-path-is-absolute',
    prop: 'healthCheck.path',
    holds: ({ healthCheck }) => /^\/[\w.~/?&=%-]{0,1023}$/.test(healthCheck.path),
    rule: 'must start with / and have at most 1024 characters of a path',
    received: ({ healthCheck }) => healthCheck.path,
    remedy: 'use the path of the readiness probe',
  },
  {
    id: 'target-group-health-port-is-a-port',
    prop: 'healthCheck.port',
    holds: ({ healthCheck }) => healthCheck.port === undefined || isPort(healthCheck.port),
    rule: 'must be a whole number from 1 to 65535',
    received: ({ healthCheck }) => healthCheck.port,
    remedy: 'use 15021 for an Istio gateway, or leave it out',
  },
  {
    id: 'target-group-interval-is-offered',
    prop: 'healthCheck.interval',
    holds: ({ healthCheck }) => isWholeWithin(seconds(healthCheck.interval), 5, 300),
    rule: 'must be 5 to 300 whole seconds',
    received: ({ healthCheck }) => healthCheck.interval,
    remedy: 'leave it out for 5 s',
  },
  {
    id: 'target-group-timeout-is-offered',
    prop: 'healthCheck.timeout',
    holds: ({ healthCheck }) => isWholeWithin(seconds(healthCheck.timeout), 2, 120),
    rule: 'must be 2 to 120 whole seconds',
    received: ({ healthCheck }) => healthCheck.timeout,
    remedy: 'leave it out for 3 s',
  },
  {
    id: 'target-group-timeout-is-below-the-interval',
    prop: 'healthCheck.timeout',
    holds: ({ healthCheck }) => healthCheck.timeout.inMillis < healthCheck.interval.inMillis,
    rule: ({ healthCheck }) => `must be shorter than the interval, ${healthCheck.interval}`,
    received: ({ healthCheck }) => healthCheck.timeout,
    remedy: 'shorten it, or ask less often',
  },
  {
    id: 'target-group-thresholds-are-offered',
    prop: ({ healthCheck }) =>
      `healthCheck.${isWholeWithin(healthCheck.healthyThreshold, 2, 10) ? 'un' : ''}healthyThreshold`,
    holds: ({ healthCheck }) =>
      [healthCheck.healthyThreshold, healthCheck.unhealthyThreshold].every((count) => isWholeWithin(count, 2, 10)),
    rule: 'must be a whole number from 2 to 10',
    received: ({ healthCheck }) => [healthCheck.healthyThreshold, healthCheck.unhealthyThreshold],
    remedy: 'leave it out: 2 to come, 3 to go',
  },
  {
    id: 'target-group-slow-start-is-offered',
    prop: 'slowStart',
    holds: ({ slowStart }) => slowStart === undefined || isWholeWithin(seconds(slowStart), 30, 900),
    rule: 'must be 30 to 900 whole seconds',
    remedy: 'leave it out for none',
  },
  {
    id: 'target-group-slow-start-is-round-robin',
    prop: 'slowStart',
    holds: ({ slowStart, algorithm }) => slowStart === undefined || algorithm === 'round_robin',
    rule: ({ algorithm }) => `must be left out with ${algorithm}, which Elastic Load Balancing refuses beside it`,
    remedy: 'use round_robin, or let readiness wait until the pod is warm',
  },
  {
    id: 'target-group-delay-is-offered',
    prop: 'deregistrationDelay',
    holds: ({ deregistrationDelay }) => isWholeWithin(seconds(deregistrationDelay), 0, 3600),
    rule: 'must be 0 to 3600 whole seconds',
    remedy: 'leave it out for 30 s',
  },
  {
    id: 'target-group-delay-ends-before-its-pods',
    prop: 'deregistrationDelay',
    holds: (plan) => {
      const life = lifeAfterStop(plan);
      return life === undefined || plan.deregistrationDelay.isAtMost(life);
    },
    rule: (plan) =>
      `must be at most deregisterWithin and drainFor of its pods, together ${lifeAfterStop(plan)}: ` +
      'a request that is still let run would lose its pod',
    remedy: 'shorten it, or give the pods longer to drain',
  },
  {
    id: 'target-group-pods-outlive-deregistration',
    prop: 'pods.deregisterWithin',
    severity: 'warning',
    holds: ({ pods }) => pods === undefined || LEAST_DEREGISTRATION.isAtMost(pods.deregisterWithin),
    rule: `should be at least ${LEAST_DEREGISTRATION}: until then the load balancer may not know that a pod goes`,
    received: ({ pods }) => pods?.deregisterWithin,
    remedy: 'use 15 s',
  },
];

/** Everything that is wrong with target groups, each at its place in the list. */
export const inspectTargetGroups = (path: string, prop: string, specs: readonly TargetGroupSpec[]): Finding[] =>
  inspectEach(path, prop, specs.map(targetGroupPlan), TARGET_GROUP_CHECKS);
