import type { ScalingPolicy } from '../../model';
import type { HpaScalingRulesV2 } from '../k8s';

export type Direction = 'scaleUp' | 'scaleDown';

export const DIRECTIONS: readonly Direction[] = ['scaleUp', 'scaleDown'];

/** One direction as the API writes it, but for the tolerance; nothing if the policy leaves it to Kubernetes. */
function rules(policy: ScalingPolicy, direction: Direction): Partial<Record<Direction, HpaScalingRulesV2>> {
  const behavior = policy[direction];
  if (behavior === undefined) return {};
  const { stabilizationSeconds, steps, select } = behavior;
  return {
    [direction]: {
      ...(stabilizationSeconds !== undefined && { stabilizationWindowSeconds: stabilizationSeconds }),
      ...(steps && {
        policies: steps.map(({ type, change, periodSeconds }) => ({ type, value: change, periodSeconds })),
      }),
      ...(select && { selectPolicy: select }),
    },
  };
}

/** The pace of a policy as `autoscaling/v2` writes it, or nothing if all of it is left to Kubernetes. */
export function scalingRules(policy: ScalingPolicy): Partial<Record<Direction, HpaScalingRulesV2>> | undefined {
  if (policy.scaleUp === undefined && policy.scaleDown === undefined) return undefined;
  return { ...rules(policy, 'scaleUp'), ...rules(policy, 'scaleDown') };
}
