import type { EnvironmentSpec } from '../environment';
import { postgresPlan } from '../postgres/postgres';
import { isInstance } from '../stores';
import { priced } from './network-costs';
import type { Costs } from './node-costs';
import { ASSUMED_USAGE, type MonthlyUsage } from './usage';

const NOTHING: Costs = { lines: [], unpriced: [] };

/** What stands before the load balancer: lists of rules, by the month and by what they look at. */
export function edgeCosts({ edge }: EnvironmentSpec, { firewall, firewallMillions }: MonthlyUsage): Costs {
  if (edge === undefined) return NOTHING;
  const requests = priced(
    'requests that the firewall looks at',
    'web-acl-requests',
    firewallMillions ?? ASSUMED_USAGE.firewallMillions,
  );
  if (firewall === undefined) {
    return { lines: [requests], unpriced: [{ item: 'rules of the firewall', reason: 'their number was not stated' }] };
  }
  return {
    lines: [
      priced('firewall', 'web-acl', firewall.lists),
      priced('rules of the firewall', 'web-acl-rule', firewall.rules),
      requests,
    ],
    unpriced: [],
  };
}

const gib = (bytes: number): number => bytes / 2 ** 30;

/** Copies of databases in another region, each as large as what is stored: nothing before the first, all of it at the most. */
export function backupCosts({ backups, databases }: EnvironmentSpec): Costs {
  if (backups === undefined) return NOTHING;
  const instances = databases.filter(isInstance).map(postgresPlan);
  return {
    lines: instances.map(({ name, storage, maxStorage = storage }) =>
      priced(`copy of ${name} in ${backups.copyRegion}`, 'rds-backup', {
        min: 0,
        expected: gib(storage.inBytes),
        max: gib(maxStorage.inBytes),
      }),
    ),
    unpriced: [],
  };
}
