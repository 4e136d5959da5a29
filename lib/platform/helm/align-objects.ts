import { camel, type Each, isMap, type JsonMap } from './values';

/** Objects of several environments that are one object of the chart. */
export interface Aligned {
  readonly kind: string;
  /** Its name, that of the first environment where they differ. */
  readonly name: string;
  /** Key of its values, distinct in its component. */
  readonly alias: string;
  readonly objects: Each<JsonMap>;
}

/** A file of the chart: a component as every environment that has it has it. */
export interface Component {
  readonly name: string;
  readonly key: string;
  readonly environments: ReadonlySet<string>;
  readonly objects: readonly Aligned[];
}

/** What values say of the whole chart. */
const CHART_KEYS: ReadonlySet<string> = new Set([
  'common',
  'domain',
  'environment',
  'global',
  'keepNamespace',
  'network',
  'region',
  'registry',
]);

const keyOf = (name: string): string => (CHART_KEYS.has(camel(name)) ? `${camel(name)}Component` : camel(name));

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

const metadata = (object: JsonMap): JsonMap => (isMap(object.metadata) ? object.metadata : {});
export const nameOf = (object: JsonMap): string => text(metadata(object).name);
export const kindOf = (object: JsonMap): string => text(object.kind);

const place = (object: JsonMap): string =>
  `${text(object.apiVersion)} ${kindOf(object)} ${text(metadata(object).namespace)}`;

/** What objects of one purpose have in common, whatever their names. */
function purpose(object: JsonMap): string {
  const { labels = null } = metadata(object);
  const said = isMap(labels) ? [labels['app.kubernetes.io/name'], labels['app.kubernetes.io/component']] : [];
  return `${place(object)} ${JSON.stringify(said)}`;
}

/**
 * Pairs what has one kind, namespace and name. What is left over of a kind and of one purpose, one in each environment,
 * is one object as well: its name says where it is or what it holds.
 */
export function alignObjects(name: string, each: Each<readonly JsonMap[]>): Component {
  const found = new Map<string, Map<string, JsonMap>>();
  for (const [environment, objects] of each) {
    for (const object of objects) {
      const key = `${place(object)} ${nameOf(object)}`;
      found.set(key, (found.get(key) ?? new Map()).set(environment, object));
    }
  }
  const groups = mergeSingles([...found.values()], each.size);
  const used = new Set<string>();
  return {
    name,
    key: keyOf(name),
    environments: new Set(each.keys()),
    objects: groups.map((objects) => {
      const [first = {}] = objects.values();
      return {
        kind: kindOf(first),
        name: nameOf(first),
        alias: aliasOf(name, first, groups, used),
        objects: sorted(objects, each),
      };
    }),
  };
}

/** In the order of the environments, whatever was paired first. */
const sorted = (objects: Each<JsonMap>, each: Each<unknown>): Each<JsonMap> =>
  new Map(
    [...each.keys()].flatMap((name) => {
      const object = objects.get(name);
      return object === undefined ? [] : [[name, object] as const];
    }),
  );

function mergeSingles(groups: readonly Map<string, JsonMap>[], environments: number): Map<string, JsonMap>[] {
  if (environments === 1) return [...groups];
  const singles = new Map<string, Map<string, JsonMap>[]>();
  for (const group of groups) {
    const [object = {}] = group.values();
    if (group.size === 1) singles.set(purpose(object), [...(singles.get(purpose(object)) ?? []), group]);
  }
  const followers = new Set<Map<string, JsonMap>>();
  for (const [leader, ...others] of singles.values()) {
    const names = [leader, ...others].flatMap((group) => [...(group?.keys() ?? [])]);
    if (leader === undefined || new Set(names).size !== names.length) continue;
    for (const other of others) {
      for (const [environment, object] of other) leader.set(environment, object);
      followers.add(other);
    }
  }
  return groups.filter((group) => !followers.has(group));
}

/** `horizontalPodAutoscaler` if there is one of its kind, otherwise what its name adds to the component's: `shard0`. */
function aliasOf(
  component: string,
  object: JsonMap,
  groups: readonly Map<string, JsonMap>[],
  used: Set<string>,
): string {
  const kind = kindOf(object);
  const kinds = groups.filter((group) => [...group.values()].some((one) => kindOf(one) === kind)).length;
  const name = nameOf(object);
  const rest = name === component ? '' : name.startsWith(`${component}-`) ? name.slice(component.length + 1) : name;
  const short = kinds === 1 || rest === '' ? camel(kind) : camel(rest);
  const free = [short, `${short}${kind}`].find((alias) => !used.has(alias));
  const alias = free ?? `${short}${kind}${used.size}`;
  used.add(alias);
  return alias;
}
