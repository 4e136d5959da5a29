import type { Rule } from '../rule';
import { budgetsByWorkload } from './covered';

/** No pod is covered by two budgets. */
export const podsHaveOneBudget: Rule = {
  id: 'pods-have-one-budget',
  severity: 'error',
  protects: 'evictions of a pod that two budgets cover are refused with an error, whatever the budgets say',
  formula: 'budgets whose selector takes the pods of a workload <= 1',
  source: 'Kubernetes, registry/core/pod/storage/eviction.go',
  scenarios: ['ordinary'],
  judge: (facts) =>
    [...budgetsByWorkload(facts)]
      .filter(([, budgets]) => budgets.length > 0)
      .map(([{ id: subject }, budgets]) => {
        const evidence = budgets.map((budget) => budget.evidence('/spec/selector'));
        const arithmetic = `covered by ${budgets.map(({ id }) => id).join(' and ')}`;
        return budgets.length === 1
          ? { outcome: 'holds', subject, evidence, arithmetic }
          : {
              outcome: 'broken',
              subject,
              evidence,
              arithmetic,
              remedy: 'narrow the selectors until one budget is left',
            };
      }),
};
