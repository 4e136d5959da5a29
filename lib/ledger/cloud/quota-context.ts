import type { Facts } from '../facts';
import { type Refer, references } from '../facts/references';
import { claimShares } from './claims';
import { type Places, placesOf } from './places';
import type { Share } from './quota-use';

/** What all counts of quotas look up, worked out once. */
export interface QuotaContext {
  readonly facts: Facts;
  readonly places: Places;
  readonly refer: Refer;
  /** GiB of gp3 that pods ask for. */
  readonly claims: readonly Share[];
}

export const quotaContext = (facts: Facts): QuotaContext => ({
  facts,
  places: placesOf(facts.blocks),
  refer: references(facts.blocks),
  claims: claimShares(facts),
});
