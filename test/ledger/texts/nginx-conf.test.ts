import fc from 'fast-check';
import { directivesNamed, nginxDirectives, nginxRate, nginxSeconds } from '../../../lib/ledger/texts/nginx-conf';

test('directives have their words, their lines and what is inside them', () => {
  const text = [
    'events { worker_connections 64; }',
    '# note { }',
    'http {',
    '  log_format json \'{"a":"$b;"}\' x;',
    '}',
  ].join('\n');
  expect(nginxDirectives(text)).toEqual([
    {
      name: 'events',
      words: [],
      line: 1,
      inside: [{ name: 'worker_connections', words: ['64'], line: 1, inside: [] }],
    },
    {
      name: 'http',
      words: [],
      line: 3,
      inside: [{ name: 'log_format', words: ['json', '{"a":"$b;"}', 'x'], line: 4, inside: [] }],
    },
  ]);
});

test('variables in braces belong to their words', () => {
  const word = '$'.concat('{b}c');
  expect(nginxDirectives(`set $a ${word};`)?.[0]?.words).toEqual(['$a', word]);
});

test.each(['http {', 'a b', '}', 'a }', 'a { b }', '{ }', `${'a {'.repeat(60)}${'}'.repeat(60)}`])(
  '%j is no configuration',
  (text) => {
    expect(nginxDirectives(text)).toBeUndefined();
  },
);

test('names are found at any depth, in the order of the text', () => {
  const directives = nginxDirectives('a 1; b { a 2; c { a 3; } } a 4;') ?? [];
  expect(directivesNamed(directives, 'a').map(({ words }) => words[0])).toEqual(['1', '2', '3', '4']);
});

test('never throws', () => {
  const odd = fc.string({ unit: fc.constantFrom('a', ' ', '\n', '{', '}', ';', '"', "'", '\\', '#', '$') });
  fc.assert(fc.property(odd, (text) => nginxDirectives(text) !== null));
});

test.each([
  ['75s', 75],
  ['75', 75],
  ['1m30s', 90],
  ['500ms', 0.5],
  ['1h', 3600],
  ['1d', 86_400],
  ['', undefined],
  ['soon', undefined],
  ['1x', undefined],
  [undefined, undefined],
])('the time %j is %s seconds', (time, seconds) => {
  expect(nginxSeconds(time)).toBe(seconds);
});

test.each([
  ['100r/s', 100],
  ['600r/m', 10],
  ['100', undefined],
  [undefined, undefined],
])('the rate %j is %s a second', (rate, each) => {
  expect(nginxRate(rate)).toBe(each);
});
