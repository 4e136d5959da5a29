import { textAt } from '../members';
import { type KubernetesObject, objectName, type Skipped } from '../source';
import { groupOf, leftOut } from './view';

/** Hooks of Helm that run only when somebody asks for tests. */
const TEST_HOOK = /^(test|test-success|test-failure)$/;

/** Objects that are applied: none that Helm makes for tests only, and of one that is written several times the last, as it would be after all were applied. */
export function once(written: readonly KubernetesObject[]): {
  readonly objects: readonly KubernetesObject[];
  readonly skipped: readonly Skipped[];
} {
  const byName = new Map<string, KubernetesObject>();
  const skipped: Skipped[] = [];
  for (const object of written) {
    if (TEST_HOOK.test(textAt(object.value, 'metadata', 'annotations', 'helm.sh/hook') ?? '')) {
      skipped.push(leftOut(object, undefined, 'is made for helm test only; not counted'));
      continue;
    }
    const isNamed = textAt(object.value, 'metadata', 'name') !== undefined;
    const key = `${groupOf(object.apiVersion)} ${objectName(object)}${isNamed ? '' : ` ${byName.size}`}`;
    const before = byName.get(key);
    if (before !== undefined) {
      const place = object.at('');
      skipped.push({
        place: before.at(''),
        what: objectName(before),
        why: `is written again in ${place.file}${place.line === undefined ? '' : `, line ${place.line}`}; that one counts`,
      });
    }
    byName.set(key, object);
  }
  return { objects: [...byName.values()], skipped };
}
