import { INSTANCE_TYPES, type InstanceType } from '../../catalog';
import type { NodeGroup } from '../facts';
import { at, blocksAt, type Members, numberAt, textAt } from '../members';
import { blockName, type Json, type TerraformBlock } from '../source';
import type { Refer } from './references';

/** The disk of a node where nothing says how large it is (GiB). */
export const DEFAULT_DISK_GIB = 20;

/** What readers of one kind of group need. */
export interface NodeContext {
  readonly refer: Refer;
  /** Whether pods of a cluster's nodes get addresses by prefix. */
  readonly prefixes: (group: TerraformBlock) => boolean;
}

/** The launch template that a block of this shape names, by id or by name. */
export const templateOf = (
  launch: Members | undefined,
  from: TerraformBlock,
  refer: Refer,
): TerraformBlock | undefined =>
  ['id', 'launch_template_id', 'name', 'launch_template_name']
    .flatMap((name) => refer(at(launch, name), from))
    .find(({ type }) => type === 'aws_launch_template');

/** Types of the catalog by name, or why they cannot be counted on. */
export function known(names: readonly string[]): readonly InstanceType[] | string {
  const types = names.map((name) => INSTANCE_TYPES.facts.get(name));
  const unknown = names.filter((_, index) => types[index] === undefined);
  if (unknown.length > 0) return `is of types that are not in the catalog: ${unknown.join(', ')}`;
  const found = types.filter((type) => type !== undefined);
  return found.length > 0 ? found : 'names no instance type';
}

export const architectureOf = (types: readonly InstanceType[]): NodeGroup['architecture'] =>
  types.every(({ architecture }) => architecture === 'arm64') ? 'arm64' : 'amd64';

/** Labels that every node has, where all nodes of a group have the same. */
export function ownLabels(types: readonly InstanceType[], zones: readonly string[]): Readonly<Record<string, string>> {
  const [zone, ...otherZones] = zones;
  const [type, ...otherTypes] = types;
  return {
    'kubernetes.io/os': 'linux',
    'kubernetes.io/arch': architectureOf(types),
    ...(type === undefined || otherTypes.length > 0 ? {} : { 'node.kubernetes.io/instance-type': type.name }),
    ...(zone === undefined || otherZones.length > 0
      ? {}
      : { 'topology.kubernetes.io/zone': zone, 'topology.ebs.csi.aws.com/zone': zone }),
  };
}

/** Size of the volume that pods write to: the template's first, else the group's own. */
export function diskGib(template: TerraformBlock | undefined, value: Members): number {
  const [device] = blocksAt(template?.value, 'block_device_mappings');
  return numberAt(blocksAt(device, 'ebs')[0], 'volume_size') ?? numberAt(value, 'disk_size') ?? DEFAULT_DISK_GIB;
}

/** Subnets by the name of their block, else as they are written, and the zones of those that were given. */
export function subnetsOf(
  value: Json | undefined,
  from: TerraformBlock,
  refer: Refer,
): { readonly subnets: readonly string[]; readonly zones: readonly string[] } {
  const written = Array.isArray(value) ? value : value === undefined || value === null ? [] : [value];
  const each = written.map((one) => ({ one, blocks: refer(one, from).filter(({ type }) => type === 'aws_subnet') }));
  const zones = each.flatMap(({ blocks }) => blocks.map((block) => textAt(block.value, 'availability_zone')));
  return {
    subnets: each.flatMap(({ one, blocks }) => (blocks.length > 0 ? blocks.map(blockName) : [String(one)])),
    zones: [...new Set(zones.filter((zone) => zone !== undefined))],
  };
}

/** The cluster's own name where its block was given, else what is written. */
export function clusterOf(value: Json | undefined, from: TerraformBlock, refer: Refer): string {
  const [cluster] = refer(value, from).filter(({ type }) => type === 'aws_eks_cluster');
  return textAt(cluster?.value, 'name') ?? (typeof value === 'string' ? value : '');
}

/** A group's name, or the start of it, else the name of its block. */
export function groupName({ value, name }: TerraformBlock): string {
  const own = textAt(value, 'node_group_name') ?? textAt(value, 'name');
  if (own !== undefined && !own.includes('${')) return own;
  return (textAt(value, 'node_group_name_prefix') ?? textAt(value, 'name_prefix'))?.replace(/-$/, '') ?? name;
}
