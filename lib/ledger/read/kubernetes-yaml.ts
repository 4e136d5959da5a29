import { type Document, isAlias, isMap, isNode, isPair, isScalar, isSeq, LineCounter, parseAllDocuments } from 'yaml';
import { isMembers, membersAt } from '../members';
import type { Json, KubernetesObject, Place, Skipped } from '../source';
import { plain } from './plain';
import { steps, within } from './pointer';

/** What a text of Kubernetes holds. */
export interface KubernetesText {
  readonly objects: readonly KubernetesObject[];
  readonly skipped: readonly Skipped[];
}

/** Tags of YAML 1.1 that the parser of Kubernetes reads as text. */
const TEXT_THERE = /:(binary|omap|pairs|set|timestamp)$/;

/** `1:30`, a number of YAML 1.1 to base 60, which the parser of Kubernetes leaves alone. */
const SEXAGESIMAL = new Set(['TIME']);

/**
 * Objects in manifests: files of several documents, lists, output of Helm and kustomize, JSON as well.
 * Read as `kubectl` does, that is as YAML 1.1 (`on` is true, `0644` is 420), and of a key written twice the last.
 * Never throws: what cannot be read is listed, and the documents around it are read all the same.
 */
export function readKubernetes(file: string, text: string): KubernetesText {
  const objects: KubernetesObject[] = [];
  const skipped: Skipped[] = [];
  const lines = new LineCounter();
  for (const document of documentsOf(file, text, lines, skipped)) {
    const line = (offset: number): number => Math.max(1, lines.linePos(Math.max(0, offset)).line);
    const start = document.contents?.range?.[0] ?? document.range?.[0] ?? 0;
    const place: Place = { file, line: line(start) };
    const read = valueOf(document, text);
    if ('why' in read) {
      const [error] = document.errors;
      skipped.push({
        place: error?.linePos ? { file, line: error.linePos[0].line } : place,
        what: `document at line ${line(start)}`,
        why: read.why,
      });
      continue;
    }
    if (read.value === null) continue;
    for (const warning of document.warnings)
      skipped.push({
        place: warning.linePos ? { file, line: warning.linePos[0].line } : place,
        what: `document at line ${line(start)}`,
        why: warning.message.split('\n')[0] ?? 'has a warning',
      });
    const at = (pointer: string): Place => ({ file, line: line(offsetOf(document, pointer) ?? start) });
    for (const name of repeatedKeys(document))
      skipped.push({ place: at(name), what: name, why: 'is written twice; the last one counts' });
    collect(read.value, '', at, objects, skipped);
  }
  return { objects, skipped };
}

function documentsOf(file: string, text: string, lines: LineCounter, skipped: Skipped[]): readonly Document.Parsed[] {
  try {
    const documents = parseAllDocuments(text, {
      lineCounter: lines,
      version: '1.1',
      uniqueKeys: false,
      logLevel: 'error',
      customTags: (tags) =>
        tags.filter(
          (tag) =>
            typeof tag === 'string' ||
            !(TEXT_THERE.test(tag.tag) || SEXAGESIMAL.has(('format' in tag && tag.format) || '')),
        ),
    });
    return Array.isArray(documents) ? documents : [];
  } catch {
    skipped.push({ place: { file }, what: file, why: 'cannot be parsed as YAML' });
    return [];
  }
}

function valueOf(document: Document.Parsed, text: string): { readonly value: Json } | { readonly why: string } {
  const [error] = document.errors;
  if (error !== undefined) {
    const [start, , end] = document.range ?? [0, 0, text.length];
    if (/\{\{-?\s/.test(text.slice(start, end)))
      return { why: 'is a template that is not rendered yet; give the output of helm template' };
    return { why: `is not YAML: ${error.message.split('\n')[0]?.replace(/ at line \d+, column \d+:?$/, '') ?? ''}` };
  }
  try {
    return plain(document.toJS({ maxAliasCount: 1000 }));
  } catch {
    return { why: 'has aliases that cannot be resolved' };
  }
}

/** Takes an object, or each of a list; says of all else why it is none. */
function collect(
  value: Json,
  base: string,
  at: (pointer: string) => Place,
  objects: KubernetesObject[],
  skipped: Skipped[],
): void {
  const skip = (what: string, why: string): void => {
    skipped.push({ place: at(base), what, why });
  };
  if (!isMembers(value)) return skip(show(value), 'is not an object');
  const { apiVersion, kind, items } = value;
  if (typeof kind !== 'string' || typeof apiVersion !== 'string')
    return skip(
      typeof kind === 'string' ? kind : 'a document',
      'has no apiVersion and kind: it is no object of Kubernetes (values of a chart, perhaps)',
    );
  if (kind.endsWith('List') && Array.isArray(items)) {
    for (const [index, item] of items.entries()) collect(item, within(base, 'items', index), at, objects, skipped);
    return;
  }
  if (apiVersion.startsWith('kustomize.config.k8s.io/'))
    return skip(kind, 'tells kustomize what to build; give the output of kustomize build where it changes anything');
  const { name, generateName, namespace } = membersAt(value, 'metadata');
  const called = typeof name === 'string' && name !== '' ? name : generateName;
  if (typeof called !== 'string' || called === '') return skip(kind, 'has no metadata.name');
  objects.push({
    side: 'kubernetes',
    apiVersion,
    kind,
    name: called,
    namespace: typeof namespace === 'string' && namespace !== '' ? namespace : undefined,
    value,
    at: base === '' ? at : (pointer) => at(`${base}${pointer}`),
  });
}

const show = (value: Json): string => {
  const text = JSON.stringify(value) ?? '';
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
};

/** Offset of what a pointer names, or of the nearest thing above it. */
function offsetOf(document: Document.Parsed, pointer: string): number | undefined {
  let node: unknown = document.contents;
  let start = startOf(node);
  for (const step of steps(pointer)) {
    if (isAlias(node)) node = node.resolve(document);
    let next: unknown;
    if (isMap(node)) {
      const pair = node.items.findLast(({ key }) => keyOf(key) === step);
      if (pair === undefined) return start;
      start = startOf(pair.key) ?? start;
      next = pair.value;
    } else if (isSeq(node)) {
      next = node.items[Number(step)];
      if (next === undefined) return start;
      start = startOf(next) ?? start;
    }
    node = next;
  }
  return start;
}

const startOf = (node: unknown): number | undefined => (isNode(node) ? (node.range?.[0] ?? undefined) : undefined);

const keyOf = (key: unknown): string | undefined =>
  isScalar(key) ? String(key.value) : typeof key === 'string' ? key : undefined;

/** Pointers of keys that a mapping has twice. */
function repeatedKeys(document: Document.Parsed): string[] {
  const found: string[] = [];
  const visit = (node: unknown, base: string, depth: number): void => {
    if (depth > 100) return;
    if (isMap(node)) {
      const seen = new Set<string>();
      for (const item of node.items) {
        const name = isPair(item) ? (keyOf(item.key) ?? '?') : '?';
        const pointer = within(base, name);
        if (seen.has(name) && name !== '<<') found.push(pointer);
        seen.add(name);
        visit(item.value, pointer, depth + 1);
      }
    } else if (isSeq(node))
      for (const [index, item] of node.items.entries()) visit(item, within(base, index), depth + 1);
  };
  visit(document.contents, '', 0);
  return found;
}
