import { isMembers, membersAt, textAt } from '../members';
import type { Json, KubernetesObject, Place, Skipped } from '../source';
import { within } from './pointer';
import { yamlDocuments } from './yaml-documents';

/** What a text of Kubernetes holds. */
export interface KubernetesText {
  readonly objects: readonly KubernetesObject[];
  readonly skipped: readonly Skipped[];
}

/**
 * Objects in manifests: files of several documents, lists, output of Helm and kustomize, JSON as well.
 * Read as `kubectl` does, that is as YAML 1.1 (`on` is true, `0644` is 420), and of a key written twice the last.
 * Never throws: what cannot be read is listed, and the documents around it are read all the same.
 */
export function readKubernetes(file: string, text: string): KubernetesText {
  const objects: KubernetesObject[] = [];
  const skipped: Skipped[] = [];
  for (const document of yamlDocuments(text)) {
    const at = (pointer: string): Place => ({ file, line: document.lineOf(pointer) });
    const skip = (pointer: string, what: string, why: string): void => {
      skipped.push({ place: at(pointer), what, why });
    };
    if ('why' in document) skipped.push({ place: at(''), what: 'a document', why: document.why, unreadable: true });
    else if (document.value !== null) {
      for (const { pointer, why } of document.notes) skip(pointer, pointer, why);
      collect(document.value, '', { at, skip, objects });
    }
  }
  return { objects, skipped };
}

interface Into {
  readonly at: (pointer: string) => Place;
  readonly skip: (pointer: string, what: string, why: string) => void;
  readonly objects: KubernetesObject[];
}

/** Takes an object, or each of a list; says of all else why it is none. */
function collect(value: Json, base: string, into: Into): void {
  const { at, skip, objects } = into;
  const apiVersion = textAt(value, 'apiVersion');
  const kind = textAt(value, 'kind');
  if (!isMembers(value)) skip(base, show(value), 'is not an object');
  else if (kind === undefined || apiVersion === undefined)
    skip(
      base,
      kind ?? 'a document',
      'has no apiVersion and kind: it is no object of Kubernetes (values of a chart, perhaps)',
    );
  else if (kind.endsWith('List') && Array.isArray(value.items))
    for (const [index, item] of value.items.entries()) collect(item, within(base, 'items', index), into);
  else if (apiVersion.startsWith('kustomize.config.k8s.io/'))
    skip(base, kind, 'tells kustomize what to build; give the output of kustomize build where it changes anything');
  else {
    const metadata = membersAt(value, 'metadata');
    const name = textAt(metadata, 'name') || textAt(metadata, 'generateName');
    if (name === undefined || name === '') skip(base, kind, 'has no metadata.name');
    else
      objects.push({
        side: 'kubernetes',
        apiVersion,
        kind,
        name,
        namespace: textAt(metadata, 'namespace') || undefined,
        value,
        at: base === '' ? at : (pointer) => at(`${base}${pointer}`),
      });
  }
}

const show = (value: Json): string => {
  const text = JSON.stringify(value);
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
};
