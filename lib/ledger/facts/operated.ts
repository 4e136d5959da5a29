import { OPERATOR_DEFAULTS } from '../../catalog/operator-defaults';
import type { Workload } from '../facts';
import { at, isMembers, listAt, type Members, textAt, textMembersAt } from '../members';
import { type Json, type KubernetesObject, objectName, type Skipped } from '../source';
import { DEFAULTS_OF, type OperatedPods } from './operated-pods';
import { OPERATORS } from './operators';
import { podShape } from './pod-shape';
import { deploymentRelease, statefulSetRelease, UNRELEASED } from './release';
import { NO_DEFAULTS } from './requests';
import { evidenceOf, groupOf, leftOut, type View } from './view';

/** Pods that operators make of custom resources, as far as these say how many and how large. */
export function operatedOf(objects: readonly KubernetesObject[], workloads: readonly Workload[]): View<Workload> {
  const skipped: Skipped[] = [];
  const read = new Set(workloads.map(({ namespace, name }) => `${namespace ?? ''}/${name}`));
  const found = objects.flatMap((object) => {
    const operator = Object.hasOwn(OPERATORS, object.kind) ? OPERATORS[object.kind] : undefined;
    if (operator?.group.test(groupOf(object.apiVersion)) !== true) return [];
    return operator
      .pods(object)
      .filter(({ name }) => !read.has(`${object.namespace ?? ''}/${name}`))
      .map((pods) => workloadOf(object, pods, (why) => skipped.push(leftOut(object, 'workloads', why, pods.pointer))));
  });
  return { found, skipped };
}

function workloadOf(object: KubernetesObject, pods: OperatedPods, unclear: (why: string) => void): Workload {
  const pod = { ...pods.pod, containers: listAt(pods.pod, 'containers').map(completed) };
  const labels = textMembersAt(pods.labels);
  const evidence = evidenceOf(object);
  return {
    object,
    kind: pods.kind,
    id: `${objectName(object)}: ${pods.name}`,
    namespace: object.namespace,
    name: pods.name,
    replicas: pods.kind === 'DaemonSet' ? 1 : pods.replicas,
    ...RELEASES[pods.kind],
    shape: podShape({ pod, labels }, NO_DEFAULTS, pods.claims, (_, why) => unclear(why)),
    selector: labels,
    pod,
    podPointer: '',
    evidence: () => evidence(pods.pointer),
  };
}

const RELEASES = {
  Deployment: deploymentRelease({}),
  StatefulSet: statefulSetRelease({}),
  DaemonSet: UNRELEASED,
} as const;

/** A container with what its operator gives it where it says nothing. Of Alertmanager, memory alone is filled in. */
function completed(container: Json): Json {
  const kind = textAt(container, DEFAULTS_OF);
  const defaults = kind !== undefined && Object.hasOwn(OPERATOR_DEFAULTS.facts, kind) && OPERATOR_DEFAULTS.facts[kind];
  if (!isMembers(container) || !defaults) return container;
  const written = at(container, 'resources');
  if (written === undefined) return { ...container, resources: asJson(defaults) };
  if (kind !== 'Alertmanager') return container;
  const requests = { ...defaults.requests, ...textMembersAt(written, 'requests') };
  return { ...container, resources: { ...(isMembers(written) && written), requests } };
}

const asJson = ({ requests, limits }: (typeof OPERATOR_DEFAULTS.facts)[string]): Members => ({
  requests: { ...requests },
  ...(limits && { limits: { ...limits } }),
});
