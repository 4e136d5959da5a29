import { type Check, duplicates, type Finding, inspect, isDnsLabel, isWholeWithin } from '../../check';
import { Cpu } from '../../units';
import {
  CLUSTER_BUS_OFFSET,
  MOST_REPLICAS,
  MOST_SHARDS,
  membersPerShard,
  type RedisClusterSpec,
  type RedisPlan,
  redisPlan,
} from './redis';
import { REDIS_DATA_CHECKS } from './redis-data-checks';

/** A declaration with its defaults, and the zones its members are spread over. */
export interface ZonedRedisPlan extends RedisPlan {
  /** Availability zones of the members. */
  readonly zones: readonly string[];
}

/** Room for `-shard-19` and a revision hash within the 63 characters of a label. */
const MAX_NAME = 40;

/** Primaries that stand in the fullest zone when each shard's primary takes the next zone in turn. */
const primariesInAZone = ({ shards, zones }: ZonedRedisPlan): number => Math.ceil(shards / zones.length);

const majority = (shards: number): number => Math.floor(shards / 2) + 1;

/** What is said about a declared cluster, wherever its members run. */
export const REDIS_CHECKS: readonly Check<ZonedRedisPlan>[] = [
  {
    id: 'redis-name-is-a-short-dns-label',
    prop: 'name',
    holds: ({ name }) => isDnsLabel(name) && name.length <= MAX_NAME,
    rule: `must be 1-${MAX_NAME} of a-z, 0-9 and inner hyphens`,
    remedy: 'shorten it: names of pods and their revisions are longer',
  },
  {
    id: 'redis-shards-form-a-majority',
    prop: 'shards',
    holds: ({ shards }) => isWholeWithin(shards, 3, MOST_SHARDS),
    rule: `must be a whole number from 3 to ${MOST_SHARDS}: with fewer primaries none may be lost`,
    remedy: 'use 3',
  },
  {
    id: 'redis-replicas-are-in-range',
    prop: 'replicasPerShard',
    holds: ({ replicasPerShard }) => isWholeWithin(replicasPerShard, 0, MOST_REPLICAS),
    rule: `must be a whole number from 0 to ${MOST_REPLICAS}`,
    remedy: 'use 1',
  },
  {
    id: 'redis-shard-has-a-replica',
    prop: 'replicasPerShard',
    severity: 'warning',
    holds: ({ replicasPerShard }) => replicasPerShard >= 1,
    rule: 'should be at least 1: without a replica a lost pod is an outage of its slots, and a lost volume loses them',
    remedy: 'use 1',
  },
  {
    id: 'redis-zones-differ',
    prop: 'zones',
    holds: ({ zones }) => zones.length > 0 && duplicates(zones).length === 0,
    rule: 'must name at least one zone, each once',
    remedy: 'list the zones that have nodes',
  },
  {
    id: 'redis-members-of-a-shard-stand-in-different-zones',
    prop: 'replicasPerShard',
    holds: (plan) => membersPerShard(plan) <= plan.zones.length,
    rule: ({ zones }) => `must be at most ${zones.length - 1}: ${zones.length} zones hold one member of a shard each`,
    remedy: 'add a zone or use fewer replicas',
  },
  {
    id: 'redis-keeps-its-majority-without-a-zone',
    prop: ({ zones }) => (zones.length < 3 ? 'zones' : 'shards'),
    severity: 'warning',
    holds: (plan) => plan.shards - primariesInAZone(plan) >= majority(plan.shards),
    rule: (plan) =>
      `should leave a majority when a zone fails: ${primariesInAZone(plan)} of ${plan.shards} primaries stand in one ` +
      `zone, and electing others takes ${majority(plan.shards)}`,
    remedy: 'use 3 zones and 3 shards, or 5 or more shards',
  },
  {
    id: 'redis-port-leaves-room-for-the-bus',
    prop: 'port',
    holds: ({ port }) => isWholeWithin(port, 1024, 65_535 - CLUSTER_BUS_OFFSET),
    rule: 'must be a whole number from 1024 to 55535: the cluster bus is 10000 above',
    remedy: 'use 6379',
  },
  {
    id: 'redis-cpu-is-enough',
    prop: 'cpu',
    holds: ({ cpu }) => Cpu.millis(10).isAtMost(cpu),
    rule: 'must be at least 10m',
    remedy: 'use 250m',
  },
  {
    id: 'redis-node-timeout-is-in-range',
    prop: 'nodeTimeout',
    holds: ({ nodeTimeout: { inMillis } }) => inMillis >= 1000 && inMillis <= 60_000,
    rule: 'must be from 1s to 1m',
    remedy: 'use 5s to 15s: less mistakes a pause for a failure, more is downtime',
  },
  {
    id: 'redis-confirming-replicas-exist',
    prop: 'minReplicasToWrite',
    holds: ({ minReplicasToWrite, replicasPerShard }) => isWholeWithin(minReplicasToWrite, 0, replicasPerShard),
    rule: ({ replicasPerShard }) => `must be a whole number from 0 to replicasPerShard (${replicasPerShard})`,
    remedy: 'lower it or add replicas, or no write is ever taken',
  },
  {
    id: 'redis-writes-survive-a-restart',
    prop: 'minReplicasToWrite',
    severity: 'warning',
    holds: ({ minReplicasToWrite, replicasPerShard }) =>
      !(minReplicasToWrite > 0 && minReplicasToWrite >= replicasPerShard),
    rule: ({ replicasPerShard }) =>
      `should be below replicasPerShard (${replicasPerShard}): while one replica restarts its shard takes no writes`,
    remedy: 'add a replica, or accept a pause with each restart',
  },
  {
    id: 'redis-password-version-counts',
    prop: 'passwordVersion',
    holds: ({ passwordVersion }) => isWholeWithin(passwordVersion, 1, Number.MAX_SAFE_INTEGER),
    rule: 'must be a whole number of at least 1',
    remedy: 'start at 1 and add 1 for each new password',
  },
  ...REDIS_DATA_CHECKS,
];

/** All that is wrong with a declared Redis Cluster on those zones. */
export const inspectRedis = (path: string, spec: RedisClusterSpec, zones: readonly string[]): Finding[] =>
  inspect(path, { ...redisPlan(spec), zones }, REDIS_CHECKS);
