/** A directive without its semicolon, a comment (`# …`), or a block. */
export type Entry = string | Block;

export interface Block {
  readonly head: string;
  readonly body: readonly Entry[];
}

export const block = (head: string, body: readonly Entry[]): Block => ({ head, body });

export const comment = (text: string): string => `# ${text}`;

/** A value that has passed the checks of `model/nginx-values`: nothing in it needs an escape. */
export const quoted = (value: string): string => `"${value}"`;

const INDENT = '    ';

/** The text of a configuration file: four spaces a level. */
export function print(entries: readonly Entry[]): string {
  return `${lines(entries, '').join('\n')}\n`;
}

const isComment = (entry: Entry | undefined): boolean => typeof entry === 'string' && entry.startsWith('#');

const isBlock = (entry: Entry | undefined): boolean => typeof entry === 'object';

/** Blocks stand apart from what is above and below them; a comment belongs to what is below it. */
const isApart = (entry: Entry, previous: Entry | undefined): boolean =>
  previous !== undefined && !isComment(previous) && (isBlock(entry) || isBlock(previous));

function lines(entries: readonly Entry[], indent: string): string[] {
  return entries.flatMap((entry, index) => [
    ...(isApart(entry, entries[index - 1]) ? [''] : []),
    ...(typeof entry === 'string'
      ? [isComment(entry) ? `${indent}${entry}` : `${indent}${entry};`]
      : [`${indent}${entry.head} {`, ...lines(entry.body, `${indent}${INDENT}`), `${indent}}`]),
  ]);
}
