import { steps } from './pointer';

/** Where the members of an object or the items of an array start: the name, or the item itself. */
type Children = ReadonlyMap<string, { readonly start: number; readonly value: number }>;

/**
 * Where things are written in a text of JSON that was parsed before: the offset of what a pointer names, or of the
 * nearest thing above it. Only the objects on the way are gone through, each once.
 */
export function jsonPositions(text: string): (pointer: string) => number {
  const known = new Map<number, Children>();
  const root = afterSpace(text, 0);
  return (pointer) => {
    let start = root;
    let value = root;
    for (const step of steps(pointer)) {
      let children = known.get(value);
      if (children === undefined) {
        children = childrenOf(text, value);
        known.set(value, children);
      }
      const child = children.get(step);
      if (child === undefined) return start;
      start = child.start;
      value = child.value;
    }
    return start;
  };
}

function childrenOf(text: string, open: number): Children {
  const children = new Map<string, { start: number; value: number }>();
  const isObject = text[open] === '{';
  if (!isObject && text[open] !== '[') return children;
  let at = afterSpace(text, open + 1);
  for (let index = 0; at < text.length && text[at] !== '}' && text[at] !== ']'; index += 1) {
    const start = at;
    let name = String(index);
    if (isObject) {
      const end = afterString(text, at);
      name = nameOf(text.slice(at, end));
      at = afterSpace(text, afterSpace(text, end) + 1);
    }
    children.set(name, { start, value: at });
    at = afterSpace(text, afterValue(text, at));
    if (text[at] === ',') at = afterSpace(text, at + 1);
  }
  return children;
}

function nameOf(quoted: string): string {
  if (!quoted.includes('\\')) return quoted.slice(1, -1);
  try {
    return String(JSON.parse(quoted));
  } catch {
    return quoted;
  }
}

function afterSpace(text: string, from: number): number {
  let at = from;
  while (at < text.length && text.charCodeAt(at) <= 32) at += 1;
  return at;
}

/** First offset behind a string; the end of the text where it is not closed. */
function afterString(text: string, open: number): number {
  for (let at = open + 1; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1;
    else if (text[at] === '"') return at + 1;
  }
  return text.length;
}

/** First offset behind a value. Always further than `from`, whatever stands there. */
function afterValue(text: string, from: number): number {
  let depth = 0;
  let at = from;
  while (at < text.length) {
    const character = text[at];
    if (character === '"') {
      at = afterString(text, at);
    } else {
      if (character === '{' || character === '[') depth += 1;
      else if (character === '}' || character === ']') depth -= 1;
      else if (depth === 0) {
        while (at + 1 < text.length && !/[\s,\]}]/.test(text[at + 1] ?? '')) at += 1;
      }
      at += 1;
    }
    if (depth <= 0) return at;
  }
  return at;
}
