import {
  type CollectionTag,
  type Document,
  isAlias,
  isMap,
  isNode,
  isPair,
  isScalar,
  isSeq,
  LineCounter,
  parseAllDocuments,
  type ScalarTag,
  type Tags,
} from 'yaml';
import { pointerTo } from '../members';
import type { Json } from '../source';
import { plain } from './plain';
import { steps } from './pointer';

/** A document of YAML, or why there is none. Lines count from 1 in the text that was given. */
export type YamlDocument = {
  readonly lineOf: (pointer: string) => number;
  /** What may surprise: keys that are written twice. */
  readonly notes: readonly { readonly pointer: string; readonly why: string }[];
} & ({ readonly value: Json } | { readonly why: string });

/** Tags of YAML 1.1 that the parser of Kubernetes reads as text. */
const TEXT_THERE = /:(binary|omap|pairs|set|timestamp)$/;

/** Forms of numbers, as narrow as there: `E0` and `.` are text. */
const NUMBERS: Readonly<Record<string, RegExp>> = {
  EXP: /^[-+]?(?:\.\d+|\d+(?:\.\d*)?)[eE][-+]?\d+$/,
  FLOAT: /^[-+]?(?:\.\d[\d_]*|\d[\d_]*\.[\d_]*)$/,
};

/** A tag of YAML 1.1 as the parser of Kubernetes has it; numbers to base 60 and days are text there. */
function asKubernetes(tag: ScalarTag | CollectionTag): (ScalarTag | CollectionTag)[] {
  if (TEXT_THERE.test(tag.tag)) return [];
  if (!('format' in tag) || tag.collection !== undefined) return [tag];
  if (tag.format === 'TIME') return [];
  const test = tag.tag.endsWith(':float') ? NUMBERS[tag.format ?? 'FLOAT'] : undefined;
  return [test === undefined ? tag : { ...tag, test }];
}

/** Documents of a text, in the whole language as `kubectl` reads it: YAML 1.1, numbers to base 60 left alone. */
export function wholeYaml(text: string): readonly YamlDocument[] {
  const lines = new LineCounter();
  const line = (offset: number): number => Math.max(1, lines.linePos(Math.max(0, offset)).line);
  try {
    const documents = parseAllDocuments(text, {
      lineCounter: lines,
      version: '1.1',
      uniqueKeys: false,
      logLevel: 'error',
      customTags: (tags) => tags.flatMap((tag): Tags => (typeof tag === 'string' ? [tag] : asKubernetes(tag))),
    });
    return Array.isArray(documents) ? documents.map((document) => documentOf(document, text, line)) : [];
  } catch {
    return [{ why: 'cannot be parsed as YAML', lineOf: () => 1, notes: [] }];
  }
}

function documentOf(document: Document.Parsed, text: string, line: (offset: number) => number): YamlDocument {
  const start = document.contents?.range?.[0] ?? document.range?.[0] ?? 0;
  const [error] = document.errors;
  if (error !== undefined) {
    const [from, , end] = document.range ?? [0, 0, text.length];
    const isTemplate = /\{\{-?\s/.test(text.slice(from, end));
    const why = isTemplate
      ? 'is a template that is not rendered yet; give the output of helm template'
      : `is not YAML: ${error.message.split('\n')[0]?.replace(/ at line \d+, column \d+:?$/, '') ?? ''}`;
    return { why, lineOf: () => error.linePos?.[0].line ?? line(start), notes: [] };
  }
  const lineOf = (pointer: string): number => line(offsetOf(document, pointer) ?? start);
  return { ...jsonOf(document), lineOf, notes: repeated(document) };
}

function jsonOf(document: Document.Parsed): { readonly value: Json } | { readonly why: string } {
  try {
    return plain(document.toJS({ maxAliasCount: 1000 }));
  } catch {
    return { why: 'has aliases that cannot be resolved' };
  }
}

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

/** Keys that a mapping has twice. `kubectl` takes the last, and says nothing. */
function repeated(document: Document.Parsed): YamlDocument['notes'] {
  const found: string[] = [];
  const visit = (node: unknown, base: string, depth: number): void => {
    if (depth > 100) return;
    if (isMap(node)) {
      const seen = new Set<string>();
      for (const item of node.items) {
        const name = isPair(item) ? (keyOf(item.key) ?? '?') : '?';
        const pointer = `${base}${pointerTo(name)}`;
        if (seen.has(name) && name !== '<<') found.push(pointer);
        seen.add(name);
        visit(item.value, pointer, depth + 1);
      }
    } else if (isSeq(node))
      for (const [index, item] of node.items.entries()) visit(item, `${base}/${index}`, depth + 1);
  };
  visit(document.contents, '', 0);
  return found.map((pointer) => ({ pointer, why: 'is written twice; the last one counts' }));
}
