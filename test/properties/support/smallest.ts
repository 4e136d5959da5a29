import type { PlatformSpec } from '../../../lib/model';

type Path = readonly (string | number)[];

const isPlain = (value: unknown): value is object =>
  typeof value === 'object' &&
  value !== null &&
  (Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype);

/** Paths of all members of lists, outermost first. */
function items(value: unknown, path: Path = []): Path[] {
  if (!isPlain(value)) return [];
  const inner = Object.entries(value).flatMap(([key, member]) => {
    const at = [...path, Array.isArray(value) ? Number(key) : key];
    return [...(Array.isArray(value) ? [at] : []), ...items(member, at)];
  });
  return inner.toSorted((one, other) => one.length - other.length);
}

function without(value: unknown, [key, ...rest]: Path): unknown {
  if (!isPlain(value) || key === undefined) return value;
  if (Array.isArray(value)) {
    return rest.length === 0
      ? value.filter((_, at) => at !== key)
      : value.map((item, at) => (at === key ? without(item, rest) : item));
  }
  const members = value as Record<string, unknown>;
  return { ...members, [key]: without(members[key], rest) };
}

/** The platform with every member of a list taken out that does not matter to the failure. */
export function smallest(platform: PlatformSpec, fails: (candidate: PlatformSpec) => boolean): PlatformSpec {
  for (const path of items(platform)) {
    const candidate = without(platform, path) as PlatformSpec;
    if (fails(candidate)) return smallest(candidate, fails);
  }
  return platform;
}

/** A platform on one line, with quantities as they are written. */
export const text = (platform: PlatformSpec): string =>
  JSON.stringify(platform, (_key, value: unknown) =>
    typeof value === 'number' && !Number.isFinite(value)
      ? `${value}`
      : isPlain(value) || typeof value !== 'object'
        ? value
        : `${value}`,
  );
