import type { Autoscaler, ScalingTarget, Workload } from '../facts';
import { MIB } from '../facts/amounts';
import { targetKey } from '../pack/demand';
import type { Rule, Verdict } from '../rule';
import { unknown } from './compared';
import { maximumOfScaler } from './fields';

/** Above this many per cent of its request a process that keeps its memory holds an autoscaler at its maximum. */
const MOST_PERCENT = 150;

/** A memory target that pods may stay above for good is no measure of load. */
export const memoryTargetsCanBeLeft: Rule = {
  id: 'memory-targets-can-be-left',
  severity: 'warning',
  protects:
    'processes keep the memory they once had: the autoscaler goes to its maximum after one burst, and stays there',
  formula: 'memory limit <= 1.5 x request, where the target is a share of the request',
  source: 'Kubernetes, replica_calculator.go: utilization is usage over request; more pods free no memory of others',
  scenarios: ['ordinary'],
  judge: ({ autoscalers, workloads }) => {
    const byId = new Map(workloads.map((workload) => [targetKey(workload), workload]));
    return autoscalers.flatMap((autoscaler) => {
      const workload = byId.get(targetKey(autoscaler.target));
      return autoscaler.metrics
        .filter(({ on, name: metric }) => on === 'memory' || (on === 'container' && metric === 'memory'))
        .flatMap((metric) =>
          metric.utilization === undefined ? [] : [judge(autoscaler, metric, metric.utilization, workload)],
        );
    });
  },
};

function judge(
  autoscaler: Autoscaler,
  { pointer }: ScalingTarget,
  target: number,
  workload: Workload | undefined,
): Verdict {
  const subject = autoscaler.id;
  if (workload === undefined) return unknown(subject, 'the workload that it scales');
  const request = workload.shape.requests.memoryBytes;
  const limit = workload.shape.limits.memoryBytes;
  const percent = limit === undefined || request === 0 ? undefined : Math.ceil((100 * limit) / request);
  const evidence = [autoscaler.evidence(pointer), workload.evidence(workload.podPointer)];
  const size = limit === undefined ? 'without a limit' : `up to ${Math.round(limit / MIB)} Mi`;
  const arithmetic = `a pod asks for ${Math.round(request / MIB)} Mi and may hold memory ${size}: ${percent ?? 'any'} % of its request, the target is ${target} %`;
  if (percent !== undefined && percent <= MOST_PERCENT) return { outcome: 'holds', subject, evidence, arithmetic };
  const enough = limit === undefined ? undefined : Math.ceil((100 * limit) / MOST_PERCENT / MIB);
  return {
    outcome: 'broken',
    subject,
    evidence: [...evidence, autoscaler.evidence(maximumOfScaler(autoscaler).pointer)],
    arithmetic: `${arithmetic}; pods that stay above it mean ${autoscaler.max} of them for good`,
    remedy: `take the memory metric away, or ask for ${enough === undefined ? 'as much as a limit that is written' : `${enough} Mi`}`,
  };
}
