import { Construct } from 'constructs';
import { type Check, enforce, type Finding, inspect, isDnsLabel, isWholeWithin, withDefaults } from '../../check';
import { KubePodDisruptionBudget } from '../k8s';
import type { Labels } from '../labels';
import { intOrString } from '../quantities';

/** A workload, and how much of it maintenance may take at a time. */
export interface DisruptionBudgetProps {
  /** DNS label. */
  readonly name: string;
  /** Labels that select the pods of exactly one workload: two budgets on one pod stop every eviction. */
  readonly selector: Labels;
  /** Pods that may be down at a time for maintenance (1-1000). @default 1 */
  readonly maxUnavailable?: number;
  /** Labels of the budget itself. @default - none */
  readonly labels?: Labels;
}

type Plan = Required<DisruptionBudgetProps>;

const planned = (props: DisruptionBudgetProps): Plan => withDefaults({ maxUnavailable: 1, labels: {} }, props);

/** What is said about a budget, with its defaults. */
export const DISRUPTION_BUDGET_CHECKS: readonly Check<Plan>[] = [
  {
    id: 'disruption-budget-name-is-a-dns-label',
    prop: 'name',
    holds: ({ name }) => isDnsLabel(name),
    rule: 'must be 1-63 of a-z, 0-9 and inner hyphens',
    remedy: 'use the name of the workload',
  },
  {
    id: 'disruption-budget-lets-a-pod-go',
    prop: 'maxUnavailable',
    holds: ({ maxUnavailable }) => isWholeWithin(maxUnavailable, 1, 1000),
    rule: 'must be a whole number from 1 to 1000: with 0 no node can ever be drained',
    remedy: 'use 1',
  },
  {
    id: 'disruption-budget-selects-a-workload',
    prop: 'selector',
    holds: ({ selector }) => Object.keys(selector).length > 0,
    rule: 'must name at least one label: an empty one selects every pod of the namespace',
    remedy: 'use the selector of the workload',
  },
];

/**
 * Lets maintenance take a workload's pods a few at a time, at any size of the workload, and never blocks it for good:
 * pods that are not ready anyway may always be evicted.
 *
 * @example
 * new DisruptionBudget(chart, 'Budget', {
 *   name: 'orders',
 *   selector: selectorLabels('orders'),
 *   maxUnavailable: 2,
 * });
 */
export class DisruptionBudget extends Construct {
  /** Findings about the props, with defaults applied; builds nothing. */
  static inspect(path: string, props: DisruptionBudgetProps): Finding[] {
    return inspect(path, planned(props), DISRUPTION_BUDGET_CHECKS);
  }

  constructor(scope: Construct, id: string, props: DisruptionBudgetProps) {
    super(scope, id);
    const plan = planned(props);
    enforce(this, DisruptionBudget.inspect(this.node.path, props));

    new KubePodDisruptionBudget(this, 'Resource', {
      metadata: { name: plan.name, labels: plan.labels },
      spec: {
        maxUnavailable: intOrString(plan.maxUnavailable),
        selector: { matchLabels: plan.selector },
        unhealthyPodEvictionPolicy: 'AlwaysAllow',
      },
    });
  }
}
