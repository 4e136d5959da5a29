import fc from 'fast-check';
import { Document, isCollection, stringify, visit } from 'yaml';
import { regularPositions } from '../../../lib/ledger/read/regular-positions';
import { regularYaml } from '../../../lib/ledger/read/regular-yaml';
import { wholeYaml } from '../../../lib/ledger/read/whole-yaml';

/** Text of many kinds that YAML gives a meaning of its own, or nearly. */
const scalars = fc.oneof(
  fc.constantFrom(
    'yes',
    'off',
    'null',
    '~',
    '1:30',
    '0644',
    '1e3',
    '.5',
    '-',
    '- a',
    'a: b',
    'a #b',
    '100m',
    '1.35',
    '1.35.0',
  ),
  fc.constantFrom(
    '',
    ' ',
    'a\nb',
    'a\n',
    '\n',
    'tab\there',
    "it's",
    '"',
    '{}',
    '[x]',
    '2026-11-21',
    '0x1f',
    '1_000',
    '<<',
    '=',
  ),
  fc.string({ maxLength: 8 }),
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
);
const keys = fc.oneof(
  fc.constantFrom('a', 'b', 'name', 'app.kubernetes.io/name', 'on', '1', 'a b', '', '__proto__'),
  fc.string({ maxLength: 4 }),
);
const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 5 },
    scalars,
    fc.array(tie('tree'), { maxLength: 3 }),
    fc.dictionary(keys, tie('tree'), { maxKeys: 3 }),
  ),
}));

const SHAPES = [{ lineWidth: 0 }, { lineWidth: 20 }, { indentSeq: false, lineWidth: 0 }, { indent: 4, lineWidth: 0 }];
const inBlocks = fc.tuple(tree, fc.constantFrom(...SHAPES)).map(([value, options]) => stringify(value, options));

/** Collections from some depth on in braces and brackets, and comments behind what stands on a line. */
const inBraces = fc
  .tuple(tree, fc.nat(3), fc.boolean(), fc.constantFrom('', ' # note', '  #'))
  .map(([value, depth, flowCollectionPadding, comment]) => {
    const document = new Document(value);
    visit(document, (_, node, path) => {
      if (isCollection(node) && path.length > 2 * depth) node.flow = true;
    });
    const text = document.toString({ lineWidth: 0, flowCollectionPadding });
    return /[|>'"]/.test(text) ? text : text.replaceAll('\n', `${comment}\n`);
  });
const texts = fc.oneof(inBlocks, inBraces);

/** The same text with something taken out, put in or doubled. */
const damaged = fc
  .tuple(
    texts,
    fc.nat(),
    fc.nat(12),
    fc.constantFrom(
      '',
      '\n',
      ' ',
      '  ',
      ':',
      ': ',
      '- ',
      '#',
      ' #',
      "'",
      '"',
      '|',
      '|-\n',
      '\t',
      '\u00a0',
      '\u2028',
      '\x85',
      '&a ',
      '*a',
      ',',
      '{',
      '}',
      '[',
      ']',
      '{ a: ',
      ' # x',
    ),
  )
  .map(([text, at, length, put]) => {
    const from = text.length === 0 ? 0 : at % text.length;
    return text.slice(0, from) + put + text.slice(from + (length % 4 === 0 ? 0 : length));
  });

/** Pointers of everything in a value. */
function* pointers(value: unknown, base = ''): Generator<string> {
  yield base;
  if (typeof value !== 'object' || value === null) return;
  for (const [name, member] of Object.entries(value))
    yield* pointers(member, `${base}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`);
}

function agree(text: string): void {
  const fast = regularYaml(text);
  if (fast === undefined) return;
  const [whole, ...others] = wholeYaml(text);
  if (whole === undefined) {
    expect(fast.value).toBeNull();
    return;
  }
  expect(others).toEqual([]);
  expect('value' in whole ? whole.value : whole.why).toEqual(fast.value);
  expect(whole.notes).toEqual([]);
  if (fast.value === null) return;
  const position = regularPositions(text);
  for (const pointer of pointers(fast.value))
    expect([pointer, position(pointer) + 1]).toEqual([pointer, whole.lineOf(pointer)]);
}

test('the fast reader and the whole language agree on values and on lines', () => {
  fc.assert(fc.property(texts, agree), { numRuns: 1500 });
});

test('they agree on damaged text as well', () => {
  fc.assert(fc.property(damaged, agree), { numRuns: 4000 });
});

test.each([
  { it: 'names and values', text: 'a: 1\nb:\n  c: x\n', expected: { a: 1, b: { c: 'x' } } },
  { it: 'a list below its name', text: 'a:\n- 1\n- b: 2\n  c: 3\nd: 4\n', expected: { a: [1, { b: 2, c: 3 }], d: 4 } },
  { it: 'a list further in', text: 'a:\n  - 1\n  -\n    b: 2\n', expected: { a: [1, { b: 2 }] } },
  { it: 'lists in lists', text: '- - 1\n  - 2\n- []\n', expected: [[1, 2], []] },
  { it: 'literal blocks', text: 'a: |\n  x\n\n    y\n\nb: |-\n  z\n', expected: { a: 'x\n\n  y\n', b: 'z' } },
  { it: 'text in quotes', text: "a: \"x\\ny\"\nb: 'it''s'\n", expected: { a: 'x\ny', b: "it's" } },
  { it: 'words of YAML 1.1', text: 'a: yes\nb: "yes"\nc: ~\nd:\n', expected: { a: true, b: 'yes', c: null, d: null } },
  {
    it: 'amounts and versions as text',
    text: 'a: 100m\nb: 1.35.0\nc: 1.35\n',
    expected: { a: '100m', b: '1.35.0', c: 1.35 },
  },
  { it: 'comments between lines', text: '# one\na: 1\n  # two\nb: 2\n', expected: { a: 1, b: 2 } },
  {
    it: 'comments behind values',
    text: 'a: 1 # one\nb: "#" # two\nc: # three\n  d: x#y\ne:\n  - # four\n    f: 1\n',
    expected: { a: 1, b: '#', c: { d: 'x#y' }, e: [{ f: 1 }] },
  },
  {
    it: 'braces and brackets on one line',
    text: 'a: { b: [1, "x, y", \'z}\', yes], c: {}, "d e": a b, f: http://x:80/y } # one\ng: []\nh:\n- { i: 1 }\n',
    expected: { a: { b: [1, 'x, y', 'z}', true], c: {}, 'd e': 'a b', f: 'http://x:80/y' }, g: [], h: [{ i: 1 }] },
  },
  { it: 'nothing', text: '# only a comment\n', expected: null },
])('it reads $it', ({ text, expected }) => {
  expect(regularYaml(text)).toEqual({ value: expected });
});

test.each([
  { it: 'anchors', text: 'a: &x 1\nb: *x\n' },
  { it: 'braces on several lines', text: 'a: { b: 1,\n  c: 2 }\n' },
  { it: 'braces that are a name', text: '{ a: 1 }: 2\n' },
  { it: 'entries without a value', text: 'a: { b, c }\n' },
  { it: 'commas behind the last entry', text: 'a: [1, ]\n' },
  { it: 'a key that is written twice in braces', text: 'a: { b: 1, b: 2 }\n' },
  { it: 'octal numbers in brackets', text: 'a: [0644]\n' },
  { it: 'something behind braces', text: 'a: { b: 1 } c\n' },
  { it: 'folded blocks', text: 'a: >\n  x\n' },
  { it: 'text on several lines', text: 'a: x\n  y\n' },
  { it: 'a key that is written twice', text: 'a: 1\na: 2\n' },
  { it: 'a key that is no text', text: 'on: 1\n' },
  { it: 'blocks that are out of line', text: 'a:\n  b: |\n      x\n    y\n' },
  { it: 'octal numbers', text: 'a: 0644\n' },
  { it: 'deep nesting', text: Array.from({ length: 90 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n') },
])('it leaves $it to the other', ({ text }) => {
  expect(regularYaml(text)).toBeUndefined();
});

test.each([
  '-\n  - 1\n',
  '-\n  a: 1\n-\n',
  'a:\n-\n  b:\n    - c\n',
  '- # x\n  a: 1\n',
  'a: # x\n  - { b: [1] }\n',
  'a: | # x\n  b\nc: 1\n',
  'a: [\u00a0, b\u00a0 ]\n',
])('they agree on where items below their dash are: %j', (text) => {
  expect(regularYaml(text)).toBeDefined();
  agree(text);
});
