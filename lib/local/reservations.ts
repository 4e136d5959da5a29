import { isRedisServer, redisServerPlan } from '../model';
import { membersPerShard, redisPlan } from '../model/redis/redis';
import { Cpu, Memory } from '../units';
import type { LocalPlan } from './local-plan';

/** Processors and memory. */
export interface Amount {
  readonly cpu: Cpu;
  readonly memory: Memory;
}

/** What the programs beside services and stores set aside. */
export const GATEWAY: Amount = { cpu: Cpu.millis(250), memory: Memory.mib(128) };
export const POOLER_AMOUNT: Amount = { cpu: Cpu.millis(100), memory: Memory.mib(64) };
/** Of each loop that keeps roles or the shape of a cluster. */
export const KEEPER: Amount = { cpu: Cpu.millis(10), memory: Memory.mib(32) };

const sum = (amounts: readonly Amount[]): Amount =>
  amounts.reduce((total, { cpu, memory }) => ({ cpu: total.cpu.plus(cpu), memory: total.memory.plus(memory) }), {
    cpu: Cpu.millis(0),
    memory: Memory.bytes(0),
  });

const times = ({ cpu, memory }: Amount, count: number): Amount => ({
  cpu: cpu.times(count),
  memory: memory.times(count),
});

/** All that is set aside once everything that starts at once has started. */
export const reserved = (plan: LocalPlan): Amount =>
  sum([
    ...plan.services
      .filter(({ isStarted }) => isStarted)
      .map(({ service, replicas }) => times(service.resources.requests, replicas)),
    ...(plan.environment.gateway ? [GATEWAY] : []),
    ...plan.databases.flatMap(({ cpu, memoryRequest }) => [{ cpu, memory: memoryRequest }, KEEPER]),
    ...(plan.pooler ? [POOLER_AMOUNT] : []),
    ...plan.caches.flatMap((cache) => {
      if (isRedisServer(cache)) {
        const { cpu, memoryRequest } = redisServerPlan(cache);
        return [{ cpu, memory: memoryRequest }];
      }
      const { cpu, maxmemory, shards, ...its } = redisPlan(cache);
      return [times({ cpu, memory: maxmemory }, shards * membersPerShard(its)), KEEPER];
    }),
    ...plan.vectorDatabases.map(({ cpu, memoryRequest }) => ({ cpu, memory: memoryRequest })),
  ]);
