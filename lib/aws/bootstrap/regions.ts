import { type Check, duplicates } from '../../check';

/** Whether a text reads as a region. */
export const isRegion = (text: string): boolean => /^[a-z]{2}(-[a-z]+)+-\d$/.test(text);

interface Regional {
  readonly regions: readonly string[];
}

/** A check on the regions of something, under the id of its own. */
export const regionsAreDistinct = (id: string): Check<Regional> => ({
  id,
  prop: 'regions',
  holds: ({ regions }) => regions.length > 0 && regions.every(isRegion) && duplicates(regions).length === 0,
  rule: 'must be distinct regions such as us-west-2, at least one',
  remedy: 'name each region that anything runs in, the standby included',
});
