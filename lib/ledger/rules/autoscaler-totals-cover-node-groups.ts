import { INSTANCE_TYPES } from '../../catalog';
import { type AutoscalerLimits, autoscalerLimits, LIMIT_FLAGS, type LimitFlag } from '../cloud/autoscaler-limits';
import type { Facts, NodeGroup } from '../facts';
import type { Rule, Verdict } from '../rule';
import { compared, unknown } from './compared';
import { named, ofGroup } from './fields';

/** A Cluster Autoscaler may grow the cluster to what its groups were given. */
export const autoscalerTotalsCoverNodeGroups: Rule = {
  id: 'autoscaler-totals-cover-node-groups',
  severity: 'warning',
  protects: 'pods stay Pending while every group is below its maximum: the total of the autoscaler was reached first',
  formula:
    'by nodes, cores and GiB: maxima of the on-demand groups together, and each group at its maximum with all others at ' +
    'their minimum, <= --max-nodes-total, --cores-total, --memory-total; spot and on-demand groups stand in for one another',
  source: 'kubernetes/autoscaler, cluster-autoscaler/FAQ.md, "What are the parameters to CA?"',
  scenarios: ['ordinary'],
  judge: (facts) => {
    // Karpenter keeps its own limits
    const groups = facts.nodeGroups.filter(({ id }) => !id.startsWith('NodePool '));
    if (groups.length === 0) return [];
    return autoscalerLimits(facts).flatMap((limits) =>
      LIMIT_FLAGS.flatMap((flag) => verdictOf(facts, groups, limits, flag)),
    );
  },
};

/** What one node counts for, and how the flag is called for people. */
const COUNTED: Readonly<Record<LimitFlag, { readonly unit: string; readonly of: (group: NodeGroup) => number }>> = {
  'max-nodes-total': { unit: 'nodes', of: () => 1 },
  'cores-total': { unit: 'cores', of: (group) => most(group, 'vcpus') },
  'memory-total': { unit: 'GiB', of: (group) => most(group, 'memoryMib') / 1024 },
};

const most = ({ instanceTypes }: NodeGroup, amount: 'vcpus' | 'memoryMib'): number =>
  Math.max(0, ...instanceTypes.map((type) => INSTANCE_TYPES.facts.get(type)?.[amount] ?? 0));

function verdictOf(facts: Facts, groups: readonly NodeGroup[], limits: AutoscalerLimits, flag: LimitFlag): Verdict[] {
  const limit = limits.of(flag);
  // a range of cores and memory is least and most: 0:320
  const available = Number(/^(?:\d+:)?(\d+)$/.exec(limit?.written ?? '')?.[1] ?? Number.NaN);
  // 0 nodes are no limit
  if (limit === undefined || (flag === 'max-nodes-total' && available === 0)) return [];
  const subject = `--${flag} of ${limits.subject}`;
  if (Number.isNaN(available)) return [unknown(subject, `a number (it is ${limit.written})`)];
  const { of, unit } = COUNTED[flag];
  const steady = groups.filter(({ capacity }) => capacity === 'on-demand');
  const together = total(steady, (group) => group.max * of(group));
  const minima = total(groups, (group) => group.min * of(group));
  const alone = groups.map((group) => ({ group, needed: minima + (group.max - group.min) * of(group) }));
  const [largest] = alone.sort((one, other) => other.needed - one.needed);
  if (largest === undefined) return [];
  const isTogether = together >= largest.needed;
  const needed = Math.ceil(isTogether ? together : largest.needed);
  const words = isTogether
    ? `${steady.map(({ max, name }) => `${max} of ${name}`).join(' + ')}${flag === 'max-nodes-total' ? '' : ', each with its largest type'}`
    : `${largest.group.max} of ${largest.group.name} and the minima of ${groups.length - 1} others`;
  const lost = facts.skipped.find(({ view }) => view === 'nodeGroups');
  if (lost !== undefined && needed <= available)
    return [unknown(subject, `nodes that can be counted: ${lost.what} ${lost.why}`)];
  const counted = isTogether ? steady : [largest.group];
  return [
    compared({
      subject,
      evidence: [limit.evidence, ...counted.slice(0, 4).map(ofGroup)],
      arithmetic: `${words} = ${needed} of ${available} ${unit}`,
      margin: { of: subject, needed, available, unit },
      remedy: () =>
        `raise --${flag} from ${available} to ${needed}, or lower max_size of ${named(counted)} by ${needed - available} ${unit} in all`,
    }),
  ];
}

const total = (groups: readonly NodeGroup[], of: (group: NodeGroup) => number): number =>
  groups.reduce((sum, group) => sum + of(group), 0);
