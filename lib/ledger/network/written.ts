import { evidenceIn } from '../configured';
import type { Facts, Workload } from '../facts';
import { at, isMembers, listAt, pointerTo, textAt, textMembersAt } from '../members';
import type { Evidence } from '../rule';
import { isSameNamespace } from '../rules/behind';
import type { Json, KubernetesObject } from '../source';

/** A text that a workload is given: a variable, or an entry of a ConfigMap. */
export interface Written {
  /** Name of the variable or entry. */
  readonly name: string;
  readonly text: string;
  readonly evidence: Evidence;
}

/** Finds every text that a workload is given in the clear: what Secrets hold is not known here. */
export function textsGiven({ objects }: Facts): (workload: Workload) => readonly Written[] {
  const configs = new Map<string, KubernetesObject[]>();
  for (const object of objects)
    if (object.kind === 'ConfigMap') configs.set(object.name, [...(configs.get(object.name) ?? []), object]);
  const entries = new Map<KubernetesObject, readonly Written[]>();

  return (workload) => {
    const { pod, podPointer } = workload;
    const variables = ['initContainers', 'containers'].flatMap((list) =>
      listAt(pod, list).flatMap((container, number) =>
        variablesOf(workload, container, `${podPointer}${pointerTo(list, number)}`),
      ),
    );
    const mounted = listAt(pod, 'volumes').flatMap(mountedConfigs);
    const files = mounted.flatMap(({ name, keys }) =>
      entriesOf(configNamed(name, workload)).filter((entry) => keys === undefined || keys.includes(entry.name)),
    );
    return [...variables, ...new Set(files)];
  };

  function variablesOf(workload: Workload, container: Json, pointer: string): Written[] {
    const own = listAt(container, 'env').flatMap((variable, index): Written[] => {
      const name = textAt(variable, 'name') ?? '';
      const text = textAt(variable, 'value');
      if (text !== undefined)
        return [{ name, text, evidence: workload.evidence(`${pointer}${pointerTo('env', index, 'value')}`) }];
      const from = at(variable, 'valueFrom', 'configMapKeyRef');
      const key = textAt(from, 'key');
      const found = entriesOf(configNamed(textAt(from, 'name'), workload)).find((entry) => entry.name === key);
      return found === undefined ? [] : [{ ...found, name }];
    });
    const taken = listAt(container, 'envFrom').flatMap((source) =>
      entriesOf(configNamed(textAt(source, 'configMapRef', 'name'), workload)),
    );
    return [...own, ...taken];
  }

  function configNamed(name: string | undefined, { namespace }: Workload): KubernetesObject | undefined {
    return (configs.get(name ?? '') ?? []).find((object) => isSameNamespace(object.namespace, namespace));
  }

  function entriesOf(config: KubernetesObject | undefined): readonly Written[] {
    if (config === undefined) return [];
    const known = entries.get(config);
    if (known !== undefined) return known;
    const found = Object.entries(textMembersAt(config.value, 'data')).map(([name, text]) => ({
      name,
      text,
      evidence: evidenceIn(config, pointerTo('data', name)),
    }));
    entries.set(config, found);
    return found;
  }
}

/** ConfigMaps that a volume holds, and which of their keys where those are listed. */
const mountedConfigs = (volume: Json): { readonly name: string; readonly keys: readonly string[] | undefined }[] =>
  [volume, ...listAt(volume, 'projected', 'sources')].flatMap((source) => {
    const config = at(source, 'configMap');
    if (!isMembers(config)) return [];
    const items = listAt(config, 'items');
    const keys = items.length === 0 ? undefined : items.flatMap((item) => textAt(item, 'key') ?? []);
    return [{ name: textAt(config, 'name') ?? '', keys }];
  });
