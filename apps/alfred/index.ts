import type { PlatformSpec } from '../../lib/model';
import { ACCOUNT_SPECS } from './accounts';
import { CHART } from './chart';
import { DNS } from './dns';
import { ENVIRONMENTS } from './environments';

export const ALFRED: PlatformSpec = {
  name: 'alfred',
  environments: ENVIRONMENTS,
  accounts: ACCOUNT_SPECS,
  dns: DNS,
  chart: CHART,
};
