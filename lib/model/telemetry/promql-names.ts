/** Parts of PromQL without names of series: strings, comments, ranges, and what stands in braces or after a grouping. */
const STRINGS = /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`[^`]*`|#.*/g;
const BRACES = /\{[^{}]*\}/g;
const RANGES = /\[[^\]]*\]/g;
const GROUPINGS = /\b(?:by|without|on|ignoring|group_left|group_right)\s*\([^()]*\)/gi;

/** Words of the language where a name could stand. */
const WORDS: readonly string[] = [
  'and',
  'or',
  'unless',
  'bool',
  'offset',
  'atan2',
  'by',
  'without',
  'on',
  'ignoring',
  'group_left',
  'group_right',
  'inf',
  'nan',
];

/** A name, and the bracket after it if it is a function's. A digit before would make it part of a number: `1e3`. */
const NAMES = /(?<![\w.:])([a-zA-Z_:][\w:]*)\s*(\(?)/g;

/**
 * The names of series that an expression reads, each once, in order. Knows no grammar: an expression that Prometheus refuses
 * has names, too. A selector without a name (`{__name__="x"}`) has none.
 */
export function promqlNames(expr: string): string[] {
  const bare = expr.replace(STRINGS, '""').replace(BRACES, ' ').replace(RANGES, ' ').replace(GROUPINGS, ' ');
  const names = [...bare.matchAll(NAMES)].flatMap(([, name = '', bracket]) =>
    bracket === '' && !WORDS.includes(name.toLowerCase()) ? [name] : [],
  );
  return [...new Set(names)];
}
