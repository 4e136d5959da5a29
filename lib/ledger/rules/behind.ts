import type { Facts, Workload } from '../facts';
import { listAt, textAt, textMembersAt } from '../members';
import { podTemplateOf } from '../pod-template';
import type { KubernetesObject } from '../source';

/** Kinds of objects, looked up at once. */
export const objectsOf = ({ objects }: Facts, kind: string): KubernetesObject[] =>
  objects.filter((object) => object.kind === kind);

/** Objects that stand in no namespace go into the one they are applied in, which may be any. */
export const isSameNamespace = (one: string | undefined, other: string | undefined): boolean =>
  one === undefined || other === undefined || one === other;

/** Whether labels have all that a selector names. An empty selector of a Service selects nothing. */
export const selects = (
  selector: Readonly<Record<string, string>>,
  labels: Readonly<Record<string, string>>,
): boolean =>
  Object.keys(selector).length > 0 &&
  Object.entries(selector).every(([key, value]) => Object.hasOwn(labels, key) && labels[key] === value);

/** Workloads whose pods a Service sends to. */
export const workloadsBehind = ({ workloads }: Facts, service: KubernetesObject): Workload[] => {
  const selector = textMembersAt(service.value, 'spec', 'selector');
  return workloads.filter(
    ({ namespace, shape }) => isSameNamespace(namespace, service.namespace) && selects(selector, shape.labels),
  );
};

/** Workloads whose pods mount a ConfigMap or a Secret, alone or projected with others. */
export const workloadsMounting = ({ workloads }: Facts, config: KubernetesObject): Workload[] =>
  workloads.filter(({ object, namespace }) => isSameNamespace(namespace, config.namespace) && mounts(object, config));

function mounts(object: KubernetesObject, { kind, name }: KubernetesObject): boolean {
  const volumes = listAt(podTemplateOf(object)?.spec, 'volumes');
  const sources = [...volumes, ...volumes.flatMap((volume) => listAt(volume, 'projected', 'sources'))];
  return sources.some((source) =>
    kind === 'Secret'
      ? textAt(source, 'secret', 'secretName') === name || textAt(source, 'secret', 'name') === name
      : textAt(source, 'configMap', 'name') === name,
  );
}
