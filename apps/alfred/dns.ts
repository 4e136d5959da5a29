import type { PublicDnsSpec } from '../../lib/model';
import { ACCOUNTS, HOME_REGION, stateIn } from './places';

/**
 * Each region has a name of its own; the platform's leads to the one that writes. Route 53 itself is controlled in the home
 * region: names cannot be changed without it, wherever their state is.
 */
export const DNS: PublicDnsSpec = {
  zone: 'alfred.example.com',
  account: ACCOUNTS.production,
  region: HOME_REGION,
  state: stateIn(HOME_REGION),
};
