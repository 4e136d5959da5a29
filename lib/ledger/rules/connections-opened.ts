import type { Database, Facts } from '../facts';
import type { Scenario } from '../rule';
import { type PoolUser, poolDemand, poolUsers } from './pool-demand';
import { isHostOf, isPooler, type Pooler } from './poolers';

/** What clients and poolers open at once to one database. */
export interface ConnectionsOpened {
  /** Workloads that connect themselves. */
  readonly users: readonly PoolUser[];
  /** Poolers in front of it. */
  readonly own: readonly Pooler[];
  readonly total: number;
  /** Of which through poolers. */
  readonly pooled: number;
  /** The sum in words. */
  readonly words: string;
}

/** Everything at its most; undefined where nobody says that he connects. */
export function connectionsOpened(
  facts: Facts,
  database: Database,
  poolers: readonly Pooler[],
  scenario: Scenario,
): ConnectionsOpened | undefined {
  const isBehind = (name: string) => poolers.some((pooler) => isPooler(pooler)(name));
  const isTarget = (name: string) => (name === database.name || name === database.id) && !isBehind(name);
  const users = poolUsers(facts, isTarget);
  const own = poolers.filter(({ servers }) => servers.some(({ host }) => isHostOf(host, database, facts.databases)));
  if (users.length === 0 && own.length === 0) return undefined;
  const through = pooledDemand(own, database, facts.databases);
  const direct = poolDemand(users, scenario);
  return {
    users,
    own,
    total: direct.total + through.total,
    pooled: through.total,
    words: [direct.words, ...through.words].filter((part) => part !== '').join(' + '),
  };
}

function pooledDemand(own: readonly Pooler[], database: Database, databases: readonly Database[]) {
  const parts = own.map(({ workload, pods, extra, servers }) => {
    const each = servers
      .filter(({ host }) => isHostOf(host, database, databases))
      .reduce((sum, { connections }) => sum + connections, 0);
    return {
      total: (pods + extra) * each,
      words: `${workload.name} ${pods + extra} pods x ${each} server connections`,
    };
  });
  return { total: parts.reduce((sum, { total }) => sum + total, 0), words: parts.map(({ words }) => words) };
}
