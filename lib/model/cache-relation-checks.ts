import { type Check, duplicates, type Finding, inspect, isWholeWithin } from '../check';
import type { Duration } from '../units';
import { type CachePolicyPlan, type CachePolicySpec, cachePolicyPlan } from './cache/cache-policy';
import { WARMING_INTERVALS, warmingInterval, warmingLimit } from './cache/cache-warming';
import { CACHE_POLICY_CHECKS } from './cache-policy-checks';
import type { EnvironmentSpec } from './environment';
import { servicePeak } from './service/peak';
import { type CacheSpec, isReplicationGroup } from './stores';

/** A policy in its environment. */
interface Placed {
  readonly policy: CachePolicyPlan;
  readonly environment: EnvironmentSpec;
  readonly cache: CacheSpec | undefined;
}

/** What Redis takes unless it is told otherwise, and ElastiCache always. Source: redis.conf 7.2 `maxclients`; ElastiCache, Redis-specific parameters. */
const MOST_CLIENTS = { redis: 10_000, elastiCache: 65_000 } as const;

const most = ({ cache }: Placed): number =>
  cache !== undefined && isReplicationGroup(cache) ? MOST_CLIENTS.elastiCache : MOST_CLIENTS.redis;

/** Connections to one member, were every process to open all that it may. */
const connections = ({ policy, environment }: Placed): number =>
  environment.services
    .filter((service) => service.connections.some((one) => one.to === 'cache' && one.name === policy.cache))
    .reduce((sum, service) => sum + servicePeak(service) * (service.processes ?? 1) * policy.maxConnections, 0);

const ttlOf = ({ ttls, warming }: CachePolicyPlan): Duration | undefined => warming && ttls[warming.kind];

const everyOf = (policy: CachePolicyPlan): Duration | undefined => {
  const ttl = ttlOf(policy);
  return ttl && policy.warming && warmingInterval(policy.warming, ttl);
};

const badNames = (names: readonly string[]): string[] => [
  ...names.filter((name) => !/^[a-z0-9][a-z0-9_-]{0,62}$/.test(name)),
  ...duplicates(names),
];

const badHeaders = ({ warming }: CachePolicyPlan): string[] =>
  Object.entries({ ...warming?.headers, ...warming?.expectedHeaders })
    .filter(
      ([name, value]) => !/^[A-Za-z0-9-]{1,100}$/.test(name) || !/^[\x21-\x7e]([\x20-\x7e]*[\x21-\x7e])?$/.test(value),
    )
    .map(([name]) => name);

/** What is said about a policy and what stands around it. */
export const CACHE_RELATION_CHECKS: readonly Check<Placed>[] = [
  {
    id: 'cache-policy-cache-is-declared',
    prop: 'cache',
    holds: ({ cache }) => cache !== undefined,
    rule: 'must be a declared cache',
    received: ({ policy }) => policy.cache,
    remedy: 'use the name of the cache',
  },
  {
    id: 'cache-policy-connections-fit-the-cache',
    prop: 'maxConnections',
    holds: (placed) => connections(placed) <= most(placed),
    rule: (placed) =>
      `must let every process at the peak connect, ${connections(placed)} to a member that takes ${most(placed)}`,
    received: ({ policy }) => policy.maxConnections,
    remedy: 'lower it, or the maxima of the services',
  },
  {
    id: 'cache-warming-service-is-declared',
    prop: 'warming.service',
    holds: ({ policy: { warming }, environment }) =>
      warming === undefined || environment.services.some(({ name }) => name === warming.service),
    rule: 'must be a declared service',
    received: ({ policy }) => policy.warming?.service,
    remedy: 'use the name of the service that computes the results',
  },
  {
    id: 'cache-warming-path-names-the-result',
    prop: 'warming.path',
    holds: ({ policy: { warming } }) => warming === undefined || /^\/[\w./~-]*\{name\}[\w./~?=&-]*$/.test(warming.path),
    rule: 'must be a path with {name} in it once',
    received: ({ policy }) => policy.warming?.path,
    remedy: 'use a path such as /checks/{name}',
  },
  {
    id: 'cache-warming-names-are-keys',
    prop: 'warming.names',
    holds: ({ policy: { warming } }) =>
      warming === undefined || (isWholeWithin(warming.names.length, 1, 100) && badNames(warming.names).length === 0),
    rule: 'must be 1-100 distinct names of a-z, 0-9, _ and -',
    received: ({ policy: { warming } }) => badNames(warming?.names ?? []),
    remedy: 'use the ends of the keys',
  },
  {
    id: 'cache-warming-kind-has-a-time',
    prop: 'warming.kind',
    holds: ({ policy }) => policy.warming === undefined || ttlOf(policy) !== undefined,
    rule: 'must be one of ttls: what is warmed has to expire',
    received: ({ policy }) => policy.warming?.kind,
    remedy: 'add it to ttls',
  },
  {
    id: 'cache-warming-headers-are-plain',
    prop: 'warming.headers',
    holds: ({ policy }) => badHeaders(policy).length === 0,
    rule: 'must have names of letters, digits and -, and printable values',
    received: ({ policy }) => badHeaders(policy),
    remedy: 'write them as HTTP does',
  },
  {
    id: 'cache-warming-recurs-evenly',
    prop: 'warming.every',
    holds: ({ policy: { warming } }) =>
      warming?.every === undefined || WARMING_INTERVALS.some(({ inMillis }) => inMillis === warming.every?.inMillis),
    rule: 'must be 5, 6, 10, 12, 15, 20 or 30 min, or 1, 2, 3, 4, 6, 8 or 12 h: what a day divides into',
    received: ({ policy }) => policy.warming?.every,
    remedy: 'leave it out for a third of the time',
  },
  {
    id: 'cache-warming-ends',
    prop: 'warming.within',
    holds: ({ policy: { warming } }) =>
      warming === undefined || isWholeWithin(warmingLimit(warming).inMillis / 60_000, 2, 60),
    rule: 'must be 2 min to 1 h in whole minutes',
    received: ({ policy }) => policy.warming?.within,
    remedy: 'leave it out for 10 min',
  },
  {
    id: 'cache-warming-comes-before-expiry',
    prop: 'warming.every',
    holds: ({ policy }) => {
      const [ttl, every] = [ttlOf(policy), everyOf(policy)];
      if (policy.warming === undefined || ttl === undefined || every === undefined) return true;
      return every.inMillis + warmingLimit(policy.warming).inMillis < ttl.inMillis;
    },
    rule: ({ policy }) => `must end a run before what the last one stored expires, after ${ttlOf(policy)}`,
    received: ({ policy }) => everyOf(policy),
    remedy: 'compute them more often, or let them live longer',
  },
  {
    id: 'cache-warming-survives-a-failed-run',
    prop: 'warming.every',
    severity: 'warning',
    holds: ({ policy }) => {
      const [ttl, every] = [ttlOf(policy), everyOf(policy)];
      return ttl === undefined || every === undefined || 2 * every.inMillis < ttl.inMillis;
    },
    rule: ({ policy }) => `should be less than half of ${ttlOf(policy)}: one run that fails leaves the cache cold`,
    received: ({ policy }) => everyOf(policy),
    remedy: 'leave it out for a third of the time',
  },
];

/** Everything that is wrong with how services use their cache. */
export function inspectCachePolicy(path: string, environment: EnvironmentSpec): Finding[] {
  const spec: CachePolicySpec | undefined = environment.cachePolicy;
  if (spec === undefined) return [];
  const policy = cachePolicyPlan(spec);
  const cache = environment.caches.find(({ name }) => name === policy.cache);
  const at = `${path}/cachePolicy`;
  return [
    ...inspect(at, policy, CACHE_POLICY_CHECKS),
    ...inspect(at, { policy, environment, cache }, CACHE_RELATION_CHECKS),
  ];
}
