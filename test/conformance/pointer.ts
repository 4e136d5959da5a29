/** JSON pointers, with one more kind of segment: `name=cpu` or `pods.metric.name=cpu` is the only item of a list with that field. */

const segments = (path: string): string[] =>
  path
    .split('/')
    .slice(1)
    .map((segment) => segment.replaceAll('~1', '/').replaceAll('~0', '~'));

const isHolder = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

const field = (item: unknown, name: string): unknown =>
  name.split('.').reduce<unknown>((value, key) => (isHolder(value) ? value[key] : undefined), item);

/** The key that a segment means; of several items with the field, or none, there is no one to mean. */
function keyOf(holder: unknown, segment: string): string | undefined {
  if (!Array.isArray(holder) || !segment.includes('=')) return segment;
  const [name = ''] = segment.split('=', 1);
  const text = segment.slice(name.length + 1);
  const found = holder.flatMap((item, at) => (field(item, name) === text ? [`${at}`] : []));
  return found.length === 1 ? found[0] : undefined;
}

function step(holder: unknown, segment: string): unknown {
  const key = keyOf(holder, segment);
  return isHolder(holder) && key !== undefined && Object.hasOwn(holder, key) ? holder[key] : undefined;
}

/** What stands at the path, undefined if nothing does. */
export const read = (document: unknown, path: string): unknown => segments(path).reduce(step, document);

const without = (list: readonly unknown[], key: string): unknown[] => list.filter((_, at) => `${at}` !== key);

function put(holder: unknown, key: string, value: unknown): unknown {
  if (Array.isArray(holder)) {
    if (key === 'length') return Object.assign([...holder], { length: value ?? holder.length - 1 });
    return value === undefined ? without(holder, key) : Object.assign([...holder], { [key]: value });
  }
  if (!isHolder(holder)) return undefined;
  const { [key]: _, ...rest } = holder;
  return value === undefined ? rest : { ...rest, [key]: value };
}

function replace(holder: unknown, [first, ...rest]: readonly string[], value: unknown): unknown {
  if (first === undefined) return value;
  const key = keyOf(holder, first);
  if (key === undefined || !isHolder(holder)) return undefined;
  const inner = rest.length === 0 ? value : replace(holder[key], rest, value);
  return rest.length > 0 && inner === undefined ? undefined : put(holder, key, inner);
}

/** A copy of the document with another value at the path, or with none; undefined if the path leads nowhere. */
export const broken = (document: unknown, path: string, value: unknown): unknown =>
  replace(document, segments(path), value);
