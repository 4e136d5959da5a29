import type { Resources, Workload, WorkloadKind } from '../facts';
import { at, isMembers, listAt, type Members, membersAt, numberAt, textAt, textMembersAt } from '../members';
import { type KubernetesObject, objectName, type Skipped } from '../source';
import { meshSidecar } from './mesh-sidecar';
import { podShape } from './pod-shape';
import type { ReleaseBounds } from './release';
import { daemonSetRelease, deploymentRelease, rolloutRelease, statefulSetRelease, UNRELEASED } from './release';
import { type ContainerDefaults, containerDefaults, NO_DEFAULTS, plus } from './requests';
import { evidenceOf, groupOf, leftOut, type View } from './view';

/** What the view needs to know of a kind: the group it is of, and where its pods are declared. */
const KINDS: Readonly<
  Record<string, { readonly group: string; readonly kind: WorkloadKind; readonly template: string }>
> = {
  Deployment: { group: 'apps', kind: 'Deployment', template: '/spec/template' },
  StatefulSet: { group: 'apps', kind: 'StatefulSet', template: '/spec/template' },
  DaemonSet: { group: 'apps', kind: 'DaemonSet', template: '/spec/template' },
  ReplicaSet: { group: 'apps', kind: 'ReplicaSet', template: '/spec/template' },
  Rollout: { group: 'argoproj.io', kind: 'Rollout', template: '/spec/template' },
  ReplicationController: { group: '', kind: 'ReplicaSet', template: '/spec/template' },
  Job: { group: 'batch', kind: 'Job', template: '/spec/template' },
  CronJob: { group: 'batch', kind: 'CronJob', template: '/spec/jobTemplate/spec/template' },
  ScaledJob: { group: 'keda.sh', kind: 'Job', template: '/spec/jobTargetRef/template' },
  Pod: { group: '', kind: 'Pod', template: '' },
};

/** KEDA's own default of a ScaledJob. */
const SCALED_JOB_MOST = 100;

/** What runs pods among objects. */
export function workloadsOf(
  objects: readonly KubernetesObject[],
  sidecars: ReadonlyMap<string, Resources> = new Map(),
): View<Workload> {
  const skipped: Skipped[] = [];
  const byName = new Map(objects.map((object) => [key(object.kind, object.namespace, object.name), object]));
  const defaults = limitRanges(objects);
  const replaced = new Set<KubernetesObject>();
  const found: Workload[] = [];
  for (const object of objects) {
    const known = Object.hasOwn(KINDS, object.kind) ? KINDS[object.kind] : undefined;
    if (known === undefined || known.group !== groupOf(object.apiVersion).replace(/^extensions$/, 'apps')) {
      if (runsPods(object)) skipped.push(leftOut(object, 'workloads', 'runs pods in a way that is not understood'));
      continue;
    }
    let owner = object;
    let template = known.template;
    const refers = at(object.value, 'spec', 'workloadRef');
    if (known.kind === 'Rollout' && isMembers(refers)) {
      const deployment = byName.get(
        key(textAt(refers, 'kind') ?? 'Deployment', object.namespace, textAt(refers, 'name') ?? ''),
      );
      if (deployment === undefined) {
        skipped.push(
          leftOut(object, 'workloads', 'takes its pods from a workload that was not given', '/spec/workloadRef'),
        );
        continue;
      }
      owner = deployment;
      template = '/spec/template';
      if (textAt(refers, 'scaleDown') !== 'never') replaced.add(deployment);
    }
    const pod = membersAt(owner.value, ...way(template), 'spec');
    if (listAt(pod, 'containers').length === 0) {
      skipped.push(leftOut(object, 'workloads', 'has no containers', template === '' ? '/spec' : template));
      continue;
    }
    found.push(workload(object, owner, known.kind, template, pod));
  }
  return { found: found.filter(({ object }) => !replaced.has(object)), skipped };

  function workload(
    object: KubernetesObject,
    owner: KubernetesObject,
    kind: WorkloadKind,
    template: string,
    pod: Members,
  ): Workload {
    const spec = membersAt(object.value, 'spec');
    const podPointer = `${template}/spec`;
    const labels = textMembersAt(owner.value, ...way(template), 'metadata', 'labels');
    const annotations = textMembersAt(owner.value, ...way(template), 'metadata', 'annotations');
    const claims = listAt(spec, 'volumeClaimTemplates').flatMap((claim) => textAt(claim, 'metadata', 'name') ?? []);
    const ofNamespace = defaults.get(object.namespace ?? '') ?? NO_DEFAULTS;
    const shape = podShape({ pod, labels }, ofNamespace, claims, (pointer, why) =>
      skipped.push(leftOut(object, 'workloads', why, `${podPointer}${pointer}`)),
    );
    const id = objectName(object);
    const namespace = byName.get(key('Namespace', undefined, object.namespace ?? ''));
    const sidecar = sidecars.get(id) ?? meshSidecar({ labels, annotations, namespace, pod });
    const evidence = evidenceOf(object);
    const fromOwner = evidenceOf(owner);
    return {
      object,
      kind,
      id,
      namespace: object.namespace,
      name: object.name,
      replicas: replicasOf(kind, object, spec),
      ...releaseOf(kind, spec),
      shape: sidecar === undefined ? shape : { ...shape, requests: plus(shape.requests, sidecar) },
      selector: textMembersAt(owner.value, 'spec', 'selector', 'matchLabels'),
      pod,
      podPointer,
      evidence: (pointer) =>
        pointer.startsWith(template) && owner !== object ? fromOwner(pointer) : evidence(pointer),
    };
  }
}

const key = (kind: string, namespace: string | undefined, name: string): string => `${kind} ${namespace ?? ''}/${name}`;

const way = (pointer: string): readonly string[] => pointer.split('/').slice(1);

/** Written replicas, 1 where there are none; of jobs the pods that run at once. */
function replicasOf(kind: WorkloadKind, object: KubernetesObject, spec: Members): number {
  const counted = (value: number | undefined): number => (value !== undefined && value >= 0 ? Math.floor(value) : 1);
  if (kind === 'Pod' || kind === 'DaemonSet') return 1;
  if (kind !== 'Job' && kind !== 'CronJob') return counted(numberAt(spec, 'replicas'));
  const jobSpec =
    object.kind === 'ScaledJob'
      ? membersAt(spec, 'jobTargetRef')
      : kind === 'CronJob'
        ? membersAt(spec, 'jobTemplate', 'spec')
        : spec;
  const atOnce = counted(numberAt(jobSpec, 'parallelism'));
  const pods = Math.min(atOnce, numberAt(jobSpec, 'completions') ?? atOnce);
  return object.kind === 'ScaledJob' ? pods * counted(numberAt(spec, 'maxReplicaCount') ?? SCALED_JOB_MOST) : pods;
}

function releaseOf(kind: WorkloadKind, spec: Members): ReleaseBounds {
  switch (kind) {
    case 'Deployment':
      return deploymentRelease(spec);
    case 'StatefulSet':
      return statefulSetRelease(spec);
    case 'DaemonSet':
      return daemonSetRelease(spec);
    case 'Rollout':
      return rolloutRelease(spec);
    default:
      return UNRELEASED;
  }
}

/** Whether an object of another kind declares pods. */
const runsPods = ({ kind, value }: KubernetesObject): boolean =>
  kind !== 'PodTemplate' && listAt(value, 'spec', 'template', 'spec', 'containers').length > 0;

/** What each namespace's LimitRange fills in. */
const limitRanges = (objects: readonly KubernetesObject[]): ReadonlyMap<string, ContainerDefaults> =>
  new Map(
    objects
      .filter(({ kind }) => kind === 'LimitRange')
      .map((range) => [range.namespace ?? '', containerDefaults(range.value)]),
  );
