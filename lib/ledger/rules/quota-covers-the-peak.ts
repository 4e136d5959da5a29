import type { Facts, Workload } from '../facts';
import { bytes, cpuMillis, MIB, thousandths } from '../facts/amounts';
import { isMembers, listAt, membersAt, pointerTo } from '../members';
import { autoscalersByTarget, boundsOf, everything, extraOf } from '../pack/demand';
import { nodeSets } from '../pack/supply';
import type { Rule, Scenario, Verdict } from '../rule';
import { type KubernetesObject, objectName } from '../source';
import { compared, unknown } from './compared';
import { ofWorkload } from './fields';

/** What a quota counts, and how. Undefined where a pod does not say. */
interface Counted {
  readonly read: (quantity: Parameters<typeof bytes>[0]) => number | undefined;
  readonly of: (workload: Workload) => number | undefined;
  readonly unit: string;
}

const mebibytes = (quantity: Parameters<typeof bytes>[0]): number | undefined => {
  const read = bytes(quantity);
  return read === undefined ? undefined : read / MIB;
};

const CPU: Counted = { read: cpuMillis, of: ({ shape }) => shape.requests.cpuMillis, unit: 'm' };
const MEMORY: Counted = { read: mebibytes, of: ({ shape }) => shape.requests.memoryBytes / MIB, unit: 'Mi' };
const PODS: Counted = {
  read: (quantity) => {
    const read = thousandths(quantity);
    return read === undefined ? undefined : read / 1000;
  },
  of: () => 1,
  unit: 'pods',
};

const COUNTED: Readonly<Record<string, Counted>> = {
  cpu: CPU,
  'requests.cpu': CPU,
  memory: MEMORY,
  'requests.memory': MEMORY,
  'requests.ephemeral-storage': { read: mebibytes, of: ({ shape }) => shape.requests.ephemeralBytes / MIB, unit: 'Mi' },
  'limits.cpu': { read: cpuMillis, of: ({ shape }) => shape.limits.cpuMillis, unit: 'm' },
  'limits.memory': {
    read: mebibytes,
    of: ({ shape: { limits } }) => (limits.memoryBytes === undefined ? undefined : limits.memoryBytes / MIB),
    unit: 'Mi',
  },
  pods: PODS,
  'count/pods': PODS,
};

/** A quota lets every autoscaler of its namespace reach its maximum, during a release too. */
export const quotaCoversThePeak: Rule = {
  id: 'quota-covers-the-peak',
  severity: 'error',
  protects:
    'the API server refuses pods that nodes have room for: scaling and releases stop at a number nobody looks at',
  formula:
    'pods at their maxima + the largest release (all of them during a promotion), by resource <= hard of the quota',
  source: 'Kubernetes, "Resource Quotas"',
  scenarios: ['ordinary', 'promotion'],
  judge: (facts, scenario) =>
    facts.objects
      .filter(({ kind, apiVersion }) => kind === 'ResourceQuota' && apiVersion === 'v1')
      .flatMap((quota) => judgeQuota(facts, quota, scenario)),
};

function judgeQuota(facts: Facts, quota: KubernetesObject, scenario: Scenario): readonly Verdict[] {
  const name = objectName(quota);
  const spec = membersAt(quota.value, 'spec');
  if (isMembers(spec.scopeSelector) || listAt(spec, 'scopes').length > 0)
    return [unknown(name, 'a quota without scopes: which pods fall under this one is not known here')];
  const byTarget = autoscalersByTarget(facts);
  const nodes = nodeSets(facts).reduce((sum, { count }) => sum + count, 0);
  const pods = everything(facts)
    .filter(({ namespace }) => namespace === quota.namespace)
    .map((workload) => {
      const bounds = boundsOf(byTarget, workload);
      const count = workload.kind === 'DaemonSet' ? nodes : bounds.ceiling;
      return { workload, bounds, count, extra: workload.kind === 'DaemonSet' ? 0 : extraOf(workload, count) };
    });
  if (pods.length === 0) return [unknown(name, `workloads of namespace ${quota.namespace ?? 'default'}`)];
  return Object.entries(membersAt(spec, 'hard')).flatMap(([resource, quantity]): readonly Verdict[] => {
    const counted = Object.hasOwn(COUNTED, resource) ? COUNTED[resource] : undefined;
    const available = counted?.read(quantity);
    if (counted === undefined) return [];
    const subject = `${resource} of ${name}`;
    if (available === undefined) return [unknown(subject, 'a quantity that can be read')];
    const mute = pods.filter(({ workload, count }) => count > 0 && counted.of(workload) === undefined);
    const silent = mute.filter(({ workload }) => !facts.implied.includes(workload));
    const field = pointerTo('spec', 'hard', resource);
    const evidence = [{ of: name, field, place: quota.at(field) }];
    if (silent.length > 0)
      return [
        {
          outcome: 'broken',
          subject,
          evidence,
          arithmetic: `${silent
            .slice(0, 4)
            .map(({ workload }) => workload.id)
            .join(', ')} of ${silent.length} say no ${resource}, and the quota refuses pods that do not`,
          remedy: `write ${resource} in every container, or a LimitRange with defaults`,
        },
      ];
    if (mute.length > 0)
      return [unknown(subject, `${resource} of ${mute.map(({ workload }) => workload.id).join(', ')}`)];
    const each = pods.map((one) => ({ ...one, amount: counted.of(one.workload) ?? 0 }));
    const maxima = sum(each.map(({ count, amount }) => count * amount));
    const releases = each.map(({ extra, amount }) => extra * amount);
    const added = scenario === 'promotion' ? sum(releases) : Math.max(0, ...releases);
    const needed = Math.ceil(maxima + added);
    const most = [...each].sort((one, other) => other.count * other.amount - one.count * one.amount).slice(0, 3);
    return [
      compared({
        subject,
        evidence: [...evidence, ...most.map(({ workload, bounds }) => ofWorkload(workload, bounds))],
        arithmetic: `${Math.ceil(maxima)} ${counted.unit} at the maxima of ${each.length} workloads (most: ${most.map(({ workload, count, amount }) => `${count} x ${Math.round(amount)} of ${workload.name}`).join(', ')}) + ${Math.ceil(added)} of ${scenario === 'promotion' ? 'all releases at once' : 'the largest release'} = ${needed} of ${Math.floor(available)}`,
        margin: { of: subject, needed, available: Math.floor(available), unit: counted.unit },
        remedy: () =>
          `raise ${resource} of the quota to ${needed}${counted.unit === 'pods' ? '' : counted.unit}, or lower maxima by as much`,
        ...(scenario === 'promotion' && { severity: 'warning' }),
      }),
    ];
  });
}

const sum = (all: readonly number[]): number => all.reduce((total, one) => total + one, 0);
