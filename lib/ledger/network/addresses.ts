import { Cidr } from '../../model/network/cidr';
import type { Facts } from '../facts';
import { type Refer, references } from '../facts/references';
import { at, textAt } from '../members';
import { blockName, type Json, type TerraformBlock } from '../source';

/** Blocks of addresses of the subnets that a value refers to; undefined where one of them is not known. */
export function subnetBlocks(refer: Refer, value: Json | undefined, from: TerraformBlock): Cidr[] | undefined {
  const ids = Array.isArray(value) ? value : value === undefined || value === null ? [] : [value];
  const blocks = ids.flatMap((id) => {
    const subnets = refer(id, from).filter(({ type }) => type === 'aws_subnet');
    return subnets.length === 0 ? [undefined] : subnets.map(blockOf);
  });
  const known = blocks.flatMap((block) => block ?? []);
  return known.length === blocks.length && known.length > 0 ? known : undefined;
}

const blockOf = ({ value }: TerraformBlock): Cidr | undefined => Cidr.enclosing(textAt(value, 'cidr_block') ?? '');

/** Addresses that pods may have: those of the subnets of their nodes. None where pods have subnets of their own. */
export function podBlocks({ nodeGroups, blocks, objects }: Facts): readonly Cidr[] {
  if (objects.some(({ kind }) => kind === 'ENIConfig')) return [];
  const subnets = new Map(blocks.filter(({ type }) => type === 'aws_subnet').map((one) => [blockName(one), one]));
  const names = new Set(nodeGroups.flatMap((group) => group.subnets));
  const found = [...names].map((name) => {
    const subnet = subnets.get(name);
    return subnet && blockOf(subnet);
  });
  return found.some((one) => one === undefined) ? [] : found.flatMap((one) => one ?? []);
}

/** References between blocks, and what every look at a network needs. */
export interface Ground {
  readonly refer: Refer;
  readonly podBlocks: readonly Cidr[];
}

export const groundOf = (facts: Facts): Ground => ({ refer: references(facts.blocks), podBlocks: podBlocks(facts) });

/** Subnets of a subnet group that a block names. */
export const groupBlocks = (refer: Refer, name: Json | undefined, from: TerraformBlock): Cidr[] | undefined => {
  const [group] = refer(name, from).filter(({ type }) => type.endsWith('_subnet_group'));
  return group && subnetBlocks(refer, at(group.value, 'subnet_ids'), group);
};
