import { at, isMembers, listAt, type Members, membersAt, numberAt } from '../members';
import type { Json, KubernetesObject } from '../source';

/** Pods that an operator makes of a custom resource. */
export interface OperatedPods {
  /** Of the workload, as the operator calls it. */
  readonly name: string;
  readonly kind: 'StatefulSet' | 'Deployment' | 'DaemonSet';
  readonly replicas: number;
  /** Specification of the pods. A container without `resources` gets the defaults under its `defaults`. */
  readonly pod: Members;
  readonly labels: Members;
  readonly claims: readonly string[];
  /** Where the resource says how many there are. */
  readonly pointer: string;
}

/** A kind of custom resource that makes pods. */
export interface Operator {
  readonly group: RegExp;
  readonly pods: (object: KubernetesObject) => readonly OperatedPods[];
}

/** Members of a container of ours that name an entry of the catalog. */
export const DEFAULTS_OF = 'headroom.dev/defaults-of';

export const count = (value: Json | undefined, fallback: number): number => {
  const written = numberAt(value);
  return written === undefined || written < 0 ? fallback : Math.floor(written);
};

export const container = (name: string, resources: Json | undefined, defaults?: string): Members => ({
  name,
  ...(isMembers(resources) && { resources }),
  ...(defaults !== undefined && { [DEFAULTS_OF]: defaults }),
});

/**
 * Pods by template, of which one container is the operator's even where the template leaves it out, with the labels that the
 * operator puts on each.
 */
export function templated(
  template: Json | undefined,
  name: string,
  defaults: string,
  labels: Members,
): { pod: Members; labels: Members } {
  const spec = membersAt(template, 'spec');
  const written = listAt(spec, 'containers').filter(isMembers);
  const others = written.filter((one) => at(one, 'name') !== name);
  const own = written.find((one) => at(one, 'name') === name);
  const containers = [container(name, at(own, 'resources'), defaults), ...others];
  return { pod: { ...spec, containers }, labels: { ...membersAt(template, 'metadata', 'labels'), ...labels } };
}

/** Where a specification says by itself what pods have said of them. */
export const placed = (spec: Json | undefined, containers: readonly Json[]): Members => ({
  ...Object.fromEntries(
    [
      'nodeSelector',
      'tolerations',
      'affinity',
      'topologySpreadConstraints',
      'priorityClassName',
      'hostNetwork',
    ].flatMap((name) => {
      const value = at(spec, name);
      return value === undefined ? [] : [[name, value]];
    }),
  ),
  containers,
});
