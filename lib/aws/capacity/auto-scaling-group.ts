import { AutoscalingGroup, type AutoscalingGroupMixedInstancesPolicy } from '@cdktf/provider-aws/lib/autoscaling-group';
import { Construct } from 'constructs';
import { enforce, type Finding } from '../../check';
import type { TrackedTarget } from '../../model/capacity/target-tracking';
import {
  type AutoScalingGroupProps,
  type AutoScalingGroupPropsPlan,
  inspectAutoScalingGroupProps,
  planAutoScalingGroup,
} from './auto-scaling-group-props';
import { InstanceLaunchTemplate } from './instance-launch-template';
import { TargetTrackingPolicy } from './target-tracking-policy';

/** What CloudWatch is told of the group, free of charge. */
const METRICS = [
  'GroupMinSize',
  'GroupMaxSize',
  'GroupDesiredCapacity',
  'GroupInServiceInstances',
  'GroupTotalInstances',
];

const POLICY_IDS: Readonly<Record<TrackedTarget['on'], string>> = { cpu: 'Cpu', 'requests-per-target': 'Requests' };

/**
 * EC2 instances that replace one another: a launch template with nothing open, health as the load balancer sees it,
 * sizes that follow their targets, and changes that roll through one by one, back again if they fail.
 *
 * For instances that no cluster owns. Nodes of EKS belong into a `NodeGroup`, whose size an autoscaler in the cluster
 * sets: a group with targets refuses that autoscaler's tags. A new image counts as a change: applying rolls the
 * instances.
 *
 * @example
 * new AutoScalingGroup(stack, 'Agents', {
 *   name: 'alfred-agent', instanceTypes: ['m5.large'], min: 2, max: 10, desired: 2,
 *   subnetIds, securityGroupIds: [instances.id], targetGroupArns: [targets.arn],
 *   tracks: [
 *     { on: 'cpu', utilization: Percent.of(75) },
 *     { on: 'requests-per-target', perMinute: 1000, loadBalancer: balancer.arnSuffix, targetGroup: targets.arnSuffix },
 *   ],
 * });
 */
export class AutoScalingGroup extends Construct {
  /** All that is wrong with sizes, types, health, targets and owner; makes nothing. */
  static inspect(path: string, props: AutoScalingGroupProps): Finding[] {
    return inspectAutoScalingGroupProps(path, props);
  }

  /** Name of the group, a reference: policies, alarms and schedules take it. */
  readonly name: string;
  /** Role of the instances, for policies of keys and buckets that name their principals. */
  readonly roleArn: string;

  /** @throws InvalidPropsError listing every error that `inspect` finds. */
  constructor(scope: Construct, id: string, props: AutoScalingGroupProps) {
    super(scope, id);
    const plan = planAutoScalingGroup(props);
    enforce(this, AutoScalingGroup.inspect(this.node.path, props));

    const template = new InstanceLaunchTemplate(this, 'LaunchTemplate', plan);
    const group = this.group(plan, template);
    this.name = group.name;
    this.roleArn = template.roleArn;
    plan.tracks.forEach((target, index) => {
      const known = plan.tracks.findIndex(({ on }) => on === target.on) === index;
      new TargetTrackingPolicy(this, known ? POLICY_IDS[target.on] : `${POLICY_IDS[target.on]}${index}`, {
        autoScalingGroup: group.name,
        target,
        ...(plan.capacity && { capacity: plan.capacity }),
      });
    });
  }

  private group(plan: AutoScalingGroupPropsPlan, template: InstanceLaunchTemplate): AutoscalingGroup {
    const isMixed = plan.instanceTypes.length > 1 || plan.spot !== undefined;
    const isOwned = plan.tracks.length > 0 || Object.keys(plan.tags).some((key) => key.startsWith('k8s.io/'));
    return new AutoscalingGroup(this, 'Resource', {
      name: plan.name,
      minSize: plan.min,
      maxSize: plan.max,
      desiredCapacity: plan.desired,
      vpcZoneIdentifier: [...plan.subnetIds],
      targetGroupArns: [...plan.targetGroupArns],
      healthCheckType: plan.healthCheck,
      healthCheckGracePeriod: plan.healthGrace.toSeconds(),
      defaultInstanceWarmup: plan.warmup.toSeconds(),
      enabledMetrics: [...METRICS],
      metricsGranularity: '1Minute',
      ...(isMixed
        ? { mixedInstancesPolicy: mixed(plan, template), capacityRebalance: plan.spot !== undefined }
        : { launchTemplate: { id: template.id, version: template.latestVersion } }),
      instanceRefresh: {
        strategy: 'Rolling',
        preferences: {
          minHealthyPercentage: 100,
          maxHealthyPercentage: 110,
          instanceWarmup: `${plan.warmup.toSeconds()}`,
          skipMatching: true,
          autoRollback: true,
        },
      },
      tag: Object.entries({ Name: plan.instanceName, ...plan.tags }).map(([key, value]) => ({
        key,
        value,
        propagateAtLaunch: true,
      })),
      dependsOn: [...template.grants],
      lifecycle: {
        createBeforeDestroy: true,
        ...(isOwned && { ignoreChanges: ['desired_capacity'] }),
      },
    });
  }
}

/** Types in the order of preference on demand, and wherever spot is least likely to be taken back. */
function mixed(
  plan: AutoScalingGroupPropsPlan,
  template: InstanceLaunchTemplate,
): AutoscalingGroupMixedInstancesPolicy {
  const { spot, instanceTypes } = plan;
  return {
    launchTemplate: {
      launchTemplateSpecification: { launchTemplateId: template.id, version: template.latestVersion },
      override: instanceTypes.map((instanceType) => ({ instanceType })),
    },
    instancesDistribution: {
      onDemandAllocationStrategy: 'prioritized',
      onDemandBaseCapacity: spot === undefined ? 0 : (spot.onDemandBase ?? 1),
      onDemandPercentageAboveBaseCapacity: spot === undefined ? 100 : 100 - spot.share.toPercent(),
      spotAllocationStrategy: 'price-capacity-optimized',
    },
  };
}
