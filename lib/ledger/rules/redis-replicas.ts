import type { Rule, Verdict } from '../rule';
import { compared, unknown } from './compared';
import { type RedisGroup, redisGroups } from './redis-groups';

/** Members of the smallest shard. */
const fewest = ({ members }: RedisGroup): number | undefined =>
  members === undefined ? undefined : Math.min(...members);

/** Every shard has somebody who takes over. */
export const redisShardsHaveAReplica: Rule = {
  id: 'redis-shards-have-a-replica',
  severity: 'warning',
  protects: 'without a replica each restart of a Redis is an outage of its keys, and a lost node loses them',
  formula: 'members of each shard >= 2, and where ElastiCache runs it automatic failover and several zones are on',
  source: 'redis.io, replication and cluster specification; ElastiCache user guide, minimizing downtime with Multi-AZ',
  scenarios: ['ordinary'],
  judge: (facts) =>
    redisGroups(facts).map((group) => {
      const { subject, evidence, managed } = group;
      const members = fewest(group);
      if (members === undefined)
        return unknown(subject, 'one StatefulSet for each shard: which of its pods are replicas is not written');
      const off = [
        ...(managed?.failsOver === false ? ['automatic_failover_enabled'] : []),
        ...(managed?.spansZones === false ? ['multi_az_enabled'] : []),
      ];
      if (members >= 2 && off.length > 0) {
        const arithmetic = `${members} members a shard, but ${off.join(' and ')} off`;
        return { outcome: 'broken', subject, evidence, arithmetic, remedy: `turn ${off.join(' and ')} on` };
      }
      return compared({
        subject,
        evidence,
        arithmetic: `${members} of at least 2 members in the smallest shard`,
        margin: { of: `members of each shard of ${subject}`, needed: 2, available: members, unit: 'members' },
        remedy: () => `raise the members of each shard from ${members} to 2`,
      });
    }),
};

/** Writes that wait for replicas still find them when one is lost. */
export const redisWritesSurviveALostReplica: Rule = {
  id: 'redis-writes-survive-a-lost-replica',
  severity: 'error',
  protects: 'a primary with fewer replicas than it waits for takes no write at all',
  formula: 'min-replicas-to-write + 1 (one may be lost) <= replicas of each shard',
  source: 'redis.conf 7.2, min-replicas-to-write',
  scenarios: ['ordinary'],
  judge: (facts) => redisGroups(facts).flatMap(writesVerdict),
};

function writesVerdict(group: RedisGroup): Verdict[] {
  const { subject, evidence, setting } = group;
  const wanted = Number(setting('min-replicas-to-write')?.[0] ?? 0);
  if (!(wanted > 0)) return [];
  const members = fewest(group);
  if (members === undefined)
    return [unknown(subject, 'one StatefulSet for each shard: which of its pods are replicas is not written')];
  const replicas = members - 1;
  return [
    compared({
      subject,
      evidence,
      arithmetic: `writes wait for ${wanted} of ${replicas} replicas, and one of them may be lost`,
      margin: { of: `replicas of each shard of ${subject}`, needed: wanted + 1, available: replicas, unit: 'replicas' },
      remedy: () =>
        [
          `raise the replicas of each shard from ${replicas} to ${wanted + 1}`,
          `lower min-replicas-to-write from ${wanted} to ${Math.max(0, replicas - 1)}`,
        ].join(', or '),
      ...(wanted <= replicas && { severity: 'warning' as const }),
    }),
  ];
}
