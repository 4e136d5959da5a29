import type { AccountSpec } from '../../lib/model';
import { ACCOUNTS, HOME_REGION, stateIn, WRITER_REGION } from './places';

const development: AccountSpec = {
  name: 'development',
  id: ACCOUNTS.development,
  region: WRITER_REGION,
  state: { kind: 'local' },
  // a new account has 5
  quotas: { [WRITER_REGION]: { onDemandVcpus: 144 } },
};

/** Each region may grow to ten agents' nodes and six for stores, in the middle of an update. */
const GROWTH = { onDemandVcpus: 256, elasticIps: 10 } as const;

const production: AccountSpec = {
  name: 'production',
  id: ACCOUNTS.production,
  region: HOME_REGION,
  state: stateIn(HOME_REGION),
  pipeline: {
    kind: 'github',
    // put yours here
    source: { repository: 'example/alfred' },
    applyJobs: { on: 'environment', environment: 'production' },
  },
  quotas: { [WRITER_REGION]: GROWTH, [HOME_REGION]: GROWTH, 'eu-central-1': GROWTH },
};

export const ACCOUNT_SPECS: readonly AccountSpec[] = [development, production];
