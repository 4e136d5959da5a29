import { type Check, type Finding, inspect, isDnsLabel, isWholeWithin } from '../../check';
import { Duration, Percent } from '../../units';
import { EVICTION_POLICIES } from './redis';
import {
  percentOf,
  type RedisReplicationGroupSpec,
  type ReplicationGroupPlan,
  replicationGroupPlan,
} from './replication-group';
import { REPLICATION_GROUP_SHAPE_CHECKS } from './replication-group-shape-checks';
import { REPLICATION_GROUP_VERSION_CHECKS } from './replication-group-version-checks';

const DAY = Duration.days(1).inMillis;
const SECOND = Duration.seconds(1).inMillis;

/** Shortest idle time that the engine's parameter takes. Source: ElastiCache user guide, Redis 2.6.13 parameters. */
const SHORTEST_IDLE = 20;

/** Place (keyspace, keyevent) and kind of event. Source: Redis and Valkey, keyspace notifications. */
const EVENTS = /^(?=.*[KE])(?=.*[Ag$lshzxetdmn])[KEAg$lshzxetdmn]+$/;

/** What ElastiCache and its engines ask of settings and snapshots, whichever version it is. */
export const REPLICATION_GROUP_CHECKS: readonly Check<ReplicationGroupPlan>[] = [
  {
    id: 'replication-group-name-is-a-short-dns-label',
    prop: 'name',
    holds: ({ name }) => isDnsLabel(name) && name.length <= 40,
    rule: 'must be 1-40 of a-z, 0-9 and inner hyphens',
    remedy: 'use a name such as cache',
  },
  {
    id: 'replication-group-port-is-free',
    prop: 'port',
    holds: ({ port }) => isWholeWithin(port, 1024, 65_535),
    rule: 'must be a whole number from 1024 to 65535',
    remedy: 'use 6379',
  },
  {
    id: 'replication-group-eviction-is-known',
    prop: 'eviction',
    holds: ({ eviction }) => EVICTION_POLICIES.includes(eviction),
    rule: `must be one of ${EVICTION_POLICIES.join(', ')}`,
    remedy: 'use allkeys-lru for a cache, noeviction for what must not be lost',
  },
  {
    id: 'replication-group-confirming-replicas-exist',
    prop: 'minReplicasToWrite',
    holds: ({ minReplicasToWrite, replicasPerShard }) => isWholeWithin(minReplicasToWrite, 0, replicasPerShard),
    rule: ({ replicasPerShard }) => `must be a whole number from 0 to replicasPerShard (${replicasPerShard})`,
    remedy: 'lower it or add replicas, or no write is ever taken',
  },
  {
    id: 'replication-group-writes-survive-a-replacement',
    prop: 'minReplicasToWrite',
    severity: 'warning',
    holds: ({ minReplicasToWrite, replicasPerShard }) =>
      !(minReplicasToWrite > 0 && minReplicasToWrite >= replicasPerShard),
    rule: ({ replicasPerShard }) =>
      `should be below replicasPerShard (${replicasPerShard}): while one node is replaced its shard takes no writes`,
    remedy: 'add a replica, or accept a pause with each maintenance',
  },
  {
    id: 'replication-group-reserved-memory-is-a-share',
    prop: 'reservedMemory',
    holds: ({ reservedMemory }) => isWholeWithin(percentOf(reservedMemory), 0, 99),
    rule: 'must be a whole percentage from 0 to 99',
    remedy: 'use Percent.of(25)',
  },
  {
    id: 'replication-group-memory-leaves-room-for-snapshots',
    prop: 'reservedMemory',
    severity: 'warning',
    holds: ({ reservedMemory }) => Percent.of(25).isAtMost(reservedMemory),
    rule: 'should be at least 25 %: a snapshot or a new replica under writes needs memory beside the data',
    remedy: 'use Percent.of(25)',
  },
  {
    id: 'replication-group-idle-timeout-is-offered',
    prop: 'idleTimeout',
    holds: ({ idleTimeout: { inMillis } }) =>
      inMillis === 0 || isWholeWithin(inMillis / SECOND, SHORTEST_IDLE, 2_147_483_647),
    rule: `must be 0 or ${SHORTEST_IDLE} whole seconds or more`,
    remedy: 'leave it out: clients with a pool keep their connections',
  },
  {
    id: 'replication-group-keyspace-events-are-letters',
    prop: 'keyspaceEvents',
    holds: ({ keyspaceEvents }) => keyspaceEvents === undefined || EVENTS.test(keyspaceEvents),
    rule: 'must be K, E or both, and letters of what is published (A g $ l s h z x e t d m n)',
    remedy: 'use Ex for expired keys',
  },
  {
    id: 'replication-group-snapshot-retention-is-in-range',
    prop: 'snapshotRetention',
    holds: ({ snapshotRetention }) => isWholeWithin(snapshotRetention.inMillis / DAY, 0, 35),
    rule: 'must be 0 to 35 whole days',
    remedy: 'use 7 days',
  },
  {
    id: 'replication-group-has-snapshots',
    prop: 'snapshotRetention',
    severity: 'warning',
    holds: ({ snapshotRetention }) => snapshotRetention.inMillis > 0,
    rule: 'should be at least a day: without snapshots a flushed or damaged group is empty',
    remedy: 'use 7 days, or 0 for what is made anew from elsewhere',
  },
];

/** All that is wrong with a declared group on a day (ISO date). */
export const inspectReplicationGroup = (path: string, spec: RedisReplicationGroupSpec, asOf: string): Finding[] => {
  const plan = replicationGroupPlan(spec);
  return [
    ...inspect(path, plan, REPLICATION_GROUP_CHECKS),
    ...inspect(path, plan, REPLICATION_GROUP_SHAPE_CHECKS),
    ...inspect(path, { ...plan, asOf }, REPLICATION_GROUP_VERSION_CHECKS),
  ];
};
