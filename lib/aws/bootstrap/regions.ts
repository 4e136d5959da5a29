import { type Check, duplicates, isRegion } from '../../check';

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
