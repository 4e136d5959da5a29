import type { Json } from '../source';
import { IRREGULAR, nameOf, scalar } from './regular-scalar';

/** Deeper documents are left to the reader that can say what is wrong with them. */
export const DEEPEST = 80;

const NAME = /[ ]*([A-Za-z_][\w./-]*|"[^"\\]*"):[ ]+/y;
const QUOTED = /"(?:[^"\\]|\\.)*"|'(?:[^']|'')*'/y;
const PLAIN = /[^,[\]{}"'][^,[\]{}]*/y;

/** A mapping in braces, or a list in brackets, that ends on its line. */
export function flow(text: string, depth: number): Json {
  let at = 0;
  const read = collection(depth);
  if (/^[ \t]*$/.test(text.slice(at))) return read;
  throw IRREGULAR;

  function collection(level: number): Json {
    if (level > DEEPEST) throw IRREGULAR;
    const isList = text[at] === '[';
    at += 1;
    return isList ? list(level) : mapping(level);
  }

  function mapping(level: number): Json {
    const members: Record<string, Json> = {};
    if (closes('}')) return members;
    do {
      const name = nameOf(token(NAME, 1), members);
      members[name] = value(level);
    } while (goesOn('}'));
    return members;
  }

  function list(level: number): Json {
    const items: Json[] = [];
    if (closes(']')) return items;
    do {
      skipSpaces();
      items.push(value(level));
    } while (goesOn(']'));
    return items;
  }

  function value(level: number): Json {
    const first = text[at];
    if (first === '{' || first === '[') return collection(level + 1);
    return scalar(token(first === '"' || first === "'" ? QUOTED : PLAIN, 0).replace(/ +$/, ''));
  }

  function token(pattern: RegExp, group: 0 | 1): string {
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.[group];
    if (found === undefined) throw IRREGULAR;
    at = pattern.lastIndex;
    return found;
  }

  function skipSpaces(): void {
    while (text.charCodeAt(at) === 32) at += 1;
  }

  function closes(end: string): boolean {
    skipSpaces();
    if (text[at] !== end) return false;
    at += 1;
    return true;
  }

  /** Whether another entry follows. */
  function goesOn(end: string): boolean {
    if (closes(end)) return false;
    if (text[at] !== ',') throw IRREGULAR;
    at += 1;
    return true;
  }
}
