import type { TargetGroupSpec } from './target-group';

/** Longest name that Elastic Load Balancing takes. */
const MAX_NAME = 32;

const HASH_LENGTH = 7;

/** FNV-1a, 32 bits: a short name for what cannot stand in a name. */
function fingerprint(text: string): string {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return (hash >>> 0).toString(36).padStart(HASH_LENGTH, '0');
}

/**
 * Name of a target group, known to both planes: `acgs-production-gateway` and a hash, at most 32 characters.
 *
 * The law: a target group cannot change its port, protocol, protocol version or type, and its successor cannot have its
 * name. So all four are in the hash: what replaces the group also renames it, and the new one stands before the old one goes.
 *
 * @param prefix Whose it is: `acgs-production`.
 */
export function targetGroupName(prefix: string, spec: Pick<TargetGroupSpec, TargetGroupIdentity>): string {
  const { name, port, protocol = 'HTTP', protocolVersion = 'HTTP1' } = spec;
  const readable = `${prefix}-${name}`.slice(0, MAX_NAME - HASH_LENGTH - 1).replace(/-+$/, '');
  return `${readable}-${fingerprint([prefix, name, port, protocol, protocolVersion, 'ip'].join('/'))}`;
}

/** What decides which target group it is. */
export type TargetGroupIdentity = 'name' | 'port' | 'protocol' | 'protocolVersion';
