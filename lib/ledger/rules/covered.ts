import type { Budget, Facts, Workload } from '../facts';
import { onceFor } from '../once-for';

/** Kinds whose pods an eviction may take and something brings back. */
const KEPT: readonly Workload['kind'][] = ['Deployment', 'StatefulSet', 'Rollout', 'ReplicaSet'];

/** Workloads with the budgets that cover their pods. One pass over names and labels, not over all pairs. */
export const budgetsByWorkload = onceFor(({ workloads, budgets }: Facts): ReadonlyMap<Workload, readonly Budget[]> => {
  const index = new Map<string, Budget[]>();
  for (const budget of budgets) {
    const [label] = Object.entries(budget.matchLabels);
    const key = keyOf(budget.namespace, label);
    const same = index.get(key);
    if (same === undefined) index.set(key, [budget]);
    else same.push(budget);
  }
  return new Map(
    workloads
      .filter(({ kind }) => KEPT.includes(kind))
      .map((workload) => {
        const { labels } = workload.shape;
        const near = [undefined, ...Object.entries(labels)].flatMap(
          (label) => index.get(keyOf(workload.namespace, label)) ?? [],
        );
        return [workload, near.filter((budget) => budget.matches(labels))] as const;
      }),
  );
});

const keyOf = (namespace: string | undefined, label: readonly [string, string] | undefined): string =>
  JSON.stringify([namespace ?? '', label ?? '']);
