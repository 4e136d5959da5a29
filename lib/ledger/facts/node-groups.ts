import type { NodeGroup, Taint } from '../facts';
import { at, blocksAt, isTrueAt, type Members, numberAt, textAt, textMembersAt, textsAt } from '../members';
import { blockName, type KubernetesObject, type Skipped, type TerraformBlock } from '../source';
import { autoScalingGroup } from './auto-scaling-groups';
import { nodePool } from './karpenter';
import {
  architectureOf,
  clusterOf,
  diskGib,
  groupName,
  known,
  type NodeContext,
  ownLabels,
  subnetsOf,
  templateOf,
} from './node-parts';
import { smallestRoom } from './node-room';
import { references } from './references';
import { nodeSettings } from './user-data';
import { evidenceOf, groupOf, leftOut, type View } from './view';

/** What EKS takes where a group names no type. */
const DEFAULT_TYPE = 't3.medium';

const EFFECTS: Readonly<Record<string, Taint['effect']>> = {
  NO_SCHEDULE: 'NoSchedule',
  PREFER_NO_SCHEDULE: 'PreferNoSchedule',
  NO_EXECUTE: 'NoExecute',
};

/** Nodes of other clouds, or that nobody declares: there are such, and how large they are is not known here. */
const UNKNOWN_NODES: Readonly<Record<string, string>> = {
  aws_eks_fargate_profile: 'seats pods on Fargate, which is not counted here',
  google_container_node_pool: 'makes nodes of a cloud that is not known here',
  google_container_cluster: 'makes nodes of a cloud that is not known here',
  azurerm_kubernetes_cluster: 'makes nodes of a cloud that is not known here',
  azurerm_kubernetes_cluster_node_pool: 'makes nodes of a cloud that is not known here',
};

/** Groups of nodes: managed ones of EKS, Auto Scaling groups that join a cluster, Karpenter's pools. */
export function nodeGroupsOf(blocks: readonly TerraformBlock[], objects: readonly KubernetesObject[]): View<NodeGroup> {
  const skipped: Skipped[] = [];
  const found: NodeGroup[] = [];
  const context: NodeContext = { refer: references(blocks), prefixes: (group) => hasPrefixes(blocks, group) };
  const take = (read: readonly NodeGroup[] | Skipped): void => {
    if ('why' in read) skipped.push(read);
    else found.push(...read);
  };
  for (const block of blocks) {
    if (block.mode !== 'resource') continue;
    const unknown = Object.hasOwn(UNKNOWN_NODES, block.type) ? UNKNOWN_NODES[block.type] : undefined;
    if (unknown !== undefined) skipped.push(leftOut(block, 'nodeGroups', unknown));
    else if (block.type === 'aws_eks_node_group') take(managed(block, context));
    else if (block.type === 'aws_autoscaling_group') take(autoScalingGroup(block, context));
    else if (block.type === 'aws_eks_cluster' && isTrueAt(blocksAt(block.value, 'compute_config')[0], 'enabled'))
      skipped.push(leftOut(block, 'nodeGroups', 'makes nodes of its own (Auto Mode), which are not counted here'));
  }
  const prefixes = blocks.some((block) => isPrefixAddon(block));
  for (const object of objects) {
    const group = groupOf(object.apiVersion);
    if (object.kind === 'NodePool' && group === 'karpenter.sh') take(nodePool(object, objects, prefixes));
    else if (
      (object.kind === 'Provisioner' && group === 'karpenter.sh') ||
      (object.kind === 'NodePool' && group === 'eks.amazonaws.com')
    )
      skipped.push(leftOut(object, 'nodeGroups', 'makes nodes in a way that is not known here'));
  }
  return { found, skipped };
}

function managed(block: TerraformBlock, { refer, prefixes }: NodeContext): readonly NodeGroup[] | Skipped {
  const { value } = block;
  const [scaling] = blocksAt(value, 'scaling_config');
  const [launch] = blocksAt(value, 'launch_template');
  const template = templateOf(launch, block, refer);
  const names = typesOf(textsAt(value, 'instance_types'), textAt(template?.value, 'instance_type'));
  const types = known(names);
  const max = numberAt(scaling, 'max_size');
  if (max === undefined) return leftOut(block, 'nodeGroups', 'has a maximum that is not known here', '/scaling_config');
  if (typeof types === 'string') return leftOut(block, 'nodeGroups', types, '/instance_types');
  const settings = nodeSettings(textAt(template?.value, 'user_data'));
  const subnets = subnetsOf(at(value, 'subnet_ids'), block, refer);
  const name = groupName(block);
  const desired = numberAt(scaling, 'desired_size') ?? numberAt(scaling, 'min_size') ?? 0;
  const capacity = textAt(value, 'capacity_type') === 'SPOT' ? 'spot' : 'on-demand';
  return [
    {
      id: blockName(block),
      name,
      cluster: clusterOf(at(value, 'cluster_name'), block, refer),
      min: numberAt(scaling, 'min_size') ?? 0,
      max,
      desired,
      allocatable: smallestRoom(
        types,
        { prefixes: prefixes(block), maxPods: settings.maxPods },
        diskGib(template, value),
      ),
      instanceTypes: names,
      architecture: architectureOf(types),
      labels: {
        ...ownLabels(types, subnets.zones),
        'eks.amazonaws.com/nodegroup': name,
        'eks.amazonaws.com/capacityType': capacity === 'spot' ? 'SPOT' : 'ON_DEMAND',
        ...settings.labels,
        ...textMembersAt(value, 'labels'),
      },
      taints: [
        ...settings.taints,
        ...blocksAt(value, 'taint').flatMap((taint) => {
          const effect = EFFECTS[textAt(taint, 'effect') ?? ''];
          return effect === undefined
            ? []
            : [{ key: textAt(taint, 'key') ?? '', value: textAt(taint, 'value') ?? '', effect }];
        }),
      ],
      capacity,
      ...subnets,
      updateUnavailable: unavailableOf(blocksAt(value, 'update_config')[0], max),
      updateSurge: surgeOf(blocksAt(value, 'update_config')[0], max, subnets),
      evidence: evidenceOf(block),
    },
  ];
}

/** Nodes that an update takes at once, of as many as there may be; 1 where nothing is written. */
function unavailableOf(config: Members | undefined, nodes: number): number {
  const share = numberAt(config, 'max_unavailable_percentage');
  if (share !== undefined) return Math.max(1, Math.ceil((nodes * share) / 100));
  return numberAt(config, 'max_unavailable') ?? 1;
}

/**
 * Nodes that an update starts first: twice the zones, or as many as it takes at once if that is more; none where it takes
 * old ones first. Source: EKS user guide, "Understand each phase of node updates".
 */
function surgeOf(
  config: Members | undefined,
  nodes: number,
  { zones, subnets }: { readonly zones: readonly string[]; readonly subnets: readonly string[] },
): number {
  if (textAt(config, 'update_strategy') === 'MINIMAL') return 0;
  return Math.max(2 * Math.max(zones.length || subnets.length, 1), unavailableOf(config, nodes));
}

/** Names of types, of the group or else of its template; EKS' own where neither has any. */
const typesOf = (own: readonly string[], ofTemplate: string | undefined): readonly string[] =>
  own.length > 0 ? own : [ofTemplate ?? DEFAULT_TYPE];

const isPrefixAddon = ({ type, value }: TerraformBlock): boolean =>
  type === 'aws_eks_addon' &&
  textAt(value, 'addon_name') === 'vpc-cni' &&
  /ENABLE_PREFIX_DELEGATION\W+true/.test(textAt(value, 'configuration_values') ?? '');

/** Whether the add-on of the group's own cluster has it: the one in its stack, or that of a cluster with the same name. */
const hasPrefixes = (blocks: readonly TerraformBlock[], group: TerraformBlock): boolean =>
  blocks.some((block) => isPrefixAddon(block) && (block.stack === group.stack || sameCluster(block, group)));

const sameCluster = (addon: TerraformBlock, group: TerraformBlock): boolean => {
  const name = textAt(addon.value, 'cluster_name');
  return name !== undefined && name === textAt(group.value, 'cluster_name');
};
