import { parse } from 'yaml';
import { anchorOf, shellBlocks } from '../support/runbooks';

/** Directive of nginx: its words, those of them that set something, and the block behind it. */
export interface Directive {
  readonly words: readonly string[];
  readonly set: Readonly<Record<string, string>>;
  readonly body: Readonly<Record<string, readonly Directive[]>>;
}
type Body = Record<string, Directive[]>;

const TOKEN = /#.*|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|[{};]|[^\s{};"']+/g;

const bare = (token: string): string => (/^["']/.test(token) ? token.slice(1, -1) : token);

/** `max_fails=3` as a pair; other words set nothing. */
function setting(word: string): [string, string][] {
  const [, name, value] = word.match(/^(\w+)=(.*)$/) ?? [];
  return name === undefined || value === undefined ? [] : [[name, value]];
}

/** A configuration of nginx by the names of its directives, each a list in the order of the file. */
export function nginxTree(text: string): Body {
  const top: Body = {};
  const open: Body[] = [top];
  let words: string[] = [];
  for (const token of (text.match(TOKEN) ?? []).filter((found) => !found.startsWith('#'))) {
    if (token === '}') {
      open.pop();
    } else if (token === ';' || token === '{') {
      const [name = '', ...rest] = words.map(bare);
      const set = Object.fromEntries(rest.flatMap(setting));
      const body: Body = {};
      const parent = open.at(-1) ?? top;
      parent[name] = [...(parent[name] ?? []), { words: rest, set, body }];
      if (token === '{') open.push(body);
      words = [];
    } else {
      words.push(token);
    }
  }
  return top;
}

/** Lines `name value` or `name = value`; a name that stands on several lines has all their values. */
export function settingLines(text: string): Record<string, string | string[]> {
  const lines = text.split('\n').flatMap((line) => {
    const [, name, value = ''] = line.match(/^\s*([\w.-]+)(?:\s*=\s*|\s+|$)(.*?)\s*$/) ?? [];
    return name === undefined ? [] : [{ name, value }];
  });
  const names = [...new Set(lines.map(({ name }) => name))];
  return Object.fromEntries(
    names.map((name) => {
      const values = lines.flatMap((line) => (line.name === name ? [line.value] : []));
      return [name, values.length === 1 ? (values[0] ?? '') : values];
    }),
  );
}

/** Options of a k6 script, as the program evaluates them, beside its text. */
function k6Script(text: string): { readonly options: unknown; readonly text: string } {
  const [, options = 'null'] = /export const options = ([\s\S]*?);\n\n/.exec(text) ?? [];
  return { options: new Function(`return ${options}`)(), text };
}

/** What a runbook has people do and run, and the rows of its tables, below the anchor of each section. */
function markdown(
  text: string,
): Record<string, { readonly commands: string[]; readonly rows: string[][]; readonly steps: string[] }> {
  const sections = text.split(/^## /m).slice(1);
  return Object.fromEntries(
    sections.map((section) => {
      const [heading = ''] = section.split('\n', 1);
      const commands = shellBlocks(section).flatMap((block) => block.replaceAll(/ \\\n\s*/g, ' ').split('\n'));
      const rows = [...section.matchAll(/^\| (.*) \|$/gm)].map(([, cells = '']) => cells.split(' | '));
      const steps = [...section.matchAll(/^\d+\. (.*)$/gm)].map(([, step = '']) => step);
      return [anchorOf(heading), { commands, rows: rows.slice(1), steps }];
    }),
  );
}

/** How often a template of a chart has each kind, and which values it reads. */
function helmTemplate(text: string): { readonly kinds: Record<string, number>; readonly values: Record<string, true> } {
  const kinds: Record<string, number> = {};
  for (const [, kind = ''] of text.matchAll(/^kind: (\w+)$/gm)) kinds[kind] = (kinds[kind] ?? 0) + 1;
  const values = [...text.matchAll(/\.Values\.([\w.]+)/g)].map(([, path = '']) => [path, true] as const);
  return { kinds, values: Object.fromEntries(values) };
}

const READERS: readonly (readonly [file: RegExp, read: (text: string) => unknown])[] = [
  [/nginx\.conf$/, nginxTree],
  [/(redis|postgresql)\.conf$/, settingLines],
  [/pgbouncer\.ini$/, settingLines],
  [/^k6\/.*\.js$/, k6Script],
  [/^charts\/.*\/templates\/.*\.yaml$/, helmTemplate],
  [/\.(ya?ml|json)$/, parse],
  [/^runbooks\/.*\.md$/, markdown],
];

/** A text file as the program that reads it takes it apart; other files stay text. */
export const taken = (file: string, text: string): unknown =>
  READERS.find(([pattern]) => pattern.test(file))?.[1](text) ?? text;
