import { at, isMembers, listAt, type Members, membersAt, pointerTo, textAt } from './members';
import { onceFor } from './once-for';
import type { Json, KubernetesObject } from './source';

/** Where kinds keep the specification of their pods. */
const PATHS: Readonly<Record<string, readonly string[]>> = {
  Pod: ['spec'],
  CronJob: ['spec', 'jobTemplate', 'spec', 'template', 'spec'],
};

const OTHERS: readonly string[] = ['spec', 'template', 'spec'];

/** A container as it is written, and where. */
export interface WrittenContainer {
  readonly name: string;
  readonly value: Members;
  /** Pointer of the container in its object. */
  readonly pointer: string;
  readonly isInit: boolean;
}

/** The pods of a workload as they are written. */
export interface PodTemplate {
  readonly spec: Members;
  /** Pointer of `spec` in its object. */
  readonly pointer: string;
  readonly annotations: Members;
  readonly labels: Members;
  readonly containers: readonly WrittenContainer[];
}

/** The pods that an object makes, as it writes them; undefined where it writes none. */
export const podTemplateOf = onceFor(({ kind, value }: KubernetesObject): PodTemplate | undefined => {
  const path = PATHS[kind] ?? OTHERS;
  const spec = at(value, ...path);
  if (!isMembers(spec)) return undefined;
  const above = path.slice(0, -1);
  return {
    spec,
    pointer: pointerTo(...path),
    annotations: membersAt(value, ...above, 'metadata', 'annotations'),
    labels: membersAt(value, ...above, 'metadata', 'labels'),
    containers: (['initContainers', 'containers'] as const).flatMap((list) =>
      listAt(spec, list).flatMap((container, index) => written(container, list, pointerTo(...path, list, index))),
    ),
  };
});

const written = (container: Json, list: string, pointer: string): WrittenContainer[] =>
  isMembers(container)
    ? [{ name: textAt(container, 'name') ?? '', value: container, pointer, isInit: list === 'initContainers' }]
    : [];
