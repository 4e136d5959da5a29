import type { Refer } from '../facts/references';
import { at, blocksAt, listAt, textAt } from '../members';
import { blockName, type Json, type TerraformBlock } from '../source';
import type { Places } from './places';
import { byOwner, ofOne, type QuotaUse } from './quota-use';

/** What security groups hold, and how many of them an interface has. */
export const usesOfSecurityGroups = (
  resources: readonly TerraformBlock[],
  refer: Refer,
  places: Places,
): QuotaUse[] => [...rulesOfGroups(resources, refer, places), ...groupsOfInterfaces(resources, places)];

const RULE = /^aws_vpc_security_group_(ingress|egress)_rule$/;

/** Sources that a rule of the older kind names, each of which is a rule of AWS. */
const sourcesOf = (rule: Json): number =>
  Math.max(listAt(rule, 'cidr_blocks').length, listAt(rule, 'ipv6_cidr_blocks').length, 1);

/** Rules of each security group by direction, whichever way they are written. IPv4 and IPv6 count apart; the larger is told. */
function rulesOfGroups(resources: readonly TerraformBlock[], refer: Refer, places: Places): QuotaUse[] {
  const isGroup = ({ type }: TerraformBlock) => type === 'aws_security_group';
  const single = resources.filter(({ type }) => RULE.test(type) || type === 'aws_security_group_rule');
  const attached = new Map(byOwner(single, refer, ({ value }) => at(value, 'security_group_id'), isGroup));
  return resources.filter(isGroup).flatMap((group) => {
    const own = attached.get(group) ?? [];
    return (['ingress', 'egress'] as const).flatMap((direction) => {
      const inline = blocksAt(group.value, direction).reduce((sum, rule) => sum + sourcesOf(rule), 0);
      const apart = own
        .filter(({ type, value }) => (RULE.exec(type)?.[1] ?? textAt(value, 'type')) === direction)
        .reduce((sum, { type, value }) => sum + (RULE.test(type) ? 1 : sourcesOf(value)), 0);
      const needed = inline + apart;
      if (needed === 0) return [];
      const use = ofOne('rulesPerGroup', group, places.of(group), needed, `${needed} of ${direction}`);
      return [{ ...use, subject: `${direction} of ${blockName(group)}` }];
    });
  });
}

const GROUPS: readonly (readonly [type: string, member: string])[] = [
  ['aws_lb', 'security_groups'],
  ['aws_instance', 'vpc_security_group_ids'],
  ['aws_launch_template', 'vpc_security_group_ids'],
  ['aws_db_instance', 'vpc_security_group_ids'],
  ['aws_elasticache_replication_group', 'security_group_ids'],
  ['aws_vpc_endpoint', 'security_group_ids'],
];

/** Security groups of one interface, where they are written as a list of more than one. */
const groupsOfInterfaces = (resources: readonly TerraformBlock[], places: Places): QuotaUse[] =>
  resources.flatMap((block) => {
    const members = GROUPS.filter(([type]) => type === block.type).map(
      ([, member]) => listAt(block.value, member).length,
    );
    const interfaces = blocksAt(block.value, 'network_interfaces').map((one) => listAt(one, 'security_groups').length);
    const needed = Math.max(0, ...members, ...interfaces);
    return needed <= 1 ? [] : [ofOne('groupsPerInterface', block, places.of(block), needed, `${needed} groups`)];
  });
