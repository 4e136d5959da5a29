import type { Component } from './align-objects';
import type { Flag } from './guards';
import { isOptional, type Value } from './slots';
import { isList, isMap, type Json, type JsonMap, sameNames } from './values';

type Schema = JsonMap;

/** A quantity of Kubernetes, as text. */
const QUANTITY = '^[0-9]+(\\.[0-9]+)?(m|k|Ki|M|Mi|G|Gi|T|Ti)?$';

/** What stands within quotes of a template: nothing that could end them. */
const PART = '^[A-Za-z0-9][A-Za-z0-9._/:+-]*$';

const typeOf = (json: Json): string =>
  json === null ? 'null' : isList(json) ? 'array' : Number.isInteger(json) ? 'integer' : typeof json;

/** The narrowest schema that all of these satisfy, as far as types go; what Kubernetes adds to a mapping may be added. */
export function infer(all: readonly Json[]): Schema {
  const types = [...new Set(all.map(typeOf))].toSorted();
  const [only = 'null'] = types;
  if (types.length > 1) return { type: types };
  if (only === 'array') {
    const items = all.filter(isList).flat();
    return items.length === 0 ? { type: 'array' } : { type: 'array', items: infer(items) };
  }
  if (only !== 'object') return { type: only };
  const maps = all.filter(isMap);
  const keys = [...new Set(maps.flatMap((map) => Object.keys(map)))];
  const membersOf = (key: string): Json[] => maps.flatMap((map) => (map[key] === undefined ? [] : [map[key]]));
  return { type: 'object', properties: Object.fromEntries(keys.map((key) => [key, infer(membersOf(key))])) };
}

function leaf(value: Value): Schema {
  const all = [...value.values.values()];
  const texts = all.filter((json) => typeof json === 'string');
  const description = value.uses.has('switch') ? 'Whether it is there.' : [...value.uses].slice(0, 3).join('; ');
  const isText = texts.length === all.length;
  const isQuantity = isText && texts.every((text) => new RegExp(QUANTITY).test(text) && /[a-zA-Z]$/.test(text));
  if (value.form === 'items') return { description, type: 'array', items: infer(all.filter(isList).flat()) };
  if (value.form === 'entries') return { description, type: 'object', additionalProperties: { type: 'string' } };
  if (value.path.at(-1) === 'min' || value.path.at(-1) === 'max') return { description, type: 'integer', minimum: 0 };
  if (value.path.at(-1) === 'resources') return { description, ...RESOURCES };
  if (value.form === 'part') return { description, type: 'string', pattern: PART };
  if (value.form === 'member' && isText) return { description, type: 'string' };
  return { description, ...infer(all), ...(isQuantity && { pattern: QUANTITY }) };
}

const amounts: Schema = { type: 'object', additionalProperties: { type: 'string', pattern: QUANTITY } };

const RESOURCES: Schema = {
  type: 'object',
  properties: { limits: amounts, requests: amounts },
  required: ['limits', 'requests'],
  additionalProperties: false,
};

type Tree = { [key: string]: Tree | Value };

const isValue = (node: Tree | Value): node is Value => 'uses' in node && node.uses instanceof Set;

function tree(values: readonly Value[], of: (value: Value) => readonly string[] = ({ path }) => path): Tree {
  const root: Tree = {};
  for (const value of values) {
    const path = of(value);
    let here = root;
    for (const key of path.slice(0, -1)) {
      const below = (here[key] ?? {}) as Tree;
      here[key] = below;
      here = below;
    }
    here[path.at(-1) ?? ''] = value;
  }
  return root;
}

const properties = (node: Tree): Schema =>
  Object.fromEntries(Object.entries(node).map(([key, below]) => [key, isValue(below) ? leaf(below) : closed(below)]));

/** A key that no template reads is a slip. */
const closed = (node: Tree): Schema => ({ type: 'object', properties: properties(node), additionalProperties: false });

/** What must be there, down to its last key. */
function demanded(node: Tree): Schema {
  const below = Object.entries(node).filter(([, child]) => !isValue(child)) as [string, Tree][];
  return {
    required: Object.keys(node),
    ...(below.length > 0 && { properties: Object.fromEntries(below.map(([key, child]) => [key, demanded(child)])) }),
  };
}

/** Values that everyone has who has the component. */
function always(values: readonly Value[], environments: ReadonlySet<string>): Value[] {
  return values.filter(
    (value) => !isOptional(value) && [...environments].every((environment) => value.values.has(environment)),
  );
}

const isOn = ({ path }: Flag, on: boolean): Schema =>
  path.reduceRight<Schema>((below, key) => ({ required: [key], properties: { [key]: below } }), { const: on });

/** What must be there if a flag is on, or off: all that has a value exactly there. */
function demands(flag: Flag, on: boolean, values: readonly Value[], components: readonly Component[]): Schema[] {
  const among = new Set([...flag.values].filter(([, value]) => value === on).map(([name]) => name));
  const isWhole = flag.path.length === 2;
  const component = components.find(({ key }) => key === flag.component);
  const of = values.filter((value) => value.component === flag.component);
  const asked = isWhole
    ? component && on
      ? always(of, component.environments)
      : []
    : of.filter((value) => !isOptional(value) && sameNames(new Set(value.values.keys()), among));
  // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON schema
  return asked.length === 0 ? [] : [{ if: isOn(flag, on), then: demanded(tree(asked)) }];
}

/** JSON schema of the values: closed, typed, and with what each form of a component asks for. */
export function valuesSchema(
  title: string,
  values: readonly Value[],
  flags: readonly Flag[],
  components: readonly Component[],
  environments: readonly string[],
): string {
  const switched = new Set(flags.filter(({ path }) => path.length === 2).map(({ component }) => component));
  const fixed = components.filter(({ key }) => !switched.has(key));
  const asked = [
    ...always(
      values.filter(({ component }) => component === undefined),
      new Set(environments),
    ),
    ...fixed.flatMap(({ key, environments: own }) =>
      always(
        values.filter(({ component }) => component === key),
        own,
      ),
    ),
  ];
  const root = tree(values);
  const conditions = flags.flatMap((flag) => [true, false].flatMap((on) => demands(flag, on, values, components)));
  return `${JSON.stringify(
    {
      $schema: 'http://json-schema.org/draft-07/schema#',
      title,
      type: 'object',
      properties: { ...properties(root), global: { type: 'object' } },
      additionalProperties: false,
      ...(asked.length > 0 && { allOf: [demanded(tree(asked)), ...conditions] }),
    },
    null,
    2,
  )}\n`;
}
