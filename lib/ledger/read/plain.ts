import type { Json } from '../source';

/** Deeper than any object of Kubernetes or Terraform; what is nested further was made to hurt its reader. */
const DEEPEST = 100;

/** Values in one document. Aliases of aliases would make a few lines into more than fits in memory. */
const MOST_VALUES = 2_000_000;

/** A value as JSON has it, or why it cannot be one. What refers to itself is too deep. */
export function plain(value: unknown): { readonly value: Json } | { readonly why: string } {
  let left = MOST_VALUES;
  const copy = (from: unknown, depth: number): Json => {
    left -= 1;
    if (depth > DEEPEST) throw new Unreadable(`is nested more than ${DEEPEST} deep, or holds itself`);
    if (left < 0) throw new Unreadable(`has more than ${MOST_VALUES} values`);
    if (from === null || from === undefined) return null;
    if (typeof from === 'string' || typeof from === 'boolean') return from;
    if (typeof from === 'number') return Number.isFinite(from) ? from : String(from);
    if (Array.isArray(from)) return from.map((item) => copy(item, depth + 1));
    if (typeof from !== 'object') return String(from);
    return Object.fromEntries(Object.entries(from).map(([name, member]) => [name, copy(member, depth + 1)]));
  };
  try {
    return { value: copy(value, 0) };
  } catch (error) {
    return { why: error instanceof Unreadable ? error.message : 'cannot be read' };
  }
}

class Unreadable extends Error {}
