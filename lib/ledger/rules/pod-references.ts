import type { Workload } from '../facts';
import { at, isMembers, isTrueAt, listAt, type Members, pointerTo, textAt } from '../members';
import type { Json } from '../source';

/** A name of another object that a pod cannot start without. */
export interface PodReference {
  readonly kind: 'ConfigMap' | 'Secret' | 'ServiceAccount' | 'PriorityClass' | 'PersistentVolumeClaim' | 'StorageClass';
  readonly name: string;
  /** Pointer of the name in the workload. */
  readonly pointer: string;
}

/** Every name in a pod that must exist before it starts; optional ones are left out. */
export function podReferences({ pod, podPointer, object, kind }: Workload): readonly PodReference[] {
  const found: PodReference[] = [];
  const add = (to: PodReference['kind'], holder: Json | undefined, member: string, pointer: string): void => {
    const name = textAt(holder, member);
    if (name !== undefined && name !== '' && !isTrueAt(holder, 'optional'))
      found.push({ kind: to, name, pointer: `${podPointer}${pointer}${pointerTo(member)}` });
  };
  const claims = kind === 'StatefulSet' ? listAt(object.value, 'spec', 'volumeClaimTemplates') : [];
  const claimed = new Set(claims.flatMap((claim) => textAt(claim, 'metadata', 'name') ?? []));
  listAt(pod, 'volumes').forEach((volume, index) => {
    // the StatefulSet puts the claim of each pod in the place of a volume of the same name
    if (claimed.has(textAt(volume, 'name') ?? '')) return;
    const base = pointerTo('volumes', index);
    add('ConfigMap', at(volume, 'configMap'), 'name', `${base}/configMap`);
    add('Secret', at(volume, 'secret'), 'secretName', `${base}/secret`);
    add('PersistentVolumeClaim', at(volume, 'persistentVolumeClaim'), 'claimName', `${base}/persistentVolumeClaim`);
    listAt(volume, 'projected', 'sources').forEach((source, number) => {
      const inner = `${base}${pointerTo('projected', 'sources', number)}`;
      add('ConfigMap', at(source, 'configMap'), 'name', `${inner}/configMap`);
      add('Secret', at(source, 'secret'), 'name', `${inner}/secret`);
    });
  });
  for (const { container, pointer } of containersOf(pod)) {
    listAt(container, 'envFrom').forEach((source, index) => {
      const base = `${pointer}${pointerTo('envFrom', index)}`;
      add('ConfigMap', at(source, 'configMapRef'), 'name', `${base}/configMapRef`);
      add('Secret', at(source, 'secretRef'), 'name', `${base}/secretRef`);
    });
    listAt(container, 'env').forEach((variable, index) => {
      const base = `${pointer}${pointerTo('env', index, 'valueFrom')}`;
      add('ConfigMap', at(variable, 'valueFrom', 'configMapKeyRef'), 'name', `${base}/configMapKeyRef`);
      add('Secret', at(variable, 'valueFrom', 'secretKeyRef'), 'name', `${base}/secretKeyRef`);
    });
  }
  add('ServiceAccount', pod, 'serviceAccountName', '');
  add('PriorityClass', pod, 'priorityClassName', '');
  claims.forEach((claim, index) => {
    const name = textAt(claim, 'spec', 'storageClassName');
    const pointer = pointerTo('spec', 'volumeClaimTemplates', index, 'spec', 'storageClassName');
    if (name !== undefined && name !== '') found.push({ kind: 'StorageClass', name, pointer });
  });
  return found;
}

const containersOf = (pod: Members) =>
  ['initContainers', 'containers'].flatMap((list) =>
    listAt(pod, list).flatMap((container, index) =>
      isMembers(container) ? [{ container, pointer: pointerTo(list, index) }] : [],
    ),
  );
