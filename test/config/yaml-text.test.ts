import fc from 'fast-check';
import { parse } from 'yaml';
import { yamlText } from '../../lib/config/yaml-text';

const both = (text: string) => [parse(text, { version: '1.1' }), parse(text, { version: '1.2' })];

describe('yamlText', () => {
  test.each([
    { it: 'a mapping', value: { a: 1, b: { c: true, d: null } }, text: 'a: 1\nb:\n  c: true\n  d: null\n' },
    {
      it: 'a sequence of mappings',
      value: { a: [{ b: 1, c: 2 }, { b: 3 }] },
      text: 'a:\n  - b: 1\n    c: 2\n  - b: 3\n',
    },
    { it: 'a sequence of sequences', value: { a: [[1, 2], []] }, text: 'a:\n  - - 1\n    - 2\n  - []\n' },
    { it: 'nothing in it', value: { a: {}, b: [], c: undefined }, text: 'a: {}\nb: []\n' },
    {
      it: 'quantities and ranges',
      value: ['100m', '1.5Gi', '25%', '10.0.0.0/16'],
      text: '- 100m\n- 1.5Gi\n- 25%\n- 10.0.0.0/16\n',
    },
    {
      it: 'words',
      value: ['ALL', 'v1:8080', '/health', '$x', 'a b'],
      text: '- ALL\n- v1:8080\n- /health\n- $x\n- a b\n',
    },
    {
      it: 'several lines',
      value: { a: 'one\n  two\n\nthree\n', b: 'x\ny' },
      text: 'a: |\n  one\n    two\n\n  three\nb: |-\n  x\n  y\n',
    },
    { it: 'a scalar', value: 'x', text: 'x\n' },
  ])('writes $it as a person would', ({ value, text }) => expect(yamlText(value)).toBe(text));

  test.each([
    '',
    ' a',
    'a ',
    'a: b',
    'a:',
    'a #b',
    '#a',
    '- a',
    '-',
    '?',
    '*a',
    '&a',
    '!a',
    '%a',
    '@a',
    '`a',
    '"a',
    "'a",
    '[a',
    '{a',
    '|',
    '>',
    'yes',
    'No',
    'ON',
    'off',
    'y',
    'N',
    'true',
    'NULL',
    '~',
    '1',
    '1.0',
    '1e3',
    '0x1F',
    '0o17',
    '017',
    '1_000',
    '12:30:45',
    '2026-11-21',
    '.5',
    '.inf',
    '.nan',
    '<<',
    '=',
    '\t',
    '\r\n',
    'a\r',
    'a\n\n',
    '\na',
    ' a\nb',
    'a\u2028b',
    '\u0085',
    '\ufeffa',
    '\u0000',
    'ä',
    '😀',
    'a\n\tb\n',
    '---',
    '...',
  ])('keeps %j', (text) => {
    const value = { [text]: [text, { a: text }] };
    expect(both(yamlText(value))).toEqual([value, value]);
  });

  test.each(['#\n---', '#\n...', 'a\n--- b\n', '%\n%YAML 1.1'])('keeps %j as a whole document', (text) => {
    expect(both(yamlText(text))).toEqual([text, text]);
  });

  test('is read back as what was written, by both versions of YAML', () => {
    const text = fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.stringMatching(/^[\n :#a-c\t-]{0,12}$/));
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        text,
        fc.integer(),
        fc.double({ noNaN: true, noDefaultInfinity: true }).map((n) => (Object.is(n, -0) ? 0 : n)),
        fc.boolean(),
        fc.constant(null),
        fc.array(tie('value'), { maxLength: 4 }),
        fc.dictionary(
          text.filter((key) => key !== '__proto__'),
          tie('value'),
          { maxKeys: 4 },
        ),
      ),
    }));
    fc.assert(
      fc.property(value, (written) => {
        const plain = JSON.parse(JSON.stringify(written));
        expect(both(yamlText(plain))).toEqual([plain, plain]);
      }),
      { numRuns: 500 },
    );
  });
});
