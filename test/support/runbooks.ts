/** A command of a runbook as its words, quotes taken off, and the file it stands in. */
export interface RunbookCommand {
  readonly file: string;
  readonly words: readonly string[];
}

/** Blocks of shell in a Markdown text, without their indentation. */
export const shellBlocks = (text: string): string[] =>
  [...text.matchAll(/^( *)```sh\n([\s\S]*?)\n\1```$/gm)].map(([, indent = '', block = '']) =>
    block
      .split('\n')
      .map((line) => (line.startsWith(indent) ? line.slice(indent.length) : line))
      .join('\n'),
  );

/** Commands of a line: split where nothing is quoted, at pipes, `&` and `;`. */
function split(line: string): string[][] {
  const commands: string[][] = [[]];
  let word: string | undefined;
  let quote = '';
  const end = () => {
    if (word !== undefined) commands.at(-1)?.push(word);
    word = undefined;
  };
  for (let at = 0; at < line.length; at += 1) {
    const sign = line[at] ?? '';
    if (quote !== '') {
      if (sign === quote) quote = '';
      else word = `${word ?? ''}${sign}`;
    } else if (sign === '"' || sign === "'") {
      quote = sign;
      word ??= '';
    } else if (sign === ' ') {
      end();
    } else if ('|&;'.includes(sign)) {
      end();
      commands.push([]);
    } else {
      word = `${word ?? ''}${sign}`;
    }
  }
  end();
  return commands.filter((words) => words.length > 0);
}

/** What a variable is set to, if that is the answer of a command. */
const inner = (line: string): string => /^\w+=\$\((.*)\)$/.exec(line)?.[1] ?? line;

/** Every command of a runbook. */
export const runbookCommands = (file: string, text: string): RunbookCommand[] =>
  shellBlocks(text).flatMap((block) =>
    block
      .replaceAll(/ \\\n\s*/g, ' ')
      .split('\n')
      .flatMap((line) => split(inner(line)))
      .map((words) => ({ file, words })),
  );

/** Anchor of a heading, as Git hosts make them. */
export const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\w\s-]/g, '')
    .replaceAll(' ', '-');

/** Links of a Markdown text to other files: path and anchor. */
export const linksOf = (text: string): { readonly path: string; readonly anchor: string }[] =>
  [...text.matchAll(/\]\((?!https?:)([^)#]*)(?:#([^)]*))?\)/g)].map(([, path = '', anchor = '']) => ({ path, anchor }));
