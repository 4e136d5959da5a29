import { Cidr } from '../../model/network/cidr';
import type { Facts } from '../facts';
import type { Refer } from '../facts/references';
import { at, blocksAt, isTrueAt, listAt, type Members, numberAt, textAt, textsAt } from '../members';
import type { Json, TerraformBlock } from '../source';
import { type Answer, answer, any } from './answers';

/** Who connects: addresses, and the security groups that they carry. */
export interface Comer {
  readonly blocks: readonly Cidr[];
  /** Empty where nobody knows. */
  readonly groups: readonly TerraformBlock[];
}

/** What one rule lets in. */
interface Entry {
  readonly from: number;
  readonly to: number;
  readonly cidrs: readonly string[];
  readonly groups: readonly Json[];
  /** Whether it lets in members of its own group. */
  readonly self: boolean;
  /** Whether it lets in something that is not looked at. */
  readonly others: boolean;
  readonly block: TerraformBlock;
}

/** Whether security groups let somebody in on a port of TCP. */
export type SecurityGroups = (groups: readonly TerraformBlock[], port: number, comer: Comer) => Answer;

export function securityGroupsOf({ blocks }: Facts, refer: Refer): SecurityGroups {
  const entries = new Map<TerraformBlock, Entry[]>();
  const add = (group: TerraformBlock, entry: Entry | undefined): void => {
    if (entry !== undefined) entries.set(group, [...(entries.get(group) ?? []), entry]);
  };
  for (const block of blocks) {
    if (block.mode !== 'resource') continue;
    const { type, value } = block;
    if (type === 'aws_security_group') for (const one of blocksAt(value, 'ingress')) add(block, entryOf(one, block));
    const isRule = type === 'aws_security_group_rule' && textAt(value, 'type') === 'ingress';
    if (type === 'aws_vpc_security_group_ingress_rule' || isRule)
      for (const group of refer(at(value, 'security_group_id'), block)) add(group, entryOf(value, block));
  }
  return (groups, port, comer) =>
    any(groups, (group) =>
      any(
        (entries.get(group) ?? []).filter(({ from, to }) => port >= from && port <= to),
        (entry) => letsIn(entry, group, comer),
      ),
    );

  function letsIn({ cidrs, groups, self, others, block }: Entry, own: TerraformBlock, comer: Comer): Answer {
    if (others) return 'maybe';
    if (self && comer.groups.includes(own)) return 'yes';
    const byAddress = any(cidrs, (cidr) => {
      const whole = Cidr.enclosing(cidr);
      if (whole?.prefix === 0) return 'yes';
      if (whole === undefined || comer.blocks.length === 0) return 'maybe';
      if (comer.blocks.every((one) => whole.contains(one))) return 'yes';
      return comer.blocks.some((one) => whole.overlaps(one)) ? 'maybe' : 'no';
    });
    if (byAddress === 'yes') return 'yes';
    const byGroup = any(groups, (group) => {
      const found = refer(group, block);
      if (found.length === 0 || comer.groups.length === 0) return 'maybe';
      return answer(found.some((one) => comer.groups.includes(one)));
    });
    return any([byAddress, byGroup], (one) => one);
  }
}

/** A rule in any of its three spellings; undefined where it is not about TCP. */
function entryOf(value: Members, block: TerraformBlock): Entry | undefined {
  const protocol = String(at(value, 'ip_protocol') ?? at(value, 'protocol') ?? '-1');
  const isAll = protocol === '-1' || protocol === 'all';
  if (!isAll && protocol !== 'tcp' && protocol !== '6') return undefined;
  const one = (...names: string[]): Json[] => names.flatMap((name) => at(value, name) ?? []);
  const [from, to] = [numberAt(value, 'from_port'), numberAt(value, 'to_port')];
  const lists = [...textsAt(value, 'prefix_list_ids'), ...one('prefix_list_id')];
  return {
    from: isAll ? 0 : (from ?? 0),
    to: isAll ? 65_535 : (to ?? 65_535),
    cidrs: [...textsAt(value, 'cidr_blocks'), ...one('cidr_ipv4').filter((cidr) => typeof cidr === 'string')],
    groups: [...one('referenced_security_group_id', 'source_security_group_id'), ...listAt(value, 'security_groups')],
    self: isTrueAt(value, 'self'),
    others: lists.length > 0,
    block,
  };
}

/** Security groups of pods: those of their nodes, unless pods have some of their own. */
export function groupsOfPods({ blocks, objects }: Facts, refer: Refer): readonly TerraformBlock[] {
  if (objects.some(({ kind }) => kind === 'SecurityGroupPolicy' || kind === 'EC2NodeClass')) return [];
  const ofTemplates = blocks
    .filter(({ type }) => type === 'aws_launch_template')
    .flatMap((block) =>
      [
        ...listAt(block.value, 'vpc_security_group_ids'),
        ...blocksAt(block.value, 'network_interfaces').flatMap((one) => listAt(one, 'security_groups')),
      ].map((id) => refer(id, block)),
    );
  if (ofTemplates.some((found) => found.length === 0)) return [];
  // nodes that are given none carry that of their cluster, which is named through it
  const clusters = blocks.filter(({ type }) => type === 'aws_eks_cluster');
  return clusters.length === 0 ? [] : [...new Set([...clusters, ...ofTemplates.flat()])];
}
