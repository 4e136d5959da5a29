import type { PublicDnsSpec } from '../../lib/model';
import { ACCOUNTS, REGION, STANDBY_REGION, stateIn } from './places';

/**
 * Names of production are kept in the region of the standby: they are changed when the other one is lost. Staging is another
 * account's; what leads to its zone is known once its stack, `acgs-dns-staging-acgs-example-com`, is applied.
 */
export const DNS: PublicDnsSpec = {
  zone: 'acgs.example.com',
  account: ACCOUNTS.production,
  region: STANDBY_REGION,
  state: stateIn('production', STANDBY_REGION),
  delegated: [
    {
      zone: 'staging.acgs.example.com',
      account: ACCOUNTS.staging,
      region: REGION,
      state: stateIn('staging'),
    },
  ],
};
