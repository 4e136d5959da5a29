import type { Facts, Workload } from '../facts';
import { membersAt, textMembersAt } from '../members';
import { autoscalersByTarget, boundsOf } from '../pack/demand';
import type { Rule } from '../rule';
import { minimumOfScaler } from './fields';

/** What a Service sends requests to has two pods at least. */
export const servicesSurviveADrain: Rule = {
  id: 'services-survive-a-drain',
  severity: 'warning',
  protects: 'each drain, eviction or lost node is an outage until the only pod runs elsewhere',
  formula: 'least pods of a workload behind a Service >= 2',
  source: 'Kubernetes, "Disruptions"',
  scenarios: ['ordinary'],
  judge: (facts) => {
    const byTarget = autoscalersByTarget(facts);
    return served(facts).map((workload) => {
      const { floor, autoscaler } = boundsOf(byTarget, workload);
      const field =
        autoscaler === undefined ? { pointer: '/spec/replicas', name: 'replicas' } : minimumOfScaler(autoscaler);
      const said = {
        subject: workload.id,
        evidence: [(autoscaler ?? workload).evidence(field.pointer)],
        arithmetic: `${floor} ${floor === 1 ? 'pod' : 'pods'} at least`,
        margin: { of: `pods of ${workload.id}`, needed: 2, available: floor, unit: 'pods' },
      };
      return floor >= 2 || floor === 0
        ? { outcome: 'holds', ...said }
        : { outcome: 'broken', ...said, remedy: `raise ${field.name} from ${floor} to 2, or accept the outage` };
    });
  },
};

/** Workloads whose pods a Service selects. */
function served({ workloads, objects }: Facts): readonly Workload[] {
  const selectors = new Map<string, Readonly<Record<string, string>>[]>();
  for (const { kind, apiVersion, namespace, value } of objects) {
    if (kind !== 'Service' || apiVersion !== 'v1') continue;
    const selector = textMembersAt(value, 'spec', 'selector');
    const [first] = Object.entries(membersAt(value, 'spec', 'selector'));
    if (first === undefined) continue;
    const key = JSON.stringify([namespace ?? '', ...first]);
    selectors.set(key, [...(selectors.get(key) ?? []), selector]);
  }
  return workloads.filter(
    ({ kind, namespace, shape: { labels } }) =>
      (kind === 'Deployment' || kind === 'StatefulSet' || kind === 'Rollout') &&
      Object.entries(labels).some((label) =>
        (selectors.get(JSON.stringify([namespace ?? '', ...label])) ?? []).some((selector) =>
          Object.entries(selector).every(([name, value]) => labels[name] === value),
        ),
      ),
  );
}
