import { type Check, type Finding, inspect } from '../../check';
import { STORE_CHECKS } from '../store/store-checks';
import { REDIS_DATA_CHECKS, type RedisData } from './redis-data-checks';
import { type RedisServerPlan, type RedisServerSpec, redisServerPlan } from './redis-server';

const isDurable = ({ appendOnly, snapshots }: RedisServerPlan): boolean => appendOnly || snapshots.length > 0;

/** What is said about a single server beside its data and what every store has. */
export const REDIS_SERVER_CHECKS: readonly Check<RedisServerPlan>[] = [
  {
    id: 'redis-server-request-covers-data',
    prop: 'memoryRequest',
    severity: 'warning',
    holds: ({ memoryRequest, maxmemory }) => maxmemory.isAtMost(memoryRequest),
    rule: ({ maxmemory }) =>
      `should be at least maxmemory, ${maxmemory}: above its request it is among the first to go when a node runs out`,
    remedy: 'raise it to the limit',
  },
  {
    id: 'redis-server-keeps-what-it-stores',
    prop: 'eviction',
    severity: 'warning',
    holds: (plan) => !(plan.eviction.startsWith('allkeys-') && isDurable(plan)),
    rule: ({ maxmemory }) =>
      `should not drop any key once ${maxmemory} are full while data is kept on disk: a queue, a session or a revoked ` +
      'token goes like a cached result',
    remedy: 'use noeviction here, and a second server for what may be lost',
  },
];

/** Everything that is wrong with a declared server. */
export function inspectRedisServer(path: string, spec: RedisServerSpec): Finding[] {
  const plan = redisServerPlan(spec);
  return [
    ...inspect(path, plan, STORE_CHECKS),
    ...inspect<RedisData>(path, plan, REDIS_DATA_CHECKS),
    ...inspect<RedisServerPlan>(path, plan, REDIS_SERVER_CHECKS),
  ];
}
