import type { Arguments } from './provider-assembly';
import { atMostOne, type Body, given, isExpression, needs } from './terraform-choices';

/** Names that hold a secret wherever they appear. Read off the provider's own schema, which the published types drop. */
const SECRET =
  /(^|_)(passwords?|passphrase|private_key|secret_key|secret_access_key|secret_token|auth_token|access_token|oauth_token|access_key|client_secret|shared_secret|api_key|secret_string|secret_binary|plaintext|preshared_key)(_wo)?$/;

/** Secrets whose text is often no secret at all: an endpoint, a name. */
const MAY_BE_IN_STATE = ['secret_string', 'secret_binary'];

function secretFault(name: string, value: unknown, args: Arguments): string | undefined {
  if (args.get(name)?.type.kind !== 'string' || !SECRET.test(name)) return undefined;
  if (!isExpression(value)) return `${name} holds a secret in plain text`;
  if (name.endsWith('_wo')) {
    return /\b(ephemeral|var)\./.test(value) ? undefined : `${name} comes from what is kept in the state`;
  }
  const keepable = MAY_BE_IN_STATE.includes(name) || !args.has(`${name}_wo`);
  return keepable ? undefined : `${name} puts a secret into the state: use ${name}_wo`;
}

/** An argument `x_wo` reaches AWS but not the state; `x` would. */
function writeOnlyFaults(name: string, body: Body, args: Arguments): (string | undefined)[] {
  const inState = name.replace(/_wo$/, '');
  if (inState === name || !args.has(`${name}_version`)) return [];
  return [atMostOne(inState, name)(body), needs(name, `${name}_version`)(body), needs(`${name}_version`, name)(body)];
}

/** Secrets that a block would show in plain text or keep in the state. */
export function secretFaults(body: Body, args: Arguments): string[] {
  const faults = [...args.keys()].flatMap((name) => [
    given(body, name) ? secretFault(name, body[name], args) : undefined,
    ...writeOnlyFaults(name, body, args),
  ]);
  return faults.filter((fault) => fault !== undefined);
}
