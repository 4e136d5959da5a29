import type { Facts, NodeGroup } from '../facts';
import type { Rule, Verdict } from '../rule';
import { grouped } from './behind';
import { compared } from './compared';
import { named, ofGroup } from './fields';

/** Nodes of one kind stand in more than one zone: a group that spans several, or one for each. */
export const nodeGroupsSpanZones: Rule = {
  id: 'node-groups-span-zones',
  severity: 'warning',
  protects: 'the loss of one zone takes every node of a kind, and pods that must run on them have nowhere to go',
  formula: 'zones of all groups with the same labels and taints together >= 2',
  source: 'EKS best practices, "Reliability": spread worker nodes over several Availability Zones',
  scenarios: ['zone-lost'],
  judge: ({ nodeGroups }: Facts) =>
    [
      ...grouped(
        nodeGroups.filter(({ zones, max }) => zones.length > 0 && max > 0),
        (group) => [kindOf(group)],
      ).values(),
    ].map(verdictOf),
};

/** Labels that tell single groups, types, zones and ways to pay apart: pods seldom ask for them. */
const OWN =
  /^(eks\.amazonaws\.com|karpenter\.sh|kubernetes\.io\/(hostname|os)|node\.kubernetes\.io|topology\.|failure-domain\.)/;

const kindOf = ({ labels, taints, cluster }: NodeGroup): string =>
  JSON.stringify([
    cluster,
    Object.entries(labels)
      .filter(([key]) => !OWN.test(key))
      .sort(),
    taints.map(({ key, value, effect }) => `${key}=${value}:${effect}`).sort(),
  ]);

function verdictOf(groups: readonly NodeGroup[]): Verdict {
  const zones = [...new Set(groups.flatMap((group) => group.zones))].sort();
  const subject = `nodes ${named(groups)}`;
  return compared({
    subject,
    evidence: groups.slice(0, 4).map(ofGroup),
    arithmetic: `${groups.length} ${groups.length > 1 ? 'groups' : 'group'} of this kind in ${zones.length} zones (${zones.join(', ')})`,
    margin: { of: `zones of ${subject}`, needed: 2, available: zones.length, unit: 'zones' },
    remedy: () => 'add subnets of another zone, or a group there',
  });
}
