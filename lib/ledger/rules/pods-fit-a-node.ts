import type { Facts } from '../facts';
import { refusal, shortOf } from '../pack/fits';
import { type Amounts, type NodeSet, timesIn } from '../pack/shapes';
import { nodeSets } from '../pack/supply';
import type { Rule, Verdict } from '../rule';
import { unknown } from './compared';
import { ofGroup } from './fields';
import { type Homed, homesOf } from './homes';

/** Node groups whose refusal a verdict spells out. */
const MOST_NAMED = 6;

/** Every pod goes onto some empty node: its group admits it, and is large enough. */
export const podsFitANode: Rule = {
  id: 'pods-fit-a-node',
  severity: 'error',
  protects: 'a pod stays Pending for ever, and no node autoscaler helps it: none of the groups could ever seat it',
  formula:
    'some node group admits the pod (selector, affinity, taints), and requests <= allocatable - DaemonSets of it',
  source: 'Kubernetes scheduler, filters NodeAffinity, TaintToleration, NodeResourcesFit',
  scenarios: ['ordinary'],
  judge: (facts) => {
    if (facts.nodeGroups.length === 0) return [];
    const all = nodeSets(facts);
    return homesOf(facts)
      .filter(({ bounds }) => bounds.ceiling > 0)
      .map((homed) => judge(facts, homed, all));
  },
};

function judge(facts: Facts, { workload, amounts, nodes }: Homed, all: readonly NodeSet[]): Verdict {
  const { id: subject, shape, podPointer } = workload;
  const home = nodes.find(({ free }) => timesIn(free, amounts) > 0);
  const evidence = [workload.evidence(podPointer)];
  if (home !== undefined)
    return {
      outcome: 'holds',
      subject,
      evidence: [...evidence, ofGroup(home.group)],
      arithmetic: `a node of ${home.group.name} takes ${timesIn(home.free, amounts)} of its pods`,
    };
  const unread = facts.skipped.filter(({ view }) => view === 'nodeGroups').map(({ what }) => what);
  if (unread.length > 0) return unknown(subject, `nodes of ${unread.join(', ')}: no other takes its pods`);
  const groups = [...new Map(all.map((node) => [node.group.id, node])).values()];
  const zoneless = groups.filter(({ zone }) => zone === undefined);
  if (zoneless.length > 0 && asksForAZone(shape))
    return unknown(
      subject,
      `zones of ${zoneless.map(({ group }) => group.name).join(', ')} (the subnets they refer to)`,
    );
  const reasons = groups
    .slice(0, MOST_NAMED)
    .map(
      ({ group, free, labels }) =>
        `${group.name}: ${refusal(shape, labels, group.taints) ?? shortOf(free, amounts) ?? 'another zone'}`,
    );
  const short = nodes.length > 0;
  return {
    outcome: 'broken',
    subject,
    evidence,
    arithmetic: `refused by ${reasons.join('; ')}${groups.length > MOST_NAMED ? `; and by ${groups.length - MOST_NAMED} more groups` : ''}`,
    remedy: short
      ? `ask for at most ${room(nodes, amounts)} in each pod, or give ${nodes[0]?.group.name ?? 'a group'} a larger instance type`
      : 'add a node group with the labels that it selects, a toleration of the taint, or take the selector away',
  };
}

const asksForAZone = ({ nodeSelector, nodeAffinity }: Homed['workload']['shape']): boolean =>
  [...Object.keys(nodeSelector), ...nodeAffinity.flat().map(({ key }) => key)].some((key) => key.endsWith('/zone'));

/** What the roomiest node that admits the pod leaves, of what the pod asks too much of. */
function room(nodes: readonly NodeSet[], amounts: Amounts): string {
  const roomiest = nodes.reduce((most, node) =>
    node.free[0] * node.free[1] > most.free[0] * most.free[1] ? node : most,
  );
  const cpu = amounts[0] > roomiest.free[0] ? [`${Math.max(roomiest.free[0], 0)}m of CPU`] : [];
  const memory =
    amounts[1] > roomiest.free[1] ? [`${Math.floor(Math.max(roomiest.free[1], 0) / 2 ** 20)} Mi of memory`] : [];
  const disk =
    amounts[2] > roomiest.free[2]
      ? [`${Math.floor(Math.max(roomiest.free[2], 0) / 2 ** 20)} Mi of ephemeral storage`]
      : [];
  return [...cpu, ...memory, ...disk].join(' and ') || 'what the node has';
}
