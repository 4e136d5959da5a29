/** A directive of nginx, with those inside its braces. */
export interface Directive {
  readonly name: string;
  readonly words: readonly string[];
  /** From 1, in its own text. */
  readonly line: number;
  readonly inside: readonly Directive[];
}

type Token = { readonly word: string; readonly line: number; readonly isQuoted: boolean };

/** Nobody nests deeper; text that does is not a configuration. */
const MOST_DEEP = 50;

const TOKEN =
  /\n|[ \t\r]+|#[^\n]*|[{};]|"(?:\\[\s\S]|[^"\\])*"|'(?:\\[\s\S]|[^'\\])*'|(?:\\[\s\S]|\$\{\w*\}|[^\s{};"'#\\])(?:\\[\s\S]|\$\{\w*\}|[^\s{};\\])*|[\s\S]/g;

function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  let line = 1;
  for (const [raw] of text.matchAll(TOKEN)) {
    const isQuoted = raw.length > 1 && /^["']/.test(raw);
    if (!/^(\s|#)/.test(raw)) tokens.push({ word: isQuoted ? raw.slice(1, -1) : raw, line, isQuoted });
    line += raw.split('\n').length - 1;
  }
  return tokens;
}

/** The directives of a text that reads as configuration of nginx; undefined where braces do not match or a semicolon lacks. */
export function nginxDirectives(text: string): readonly Directive[] | undefined {
  const tokens = tokensOf(text);
  let next = 0;
  const block = (depth: number): Directive[] | undefined => {
    const directives: Directive[] = [];
    let words: Token[] = [];
    while (next < tokens.length) {
      const token = tokens[next];
      next += 1;
      if (token === undefined) return undefined;
      const mark = token.isQuoted ? '' : token.word;
      if (mark === '}') return depth > 0 && words.length === 0 ? directives : undefined;
      if (mark !== ';' && mark !== '{') {
        words.push(token);
        continue;
      }
      const [first, ...others] = words;
      const inside = mark === '{' && depth < MOST_DEEP ? block(depth + 1) : mark === ';' ? [] : undefined;
      if (first === undefined || inside === undefined) return undefined;
      directives.push({ name: first.word, words: others.map(({ word }) => word), line: first.line, inside });
      words = [];
    }
    return depth === 0 && words.length === 0 ? directives : undefined;
  };
  return block(0);
}

/** Directives of that name, at any depth, in the order of the text. */
export const directivesNamed = (directives: readonly Directive[], name: string): Directive[] =>
  directives.flatMap((directive) => [
    ...(directive.name === name ? [directive] : []),
    ...directivesNamed(directive.inside, name),
  ]);

/** Seconds that a time of nginx means: `75s`, `1m30s`, `500ms`, `60`. Undefined where it is none. */
export function nginxSeconds(time: string | undefined): number | undefined {
  if (time === undefined || !/^(\d+(ms|[smhdwMy])?)+$/.test(time)) return undefined;
  let total = 0;
  for (const [, amount = '', unit = 's'] of time.matchAll(/(\d+)(ms|[smhdwMy])?/g))
    total += Number(amount) * (SECONDS_BY_UNIT[unit] ?? 1);
  return total;
}

/** Units of time as nginx and Prometheus write them; a month is 30 days. */
export const SECONDS_BY_UNIT: Readonly<Record<string, number>> = {
  ms: 0.001,
  s: 1,
  m: 60,
  h: 3600,
  d: 86_400,
  w: 604_800,
  M: 2_592_000,
  y: 31_536_000,
};

/** Requests per second of `100r/s` or `600r/m`. */
export function nginxRate(rate: string | undefined): number | undefined {
  const [, amount, unit] = /^(\d+)r\/([sm])$/.exec(rate ?? '') ?? [];
  return amount === undefined ? undefined : Number(amount) / (unit === 'm' ? 60 : 1);
}
