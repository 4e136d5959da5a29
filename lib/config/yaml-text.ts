/** What JSON can say. */
type Value = unknown;

/** Starts with a letter, `_`, `/` or `$`; holds printable ASCII without what would end a plain scalar. */
const PLAIN_WORDS = /^[A-Za-z_/$](?:[!-9;-~]| (?!#|$)|:(?! |$))*$/;

/** Quantities, durations, shares and address ranges: they start with a digit and are no number, date or time. */
const PLAIN_AMOUNT = /^\d+(?:\.\d+)?(?:m|s|h|ms|Ki|Mi|Gi|Ti|%)$|^\d+(?:\.\d+){3}(?:\/\d+)?$/;

/** Words that YAML 1.1 or 1.2 reads as something else than text. */
const RESERVED = /^(?:null|true|false|yes|no|on|off|y|n)$/i;

/** Characters that only a quoted scalar can hold, beside what JSON escapes itself. */
const UNPRINTABLE = /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g;

/** Lines that a block scalar can hold as they are: printable, and no indentation in the first. */
const BLOCK = /^[^\s][\t\n\x20-\x7e\u00a0-\u2027\u202a-\ud7ff\ue000-\ufefe]*$/;

const quoted = (text: string): string =>
  JSON.stringify(text).replace(
    UNPRINTABLE,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

const scalar = (text: string): string =>
  (PLAIN_WORDS.test(text) && !RESERVED.test(text)) || PLAIN_AMOUNT.test(text) ? text : quoted(text);

/** A text of several lines under its key, with the newlines at its end kept as they are. */
function block(text: string, indent: string): string | undefined {
  if (!text.includes('\n') || !BLOCK.test(text)) return undefined;
  const body = text.replace(/\n+$/, '');
  const ending = text.length - body.length;
  if (ending > 1) return undefined;
  // a text that is the whole document is indented too: `---` at the start of a line would end it
  const margin = indent === '' ? '  ' : indent;
  const lines = body.split('\n').map((line) => (line === '' ? '' : `${margin}${line}`));
  return `${ending === 0 ? '|-' : '|'}\n${lines.join('\n')}\n`;
}

const isMember = ([, value]: readonly [string, Value]): boolean => value !== undefined;

/** What stands behind `key:` or `-`, with its line end. Nested lines are indented by `indent`. */
function after(value: Value, indent: string): string {
  if (typeof value === 'string') return ` ${block(value, indent) ?? `${scalar(value)}\n`}`;
  if (Array.isArray(value)) return value.length === 0 ? ' []\n' : `\n${sequence(value, indent)}`;
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value).filter(isMember);
    return members.length === 0 ? ' {}\n' : `\n${mapping(members, indent)}`;
  }
  return ` ${JSON.stringify(value)}\n`;
}

const mapping = (members: readonly (readonly [string, Value])[], indent: string): string =>
  members.map(([key, value]) => `${indent}${scalar(key)}:${after(value, `${indent}  `)}`).join('');

/** A mapping or sequence in a sequence starts on the line of its dash. */
const sequence = (items: readonly Value[], indent: string): string =>
  items
    .map((item) => {
      const text = after(item, `${indent}  `);
      return text.startsWith('\n') ? `${indent}- ${text.slice(indent.length + 3)}` : `${indent}-${text}`;
    })
    .join('');

/**
 * A JSON value as YAML, in the block style that people read: parsed as YAML 1.1 or 1.2 it is that value again. Members that
 * are undefined are left out, and order is kept. `docs/decisions/` says why this is not a library.
 */
export const yamlText = (value: Value): string => after(value, '').replace(/^[ \n]/, '');
