/** What cdktf would resolve, in any text: a token, or a number that may stand for one. */
const TOKEN_TEXT = /TfToken\[|[-|\d.+]e[-|\d.eE+]/;

/** Tokens are encoded as numbers far below zero. */
const mayHoldToken = (value: unknown): boolean =>
  typeof value === 'string' ? TOKEN_TEXT.test(value) : typeof value === 'number' && value < 0;

const isPlainObject = (value: object): boolean => {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
};

/**
 * `value` with its tokens resolved by `resolve`, which is given only those parts that may hold one: what cdktf does at each
 * text, number and key of a stack costs more than making the stack. As cdktf does, leaves out what is undefined.
 */
export function resolveTokens(value: unknown, resolve: (part: unknown) => unknown): unknown {
  if (value === null || value === undefined || typeof value === 'boolean') return value;
  if (typeof value === 'string' || typeof value === 'number') return mayHoldToken(value) ? resolve(value) : value;
  if (Array.isArray(value)) {
    if (value.some(mayHoldToken)) return resolve(value);
    return value.map((item) => resolveTokens(item, resolve)).filter((item) => item !== undefined);
  }
  if (
    typeof value !== 'object' ||
    !isPlainObject(value) ||
    'resolve' in value ||
    Object.keys(value).some(mayHoldToken)
  ) {
    return resolve(value);
  }
  const resolved: Record<string, unknown> = {};
  for (const [key, item] of Object.entries(value)) {
    const known = resolveTokens(item, resolve);
    if (known !== undefined) resolved[key] = known;
  }
  return resolved;
}
