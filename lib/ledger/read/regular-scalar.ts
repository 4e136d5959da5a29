import type { Json } from '../source';

/** Thrown for text that is YAML perhaps, and not as it is mostly written. One for all: where it was thrown does not matter. */
export const IRREGULAR = new Error('irregular');

/** Words that YAML 1.1 takes for something else than text. */
const WORDS: ReadonlyMap<string, Json> = new Map<string, Json>([
  ...['~', 'null', 'Null', 'NULL'].map((word) => [word, null] as const),
  ...['Y', 'y', 'Yes', 'yes', 'YES', 'True', 'true', 'TRUE', 'On', 'on', 'ON'].map((word) => [word, true] as const),
  ...['N', 'n', 'No', 'no', 'NO', 'False', 'false', 'FALSE', 'Off', 'off', 'OFF'].map((word) => [word, false] as const),
]);

/** A name as it is written, in quotes or not. Names that are no text, or written twice, are left to the other reader. */
export function nameOf(written: string, members: Readonly<Record<string, Json>>): string {
  const name = written.charCodeAt(0) === 34 ? written.slice(1, -1) : written;
  if (WORDS.has(written) || name === '__proto__' || Object.hasOwn(members, name)) throw IRREGULAR;
  return name;
}

/** A scalar on one line. */
export function scalar(text: string): Json {
  const first = text[0] ?? '';
  if (first === '"') return quoted(text);
  if (first === "'") {
    if (!/^'(?:[^']|'')*'$/.test(text)) throw IRREGULAR;
    return text.slice(1, -1).replaceAll("''", "'");
  }
  if (text === '{}') return {};
  if (text === '[]') return [];
  if (/^[{}[\]&*!|>%@`#,?:]|^-\s|^-$|:\s|:$|\s#|\t|^<<$|^=$/.test(text)) throw IRREGULAR;
  const word = WORDS.get(text);
  if (word !== undefined) return word;
  if (!/^[-+.\d]/.test(text)) return text;
  if (/^(-?[1-9]\d{0,14}|0)$/.test(text) || /^-?(0|[1-9]\d{0,9})\.\d{1,5}$/.test(text)) return Number(text);
  if (/^\d+(\.\d+){2,}$/.test(text)) return text;
  if (/^[-+]?[\d._,:]+([eE][-+]?\d*)?$|^[-+]?(0[xXbBoO]|\.[iInN])/.test(text)) throw IRREGULAR;
  return text;
}

function quoted(text: string): string {
  if (/^"[^"\\]*"$/.test(text)) return text.slice(1, -1);
  if (!/^"(?:[^"\\]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*"$/.test(text)) throw IRREGULAR;
  try {
    return String(JSON.parse(text));
  } catch {
    throw IRREGULAR;
  }
}
