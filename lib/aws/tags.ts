import type { Check } from '../check';

interface Tagged {
  /** Tags by key (1-128 characters). */
  readonly tags: Readonly<Record<string, string>>;
}

/** Keys that AWS keeps for itself, in any case, or that are empty or too long. Source: AWS, tag naming limits. */
const wrongKeys = ({ tags }: Tagged): string[] => Object.keys(tags).filter((key) => !/^(?!aws:).{1,128}$/i.test(key));

/** A check on the tags of something, under the id of its own. */
export const tagsAreAllowed = (id: string): Check<Tagged> => ({
  id,
  prop: 'tags',
  holds: (tagged) => wrongKeys(tagged).length === 0,
  rule: 'must have keys of 1-128 characters that do not start with aws:, which AWS keeps for itself',
  received: wrongKeys,
  remedy: 'use a prefix of your own',
});
