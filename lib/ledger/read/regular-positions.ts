import { steps } from './pointer';
import { indentOf, isIdle, isItem } from './regular-yaml';

/** Lines of a mapping, a list or a scalar, from 0: `end` is behind it, `indent` that of its entries or items. */
interface Lines {
  readonly from: number;
  readonly end: number;
  readonly indent: number;
}

interface Child {
  /** Line of the name, or of what stands in the place of an item. */
  readonly line: number;
  /** Lines of what it holds; undefined of a scalar. */
  readonly value: Lines | undefined;
}

/**
 * Line, from 0, of what a pointer names in a document that `regularYaml` has read, or of the nearest thing above it. The
 * entries of one level have one indentation, and whatever lies deeper, text of literal blocks too, has more. A level is gone
 * through once, when the first pointer leads there.
 */
export function regularPositions(text: string): (pointer: string) => number {
  let lines: readonly string[] | undefined;
  const known = new Map<string, ReadonlyMap<string, Child>>();
  return (pointer) => {
    lines ??= text.split('\n');
    let value = valueFrom(lines, 0, lines.length);
    let found = value?.from ?? 0;
    for (const step of steps(pointer)) {
      if (value === undefined) return found;
      const key = `${value.from} ${value.indent}`;
      let children = known.get(key);
      if (children === undefined) {
        children = childrenOf(lines, value);
        known.set(key, children);
      }
      const child = children.get(step);
      if (child === undefined) return found;
      found = child.line;
      value = child.value;
    }
    return found;
  };
}

/** The mapping or list whose first line is the next that says something. */
function valueFrom(lines: readonly string[], from: number, end: number): Lines | undefined {
  let at = from;
  while (at < end && isIdle(lines[at] ?? '', indentOf(lines[at] ?? ''))) at += 1;
  return at < end ? { from: at, end, indent: indentOf(lines[at] ?? '') } : undefined;
}

function childrenOf(lines: readonly string[], { from, end, indent }: Lines): ReadonlyMap<string, Child> {
  const isList = isItem((lines[from] ?? '').slice(indent));
  const starts: number[] = [];
  for (let at = from; at < end; at += 1) {
    const line = lines[at] ?? '';
    const spaces = at === from ? indent : indentOf(line);
    if (spaces === indent && !isIdle(line, spaces) && isItem(line.slice(indent)) === isList) starts.push(at);
  }
  return new Map(
    starts.map((line, index) => {
      const content = (lines[line] ?? '').slice(indent);
      const behind = starts[index + 1] ?? end;
      if (!isList) return [nameIn(content), { line, value: entryValue(lines, content, line, behind) }];
      const rest = content.slice(1).trimStart();
      const inline = { from: line, end: behind, indent: indent + content.length - rest.length };
      if (rest !== '' && !rest.startsWith('#')) return [String(index), { line, value: inline }];
      const below = valueFrom(lines, line + 1, behind);
      return [String(index), { line: below?.from ?? line, value: below }];
    }),
  );
}

const entryValue = (lines: readonly string[], content: string, line: number, end: number): Lines | undefined =>
  /:[ \t]*(?:[ \t]#.*)?$/.test(content) ? valueFrom(lines, line + 1, end) : undefined;

const nameIn = (content: string): string =>
  content.startsWith('"') ? content.slice(1, content.indexOf('"', 1)) : content.slice(0, content.indexOf(':'));
