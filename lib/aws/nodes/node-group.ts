import { EksNodeGroup } from '@cdktf/provider-aws/lib/eks-node-group';
import { Construct } from 'constructs';
import type { Architecture } from '../../catalog';
import { enforce, type Finding, inspect, withDefaults } from '../../check';
import {
  type CapacityType,
  inspectNodeGroup,
  NODE_GROUP_LABEL,
  type NodeAutoscaler,
  type NodeGroupPlan,
  type NodeGroupSpec,
  nodeArchitecture,
  nodeGroupPlan,
  nodePods,
  type TaintEffect,
} from '../../model';
import { Percent } from '../../units';
import { type ClusterRef, inSameStack } from '../cluster/cluster-ref';
import type { EncryptionKey } from '../secrets/encryption-key';
import { AutoscalerHints } from './autoscaler-hints';
import { NODE_GROUP_PLACE_CHECKS, type NodePlace, nodePlaces } from './node-group-place';
import { NodeLaunchTemplate } from './node-launch-template';

/** A group as declared, with the cluster that it joins and the subnets it stands in. */
export interface NodeGroupProps extends NodeGroupSpec {
  /** Cluster that the nodes join: an `EksCluster`, or a description of one made elsewhere. */
  readonly cluster: ClusterRef;
  /** Private subnets of the nodes, one in each zone. */
  readonly subnetIds: readonly string[];
  /** Zones of those subnets, in the same order: `us-west-2a`. */
  readonly zoneNames: readonly string[];
  /** Who owns the number of nodes after creation. @default 'cluster-autoscaler' */
  readonly autoscaler?: NodeAutoscaler;
  /** Share of the nodes that an update may replace at once (whole percent, 1-100). @default Percent.of(33) */
  readonly maxUnavailable?: Percent;
  /** Release of the machine image, `1.35.0-20260818`: set it to roll out patches. @default - the newest at creation */
  readonly releaseVersion?: string;
  /** Key of the root volumes, whose users include `autoscaling`. @default - the account's default key for EBS */
  readonly rootVolumeKey?: EncryptionKey;
  /** Tags of instances, volumes and interfaces (no `aws:`); the provider's default tags miss them. @default - a name */
  readonly tags?: Readonly<Record<string, string>>;
}

type Plan = NodeGroupPlan &
  Required<Pick<NodeGroupProps, 'cluster' | 'subnetIds' | 'zoneNames' | 'maxUnavailable' | 'tags'>> &
  Pick<NodeGroupProps, 'releaseVersion' | 'rootVolumeKey'>;

const AMI_TYPES: Readonly<Record<Architecture, string>> = {
  amd64: 'AL2023_x86_64_STANDARD',
  arm64: 'AL2023_ARM_64_STANDARD',
};
const CAPACITY_TYPES: Readonly<Record<CapacityType, string>> = { 'on-demand': 'ON_DEMAND', spot: 'SPOT' };
const EFFECTS: Readonly<Record<TaintEffect, string>> = {
  NoSchedule: 'NO_SCHEDULE',
  PreferNoSchedule: 'PREFER_NO_SCHEDULE',
  NoExecute: 'NO_EXECUTE',
};

/** EKS labels nodes with how they are bought; what asks for spot could otherwise not bring up the first node. */
const SPOT_LABEL = { 'eks.amazonaws.com/capacityType': 'SPOT' } as const;

const DEFAULTS = { maxUnavailable: Percent.of(33), tags: {} } as const;

/**
 * Equal nodes that EKS manages: prefix delegation and pods a node set together, encrypted, repaired when sick.
 *
 * What cannot change in place (types, capacity, subnets) makes new nodes before the old ones are drained: names are prefixes.
 * If an autoscaler owns the number of nodes, Terraform sets it once. EKS then refuses a `min` above the number that runs:
 * raise the group by hand first.
 *
 * @example
 * new NodeGroup(stack, 'General', {
 *   cluster, subnetIds, zoneNames: ['us-west-2a', 'us-west-2b'],
 *   name: 'general', instanceTypes: ['m5.xlarge'], min: 3, max: 20, desired: 6,
 * });
 */
export class NodeGroup extends Construct {
  /** All that is wrong with types, bounds, labels, taints and zones; makes nothing. */
  static inspect(path: string, props: NodeGroupProps): Finding[] {
    return [
      ...inspectNodeGroup(path, props, props.autoscaler),
      ...inspect(path, NodeGroup.plan(props), NODE_GROUP_PLACE_CHECKS),
    ];
  }

  private static plan(props: NodeGroupProps): Plan {
    const { autoscaler = 'cluster-autoscaler' } = props;
    return { ...withDefaults(DEFAULTS, props), ...nodeGroupPlan(props, autoscaler) };
  }

  /** Pods that each node takes. */
  readonly maxPods: number;
  /** Auto Scaling groups behind it, one or one a zone; names start with `eks-` and the declared name. */
  readonly autoScalingGroups: readonly string[];

  /** @throws InvalidPropsError listing every error that `inspect` finds. */
  constructor(scope: Construct, id: string, props: NodeGroupProps) {
    super(scope, id);
    const plan = NodeGroup.plan(props);
    enforce(this, NodeGroup.inspect(this.node.path, props));

    this.maxPods = nodePods(plan.instanceTypes);
    const template = new NodeLaunchTemplate(this, 'LaunchTemplate', {
      name: plan.name,
      securityGroupIds: [plan.cluster.securityGroupId],
      maxPods: this.maxPods,
      rootVolume: plan.rootVolume,
      tags: { Name: `${plan.cluster.name}-${plan.name}`, ...plan.tags },
      ...(plan.rootVolumeKey && { rootVolumeKey: plan.rootVolumeKey }),
    });
    const groups = nodePlaces(plan).map((place) => this.group(place, plan, template));
    this.autoScalingGroups = groups.map((group) => group.resources.get(0).autoscalingGroups.get(0).name);
  }

  private group(place: NodePlace, plan: Plan, template: NodeLaunchTemplate): EksNodeGroup {
    const { cluster, autoscaler, taints, desired } = plan;
    const labels = { ...plan.labels, [NODE_GROUP_LABEL]: plan.name };
    const group = new EksNodeGroup(this, place.id, {
      clusterName: cluster.name,
      nodeGroupNamePrefix: place.prefix,
      nodeRoleArn: cluster.nodeRoleArn,
      version: cluster.version,
      ...(plan.releaseVersion === undefined ? {} : { releaseVersion: plan.releaseVersion }),
      subnetIds: [...place.subnetIds],
      amiType: AMI_TYPES[nodeArchitecture(plan.instanceTypes) ?? 'amd64'],
      instanceTypes: [...plan.instanceTypes],
      capacityType: CAPACITY_TYPES[plan.capacity],
      scalingConfig: { minSize: plan.min, desiredSize: desired, maxSize: plan.max },
      updateConfig: { maxUnavailablePercentage: plan.maxUnavailable.toPercent() },
      nodeRepairConfig: { enabled: true },
      launchTemplate: { id: template.id, version: template.latestVersion },
      labels,
      taint: taints.map(({ key, value, effect }) => ({ key, value, effect: EFFECTS[effect] })),
      tags: { ...plan.tags },
      dependsOn: inSameStack(this, cluster.beforeNodes ?? []),
      lifecycle: {
        createBeforeDestroy: true,
        ...(autoscaler === 'cluster-autoscaler' && { ignoreChanges: ['scaling_config[0].desired_size'] }),
      },
    });
    if (autoscaler === 'cluster-autoscaler') {
      new AutoscalerHints(this, place.hintsId, {
        autoScalingGroup: group.resources.get(0).autoscalingGroups.get(0).name,
        cluster: cluster.name,
        labels: { ...labels, ...place.labels, ...(plan.capacity === 'spot' && SPOT_LABEL) },
        taints,
        rootVolume: plan.rootVolume,
      });
    }
    cluster.join?.({ resource: group, desired, taints, capacity: plan.capacity });
    return group;
  }
}
