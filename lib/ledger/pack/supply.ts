import type { Facts, NodeGroup, Workload } from '../facts';
import { onceFor } from '../once-for';
import { addonFootprints } from './addons';
import { everything } from './demand';
import { labelsOf, refusal } from './fits';
import { type Amounts, amountsOf, combine, type NodeSet } from './shapes';

/** What of the nodes is away. */
export type Loss =
  | { readonly of: 'nothing' }
  /** A zone, with its nodes; `replaced` once the others have made up for them. */
  | { readonly of: 'zone'; readonly zone: string; readonly replaced: boolean }
  | { readonly of: 'spot' }
  /** Nodes of one group that an update takes before it adds any. */
  | { readonly of: 'update'; readonly group: string };

/** Nodes of a pool that has no limits: more than any cluster holds. Source: Kubernetes, "Considerations for large clusters". */
const NO_LIMIT = 5000;

/**
 * What a group counts for. Karpenter picks a type for each pod, so its pool counts for the type of which its limits allow
 * most CPU and memory together.
 */
export function countedAs(group: NodeGroup): NodeGroup {
  const worth = ({ max, allocatable }: Pick<NodeGroup, 'max' | 'allocatable'>): number =>
    Math.min(max, NO_LIMIT) ** 2 * allocatable.cpuMillis * allocatable.memoryBytes;
  const { choice = [], ...plain } = group;
  const [first, ...others] = choice;
  if (first === undefined) return group;
  const { max, allocatable } = others.reduce((best, one) => (worth(one) > worth(best) ? one : best), first);
  return { ...plain, max, allocatable };
}

/** Nodes of a group at its maximum, by zone. The lost zone is thought to have had the larger share. */
function nodesByZone(group: NodeGroup, loss: Loss): readonly (readonly [zone: string | undefined, count: number])[] {
  const { zones, capacity } = group;
  const max = loss.of === 'spot' && capacity === 'spot' ? 0 : nodesAtMost(group, loss);
  if (zones.length === 0) return [[undefined, max]];
  if (loss.of !== 'zone' || !zones.includes(loss.zone)) return spread(max, zones);
  const others = zones.filter((zone) => zone !== loss.zone);
  const left = loss.replaced ? max : max - Math.ceil(max / zones.length);
  return [...spread(left, others), [loss.zone, 0]];
}

const nodesAtMost = ({ max, id, updateUnavailable }: NodeGroup, loss: Loss): number =>
  Math.min(loss.of === 'update' && loss.group === id ? Math.max(max - updateUnavailable, 0) : max, NO_LIMIT);

/** As evenly as Auto Scaling does, the first zones one more. */
const spread = (count: number, zones: readonly string[]): readonly (readonly [string, number])[] =>
  zones.map((zone, index) => [zone, Math.floor(count / zones.length) + (index < count % zones.length ? 1 : 0)]);

/** Pods of a DaemonSet on one node at most: a second one where an update brings the new before it takes the old. */
const daemonsEach = (daemon: Workload): number => (daemon.surge(1) > 0 ? 2 : 1);

/** Nodes that there can be, each less what DaemonSets and node agents take on it. */
export const nodeSets = (facts: Facts, loss: Loss = { of: 'nothing' }): readonly NodeSet[] =>
  loss.of === 'nothing' ? allNodeSets(facts) : nodeSetsAfter(facts, loss);

const allNodeSets = onceFor((facts: Facts) => nodeSetsAfter(facts, { of: 'nothing' }));

function nodeSetsAfter(facts: Facts, loss: Loss): readonly NodeSet[] {
  const daemons = everything(facts).filter(({ kind }) => kind === 'DaemonSet');
  const addons = addonFootprints(facts).daemon;
  return facts.nodeGroups.map(countedAs).flatMap((group) => {
    const { pods, ...resources } = group.allocatable;
    return nodesByZone(group, loss).map(([zone, count]) => {
      const labels = labelsOf(group, zone);
      const taken = daemons
        .filter(({ shape }) => refusal(shape, labels, group.taints) === undefined)
        .reduce(
          (sum: Amounts, daemon) => combine(sum, daemonsEach(daemon), amountsOf(daemon.shape.requests, 1)),
          addons,
        );
      return { group, zone, count, labels, free: combine(amountsOf(resources, pods), -1, taken) };
    });
  });
}
