import type { Facts } from '../facts';
import { peakOf } from '../pack/peak';
import { written } from '../pack/shapes';
import type { Rule, Verdict } from '../rule';
import { compared, unknown } from './compared';
import { ofGroup } from './fields';
import { groupsOf, homesOf, largest } from './homes';

/** A CPU limit can be reached. */
export const cpuLimitsFitANode: Rule = {
  id: 'cpu-limits-fit-a-node',
  severity: 'warning',
  protects:
    'a limit above what any node has limits nothing: one pod takes all of a node, and no test shows the number to be wrong',
  formula: 'sum of CPU limits of a pod <= CPU of the largest node that admits it, less DaemonSets',
  source: 'arithmetic of limits and allocatable',
  scenarios: ['ordinary'],
  judge: (facts) =>
    facts.nodeGroups.length === 0
      ? []
      : homesOf(facts).flatMap(({ workload, nodes }): readonly Verdict[] => {
          const limit = workload.shape.limits.cpuMillis;
          const node = largest(nodes, 0);
          if (limit === undefined || node === undefined) return [];
          return [
            compared({
              subject: workload.id,
              evidence: [workload.evidence(workload.podPointer), node.group.evidence('')],
              arithmetic: `a pod is limited to ${written('CPU', limit)}, a node of ${node.group.name} has ${written('CPU', node.free[0])}`,
              margin: { of: `CPU limit of ${workload.id}`, needed: limit, available: node.free[0], unit: 'm' },
              remedy: () =>
                `lower the limits of its containers by ${written('CPU', limit - node.free[0])} in all, or give ${node.group.name} a larger instance type`,
            }),
          ];
        }),
};

/** All pods may reach their memory limits at once. */
export const memoryLimitsFitNodes: Rule = {
  id: 'memory-limits-fit-nodes',
  severity: 'warning',
  protects: 'where limits promise more than there is, a common peak makes kubelet evict pods that keep to theirs',
  formula: 'sum of memory limits of the pods at their maxima <= memory of the nodes they may run on',
  source: 'Kubernetes, "Node-pressure Eviction"',
  scenarios: ['ordinary'],
  judge: (facts) => (facts.nodeGroups.length === 0 ? [] : judgeMemory(facts)),
};

function judgeMemory(facts: Facts): readonly Verdict[] {
  const { pools } = peakOf(facts, { when: '', loss: { of: 'nothing' }, releases: 'none' });
  return pools.map(({ names, problem }) => {
    const subject = `memory limits on nodes ${names.join(', ')}`;
    const workloads = problem.pods.flatMap((set) =>
      set.workload === undefined ? [] : [{ set, workload: set.workload }],
    );
    const unlimited = workloads.filter(({ workload }) => workload.shape.limits.memoryBytes === undefined);
    if (unlimited.length > 0)
      return unknown(
        subject,
        `memory limits of ${unlimited
          .slice(0, 4)
          .map(({ workload }) => workload.id)
          .join(', ')}${unlimited.length > 4 ? ` and ${unlimited.length - 4} more` : ''}`,
      );
    const needed = workloads.reduce(
      (sum, { set, workload }) => sum + set.count * (workload.shape.limits.memoryBytes ?? 0),
      0,
    );
    const available = problem.nodes.reduce((sum, { count, free }) => sum + count * Math.max(free[1], 0), 0);
    const [most] = [...workloads].sort(
      (one, other) =>
        other.set.count * (other.workload.shape.limits.memoryBytes ?? 0) -
        one.set.count * (one.workload.shape.limits.memoryBytes ?? 0),
    );
    return compared({
      subject,
      evidence: groupsOf(problem.nodes).slice(0, 4).map(ofGroup),
      arithmetic: `limits of ${workloads.reduce((sum, { set }) => sum + set.count, 0)} pods add up to ${written('memory', needed)}, nodes have ${written('memory', available)}${most === undefined ? '' : `; most is of ${most.set.count} x ${written('memory', most.workload.shape.limits.memoryBytes ?? 0)} (${most.set.id})`}`,
      margin: {
        of: subject,
        needed: Math.ceil(needed / 2 ** 20),
        available: Math.floor(available / 2 ** 20),
        unit: 'Mi',
      },
      remedy: () =>
        `bring limits nearer to requests: they are ${Math.round((100 * needed) / Math.max(available, 1))} % of what nodes have`,
    });
  });
}
