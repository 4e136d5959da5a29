import type { Autoscaler, Budget, Facts, VerticalAutoscaler } from '../facts';
import { at } from '../members';
import { madeElsewhere } from '../network/elsewhere';
import { listOf } from '../network/missing';
import { BySelector } from '../network/selectors';
import type { Rule, Verdict } from '../rule';
import { isSameNamespace } from './behind';
import { unknown } from './compared';

type Elsewhere = ReturnType<typeof madeElsewhere>;

/** What scales or protects pods names pods that there are. */
export const scaleTargetsExist: Rule = {
  id: 'scale-targets-exist',
  severity: 'error',
  protects:
    'an autoscaler that scales nothing and a budget that protects nothing look healthy until there is load, or a drain',
  formula: 'each target of an HPA, VPA or ScaledObject exists; each PodDisruptionBudget matches pods of some workload',
  source:
    'Kubernetes, "Horizontal Pod Autoscaling" and "Specifying a Disruption Budget for your Application"; keda.sh, ScaledObject',
  scenarios: ['ordinary'],
  judge: (facts) => {
    const elsewhere = madeElsewhere(facts);
    const wanted = new Set([...facts.autoscalers, ...facts.verticals].map(({ target }) => target.kind));
    const known = new Map<string, (string | undefined)[]>();
    for (const { kind, name, namespace } of facts.objects) {
      if (!wanted.has(kind)) continue;
      const same = known.get(`${kind}/${name}`);
      if (same === undefined) known.set(`${kind}/${name}`, [namespace]);
      else same.push(namespace);
    }
    const scalers = [...facts.autoscalers, ...facts.verticals].map((scaler) =>
      verdictOnScaler(facts, scaler, known, elsewhere),
    );
    return [...scalers, ...verdictsOnBudgets(facts, elsewhere)];
  },
};

function verdictOnScaler(
  { workloads }: Facts,
  { id, target, evidence }: Autoscaler | VerticalAutoscaler,
  known: ReadonlyMap<string, readonly (string | undefined)[]>,
  elsewhere: Elsewhere,
): Verdict {
  const { kind, name, namespace } = target;
  const words = `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`;
  const held = evidence('/spec');
  if ((known.get(`${kind}/${name}`) ?? []).some((one) => isSameNamespace(one, namespace)))
    return { outcome: 'holds', subject: id, evidence: [held], arithmetic: `${words} exists` };
  const maker = elsewhere(namespace);
  if (maker !== undefined) return unknown(id, maker);
  // what stands in no namespace is applied beside others that do so
  const near = workloads.filter((one) => one.namespace === namespace).map((one) => one.id);
  if (near.length === 0) return unknown(id, `the manifest of ${words}`);
  const same = near.filter((one) => one.endsWith(`/${name}`) || one.endsWith(` ${name}`));
  return {
    outcome: 'broken',
    subject: id,
    evidence: [held],
    arithmetic: `it scales ${words}, which does not exist; ${listOf(same.length > 0 ? same : near)}`,
    remedy: same.length > 0 ? `name ${same[0]} in it` : 'name a workload that exists, or remove it',
  };
}

function verdictsOnBudgets({ workloads, budgets, objects }: Facts, elsewhere: Elsewhere): Verdict[] {
  const index = new BySelector(budgets, ({ object }) => at(object.value, 'spec', 'selector'));
  const matched = new Map<Budget, string>();
  for (const { id, namespace, shape } of workloads)
    for (const budget of index.near(shape.labels))
      if (!matched.has(budget) && isSameNamespace(budget.namespace, namespace) && budget.matches(shape.labels))
        matched.set(budget, id);
  const spaces = new Set(workloads.map(({ namespace }) => namespace));
  return budgets.map((budget): Verdict => {
    const { id: subject, namespace } = budget;
    const evidence = [budget.evidence('/spec/selector')];
    const workload = matched.get(budget);
    if (workload !== undefined)
      return { outcome: 'holds', subject, evidence, arithmetic: `it covers pods of ${workload}` };
    const maker = elsewhere(namespace);
    if (maker !== undefined) return unknown(subject, maker);
    if (!spaces.has(namespace) && objects.length > 0)
      return unknown(subject, `manifests of the pods of namespace ${namespace ?? 'default'}`);
    return {
      outcome: 'broken',
      subject,
      evidence,
      arithmetic: 'no pods in its namespace have the labels that it selects',
      remedy: 'correct its selector to the labels of the pods, or remove it',
      severity: 'warning',
    };
  });
}
