import type { Argument, Arguments, ValueType } from './provider-assembly';
import { type Body, choiceFaults, isBody, isExpression } from './terraform-choices';
import { secretFaults } from './terraform-secrets';

const isWholeExpression = (value: unknown) => isExpression(value) && /^\$\{[\s\S]*\}$/.test(value);

/** Members of an object, or none of anything else. */
export const entries = (value: unknown): [string, unknown][] => (isBody(value) ? Object.entries(value) : []);

const given = (body: Body, name: string) => body[name] !== undefined && body[name] !== null;

/** What is left of a number or text that was never resolved. */
const isToken = (value: unknown) =>
  typeof value === 'number' ? Math.abs(value) > 1e15 : typeof value === 'string' && /TfToken\[|#\{Token\[/.test(value);

function scalarFaults(path: string, value: unknown, { kind }: ValueType): string[] {
  if (isToken(value)) return [`${path} holds an unresolved token`];
  return typeof value === kind ? [] : [`${path} must be a ${kind}, got ${JSON.stringify(value)}`];
}

/** What is wrong with a value where that type is expected. `schema` names the block, for the rules about it. */
export function valueFaults(path: string, schema: string, value: unknown, type: ValueType): string[] {
  if (type.kind === 'any' || (isWholeExpression(value) && !isToken(value))) return [];
  switch (type.kind) {
    case 'list':
      if (!Array.isArray(value)) return [`${path} must be a list, got ${JSON.stringify(value)}`];
      return value.flatMap((item, index) => valueFaults(`${path}[${index}]`, schema, item, type.of));
    case 'map':
      if (!isBody(value)) return [`${path} must be a map, got ${JSON.stringify(value)}`];
      return entries(value).flatMap(([key, item]) => valueFaults(`${path}.${key}`, schema, item, type.of));
    case 'object':
      if (!isBody(value)) return [`${path} must be an object, got ${JSON.stringify(value)}`];
      return bodyFaults(path, schema, value, type.members());
    default:
      return scalarFaults(path, value, type);
  }
}

function argumentFaults(path: string, schema: string, value: unknown, { block, type }: Argument): string[] {
  if (block && typeof value === 'string') return [`${path} is a block and takes no expression`];
  // Terraform reads a list of one as the block itself
  const single = block && type.kind === 'object' && Array.isArray(value) && value.length === 1;
  return valueFaults(path, schema, single ? value[0] : value, type);
}

/** `dynamic` holds blocks that are made once for each item of something. */
function dynamicFaults(path: string, schema: string, value: unknown, args: Arguments): string[] {
  return entries(value).flatMap(([name, dynamic]) => {
    const argument = args.get(name);
    const type = argument?.type.kind === 'list' ? argument.type.of : argument?.type;
    if (type?.kind !== 'object') return [`${path} has no block ${name}`];
    if (!isBody(dynamic) || !given(dynamic, 'for_each')) return [`${path}.dynamic.${name}: for_each is required`];
    return valueFaults(`${path}.${name}`, `${schema}.${name}`, dynamic.content, type);
  });
}

/** What is wrong with the arguments of a block, of those it is made of, and of those among themselves. */
export function bodyFaults(
  path: string,
  schema: string,
  body: Body,
  args: Arguments,
  meta: Arguments = new Map(),
): string[] {
  const dynamic = isBody(body.dynamic) ? body.dynamic : {};
  const members = entries(body).filter(([name, value]) => name !== '//' && value !== null);
  return [
    ...members.flatMap(([name, value]) => {
      const argument = args.get(name) ?? meta.get(name);
      if (argument !== undefined) return argumentFaults(`${path}.${name}`, `${schema}.${name}`, value, argument);
      return name === 'dynamic' ? dynamicFaults(path, schema, value, args) : [`${path} has no argument ${name}`];
    }),
    ...[...args]
      .filter(([name, { required, block }]) => {
        const value = body[name];
        const empty = block && Array.isArray(value) && value.length === 0;
        return required && (!given(body, name) || empty) && !given(dynamic, name);
      })
      .map(([name]) => `${path}: ${name} is required`),
    ...new Set([...choiceFaults(schema, body, args), ...secretFaults(body, args)].map((fault) => `${path}: ${fault}`)),
  ];
}
