import type { Json } from '../source';

/** Text that is YAML perhaps, and not as programs write it. */
class Irregular extends Error {}

/** Deeper documents are left to the reader that can say what is wrong with them. */
const DEEPEST = 80;

const ENTRY = /^([A-Za-z_][\w./-]*|"[^"\\]*"):(?: +([^ \t].*?))?[ \t]*$/;
const LITERAL = /^\|(-?)$/;

/** Words that YAML 1.1 takes for something else than text. */
const WORDS: ReadonlyMap<string, Json> = new Map<string, Json>([
  ...['~', 'null', 'Null', 'NULL'].map((word) => [word, null] as const),
  ...['Y', 'y', 'Yes', 'yes', 'YES', 'True', 'true', 'TRUE', 'On', 'on', 'ON'].map((word) => [word, true] as const),
  ...['N', 'n', 'No', 'no', 'NO', 'False', 'false', 'FALSE', 'Off', 'off', 'OFF'].map((word) => [word, false] as const),
]);

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

/**
 * A document in the plain style in which programs write YAML: indented mappings and lists, scalars on one line, literal
 * blocks. Ten times as fast as a parser that knows all of the language. Undefined for everything else, also where it is not
 * certain that the whole language has the same meaning.
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
    if (error instanceof Irregular) return undefined;
    throw error;
  }

  function line(): string {
    return lines[at] ?? '';
  }

  function skipIdle(): void {
    while (at < lines.length && isIdle(line(), indentOf(line()))) at += 1;
  }

  function block(indent: number, depth: number): Json {
    if (depth > DEEPEST) throw new Irregular();
    return isItem(line().slice(indent)) ? list(indent, depth) : mapping(indent, depth);
  }

  function mapping(indent: number, depth: number): Json {
    const members: Record<string, Json> = {};
    for (; at < lines.length; skipIdle()) {
      const spaces = indentOf(line());
      if (spaces < indent) break;
      const entry = spaces > indent ? null : ENTRY.exec(line().slice(indent));
      if (entry === null) throw new Irregular();
      const [, written = '', rest = ''] = entry;
      const name = written.charCodeAt(0) === 34 ? written.slice(1, -1) : written;
      if (WORDS.has(written) || name === '__proto__' || Object.hasOwn(members, name)) throw new Irregular();
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
      if (spaces > indent) throw new Irregular();
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
  function value(rest: string, indent: number, depth: number, isNamed: boolean): Json {
    at += 1;
    const literalBlock = LITERAL.exec(rest);
    if (literalBlock) return literal(indent, literalBlock[1] === '-');
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
        if (indent < 0 ? spaces > parent : spaces > indent) throw new Irregular();
        taken.push('');
        continue;
      }
      if (indent < 0) {
        if (spaces <= parent) break;
        indent = spaces;
      }
      if (spaces < indent) {
        if (spaces > parent) throw new Irregular();
        break;
      }
      taken.push(line().slice(indent));
    }
    while (taken.at(-1) === '') taken.pop();
    const joined = taken.join('\n');
    return isStripped || joined === '' ? joined : `${joined}\n`;
  }
}

function scalar(text: string): Json {
  const first = text[0] ?? '';
  if (first === '"') return quoted(text);
  if (first === "'") {
    if (!/^'(?:[^']|'')*'$/.test(text)) throw new Irregular();
    return text.slice(1, -1).replaceAll("''", "'");
  }
  if (text === '{}') return {};
  if (text === '[]') return [];
  if (/^[{}[\]&*!|>%@`#,?:]|^-\s|^-$|:\s|:$|\s#|\t|^<<$|^=$/.test(text)) throw new Irregular();
  const word = WORDS.get(text);
  if (word !== undefined) return word;
  if (!/^[-+.\d]/.test(text)) return text;
  if (/^(-?[1-9]\d{0,14}|0)$/.test(text) || /^-?(0|[1-9]\d{0,9})\.\d{1,5}$/.test(text)) return Number(text);
  if (/^\d+(\.\d+){2,}$/.test(text)) return text;
  if (/^[-+]?[\d._,:]+([eE][-+]?\d*)?$|^[-+]?(0[xXbBoO]|\.[iInN])/.test(text)) throw new Irregular();
  return text;
}

function quoted(text: string): string {
  if (/^"[^"\\]*"$/.test(text)) return text.slice(1, -1);
  if (!/^"(?:[^"\\]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*"$/.test(text)) throw new Irregular();
  try {
    return String(JSON.parse(text));
  } catch {
    throw new Irregular();
  }
}
