import type { Json } from './source';

/** An object of YAML or JSON. */
export type Members = { readonly [member: string]: Json };

type Step = string | number;

export const isMembers = (value: Json | undefined): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isList = (value: Json | undefined): value is readonly Json[] => Array.isArray(value);

/** What stands at the end of a path, or undefined where the path leaves what is there. Never a member of a prototype. */
export function at(value: Json | undefined, ...path: readonly Step[]): Json | undefined {
  let found = value;
  for (const step of path) {
    if (isList(found)) found = typeof step === 'number' ? found[step] : undefined;
    else found = isMembers(found) && Object.hasOwn(found, step) ? found[step] : undefined;
  }
  return found;
}

/** Text at a path. */
export function textAt(value: Json | undefined, ...path: readonly Step[]): string | undefined {
  const found = at(value, ...path);
  return typeof found === 'string' ? found : undefined;
}

/** A number at a path; Terraform also writes it as text. */
export function numberAt(value: Json | undefined, ...path: readonly Step[]): number | undefined {
  const found = at(value, ...path);
  if (typeof found === 'string') return /^-?\d+(\.\d+)?$/.test(found) ? Number(found) : undefined;
  return typeof found === 'number' && Number.isFinite(found) ? found : undefined;
}

/** Whether true stands at a path; Terraform also writes it as text. */
export function isTrueAt(value: Json | undefined, ...path: readonly Step[]): boolean {
  const found = at(value, ...path);
  return found === true || found === 'true';
}

/** Items of a list at a path; none where there is no list. */
export function listAt(value: Json | undefined, ...path: readonly Step[]): readonly Json[] {
  const found = at(value, ...path);
  return isList(found) ? found : [];
}

/** Texts of a list at a path. */
export const textsAt = (value: Json | undefined, ...path: readonly Step[]): string[] =>
  listAt(value, ...path).filter((item): item is string => typeof item === 'string');

/** Members of an object at a path; none where there is no object. */
export function membersAt(value: Json | undefined, ...path: readonly Step[]): Members {
  const found = at(value, ...path);
  return isMembers(found) ? found : {};
}

/** Members of an object at a path whose values are text, as labels are. */
export function textMembersAt(value: Json | undefined, ...path: readonly Step[]): Record<string, string> {
  const texts = Object.entries(membersAt(value, ...path)).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  );
  return Object.fromEntries(texts);
}

/** Nested blocks of Terraform at a path: one is written as an object, several are as a list. */
export function blocksAt(value: Json | undefined, ...path: readonly Step[]): Members[] {
  const found = at(value, ...path);
  if (isMembers(found)) return [found];
  return isList(found) ? found.filter(isMembers) : [];
}

/** A pointer as in RFC 6901. */
export const pointerTo = (...path: readonly Step[]): string =>
  path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
