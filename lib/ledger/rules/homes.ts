import type { Facts, NodeGroup, Workload } from '../facts';
import { onceFor } from '../once-for';
import { autoscalersByTarget, type Bounds, boundsOf, everything, extraOf, isSeated } from '../pack/demand';
import { problem } from '../pack/problem';
import { type Amounts, amountsOf, type NodeSet, type PodSet } from '../pack/shapes';
import { nodeSets } from '../pack/supply';

/** A workload with its bounds and the nodes that admit its pods, whatever room they have. */
export interface Homed {
  readonly workload: Workload;
  readonly bounds: Bounds;
  readonly amounts: Amounts;
  readonly nodes: readonly NodeSet[];
}

/** Where the pods of every workload may run, DaemonSets apart. */
export const homesOf = onceFor((facts: Facts): readonly Homed[] => {
  const byTarget = autoscalersByTarget(facts);
  const workloads = everything(facts).filter(isSeated);
  const sets = workloads.map(
    (workload): PodSet => ({
      id: workload.id,
      workload,
      namespace: workload.namespace,
      shape: workload.shape,
      amounts: amountsOf(workload.shape.requests, 1),
      count: 1,
      colour: 'current',
    }),
  );
  const nodes = nodeSets(facts);
  const { eligible } = problem(sets, nodes);
  return workloads.map((workload, index) => ({
    workload,
    bounds: boundsOf(byTarget, workload),
    amounts: amountsOf(workload.shape.requests, 1),
    nodes: (eligible[index] ?? []).flatMap((node) => nodes[node] ?? []),
  }));
});

/** Pods of a workload at its ceiling while it is released, where both sets count alike. */
export const mostPods = ({ workload, bounds }: Pick<Homed, 'workload' | 'bounds'>): number =>
  bounds.ceiling + (workload.doubles ? 0 : extraOf(workload, bounds.ceiling));

export const groupsOf = (nodes: readonly NodeSet[]): readonly NodeGroup[] => [
  ...new Map(nodes.map(({ group }) => [group.id, group])).values(),
];

/** The node of all that has most of one amount. */
export const largest = (nodes: readonly NodeSet[], index: 0 | 1 | 2 | 3): NodeSet | undefined =>
  nodes.reduce<NodeSet | undefined>(
    (most, node) => (most === undefined || node.free[index] > most.free[index] ? node : most),
    undefined,
  );
