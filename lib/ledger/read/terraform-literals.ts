import { at, blocksAt, isMembers, type Members, membersAt } from '../members';
import type { Json } from '../source';

/** Locals that refer to locals are followed this far. */
const FURTHEST = 5;

/** What `${var.x}` and `${local.x}` stand for, where that is written in the same file. */
export function literals(body: Members): ReadonlyMap<string, Json> {
  const known = new Map<string, Json>();
  for (const name of Object.keys(membersAt(body, 'variable'))) {
    const [variable] = blocksAt(body, 'variable', name);
    const fallback = at(variable, 'default');
    if (fallback !== undefined && fallback !== null) known.set(`var.${name}`, fallback);
  }
  for (const locals of blocksAt(body, 'locals'))
    for (const [name, local] of Object.entries(locals)) known.set(`local.${name}`, local);
  return known;
}

/** The value with what is known in place of whole references. */
export const filled = (value: Members, known: ReadonlyMap<string, Json>): Members =>
  known.size === 0
    ? value
    : Object.fromEntries(Object.entries(value).map(([name, member]) => [name, fill(member, known, 0)]));

function fill(value: Json, known: ReadonlyMap<string, Json>, links: number): Json {
  if (typeof value === 'string') {
    const name = /^\$\{((?:var|local)\.[\w-]+)\}$/.exec(value)?.[1];
    const found = name === undefined ? undefined : known.get(name);
    return found === undefined || links > FURTHEST ? value : fill(found, known, links + 1);
  }
  if (Array.isArray(value)) return value.map((item) => fill(item, known, links));
  if (!isMembers(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, fill(member, known, links)]));
}
