import { podVolumesOf } from '../../catalog';
import { bySameGroups, type VolumeHome, volumeHomes } from '../cloud/volume-homes';
import type { Facts, NodeGroup } from '../facts';
import type { NodeSet } from '../pack/shapes';
import type { Evidence, Rule, Verdict } from '../rule';
import { compared, unknown } from './compared';
import { named, ofGroup, ofWorkload } from './fields';
import { groupsOf, mostPods } from './homes';

/** Nodes can attach the volumes of all pods that may need them. */
export const volumesAttachToNodes: Rule = {
  id: 'volumes-attach-to-nodes',
  severity: 'error',
  protects: 'pods wait in Pending with CPU and memory free: node(s) exceed max volume count',
  formula:
    'volumes of pods at their maxima <= nodes at theirs x attachments of the smallest type: 28 - network interfaces - root, ' +
    'or the limit of its own of newer types - root; volumes of one pod <= attachments of one node',
  source:
    'EBS user guide, "Amazon EBS volume limits for Amazon EC2 instances"; kubernetes-sigs/aws-ebs-csi-driver, docs/options.md (read 2026-11-21)',
  scenarios: ['ordinary'],
  judge: (facts) => {
    const homes = volumeHomes(facts);
    const sets = bySameGroups(homes.filter(({ groups }) => groups.length > 0));
    return [...homes.flatMap(podVerdict), ...sets.map((same) => verdictOf(facts, same, homes))];
  },
};

/** Volumes of pods that a node of a group takes at least. */
const attachmentsOf = ({ instanceTypes }: NodeGroup): number =>
  Math.min(...instanceTypes.map((type) => podVolumesOf(type) ?? Number.NaN));

/** A pod with more volumes than any node takes; others are told with the nodes that they share. */
function podVerdict({ homed, claims, groups }: VolumeHome): Verdict[] {
  const most = Math.max(...groups.map(attachmentsOf));
  if (groups.length === 0 || !(claims.length > most)) return [];
  return [
    compared({
      subject: homed.workload.id,
      evidence: claims.slice(0, 4).map(({ evidence }) => evidence),
      arithmetic: `a pod has ${claims.length} volumes, a node of ${named(groups)} takes ${most}`,
      margin: {
        of: `volumes of a pod of ${homed.workload.id}`,
        needed: claims.length,
        available: most,
        unit: 'volumes',
      },
      remedy: () => `give it at most ${most} volumes, or nodes of a type that takes more`,
    }),
  ];
}

/** Volumes of all that can run on these nodes only. Of a volume that pods share, each node attaches it anew. */
function verdictOf(facts: Facts, same: readonly VolumeHome[], homes: readonly VolumeHome[]): Verdict {
  const groups = same[0]?.groups ?? [];
  const ids = new Set(groups.map(({ id }) => id));
  const subject = `volumes on nodes ${named(groups)}`;
  const inside = homes.filter((home) => home.groups.length > 0 && home.groups.every(({ id }) => ids.has(id)));
  const each = inside.map(({ homed, claims }) => ({ homed, claims, pods: mostPods(homed) }));
  const needed = each.reduce((sum, { pods, claims }) => sum + pods * claims.length, 0);
  const nodes = same[0]?.homed.nodes ?? [];
  const available = nodes.reduce((sum, { group, count }) => sum + count * attachmentsOf(group), 0);
  if (Number.isNaN(available)) return unknown(subject, 'instance types that are in the catalog');
  const lost = facts.skipped.find(({ view }) => view === 'nodeGroups');
  if (lost !== undefined && needed > available)
    return unknown(subject, `nodes that can be counted: ${lost.what} ${lost.why}`);
  const terms = [...each].sort((one, other) => other.pods * other.claims.length - one.pods * one.claims.length);
  const evidence: Evidence[] = [
    ...terms.slice(0, 3).map(({ homed }) => ofWorkload(homed.workload, homed.bounds)),
    ...groups.slice(0, 3).map(ofGroup),
  ];
  return compared({
    subject,
    evidence,
    arithmetic: `${terms
      .slice(0, 4)
      .map(({ homed, pods, claims }) => `${pods} x ${claims.length} of ${homed.workload.name}`)
      .join(
        ' + ',
      )}${terms.length > 4 ? ` + ${terms.length - 4} more` : ''} = ${needed} of ${countsOf(nodes)} = ${available}`,
    margin: { of: subject, needed, available, unit: 'volumes' },
    remedy: () => remedyFor(needed - available, groups),
  });
}

/** `6 nodes x 24 of general`. */
const countsOf = (nodes: readonly NodeSet[]): string =>
  groupsOf(nodes)
    .map((group) => {
      const count = nodes.filter((node) => node.group === group).reduce((sum, node) => sum + node.count, 0);
      return `${count} nodes x ${attachmentsOf(group)} of ${group.name}`;
    })
    .join(' + ');

function remedyFor(missing: number, groups: readonly NodeGroup[]): string {
  const [first] = groups;
  if (first === undefined) return 'add nodes';
  const more = Math.ceil(missing / attachmentsOf(first));
  return `raise the maximum of ${first.name} by ${more} nodes, or let pods have ${missing} volumes less`;
}
