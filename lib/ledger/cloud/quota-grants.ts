import { type AwsQuotaName, awsQuota } from '../../catalog';
import { evidenceIn } from '../configured';
import type { Facts } from '../facts';
import { numberAt, textAt } from '../members';
import type { Evidence } from '../rule';
import { type Place, type Places, placeName } from './places';

/** What an account has of a quota in a region, and how that is known. */
export interface QuotaGrant {
  readonly limit: number;
  readonly known: 'from every account' | 'from the stacks' | 'as assumed';
  readonly evidence?: Evidence;
}

/** Finds grants by name: what is assumed, else what is asked for in the stacks, else what every account has. */
export function quotaGrants(facts: Facts, places: Places): (name: AwsQuotaName, place: Place) => QuotaGrant {
  const asked = new Map<string, QuotaGrant>();
  for (const block of facts.blocks) {
    if (block.type !== 'aws_servicequotas_service_quota') continue;
    const code = textAt(block.value, 'quota_code');
    const limit = numberAt(block.value, 'value');
    if (code === undefined || limit === undefined) continue;
    const grant: QuotaGrant = { limit, known: 'from the stacks', evidence: evidenceIn(block, '/value') };
    // IAM is asked in one region for all
    for (const place of [places.of(block), placeName('', places.accountOf(block))]) {
      const key = `${code} ${place}`;
      if ((asked.get(key)?.limit ?? 0) < limit) asked.set(key, grant);
    }
  }
  return (name, place) => {
    const { code, default: granted } = awsQuota(name);
    const assumed = code === undefined ? undefined : facts.assumptions.quotas?.get(code);
    if (assumed !== undefined) return { limit: assumed, known: 'as assumed' };
    return asked.get(`${code} ${place}`) ?? { limit: granted, known: 'from every account' };
  };
}
