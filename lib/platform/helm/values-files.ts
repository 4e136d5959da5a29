import { yamlText } from '../../config';
import { isOptional, type Value } from './slots';
import { allSame, isList, isMap, type Json } from './values';

type Tree = { [key: string]: Json | Tree };

function put(tree: Tree, path: readonly string[], json: Json): void {
  const [key = '', ...rest] = path;
  if (rest.length === 0) {
    tree[key] = json;
    return;
  }
  const below = (tree[key] ?? {}) as Tree;
  tree[key] = below;
  put(below, rest, json);
}

/** What an optional value is where there is none. */
function nothing({ form, values }: Value): Json {
  if (form === 'items') return [];
  const [first = null] = values.values();
  return isList(first) ? [] : isMap(first) ? {} : '';
}

/** Whether every environment that uses a value has the same. */
export const isDefault = (value: Value): boolean => !isOptional(value) && allSame(value.values);

const ofEveryone = (value: Value): Json | undefined =>
  isOptional(value) ? nothing(value) : isDefault(value) ? [...value.values.values()][0] : undefined;

/** `values.yaml`: what environments agree about and teams may change, and nothing where only some have something. */
export function defaultValues(values: readonly Value[]): string {
  const tree: Tree = {};
  for (const value of values) {
    const json = ofEveryone(value);
    if (json === undefined) parents(tree, value.path);
    else put(tree, value.path, json);
  }
  return yamlText(tree);
}

/** So that templates can look below what an environment says nothing of. */
function parents(tree: Tree, path: readonly string[]): void {
  let here = tree;
  for (const key of path.slice(0, -1)) {
    const below = (here[key] ?? {}) as Tree;
    here[key] = below;
    here = below;
  }
}

/** Values of one environment: what differs from those of others. */
export function environmentValues(values: readonly Value[], environment: string): string {
  const tree: Tree = {};
  for (const value of values) {
    const json = value.values.get(environment);
    if (json !== undefined && !isDefault(value)) put(tree, value.path, json);
  }
  return yamlText(tree);
}
