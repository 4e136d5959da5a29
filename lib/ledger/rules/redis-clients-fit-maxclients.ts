import { type RedisStore, redisStores } from '../cloud/redis-clients';
import type { Facts } from '../facts';
import type { Rule, Scenario, Verdict } from '../rule';
import { compared, unknown } from './compared';
import { lostPool, poolDemand, poolUsers, waysToOpenFewer } from './pool-demand';

/** A member of Redis takes every client that may come, also while they are released. */
export const redisClientsFitMaxclients: Rule = {
  id: 'redis-clients-fit-maxclients',
  severity: 'error',
  protects: 'pods that scaled out are told "max number of clients reached", and so are replicas that come back',
  formula:
    'by member: sum of pods x processes x pool size, at maxima and with the largest release (all releases in a promotion), + ' +
    'replicas + 2 x other members of a cluster + 2 x Sentinels <= maxclients (10000; 65000 of ElastiCache)',
  source: 'redis.conf 7.4, maxclients; ElastiCache user guide, "Large number of connections" (read 2026-11-21)',
  scenarios: ['ordinary', 'promotion'],
  judge: (facts, scenario) => {
    const called = new Set(
      [...facts.assumptions.pools.values()].flatMap((pools) => pools.map(({ database }) => database)),
    );
    return redisStores(facts).map((store) =>
      [...called].some(store.isCalled)
        ? verdictOf(facts, store, scenario)
        : unknown(store.subject, 'the pools of its clients (annotation headroom.dev/pool with its name)'),
    );
  },
};

function verdictOf(facts: Facts, store: RedisStore, scenario: Scenario): Verdict {
  const { subject, maxClients, others, evidence, isOwn } = store;
  const users = poolUsers(facts, store.isCalled);
  if (!Number.isFinite(maxClients)) return unknown(subject, 'maxclients as a number');
  const { total, words } = poolDemand(users, scenario);
  const own = others.reduce((sum, { connections }) => sum + connections, 0);
  const needed = total + own;
  const lost = lostPool(facts);
  if (lost !== undefined && needed <= maxClients) return unknown(subject, lost);
  return compared({
    subject,
    evidence: [evidence, ...users.slice(0, 4).map((user) => user.workload.evidence('/metadata/annotations'))],
    arithmetic: `to one member ${[words, ...others.map((other) => other.words)].join(' + ')} = ${needed} of ${maxClients} clients`,
    margin: { of: `clients of ${subject}`, needed, available: maxClients, unit: 'connections' },
    remedy: () =>
      [
        ...(isOwn
          ? [`raise maxclients from ${maxClients} to ${needed}, with as many file descriptors and 32 more`]
          : []),
        ...waysToOpenFewer(users, maxClients - own, scenario),
      ].join(', or '),
    ...(scenario === 'promotion' && { severity: 'warning' as const }),
  });
}
