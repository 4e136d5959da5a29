import { AutoscalingPolicy, type AutoscalingPolicyConfig } from '@cdktf/provider-aws/lib/autoscaling-policy';
import { Token } from 'cdktf';
import { Construct } from 'constructs';
import { type Check, enforce, type Finding, inspect } from '../../check';
import { TARGET_TRACKING_CHECKS, type TrackedTarget } from '../../model/capacity/target-tracking';
import type { Rate } from '../../units';

/** A group of instances, and the one metric that this policy holds. */
export interface TargetTrackingPolicyProps {
  /**
   * Name of an Auto Scaling group that nothing else scales but further policies of this kind: no cluster's node group.
   */
  readonly autoScalingGroup: string;
  /** The metric and where it is held. */
  readonly target: TrackedTarget;
  /** Requests that an instance can serve, measured. @default - unknown, and a request target is not judged */
  readonly capacity?: Rate;
  /** Whether the policy only ever adds instances, because another removes them. @default false */
  readonly growsOnly?: boolean;
}

const LOAD_BALANCER = /^app\/[A-Za-z0-9-]{1,32}\/[0-9a-f]+$/;
const TARGET_GROUP = /^targetgroup\/[A-Za-z0-9-]{1,32}\/[0-9a-f]+$/;

const isSuffix = (text: string, shape: RegExp): boolean => Token.isUnresolved(text) || shape.test(text);

/** What is asked of the names that make up a resource label, of every request target. */
export const RESOURCE_LABEL_CHECKS: readonly Check<{ readonly tracks: readonly TrackedTarget[] }>[] = [
  {
    id: 'asg-request-target-names-its-balancer',
    prop: 'tracks',
    holds: ({ tracks }) =>
      tracks.every(
        (target) =>
          target.on === 'cpu' ||
          (isSuffix(target.loadBalancer, LOAD_BALANCER) && isSuffix(target.targetGroup, TARGET_GROUP)),
      ),
    rule: 'must name load balancer and target group by the suffix of their ARNs: app/<name>/<id>, targetgroup/<name>/<id>',
    received: ({ tracks }) =>
      tracks.flatMap((target) => (target.on === 'cpu' ? [] : [`${target.loadBalancer}/${target.targetGroup}`])),
    remedy: 'use the attribute arn_suffix of both, not their ARNs',
  },
];

/** Name of the policy within its group. */
const NAMES: Readonly<Record<TrackedTarget['on'], string>> = {
  cpu: 'cpu',
  'requests-per-target': 'requests-per-target',
};

const metric = (target: TrackedTarget): AutoscalingPolicyConfig['targetTrackingConfiguration'] =>
  target.on === 'cpu'
    ? {
        predefinedMetricSpecification: { predefinedMetricType: 'ASGAverageCPUUtilization' },
        targetValue: target.utilization.inBasisPoints / 100,
      }
    : {
        predefinedMetricSpecification: {
          predefinedMetricType: 'ALBRequestCountPerTarget',
          resourceLabel: `${target.loadBalancer}/${target.targetGroup}`,
        },
        targetValue: target.perMinute,
      };

/**
 * Adds and removes instances so that a metric stays at its target. Of several policies of a group, the one that asks
 * for more instances wins; all must agree before one is removed.
 *
 * @example
 * new TargetTrackingPolicy(stack, 'Cpu', {
 *   autoScalingGroup: group.name,
 *   target: { on: 'cpu', utilization: Percent.of(75) },
 * });
 */
export class TargetTrackingPolicy extends Construct {
  /** What is wrong with the target; makes nothing. */
  static inspect(path: string, { target, capacity }: TargetTrackingPolicyProps): Finding[] {
    const tracking = { tracks: [target], ...(capacity && { capacity }) };
    return [...inspect(path, tracking, TARGET_TRACKING_CHECKS), ...inspect(path, tracking, RESOURCE_LABEL_CHECKS)];
  }

  /** ARN of the policy. */
  readonly arn: string;

  /** @throws InvalidPropsError listing every error that `inspect` finds. */
  constructor(scope: Construct, id: string, props: TargetTrackingPolicyProps) {
    super(scope, id);
    const { autoScalingGroup, target, growsOnly = false } = props;
    enforce(this, TargetTrackingPolicy.inspect(this.node.path, props));

    const tracking = metric(target);
    this.arn = new AutoscalingPolicy(this, 'Resource', {
      autoscalingGroupName: autoScalingGroup,
      name: NAMES[target.on],
      policyType: 'TargetTrackingScaling',
      ...(tracking && { targetTrackingConfiguration: { ...tracking, disableScaleIn: growsOnly } }),
    }).arn;
  }
}
