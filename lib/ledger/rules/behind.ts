import type { Facts, Workload } from '../facts';
import { listAt, textAt, textMembersAt } from '../members';
import { ADDED, POD_NAME } from '../network/selectors';
import { onceFor } from '../once-for';
import { podTemplateOf } from '../pod-template';
import type { KubernetesObject } from '../source';

/** Objects of one kind, in the order in which they were read. */
export const objectsOf = ({ objects }: Facts, kind: string): KubernetesObject[] =>
  objects.filter((object) => object.kind === kind);

/** Objects that stand in no namespace go into the one they are applied in, which may be any. */
export const isSameNamespace = (one: string | undefined, other: string | undefined): boolean =>
  one === undefined || other === undefined || one === other;

/** Things under every key that they have. */
export function grouped<T>(
  things: readonly T[],
  keysOf: (thing: T) => readonly string[],
): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const thing of things) {
    for (const key of new Set(keysOf(thing))) {
      const group = groups.get(key);
      if (group === undefined) groups.set(key, [thing]);
      else group.push(thing);
    }
  }
  return groups;
}

const pair = ([key, value]: readonly [string, string]): string => `${key}=${value}`;

/** Labels that controllers give to pods with a value that is known: the name of the pod, or of its Job. */
const GIVEN: Readonly<Record<string, (workload: Workload, value: string) => boolean>> = {
  [POD_NAME]: ({ kind, name }, value) =>
    kind === 'StatefulSet' && value.startsWith(`${name}-`) && /^\d+$/.test(value.slice(name.length + 1)),
  'job-name': ({ kind, name }, value) => kind === 'Job' && value === name,
  'batch.kubernetes.io/job-name': ({ kind, name }, value) => kind === 'Job' && value === name,
};

/** Whether pods have a label: one that is written, or one that they are given. */
function bears(workload: Workload, key: string, value: string): boolean {
  const { labels } = workload.shape;
  if (Object.hasOwn(labels, key)) return labels[key] === value;
  return Object.hasOwn(GIVEN, key) ? GIVEN[key]?.(workload, value) === true : ADDED.includes(key);
}

/** Finds workloads whose pods a Service sends to. An empty selector selects nothing. */
export const podsBehind = onceFor(findPodsBehind);

function findPodsBehind({ workloads }: Facts): (service: KubernetesObject) => readonly Workload[] {
  const byLabel = grouped(workloads, ({ shape }) => Object.entries(shape.labels).map(pair));
  return (service) => {
    const selector = Object.entries(textMembersAt(service.value, 'spec', 'selector'));
    const written = selector.filter(([key]) => !ADDED.includes(key));
    // whoever has all labels is among those who have the rarest
    const [rarest = selector.some(([key]) => Object.hasOwn(GIVEN, key)) ? workloads : []] = written
      .map((one) => byLabel.get(pair(one)) ?? [])
      .sort((one, other) => one.length - other.length);
    return rarest.filter(
      (workload) =>
        isSameNamespace(workload.namespace, service.namespace) &&
        selector.every(([key, value]) => bears(workload, key, value)),
    );
  };
}

/** Finds workloads whose pods mount a ConfigMap or a Secret, alone or projected with others. */
export function podsMounting({ workloads }: Facts): (config: KubernetesObject) => readonly Workload[] {
  const byMount = grouped(workloads, ({ object }) => mountsOf(object));
  return ({ kind, name, namespace }) =>
    (byMount.get(`${kind} ${name}`) ?? []).filter((workload) => isSameNamespace(workload.namespace, namespace));
}

function mountsOf(object: KubernetesObject): string[] {
  const volumes = listAt(podTemplateOf(object)?.spec, 'volumes');
  const sources = [...volumes, ...volumes.flatMap((volume) => listAt(volume, 'projected', 'sources'))];
  return sources.flatMap((source) => {
    const config = textAt(source, 'configMap', 'name');
    const secret = textAt(source, 'secret', 'secretName') ?? textAt(source, 'secret', 'name');
    return [
      ...(config === undefined ? [] : [`ConfigMap ${config}`]),
      ...(secret === undefined ? [] : [`Secret ${secret}`]),
    ];
  });
}
