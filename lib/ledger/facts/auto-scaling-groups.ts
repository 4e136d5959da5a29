import type { NodeGroup, Taint } from '../facts';
import { at, blocksAt, type Members, numberAt, textAt } from '../members';
import { blockName, type Skipped, type TerraformBlock } from '../source';
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
import { nodeSettings, taintOf } from './user-data';
import { evidenceOf, leftOut } from './view';

const HINT = 'k8s.io/cluster-autoscaler/node-template/';

/** Nodes of an Auto Scaling group that joins a cluster; of one that mixes, the on-demand and the spot part apart. */
export function autoScalingGroup(
  block: TerraformBlock,
  { refer, prefixes }: NodeContext,
): readonly NodeGroup[] | Skipped {
  const { value } = block;
  const [mixed] = blocksAt(value, 'mixed_instances_policy');
  const [mixedLaunch] = blocksAt(mixed, 'launch_template');
  const [specification] = blocksAt(mixedLaunch, 'launch_template_specification');
  const template = templateOf(specification ?? blocksAt(value, 'launch_template')[0], block, refer);
  const settings = nodeSettings(textAt(template?.value, 'user_data'));
  const tags = Object.fromEntries(
    blocksAt(value, 'tag').map((tag) => [textAt(tag, 'key') ?? '', textAt(tag, 'value') ?? '']),
  );
  const cluster = Object.keys(tags).find((key) =>
    /^(k8s\.io\/cluster-autoscaler\/(?!enabled|node-template)|kubernetes\.io\/cluster\/)/.test(key),
  );
  const isTagged = Object.keys(tags).some((key) => key.startsWith('k8s.io/cluster-autoscaler/'));
  if (cluster === undefined && !isTagged && !settings.joins)
    return leftOut(block, undefined, 'has no sign of a cluster that its instances join; not counted as nodes');
  const overrides = blocksAt(mixedLaunch, 'override').flatMap((override) => textAt(override, 'instance_type') ?? []);
  const names =
    overrides.length > 0 ? overrides : [textAt(template?.value, 'instance_type') ?? 'a type that is not written'];
  const types = known(names);
  const max = numberAt(value, 'max_size');
  if (max === undefined) return leftOut(block, 'nodeGroups', 'has a maximum that is not known here', '/max_size');
  if (typeof types === 'string') return leftOut(block, 'nodeGroups', types);
  const subnets = subnetsOf(at(value, 'vpc_zone_identifier'), block, refer);
  const min = numberAt(value, 'min_size') ?? 0;
  const desired = numberAt(value, 'desired_capacity') ?? min;
  const shared = {
    name: groupName(block),
    cluster: cluster === undefined ? '' : clusterOf(cluster.replace(/^.*\/(?=[^/]*$)/, ''), block, refer),
    allocatable: smallestRoom(
      types,
      { prefixes: prefixes(block), maxPods: settings.maxPods },
      diskGib(template, value),
    ),
    instanceTypes: names,
    architecture: architectureOf(types),
    labels: { ...ownLabels(types, subnets.zones), ...settings.labels, ...hintedLabels(tags) },
    taints: settings.taints.length > 0 ? settings.taints : hintedTaints(tags),
    ...subnets,
    evidence: evidenceOf(block),
  };
  const onDemand = onDemandPart(blocksAt(mixed, 'instances_distribution')[0], template);
  const parts = [
    { capacity: 'on-demand' as const, of: onDemand, id: blockName(block) },
    { capacity: 'spot' as const, of: (nodes: number) => nodes - onDemand(nodes), id: `${blockName(block)} (spot)` },
  ];
  const [first, ...others] = parts.filter(({ of }) => of(max) > 0);
  const isPart = others.length > 0;
  return [first ?? parts[0], ...others]
    .filter((part) => part !== undefined)
    .map(({ capacity, of, id }) => ({
      ...shared,
      id,
      capacity,
      ...(isPart && { isPart }),
      min: of(min),
      max: of(max),
      desired: of(desired),
      updateUnavailable: refreshOf(blocksAt(value, 'instance_refresh')[0], of(max)),
    }));
}

/** On-demand nodes among so many: the base, and a share of the rest. */
function onDemandPart(
  distribution: Members | undefined,
  template: TerraformBlock | undefined,
): (nodes: number) => number {
  const market = textAt(blocksAt(template?.value, 'instance_market_options')[0], 'market_type');
  if (distribution === undefined) return (nodes) => (market === 'spot' ? 0 : nodes);
  const base = numberAt(distribution, 'on_demand_base_capacity') ?? 0;
  const share = numberAt(distribution, 'on_demand_percentage_above_base_capacity') ?? 100;
  return (nodes) => Math.min(nodes, base + Math.ceil((Math.max(0, nodes - base) * share) / 100));
}

/** Nodes that an instance refresh takes at once: all but the share that stays healthy, 90 % unless written. */
function refreshOf(refresh: Members | undefined, nodes: number): number {
  const healthy = numberAt(blocksAt(refresh, 'preferences')[0], 'min_healthy_percentage') ?? 90;
  return Math.max(1, Math.floor((nodes * (100 - healthy)) / 100));
}

const hintedLabels = (tags: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(tags)
      .filter(([key]) => key.startsWith(`${HINT}label/`))
      .map(([key, value]) => [key.slice(`${HINT}label/`.length), value]),
  );

const hintedTaints = (tags: Readonly<Record<string, string>>): readonly Taint[] =>
  Object.entries(tags)
    .filter(([key]) => key.startsWith(`${HINT}taint/`))
    .flatMap(([key, value]) => taintOf(`${key.slice(`${HINT}taint/`.length)}=${value}`));
