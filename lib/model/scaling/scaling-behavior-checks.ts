import { type Check, type Finding, inspect, inspectEach, isWholeWithin } from '../../check';
import type { ScalingBehavior, ScalingStep } from './scaling-policy';

/** Bounds of `autoscaling/v2` (seconds). Source: kubernetes `pkg/apis/autoscaling/validation/validation.go`. */
const MAX_STABILIZATION_SECONDS = 3600;
const MAX_PERIOD_SECONDS = 1800;
const MAX_INT32 = 2_147_483_647;

/** What is said about the pace in one direction. */
export const SCALING_BEHAVIOR_CHECKS: readonly Check<ScalingBehavior>[] = [
  {
    id: 'scaling-stabilization-is-in-range',
    prop: 'stabilizationSeconds',
    holds: ({ stabilizationSeconds = 0 }) => isWholeWithin(stabilizationSeconds, 0, MAX_STABILIZATION_SECONDS),
    rule: `must be 0 to ${MAX_STABILIZATION_SECONDS} whole seconds`,
    remedy: 'use 0 to follow at once, 300 to wait five minutes',
  },
  {
    id: 'scaling-steps-are-declared-or-left-out',
    prop: 'steps',
    holds: ({ steps }) => steps === undefined || steps.length > 0,
    rule: 'must have at least one step',
    remedy: "leave it out for Kubernetes' own steps, or set select to 'Disabled'",
  },
  {
    id: 'scaling-tolerance-leaves-a-target',
    prop: 'tolerance',
    holds: ({ tolerance }) => tolerance === undefined || tolerance.toRatio() < 1,
    rule: 'must be below 100 %',
    remedy: 'use 5 to 10 %',
  },
];

/** What is said about one step of a pace. */
export const SCALING_STEP_CHECKS: readonly Check<ScalingStep>[] = [
  {
    id: 'scaling-change-moves-a-pod',
    prop: 'change',
    holds: ({ change }) => isWholeWithin(change, 1, MAX_INT32),
    rule: 'must be a whole number of at least 1',
    remedy: "use 1 or more; select 'Disabled' forbids the direction",
  },
  {
    id: 'scaling-period-is-in-range',
    prop: 'periodSeconds',
    holds: ({ periodSeconds }) => isWholeWithin(periodSeconds, 1, MAX_PERIOD_SECONDS),
    rule: `must be 1 to ${MAX_PERIOD_SECONDS} whole seconds`,
    remedy: 'use 15 to 120',
  },
];

/** Everything that is wrong with one direction of a policy, `prop` being `scaleUp` or `scaleDown`. */
export function inspectBehavior(path: string, prop: string, behavior: ScalingBehavior | undefined): Finding[] {
  if (behavior === undefined) return [];
  return [
    ...inspect(path, behavior, SCALING_BEHAVIOR_CHECKS),
    ...inspectEach(path, 'steps', behavior.steps ?? [], SCALING_STEP_CHECKS),
  ].map((finding) => ({ ...finding, prop: `${prop}.${finding.prop}` }));
}
