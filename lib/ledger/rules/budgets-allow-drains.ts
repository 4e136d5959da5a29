import type { Budget, Workload } from '../facts';
import { autoscalersByTarget, boundsOf } from '../pack/demand';
import { smallest } from '../pack/ways-out';
import type { Rule, Verdict } from '../rule';
import { unknown } from './compared';
import { budgetsByWorkload } from './covered';
import { minimumOfScaler } from './fields';

/** At the least number of pods that there can be, a budget still lets one go. */
export const budgetsAllowDrains: Rule = {
  id: 'budgets-allow-drains',
  severity: 'error',
  protects: 'a drain waits for ever: node updates fail with PodEvictionFailure, and nodes are never given back',
  formula: 'allowed(sum of minReplicas of all workloads that a budget covers) >= 1',
  source: 'Kubernetes, controller/disruption/disruption.go; EKS user guide, phases of node updates',
  scenarios: ['ordinary'],
  judge: (facts) => {
    const byTarget = autoscalersByTarget(facts);
    const covered = new Map<Budget, Workload[]>(facts.budgets.map((budget) => [budget, []]));
    for (const [workload, budgets] of budgetsByWorkload(facts))
      for (const budget of budgets) covered.get(budget)?.push(workload);
    return [...covered].map(([budget, workloads]) => judge(budget, workloads, (one) => boundsOf(byTarget, one)));
  },
};

/** More pods than this are not tried as a way out. */
const MOST_PODS = 1000;

function judge(
  budget: Budget,
  workloads: readonly Workload[],
  bounds: (workload: Workload) => ReturnType<typeof boundsOf>,
): Verdict {
  const [first] = workloads;
  if (first === undefined) return unknown(budget.id, 'a workload whose pods bear its labels');
  const pods = workloads.reduce((sum, workload) => sum + bounds(workload).floor, 0);
  const allowed = budget.allowed(pods);
  const { autoscaler, floor } = bounds(first);
  const [pointer, name] =
    autoscaler === undefined
      ? ['/spec/replicas', 'replicas']
      : [minimumOfScaler(autoscaler).pointer, minimumOfScaler(autoscaler).name];
  const said = {
    subject: budget.id,
    evidence: [
      budget.evidence('/spec'),
      autoscaler === undefined ? first.evidence(pointer) : autoscaler.evidence(pointer),
    ],
    arithmetic: `${pods} ${pods === 1 ? 'pod' : 'pods'} of ${workloads.map(({ id }) => id).join(', ')} at least, of which ${allowed} may go at once`,
    margin: { of: `evictions that ${budget.id} allows`, needed: 1, available: allowed, unit: 'pods' },
  };
  if (allowed >= 1 || pods === 0) return { outcome: 'holds', ...said };
  const enough = smallest(pods + 1, MOST_PODS, (more) => budget.allowed(more) >= 1);
  const raise =
    enough === undefined ? [] : [`raise ${name} of ${first.name} from ${floor} to ${floor + enough - pods}`];
  return { outcome: 'broken', ...said, remedy: [...raise, 'write maxUnavailable: 1 in the budget'].join(', or ') };
}
