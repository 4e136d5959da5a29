import type { Facts, Workload } from '../facts';
import { autoscalersByTarget, boundsOf } from '../pack/demand';
import type { Rule, Verdict } from '../rule';
import { compared, unknown } from './compared';

type ByTarget = ReturnType<typeof autoscalersByTarget>;

/** At its most pods a workload bears the load that it is promised for. */
export const ceilingsCoverDeclaredLoad: Rule = {
  id: 'ceilings-cover-declared-load',
  severity: 'error',
  protects: 'an autoscaler at its maximum has nothing left to give: what comes above it waits, and then fails',
  formula: 'declared load <= most pods x measured rate of a pod',
  source: 'the arithmetic itself',
  scenarios: ['ordinary'],
  judge: (facts) => {
    const byTarget = autoscalersByTarget(facts);
    return facts.workloads.flatMap((workload) => verdictOf(facts, workload, byTarget));
  },
};

/** Of a workload for which a load or a rate is known; of the others nobody has promised anything. */
function verdictOf({ assumptions }: Facts, workload: Workload, byTarget: ByTarget): Verdict[] {
  const known = (of: ReadonlyMap<string, number>): number | undefined => of.get(workload.id) ?? of.get(workload.name);
  const load = known(assumptions.declaredLoad);
  const rate = known(assumptions.ratePerPod);
  if (load === undefined) return [];
  if (rate === undefined)
    return [unknown(workload.id, 'the rate that a pod was measured to bear (annotation headroom.dev/rate-per-pod)')];
  const { ceiling, autoscaler } = boundsOf(byTarget, workload);
  const available = ceiling * rate;
  const bound = autoscaler === undefined ? 'replicas' : 'maxReplicas';
  return [
    compared({
      subject: workload.id,
      evidence: [autoscaler?.evidence('/spec/maxReplicas') ?? workload.evidence('/spec/replicas')],
      arithmetic: `${load} requests/s of ${ceiling} pods x ${rate} = ${available} requests/s`,
      margin: { of: `load of ${workload.id}`, needed: load, available, unit: 'requests/s' },
      remedy: () => `raise ${bound} from ${ceiling} to ${Math.ceil(load / rate)}`,
    }),
  ];
}
