import { autoscalerLimits } from '../cloud/autoscaler-limits';
import type { Facts } from '../facts';
import { poolsIn } from '../pack/pools-in-cases';
import type { Rule, Scenario, Verdict } from '../rule';
import { compared, unknown } from './compared';
import { ofGroup } from './fields';

/** The fewest nodes that seat the peak are no more than an autoscaler may run. */
export const peakStaysWithinTheNodeTotal: Rule = {
  id: 'peak-stays-within-the-node-total',
  severity: 'error',
  protects: 'pods stay Pending though no group is at its maximum: the autoscaler has all the nodes that it may run',
  formula:
    'fewest nodes that have what the pods at the peak ask for, largest nodes first, and the minima of groups that seat none of them <= --max-nodes-total',
  source: 'arithmetic of requests and allocatable; kubernetes/autoscaler, cluster-autoscaler/FAQ.md (0: no limit)',
  scenarios: ['ordinary', 'spot-lost'],
  judge: (facts, scenario) => {
    const clusters = new Set(facts.nodeGroups.map(({ cluster }) => cluster));
    // nodes of Karpenter are none of Cluster Autoscaler's
    const isMixed = facts.nodeGroups.some(({ id }) => id.startsWith('NodePool '));
    if (clusters.size !== 1 || isMixed || facts.workloads.length === 0) return [];
    return autoscalerLimits(facts).flatMap((limits): Verdict[] => {
      const limit = limits.of('max-nodes-total');
      const available = Number(limit?.written ?? 0);
      if (limit === undefined || !(available > 0)) return [];
      return poolsIn(facts, scenario).length === 0
        ? []
        : [verdictOf(facts, scenario, limits.subject, { available, evidence: limit.evidence })];
    });
  },
};

interface Total {
  readonly available: number;
  readonly evidence: Parameters<typeof compared>[0]['evidence'][number];
}

function verdictOf(facts: Facts, scenario: Scenario, of: string, { available, evidence }: Total): Verdict {
  const subject = `nodes that ${of} may run`;
  const pools = poolsIn(facts, scenario);
  const seating = new Set(pools.flatMap(({ pool }) => pool.problem.nodes.map(({ group }) => group.id)));
  const idle = facts.nodeGroups.filter(({ id }) => !seating.has(id)).reduce((sum, { min }) => sum + min, 0);
  const each = pools.map(({ pool, bound }) => ({ names: pool.names.join(', '), nodes: bound.nodes }));
  const needed = each.reduce((sum, { nodes }) => sum + nodes, idle);
  if (!Number.isFinite(needed))
    return unknown(subject, 'groups that seat the peak at their maxima (peak-pods-have-seats)');
  const words = each.map(({ names, nodes }) => `${nodes} of ${names}`);
  return compared({
    subject,
    evidence: [evidence, ...facts.nodeGroups.slice(0, 4).map(ofGroup)],
    arithmetic: `at least ${[...words, ...(idle > 0 ? [`${idle} of groups that seat none of them`] : [])].join(' + ')} = ${needed} of ${available} nodes`,
    margin: { of: subject, needed, available, unit: 'nodes' },
    remedy: () =>
      `raise --max-nodes-total from ${available} to at least ${needed}, or lower what is asked for at the peak`,
  });
}
