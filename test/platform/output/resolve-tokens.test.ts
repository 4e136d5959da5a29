import { DefaultTokenResolver, Fn, Lazy, ref, StringConcat, TerraformStack, Testing, Token, Tokenization } from 'cdktf';
import fc from 'fast-check';
import { resolveTokens } from '../../../lib/platform/output/resolve-tokens';

const scope = new TerraformStack(Testing.app(), 'stack');
const options = { scope, resolver: new DefaultTokenResolver(new StringConcat()), preparing: false };

/** What cdktf makes of a value, told of the whole. */
const stock = (value: unknown): unknown => Tokenization.resolve(value, options);

/** What we make of it, and what of it cdktf was asked. */
function ours(value: unknown): { readonly resolved: unknown; readonly asked: readonly unknown[] } {
  const asked: unknown[] = [];
  const resolved = resolveTokens(value, (part) => {
    asked.push(part);
    return stock(part);
  });
  return { resolved, asked };
}

const text = Token.asString(ref('aws_x.y.id', scope));
const number = Token.asNumber(Fn.tonumber('5'));
const list = Token.asList(Fn.tolist(['a']));
const map = Token.asStringMap(Fn.tomap({ a: 'b' }));
const lazy = Lazy.anyValue({ produce: () => ({ deep: [Token.asString('later')] }) });

test.each<[string, unknown]>([
  ['a text with a reference in it', { name: `of ${text}` }],
  ['a number that stands for one, and one within a text', { size: number, text: `size ${number}` }],
  ['a list that stands for one, alone and among others', { one: list, other: { three: list } }],
  ['a list of numbers that stands for one', { ports: Token.asNumberList(Fn.tolist([1])) }],
  ['a map that stands for one', { tags: map }],
  ['a reference as a name', { [text]: 'value' }],
  ['something to be worked out later', { block: lazy, list: [lazy, { in: lazy }] }],
  ['what is not given', { none: undefined, nil: null, list: [1, undefined, 2], within: { none: undefined } }],
  ['numbers below zero, and lists of them', { protocol: -1, ports: [-1, 65535], huge: -1e300 }],
  ['texts that look like numbers', { hash: '12e4', name: 'm5.2e+7', escaped: '$${x}' }],
])('%s comes out as cdktf has it', (_what, value) => {
  expect(ours(value).resolved).toEqual(stock(value));
});

test('any value comes out as cdktf has it', () => {
  fc.assert(fc.property(fc.jsonValue(), (value) => expect(ours(value).resolved).toEqual(stock(value))));
});

test('cdktf is asked for what may hold a token, and for nothing else', () => {
  const plain = { name: 'a', tags: { team: 'b' }, ports: [80, 443], on: true, none: null };
  expect(ours(plain).asked).toEqual([]);
  expect(ours({ ...plain, rules: [{ id: text, port: number }] }).asked).toEqual([text, number]);
  expect(ours({ block: lazy }).asked).toEqual([lazy]);
});

test('what cdktf refuses is refused', () => {
  expect(() => ours({ wrong: () => 'a function' })).toThrow();
  expect(() => ours({ wrong: scope })).toThrow();
});
