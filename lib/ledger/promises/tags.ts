import { textMembersAt } from '../members';
import type { TerraformBlock } from '../source';

/** Tags of a block, and of its provider where it has them in a plan. */
const tagsOf = ({ value }: TerraformBlock): Readonly<Record<string, string>> => ({
  ...textMembersAt(value, 'tags_all'),
  ...textMembersAt(value, 'tags'),
});

/** One tag; never a member of a prototype. */
export function tagOf(block: TerraformBlock | undefined, name: string): string | undefined {
  if (block === undefined) return undefined;
  const tags = tagsOf(block);
  return Object.hasOwn(tags, name) ? tags[name] : undefined;
}
