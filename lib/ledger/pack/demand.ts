import type { Autoscaler, Facts, Workload } from '../facts';
import { onceFor } from '../once-for';
import { addonFootprints } from './addons';
import { amountsOf, type PodSet } from './shapes';

/** How many pods a workload may have, releases apart. */
export interface Bounds {
  readonly floor: number;
  readonly ceiling: number;
  readonly autoscaler: Autoscaler | undefined;
}

/** A workload by what an autoscaler calls it. */
export const targetKey = ({ kind, namespace, name }: Autoscaler['target']): string =>
  `${kind} ${namespace ?? ''}/${name}`;

/** Autoscalers by what they scale, so that each workload finds its own at once. */
export const autoscalersByTarget = onceFor(({ autoscalers }: Facts): ReadonlyMap<string, readonly Autoscaler[]> => {
  const found = new Map<string, Autoscaler[]>();
  for (const autoscaler of autoscalers) {
    const key = targetKey(autoscaler.target);
    const same = found.get(key);
    if (same === undefined) found.set(key, [autoscaler]);
    else same.push(autoscaler);
  }
  return found;
});

/** Autoscalers of a workload. */
export const scalersOf = (
  byTarget: ReadonlyMap<string, readonly Autoscaler[]>,
  workload: Workload,
): readonly Autoscaler[] => byTarget.get(targetKey(workload)) ?? [];

/** Least and most pods of a workload: those of its autoscaler, or what it writes. Of two, the one that asks for more. */
export function boundsOf(byTarget: ReadonlyMap<string, readonly Autoscaler[]>, workload: Workload): Bounds {
  const own = scalersOf(byTarget, workload);
  const [first, ...others] = own;
  if (first === undefined) return { floor: workload.replicas, ceiling: workload.replicas, autoscaler: undefined };
  const autoscaler = others.reduce((most, one) => (one.max > most.max ? one : most), first);
  return {
    floor: Math.min(...own.map(({ min }) => min)),
    ceiling: Math.max(autoscaler.max, autoscaler.min),
    autoscaler,
  };
}

/** What runs pods, whether its template was read or not. */
export const everything = ({ workloads, implied }: Facts): readonly Workload[] =>
  implied.length === 0 ? workloads : [...workloads, ...implied];

/** Workloads that run for as long as the cluster does, each pod of which needs a seat of its own. */
export const isSeated = ({ kind }: Workload): boolean => kind !== 'DaemonSet';

/** Pods that a release adds to `pods`: a second set, or the surge. */
export const extraOf = (workload: Workload, pods: number): number =>
  workload.doubles ? pods : Math.max(workload.surge(pods), 0);

/** Whether everything that its pods must keep between them is kept by each revision for itself. */
function isApart({ shape }: Workload): boolean {
  const required = shape.spread.filter((rule) => rule.required);
  return required.length > 0 && required.every(({ eachRevision }) => eachRevision === true);
}

/** Pods of a workload at its bounds, and what a release of it adds. */
export interface Demand {
  readonly current: PodSet;
  readonly release: PodSet | undefined;
  readonly bounds: Bounds;
}

/** What the workloads ask for: everything `at` its ceiling or floor. */
export const demands = (facts: Facts, at: 'floor' | 'ceiling'): readonly Demand[] =>
  at === 'ceiling' ? atCeilings(facts) : demandsAt(facts, at);

const atCeilings = onceFor((facts: Facts) => demandsAt(facts, 'ceiling'));

function demandsAt(facts: Facts, at: 'floor' | 'ceiling'): readonly Demand[] {
  const byTarget = autoscalersByTarget(facts);
  const own = everything(facts)
    .filter(isSeated)
    .flatMap((workload): Demand[] => {
      const bounds = boundsOf(byTarget, workload);
      const count = bounds[at];
      if (count <= 0) return [];
      const current: PodSet = {
        id: workload.id,
        workload,
        namespace: workload.namespace,
        shape: workload.shape,
        amounts: amountsOf(workload.shape.requests, 1),
        count,
        colour: 'current',
      };
      const extra = extraOf(workload, count);
      const release: PodSet | undefined =
        extra === 0
          ? undefined
          : {
              ...current,
              id: `${workload.id} (${workload.doubles ? 'second set' : 'surge'})`,
              count: extra,
              colour: workload.doubles || isApart(workload) ? 'next' : 'current',
            };
      return [{ current, release, bounds }];
    });
  const addons = addonFootprints(facts).pods.map(
    (current): Demand => ({
      current,
      release: undefined,
      bounds: { floor: current.count, ceiling: current.count, autoscaler: undefined },
    }),
  );
  return [...own, ...addons];
}
