import type { Block } from '../support/terraform';
import { type AwsRule, isOn, isSet, list, rule } from './aws-rule';

const EVERYWHERE = ['0.0.0.0/0', '::/0'];

/** One opening of a security group, however it is written. */
interface Opening {
  readonly ranges: readonly string[];
  readonly from: number;
  readonly to: number;
  readonly isAny: boolean;
}

const opening = (rule: Block): Opening => {
  const protocol = String(rule.ip_protocol ?? rule.protocol);
  return {
    ranges: [rule.cidr_ipv4, rule.cidr_ipv6, rule.cidr_blocks, rule.ipv6_cidr_blocks].flatMap(list),
    from: Number(rule.from_port ?? 0),
    to: Number(rule.to_port ?? 65_535),
    isAny: protocol === '-1' || protocol === 'all',
  };
};

const openings = (body: Block, type: string, way: 'ingress' | 'egress'): Opening[] => {
  if (type === 'aws_security_group_rule') return body.type === way ? [opening(body)] : [];
  if (type === `aws_vpc_security_group_${way}_rule`) return [opening(body)];
  return list(body[way]).map(opening);
};

const isOpen = ({ ranges }: Opening): boolean => ranges.some((range) => EVERYWHERE.includes(range));

const GROUP = 'aws_security_group aws_default_security_group';
const INGRESS = `aws_vpc_security_group_ingress_rule aws_security_group_rule ${GROUP}`;
const EGRESS = `aws_vpc_security_group_egress_rule aws_security_group_rule ${GROUP}`;

const closed = (id: string, port: number): AwsRule =>
  rule(id, INGRESS, `port ${port} closed to the Internet`, (body, { type }) =>
    openings(body, type, 'ingress').every(
      (one) =>
        !isOpen(one) || one.isAny || !(one.from <= port && port <= one.to) || (one.from === 0 && one.to === 65_535),
    ),
  );

const isDescribed = (body: Block): boolean => isSet(body.description);

/** Networks, and who gets in and out. */
export const NETWORK_RULES: readonly AwsRule[] = [
  rule('CKV_AWS_130', 'aws_subnet', 'no public address by itself', (body) => !isOn(body.map_public_ip_on_launch)),
  rule(
    'CKV_AWS_23',
    `aws_security_group aws_security_group_rule aws_vpc_security_group_ingress_rule aws_vpc_security_group_egress_rule`,
    'a description of each group and rule',
    (body) => [body, ...list(body.ingress), ...list(body.egress)].every(isDescribed),
  ),
  closed('CKV_AWS_24', 22),
  closed('CKV_AWS_25', 3389),
  closed('CKV_AWS_260', 80),
  rule('CKV_AWS_277', INGRESS, 'no port range that is everything', (body, { type }) =>
    openings(body, type, 'ingress').every(
      (one) => !isOpen(one) || !(one.isAny || (one.from === 0 && one.to === 65_535)),
    ),
  ),
  rule('CKV_AWS_382', EGRESS, 'no way out to everything', (body, { type }) =>
    openings(body, type, 'egress').every((one) => !isOpen(one) || !one.isAny),
  ),
  rule('CKV_AWS_148', 'aws_default_vpc', 'no default network', () => false),
  rule('CKV_AWS_352', 'aws_network_acl_rule', 'no ingress of all ports', (body) => {
    const { isAny, from, to } = opening({ ...body, ip_protocol: body.protocol });
    return isOn(body.egress) || body.rule_action !== 'allow' || !(isAny || (from === 0 && to === 65_535));
  }),
  rule(
    'CKV2_AWS_5',
    'aws_security_group',
    'a group that something uses',
    (_body, group, stack) =>
      stack.isPutOut(group) ||
      stack.users(group).some(({ type }) => !/^aws_(vpc_)?security_group(_\w+)?_rule$/.test(type)),
  ),
  rule('CKV2_AWS_11', 'aws_vpc', 'flow logs', (_body, vpc, stack) => stack.users(vpc, 'aws_flow_log').length > 0),
  rule('CKV2_AWS_12', 'aws_vpc', 'a default security group without rules', (_body, vpc, stack) =>
    stack
      .users(vpc, 'aws_default_security_group')
      .some(({ body }) => list(body.ingress).length === 0 && list(body.egress).length === 0),
  ),
  rule('CKV2_AWS_1', 'aws_network_acl', 'a list that subnets use', (body, acl, stack) =>
    list(body.subnet_ids).length > 0 ? true : stack.users(acl, 'aws_network_acl_association').length > 0,
  ),
  rule('CKV2_AWS_19', 'aws_eip', 'an address that something has', (body, eip, stack) =>
    isSet(body.instance) || isSet(body.network_interface) ? true : stack.users(eip).length > 0 || stack.isPutOut(eip),
  ),
  rule('CKV2_AWS_44', 'aws_route aws_route_table', 'a peer that gets the routes of a peer', (body) =>
    [body, ...list(body.route)].every(
      (one) =>
        !isSet(one.vpc_peering_connection_id) ||
        !EVERYWHERE.includes(one.destination_cidr_block ?? one.destination_ipv6_cidr_block ?? one.cidr_block),
    ),
  ),
];
