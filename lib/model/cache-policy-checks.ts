import { type Check, isWholeWithin } from '../check';
import { Duration } from '../units';
import type { CachePolicyPlan } from './cache/cache-policy';

const isTtl = ({ inMillis }: Duration): boolean => isWholeWithin(inMillis / 1000, 1, Duration.days(30).inMillis / 1000);
const isMillis = ({ inMillis }: Duration, least: number, most: number): boolean => isWholeWithin(inMillis, least, most);

const ttlsOf = ({ ttls, defaultTtl, memory }: CachePolicyPlan): readonly (readonly [string, Duration])[] => [
  ['defaultTtl', defaultTtl],
  ...(memory ? [['memory.ttl', memory.ttl] as const] : []),
  ...Object.entries(ttls),
];

const wrongTtls = (plan: CachePolicyPlan): string[] =>
  ttlsOf(plan)
    .filter(([, ttl]) => !isTtl(ttl))
    .map(([name]) => name);

const shorter = ({ memory, defaultTtl, ttls }: CachePolicyPlan): string[] =>
  memory === undefined
    ? []
    : Object.entries({ defaultTtl, ...ttls })
        .filter(([, ttl]) => ttl.inMillis < memory.ttl.inMillis)
        .map(([name]) => name);

const isPart = (text: string): boolean => /^[\w-]{1,100}$/.test(text);
const isKind = (name: string): boolean => /^[a-z][a-z0-9_]{0,62}$/.test(name);

/** What is said about a policy by itself. */
export const CACHE_POLICY_CHECKS: readonly Check<CachePolicyPlan>[] = [
  {
    id: 'cache-policy-times-are-positive',
    prop: 'ttls',
    holds: (plan) => wrongTtls(plan).length === 0,
    rule: 'must be 1 s to 30 d in whole seconds',
    received: wrongTtls,
    remedy: 'name how long a result stays right',
  },
  {
    id: 'cache-policy-kinds-are-variables',
    prop: 'ttls',
    holds: ({ ttls }) => Object.keys(ttls).every(isKind),
    rule: 'must have names of 1-63 of a-z, 0-9 and _, a letter first',
    received: ({ ttls }) => Object.keys(ttls).filter((name) => !isKind(name)),
    remedy: 'use a name such as policy_decisions',
  },
  {
    id: 'cache-policy-keys-are-versioned',
    prop: 'keys',
    holds: ({ keys: { prefix, version } }) => isPart(prefix) && isPart(version),
    rule: 'must have a prefix and a version of 1-100 letters, digits, _ and -',
    received: ({ keys }) => keys,
    remedy: 'use the hash of what results depend on as version',
  },
  {
    id: 'cache-policy-memory-is-bounded',
    prop: 'memory.entries',
    holds: ({ memory }) => memory === undefined || isWholeWithin(memory.entries, 1, 1_000_000),
    rule: 'must be 1-1000000',
    received: ({ memory }) => memory?.entries,
    remedy: 'use 10000',
  },
  {
    id: 'cache-policy-memory-forgets-first',
    prop: 'memory.ttl',
    severity: 'warning',
    holds: (plan) => shorter(plan).length === 0,
    rule: (plan) =>
      `should be at most the time of every result: ${shorter(plan).join(', ')} would outlive it in processes`,
    received: ({ memory }) => memory?.ttl,
    remedy: 'shorten it',
  },
  {
    id: 'cache-policy-connections-are-counted',
    prop: 'maxConnections',
    holds: ({ maxConnections }) => isWholeWithin(maxConnections, 1, 10_000),
    rule: 'must be 1-10000',
    remedy: 'use twice the pool',
  },
  {
    id: 'cache-policy-pool-fits-its-connections',
    prop: 'poolSize',
    holds: ({ poolSize, maxConnections }) => isWholeWithin(poolSize, 1, maxConnections),
    rule: ({ maxConnections }) => `must be 1-${maxConnections}`,
    remedy: 'lower it, or raise maxConnections',
  },
  {
    id: 'cache-policy-target-is-bounded',
    prop: 'target',
    holds: ({ target }) => target === undefined || isMillis(target, 1, 1000),
    rule: 'must be 1 ms to 1 s in whole milliseconds',
    remedy: 'use what a lookup usually takes',
  },
  {
    id: 'cache-policy-timeout-is-above-its-target',
    prop: 'timeout',
    holds: ({ timeout, target }) =>
      isMillis(timeout, 10, 60_000) && (target === undefined || timeout.inMillis > target.inMillis),
    rule: 'must be 10 ms to 1 min in whole milliseconds, and more than target: a time-out at the usual time fails half of all lookups',
    remedy: 'leave it out for 1 s',
  },
];
