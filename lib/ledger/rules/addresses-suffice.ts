import { INSTANCE_TYPES } from '../../catalog';
import { ADDRESSES_PER_PREFIX } from '../../model/cluster/allocatable';
import type { Facts, NodeGroup } from '../facts';
import { textAt } from '../members';
import { addonFootprints } from '../pack/addons';
import { demands, everything } from '../pack/demand';
import type { Rule, Verdict } from '../rule';
import { blockName, type TerraformBlock } from '../source';
import { compared, unknown } from './compared';
import { ofGroup } from './fields';

/** The first four addresses and the last of each subnet belong to AWS. Source: VPC user guide, "Subnet CIDR blocks". */
const RESERVED = 5;

/** Prefixes that a node holds beyond what its pods need, by default. */
const WARM_PREFIXES = 1;

/** Subnets have an address for every node, pod and spare that there may be. */
export const addressesSuffice: Rule = {
  id: 'addresses-suffice',
  severity: 'error',
  protects: 'nodes join and their pods stay in ContainerCreating: failed to assign an IP address to container',
  formula:
    'by subnet: nodes at max_size (and those that an update starts first: two a zone, or max_unavailable) x (own + spare addresses) + pods <= 2^(32 - prefix) - 5; with prefix delegation in blocks of 16',
  source:
    'aws/amazon-vpc-cni-k8s, docs/eni-and-ip-target.md and docs/prefix-and-ip-target.md; EKS user guide, "Understand each phase of node updates" (two nodes a zone)',
  scenarios: ['ordinary', 'node-update'],
  judge: (facts, scenario) => {
    const subnets = new Map<string, NodeGroup[]>();
    for (const group of facts.nodeGroups)
      for (const subnet of group.subnets) subnets.set(subnet, [...(subnets.get(subnet) ?? []), group]);
    const blocks = new Map(
      facts.blocks.filter(({ type }) => type === 'aws_subnet').map((block) => [blockName(block), block]),
    );
    const pods = demands(facts, 'ceiling').reduce(
      (sum, { current, release }) => sum + current.count + (release?.count ?? 0),
      0,
    );
    return [...subnets].map(([name, groups]) =>
      judge(facts, name, blocks.get(name), groups, pods, scenario === 'node-update'),
    );
  },
};

function judge(
  facts: Facts,
  name: string,
  block: TerraformBlock | undefined,
  groups: readonly NodeGroup[],
  pods: number,
  isUpdate: boolean,
): Verdict {
  const cidr = textAt(block?.value, 'cidr_block');
  const length = Number(/^\d{1,3}(?:\.\d{1,3}){3}\/(\d{1,2})$/.exec(cidr ?? '')?.[1] ?? Number.NaN);
  if (block === undefined || !(length >= 16 && length <= 28)) return unknown(name, 'its cidr_block');
  const endless = groups.filter(({ max }) => !Number.isFinite(max));
  if (endless.length > 0) return unknown(name, `limits of ${endless.map((group) => group.name).join(', ')}`);
  const available = 2 ** (32 - length) - RESERVED;
  const isPrefixed = hasPrefixes(facts);
  const each = groups.map((group) => {
    const nodes = Math.ceil((group.max + (isUpdate ? addedBy(group) : 0)) / group.subnets.length);
    return { group, nodes, own: ownAddresses(group, isPrefixed) };
  });
  const nodes = each.reduce((sum, one) => sum + one.nodes, 0);
  const own = each.reduce((sum, one) => sum + one.nodes * one.own, 0);
  const seats = each.reduce((sum, { group, nodes: count }) => sum + count * group.allocatable.pods, 0);
  const agents = everything(facts).filter(({ kind, shape }) => kind === 'DaemonSet' && !shape.hostNetwork).length;
  const daemons = nodes * (agents + addonFootprints(facts).addresses);
  const share = Math.max(...groups.map(({ subnets }) => subnets.length));
  const [most, even] = [Math.min(pods, seats), Math.min(Math.ceil(pods / share), seats)];
  const needed = own + daemons + most;
  const verdict = compared({
    subject: name,
    evidence: [{ of: name, field: '/cidr_block', place: block.at('/cidr_block') }, ...groups.slice(0, 4).map(ofGroup)],
    arithmetic: `${nodes} nodes of ${groups.map((group) => group.name).join(', ')} with ${own} addresses of their own and to spare${isPrefixed ? ' (prefixes of 16)' : ''} + ${most} pods${daemons > 0 ? ` + ${daemons} of DaemonSets` : ''} = ${needed} of ${available} in ${cidr}`,
    margin: { of: `addresses in ${name}`, needed, available, unit: 'addresses' },
    remedy: () => remedyFor(needed, length, each),
    ...(own + daemons + even <= available && { severity: 'warning' }),
  });
  return verdict;
}

/** Nodes that an update starts first, with addresses of their own; where nobody says, as many as it takes at once. */
const addedBy = ({ updateSurge, updateUnavailable }: NodeGroup): number => updateSurge ?? updateUnavailable;

/** Addresses of one node that no pod has: of its interfaces, and those it keeps warm or cannot fill. */
function ownAddresses(group: NodeGroup, isPrefixed: boolean): number {
  if (isPrefixed) return 1 + WARM_PREFIXES * ADDRESSES_PER_PREFIX + ADDRESSES_PER_PREFIX - 1;
  const each = group.instanceTypes.flatMap((name) => INSTANCE_TYPES.facts.get(name)?.ipv4PerInterface ?? []);
  return each.length === 0 ? 1 : 2 * Math.max(...each);
}

const hasPrefixes = ({ blocks }: Facts): boolean =>
  blocks.some(
    ({ type, value }) =>
      type === 'aws_eks_addon' &&
      textAt(value, 'addon_name') === 'vpc-cni' &&
      /ENABLE_PREFIX_DELEGATION\W+true/.test(textAt(value, 'configuration_values') ?? ''),
  );

function remedyFor(
  needed: number,
  length: number,
  each: readonly { readonly group: NodeGroup; readonly nodes: number; readonly own: number }[],
): string {
  const bits = Math.ceil(Math.log2(needed + RESERVED));
  const wider = 32 - bits;
  const [most] = [...each].sort((one, other) => other.nodes * other.own - one.nodes * one.own);
  const fewer = most === undefined ? '' : `, or lower max_size of ${most.group.name} below ${most.group.max}`;
  return wider >= 16 && wider < length
    ? `give it a /${wider} (it has a /${length})${fewer}, or put nodes into more subnets`
    : `put nodes into more subnets${fewer}`;
}
