import type { Json } from '../source';
import { DEEPEST, flow } from './regular-flow';
import { IRREGULAR, nameOf, scalar } from './regular-scalar';

const ENTRY = /^([A-Za-z_][\w./-]*|"[^"\\]*"):(?: +([^ \t].*?))?[ \t]*$/;
const LITERAL = /^\|(-?)$/;

/** Indentation in spaces. */
export function indentOf(line: string): number {
  let spaces = 0;
  while (line.charCodeAt(spaces) === 32) spaces += 1;
  return spaces;
}

export const isItem = (content: string): boolean => content === '-' || content.startsWith('- ');

/** Whether a line has nothing to say: blank, or a comment. `spaces` is its indentation. */
export const isIdle = (line: string, spaces: number): boolean =>
  line.length === spaces || line.charCodeAt(spaces) === 35;

const QUOTED_AND_COMMENT = /^("(?:[^"\\]|\\.)*"|'(?:[^']|'')*')[ \t]+#/;

/** A value without the comment behind it. */
function uncommented(rest: string): string {
  if (!rest.includes('#')) return rest;
  if (rest.startsWith('#')) return '';
  if (rest.startsWith('"') || rest.startsWith("'")) return QUOTED_AND_COMMENT.exec(rest)?.[1] ?? rest;
  return rest.replace(/[ \t]+#.*$/, '');
}

/**
 * A document in the plain style in which programs, and most people, write YAML: indented mappings and lists, scalars and
 * collections in braces on one line, literal blocks, comments. Ten times as fast as a parser that knows all of the
 * language. Undefined for everything else, also where it is not certain that the whole language has the same meaning.
 */
export function regularYaml(text: string): { readonly value: Json } | undefined {
  const lines = text.split('\n');
  let at = 0;
  try {
    skipIdle();
    if (at >= lines.length) return { value: null };
    const value = block(indentOf(line()), 0);
    skipIdle();
    return at < lines.length ? undefined : { value };
  } catch (error) {
    if (error === IRREGULAR) return undefined;
    throw error;
  }

  function line(): string {
    return lines[at] ?? '';
  }

  function skipIdle(): void {
    while (at < lines.length && isIdle(line(), indentOf(line()))) at += 1;
  }

  function block(indent: number, depth: number): Json {
    if (depth > DEEPEST) throw IRREGULAR;
    return isItem(line().slice(indent)) ? list(indent, depth) : mapping(indent, depth);
  }

  function mapping(indent: number, depth: number): Json {
    const members: Record<string, Json> = {};
    for (; at < lines.length; skipIdle()) {
      const spaces = indentOf(line());
      if (spaces < indent) break;
      const entry = spaces > indent ? null : ENTRY.exec(line().slice(indent));
      if (entry === null) throw IRREGULAR;
      const [, written = '', rest = ''] = entry;
      const name = nameOf(written, members);
      members[name] = value(rest, indent, depth, true);
    }
    return members;
  }

  function list(indent: number, depth: number): Json {
    const items: Json[] = [];
    for (; at < lines.length; skipIdle()) {
      const spaces = indentOf(line());
      const content = line().slice(spaces);
      if (spaces < indent || (spaces === indent && !isItem(content))) break;
      if (spaces > indent) throw IRREGULAR;
      const rest = content.slice(1).replace(/^ +/, '');
      if (isItem(rest) || ENTRY.test(rest)) {
        const inner = indent + content.length - rest.length;
        lines[at] = ' '.repeat(inner) + rest;
        items.push(block(inner, depth + 1));
      } else items.push(value(rest.replace(/[ \t]+$/, ''), indent, depth, false));
    }
    return items;
  }

  /** What follows a name or a dash: on the same line, or below it and further in (a list may stand below its name). */
  function value(written: string, indent: number, depth: number, isNamed: boolean): Json {
    at += 1;
    const rest = uncommented(written);
    const literalBlock = LITERAL.exec(rest);
    if (literalBlock) return literal(indent, literalBlock[1] === '-');
    const first = rest.charCodeAt(0);
    if (first === 123 || first === 91) return flow(rest, depth + 1);
    if (rest !== '') return scalar(rest);
    skipIdle();
    if (at >= lines.length) return null;
    const spaces = indentOf(line());
    if (spaces > indent) return block(spaces, depth + 1);
    return isNamed && spaces === indent && isItem(line().slice(spaces)) ? list(spaces, depth + 1) : null;
  }

  function literal(parent: number, isStripped: boolean): string {
    const taken: string[] = [];
    let indent = -1;
    for (; at < lines.length; at += 1) {
      const spaces = indentOf(line());
      if (spaces === line().length) {
        if (indent < 0 ? spaces > parent : spaces > indent) throw IRREGULAR;
        taken.push('');
        continue;
      }
      if (indent < 0) {
        if (spaces <= parent) break;
        indent = spaces;
      }
      if (spaces < indent) {
        if (spaces > parent) throw IRREGULAR;
        break;
      }
      taken.push(line().slice(indent));
    }
    while (taken.at(-1) === '') taken.pop();
    const joined = taken.join('\n');
    return isStripped || joined === '' ? joined : `${joined}\n`;
  }
}
