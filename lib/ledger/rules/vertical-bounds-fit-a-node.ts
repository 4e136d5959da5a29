import type { VerticalAutoscaler, Workload } from '../facts';
import { bytes, cpuMillis } from '../facts/amounts';
import { at, isMembers, listAt, textAt } from '../members';
import { targetKey } from '../pack/demand';
import { written } from '../pack/shapes';
import type { Rule, Verdict } from '../rule';
import { compared, unknown } from './compared';
import { type Homed, homesOf, largest } from './homes';

/** What a vertical autoscaler may make of a pod still goes onto a node. */
export const verticalBoundsFitANode: Rule = {
  id: 'vertical-bounds-fit-a-node',
  severity: 'error',
  protects: 'a recommendation outgrows every node, and the evicted pod never comes back',
  formula:
    'sum over containers of maxAllowed (or what is written, where none is controlled) <= the largest node that admits the pod, less DaemonSets',
  source: 'kubernetes/autoscaler, vertical-pod-autoscaler/docs/known-limitations.md',
  scenarios: ['ordinary'],
  judge: (facts) => {
    const active = facts.verticals.filter(({ mode }) => mode !== 'Off');
    if (facts.nodeGroups.length === 0 || active.length === 0) return [];
    const homes = new Map(homesOf(facts).map((homed) => [targetKey(homed.workload), homed]));
    return active.flatMap((vertical) => {
      const homed = homes.get(targetKey(vertical.target));
      if (homed === undefined) return [unknown(vertical.id, 'the workload that it sizes')];
      return (
        [
          ['cpu', 0],
          ['memory', 1],
        ] as const
      ).flatMap(([resource, index]) => judge(vertical, homed, resource, index));
    });
  },
};

/** Most that each container may ask for: numbers, or no bound at all. */
function mostOf(
  vertical: VerticalAutoscaler,
  { pod }: Workload,
  resource: 'cpu' | 'memory',
): readonly (number | undefined)[] {
  return listAt(pod, 'containers')
    .filter(isMembers)
    .map((container) => {
      const own = vertical.policies.find((policy) => policy.container === textAt(container, 'name'));
      const policy = own ?? vertical.policies.find((one) => one.container === '*');
      const isControlled = policy === undefined || (policy.mode === 'Auto' && policy.controlled.includes(resource));
      const request = at(container, 'resources', 'requests', resource);
      if (!isControlled) return (resource === 'cpu' ? cpuMillis(request) : bytes(request)) ?? 0;
      return resource === 'cpu' ? policy?.max.cpuMillis : policy?.max.memoryBytes;
    });
}

function judge(
  vertical: VerticalAutoscaler,
  { workload, nodes }: Homed,
  resource: 'cpu' | 'memory',
  index: 0 | 1,
): readonly Verdict[] {
  const all = mostOf(vertical, workload, resource);
  const name = resource === 'cpu' ? 'CPU' : 'memory';
  const subject = `${name} of ${vertical.id}`;
  const isControlled =
    vertical.policies.length === 0 || vertical.policies.some((policy) => policy.controlled.includes(resource));
  if (!isControlled) return [];
  const node = largest(nodes, index);
  if (node === undefined || all.length === 0)
    return [unknown(subject, 'nodes that admit its pods, and their containers')];
  const evidence = [vertical.evidence('/spec/resourcePolicy/containerPolicies'), node.group.evidence('')];
  const room = node.free[index];
  const has = `${written(name, room)} on a node of ${node.group.name}`;
  if (all.includes(undefined))
    return [
      {
        outcome: 'broken',
        severity: 'warning',
        subject,
        evidence,
        arithmetic: `no maxAllowed bounds ${name}, and there is ${has}`,
        remedy: `write maxAllowed.${resource} of at most ${resource === 'cpu' ? `${room}m` : `${Math.floor(room / 2 ** 20)}Mi`} for the pod's containers together`,
      },
    ];
  const needed = all.reduce<number>((sum, one) => sum + (one ?? 0), 0);
  return [
    compared({
      subject,
      evidence,
      arithmetic: `a pod may grow to ${written(name, needed)} of ${has}`,
      margin:
        resource === 'cpu'
          ? { of: subject, needed, available: room, unit: 'm' }
          : { of: subject, needed: Math.ceil(needed / 2 ** 20), available: Math.floor(room / 2 ** 20), unit: 'Mi' },
      remedy: () =>
        `lower maxAllowed.${resource} by ${written(name, needed - room)}, or give ${node.group.name} a larger instance type`,
    }),
  ];
}
