import { at, isMembers, type Members } from '../members';
import type { Json } from '../source';

/** A literal `count` above this is a slip, and would fill memory. */
const MOST_COPIES = 1000;

/** One instance of a block. */
export interface Copy {
  readonly name: string;
  readonly value: Members;
  /** What is not known about how many there are. */
  readonly why?: string;
}

/** One block for each instance that `count` or `for_each` makes, named as Terraform does: `nodes[0]`, `nodes["a"]`. */
export function copies(value: Members, name: string): readonly Copy[] {
  const { count, for_each: each } = value;
  if (count !== undefined && count !== null) {
    const amount = typeof count === 'string' && /^\d+$/.test(count) ? Number(count) : count;
    if (typeof amount !== 'number' || !Number.isInteger(amount) || amount < 0 || amount > MOST_COPIES)
      return [{ name, value, why: `has a count that is not known here (${JSON.stringify(count)}); taken as one` }];
    return Array.from({ length: amount }, (_, index) => ({
      name: `${name}[${index}]`,
      value: replaced(value, (text) => text.replaceAll(COUNT_INDEX, String(index))),
    }));
  }
  if (each === undefined || each === null) return [{ name, value }];
  const keys = keysOf(each);
  if (keys === undefined || keys.length > MOST_COPIES)
    return [{ name, value, why: 'has a for_each that is not known here; taken as one' }];
  return keys.map((key) => ({
    name: `${name}[${JSON.stringify(key)}]`,
    value: replaced(value, (text) => withEach(text, key, at(each, key) ?? key)),
  }));
}

const COUNT_INDEX = /\$\{\s*count\.index\s*\}/g;
const EACH_KEY = /\$\{\s*each\.key\s*\}/g;
const EACH_VALUE = /\$\{\s*each\.value\s*\}/g;

function keysOf(each: Json): readonly string[] | undefined {
  if (isMembers(each)) return Object.keys(each);
  if (!Array.isArray(each)) return undefined;
  const texts = each.filter((key) => typeof key === 'string');
  return texts.length === each.length ? texts : undefined;
}

/** Puts `each.key`, `each.value` and members of the value in place. */
function withEach(text: string, key: string, item: Json): Json {
  const way = /^\$\{\s*each\.value((?:\.\w+)*)\s*\}$/.exec(text)?.[1];
  if (way !== undefined) return at(item, ...way.split('.').slice(1)) ?? text;
  const named = text.replaceAll(EACH_KEY, key);
  return typeof item === 'string' ? named.replaceAll(EACH_VALUE, item) : named;
}

/** The block with every text in it replaced. */
const replaced = (value: Members, by: (text: string) => Json): Members =>
  Object.fromEntries(Object.entries(value).map(([name, member]) => [name, replace(member, by)]));

function replace(value: Json, by: (text: string) => Json): Json {
  if (typeof value === 'string') return by(value);
  if (Array.isArray(value)) return value.map((item) => replace(item, by));
  return isMembers(value) ? replaced(value, by) : value;
}
