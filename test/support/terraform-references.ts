import type { BlockKind, BlockSchema } from './provider-assembly';
import { EPHEMERAL } from './terraform-language';

export type Json = Readonly<Record<string, unknown>>;
type Edges = ReadonlyMap<string, readonly string[]>;

/** `aws_vpc.main.id`, in the words of what it names. */
interface Reference {
  readonly from: string;
  readonly kind: BlockKind | 'ephemeral';
  readonly type: string;
  readonly name: string;
  readonly attribute: string | undefined;
}

export const members = (value: unknown): [string, unknown][] =>
  typeof value === 'object' && value !== null ? Object.entries(value) : [];

export const member = (value: unknown, ...path: readonly string[]): unknown =>
  path.reduce<unknown>((at, key) => members(at).find(([name]) => name === key)?.[1], value);

/** All texts in a value, with comments left out. */
export function texts(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return members(value).flatMap(([key, item]) => (key === '//' ? [] : texts(item)));
}

/** What stands between `${` and its closing brace, for every such place in a text. */
export function expressions(text: string): string[] {
  const found: string[] = [];
  for (let start = text.indexOf('${'); start >= 0; start = text.indexOf('${', start + 2)) {
    if (text[start - 1] === '$') continue;
    let depth = 1;
    let end = start + 2;
    for (; end < text.length && depth > 0; end += 1) {
      if (text[end] === '{') depth += 1;
      if (text[end] === '}') depth -= 1;
    }
    found.push(text.slice(start + 2, end - 1));
    start = end - 2;
  }
  return found;
}

const ADDRESS =
  /(?<![\w.-])(?:(data|ephemeral)\.)?([a-z][a-z0-9]*_\w+)\.([A-Za-z_][\w-]*)(?:\[[^\]]*\]|\.\*)*(?:\.([a-z_]\w*))?/g;

const addresses = (from: string, text: string): Reference[] =>
  [...text.matchAll(ADDRESS)].map(([, kind = 'resource', type = '', name = '', attribute]) => ({
    from,
    kind: kind as Reference['kind'],
    type,
    name,
    attribute,
  }));

/** References of one block, its dependencies among them. */
function referencesOf(from: string, body: unknown): Reference[] {
  const replacedBy = member(body, 'lifecycle', 'replace_triggered_by');
  const plain = [member(body, 'depends_on'), replacedBy].flatMap((value) => texts(value));
  return [...texts(body).flatMap(expressions), ...plain.filter((text) => !text.includes('${'))].flatMap((text) =>
    addresses(from, text),
  );
}

const KINDS = ['resource', 'data', 'ephemeral'] as const;
const address = (kind: string, type: string, name: string) => `${kind === 'resource' ? '' : `${kind}.`}${type}.${name}`;

/** Every block that can be referred to, by its address, and what it refers to. */
function graph(json: Json): Map<string, Reference[]> {
  return new Map(
    KINDS.flatMap((kind) =>
      members(json[kind]).flatMap(([type, named]) =>
        members(named).map(([name, body]): [string, Reference[]] => {
          const from = address(kind, type, name);
          return [from, referencesOf(from, body)];
        }),
      ),
    ),
  );
}

/** The first way round that comes back to where it started. */
function cycle(edges: Edges): string[] | undefined {
  const done = new Set<string>();
  const walk = (at: string, way: readonly string[]): string[] | undefined => {
    if (way.includes(at)) return [...way.slice(way.indexOf(at)), at];
    if (done.has(at)) return undefined;
    for (const next of edges.get(at) ?? []) {
      const found = walk(next, [...way, at]);
      if (found !== undefined) return found;
    }
    done.add(at);
    return undefined;
  };
  for (const start of edges.keys()) {
    const found = walk(start, []);
    if (found !== undefined) return found;
  }
  return undefined;
}

export const cycleFaults = (edges: Edges) => {
  const found = cycle(edges);
  return found === undefined ? [] : [`${found.join(' -> ')} is a cycle`];
};

type SchemaOf = (kind: BlockKind, type: string) => BlockSchema | undefined;

function isExported({ kind, type, attribute }: Reference, schemaOf: SchemaOf): boolean {
  if (attribute === undefined || type === 'terraform_remote_state') return true;
  if (kind === 'ephemeral') return EPHEMERAL[type]?.exports.includes(attribute) ?? false;
  return schemaOf(kind, type)?.exports(attribute) ?? true;
}

/** References of a stack to blocks it does not have or to attributes these do not export, and ways round in a circle. */
export function danglingReferences(json: Json, schemaOf: SchemaOf): string[] {
  const blocks = graph(json);
  const elsewhere = ['output', 'locals', 'provider', 'moved'].flatMap((kind) =>
    kind === 'moved' ? [] : referencesOf(kind, json[kind]),
  );
  const wrong = [...[...blocks.values()].flat(), ...elsewhere].flatMap((reference) => {
    const { from, kind, type, name, attribute } = reference;
    const target = address(kind, type, name);
    if (!blocks.has(target)) return [`${from} refers to ${target}, which is not there`];
    return isExported(reference, schemaOf)
      ? []
      : [`${from} refers to ${target}.${attribute}, which it does not export`];
  });
  const edges = new Map(
    [...blocks].map(([from, references]) => [
      from,
      references.map(({ kind, type, name }) => address(kind, type, name)),
    ]),
  );
  return [...new Set([...wrong, ...cycleFaults(edges)])];
}
