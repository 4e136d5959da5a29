import { textAt } from '../members';
import type { TerraformBlock } from '../source';

/** Names of resources of one type, some of which are put together and known in part. */
export interface CloudNames {
  readonly blocks: readonly TerraformBlock[];
  /** Resources with that name, or that may have it. */
  readonly named: (name: string) => readonly TerraformBlock[];
  readonly names: readonly string[];
}

export function cloudNames(blocks: readonly TerraformBlock[], type: string, member = 'name'): CloudNames {
  const own = blocks.filter((block) => block.mode === 'resource' && block.type === type);
  const exact = new Map<string, TerraformBlock[]>();
  const patterns: (readonly [RegExp, TerraformBlock])[] = [];
  for (const block of own) {
    const name = textAt(block.value, member);
    const prefix = textAt(block.value, `${member}_prefix`);
    if (name !== undefined && !name.includes('${')) exact.set(name, [...(exact.get(name) ?? []), block]);
    else patterns.push([name === undefined ? new RegExp(`^${escaped(prefix ?? '')}`) : patternOf(name), block]);
  }
  return {
    blocks: own,
    names: [...exact.keys()],
    named: (name) => exact.get(name) ?? patterns.filter(([pattern]) => pattern.test(name)).map(([, block]) => block),
  };
}

/** A name with whatever its expressions stand for. */
const patternOf = (name: string): RegExp =>
  new RegExp(
    `^${name
      .split(/\$\{[^}]*\}/)
      .map(escaped)
      .join('.*')}$`,
  );

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
