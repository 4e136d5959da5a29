import type { Rule } from '../rule';
import { compared, unknown } from './compared';
import { lostPool, poolDemand, poolUsers, waysToOpenFewer } from './pool-demand';
import { isPooler, poolersOf } from './poolers';

/** A PgBouncer takes all the clients that its users may open, with its fewest pods. */
export const poolerLetsClientsIn: Rule = {
  id: 'pooler-lets-clients-in',
  severity: 'error',
  protects: 'PgBouncer refuses clients beyond max_client_conn, which looks like a database that is down',
  formula:
    'sum of pods x processes x pool size of its users, with the largest release, <= max_client_conn x its fewest pods',
  source: 'pgbouncer.org config.html, max_client_conn (100 unless set)',
  scenarios: ['ordinary', 'promotion'],
  judge: (facts, scenario) =>
    poolersOf(facts).map((pooler) => {
      const { workload, floor, maxClients, evidence } = pooler;
      const users = poolUsers(facts, isPooler(pooler));
      if (users.length === 0) return unknown(workload.id, 'the pools of its clients (annotation headroom.dev/pool)');
      const { total, words } = poolDemand(users, scenario);
      const available = maxClients * floor;
      const lost = lostPool(facts);
      if (lost !== undefined && total <= available) return unknown(workload.id, lost);
      return compared({
        subject: workload.id,
        evidence: [evidence, ...users.map((user) => user.workload.evidence('/metadata/annotations'))],
        arithmetic: `${words} = ${total} of ${floor} pods x ${maxClients} = ${available} clients`,
        margin: { of: `clients of ${workload.id}`, needed: total, available, unit: 'connections' },
        remedy: () =>
          [
            `raise max_client_conn from ${maxClients} to ${Math.ceil(total / Math.max(1, floor))}`,
            ...waysToOpenFewer(users, available, scenario),
          ].join(', or '),
        ...(scenario === 'promotion' && { severity: 'warning' as const }),
      });
    }),
};
