/** What JSON can say. */
export type Json = null | boolean | number | string | readonly Json[] | JsonMap;
export interface JsonMap {
  readonly [key: string]: Json;
}

/** Something of each environment that has it, by its name and in the order of their declaration. */
export type Each<T> = ReadonlyMap<string, T>;

export const isMap = (value: Json | undefined): value is JsonMap =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const isList = (value: Json | undefined): value is readonly Json[] => Array.isArray(value);

/** What `{{ with }}` and `{{ if }}` take for nothing. */
export const isEmpty = (value: Json): boolean =>
  value === null ||
  value === false ||
  value === 0 ||
  value === '' ||
  (typeof value === 'object' && Object.keys(value).length === 0);

/** Whether two values say the same; the order of members says nothing. */
export function same(one: Json, other: Json): boolean {
  if (one === other) return true;
  if (isList(one)) {
    return isList(other) && one.length === other.length && one.every((item, at) => same(item, other[at] ?? null));
  }
  if (!isMap(one) || !isMap(other)) return false;
  const keys = Object.keys(one);
  if (keys.length !== Object.keys(other).length) return false;
  return keys.every((key) => {
    const [here, there] = [one[key], other[key]];
    return here !== undefined && there !== undefined && same(here, there);
  });
}

/** Whether all environments say the same. */
export function allSame(values: Each<Json>): boolean {
  const [first, ...others] = values.values();
  return first === undefined || others.every((other) => same(first, other));
}

/** Whether two sets of environments are one. */
export const sameNames = (one: ReadonlySet<string>, other: ReadonlySet<string>): boolean =>
  one.size === other.size && [...one].every((name) => other.has(name));

/** The member of each environment that has it. */
export function pick<T, U>(each: Each<T>, of: (value: T, name: string) => U | undefined): Map<string, U> {
  const found = new Map<string, U>();
  for (const [name, value] of each) {
    const member = of(value, name);
    if (member !== undefined) found.set(name, member);
  }
  return found;
}

/** `auth-service`, `headroom.dev/config-checksum` and `REDIS_NODES` as a key that templates can read with dots. */
export function camel(text: string): string {
  const words = text
    .slice(text.lastIndexOf('/') + 1)
    .replace(/(?<=[a-z0-9])(?=[A-Z])/g, '-')
    .split(/[^A-Za-z0-9]+/)
    .filter((word) => word !== '');
  const joined = words
    .map((word, at) => (at === 0 ? word.toLowerCase() : word.charAt(0).toUpperCase() + word.slice(1).toLowerCase()))
    .join('');
  return /^[a-z]/.test(joined) ? joined : `n${joined}`;
}
