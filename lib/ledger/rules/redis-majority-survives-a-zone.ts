import type { Rule, Verdict } from '../rule';
import { compared, unknown } from './compared';
import { type RedisGroup, redisGroups } from './redis-groups';

/** Primaries of a Redis Cluster stand so that the loss of one zone leaves a majority. */
export const redisMajoritySurvivesAZone: Rule = {
  id: 'redis-majority-survives-a-zone',
  severity: 'warning',
  protects: 'when a zone takes half of the primaries with it nobody can elect new ones, and the cluster stops',
  formula: 'primaries outside the fullest zone >= floor(shards / 2) + 1',
  source: 'redis.io, cluster specification: replica election and promotion',
  scenarios: ['zone-lost'],
  judge: (facts) => redisGroups(facts).flatMap(verdictOf),
};

function verdictOf({ subject, evidence, isSharded, members, homes, managed }: RedisGroup): Verdict[] {
  if (!isSharded || managed !== undefined) return [];
  if (members === undefined)
    return [unknown(subject, `which of its pods are primaries (one StatefulSet for each shard would say it)`)];
  const zones = homes.filter((home) => home !== undefined);
  if (zones.length < homes.length) return [unknown(subject, 'a preferred zone of each shard (node affinity)')];
  const counts = new Map<string, number>();
  for (const zone of zones) counts.set(zone, (counts.get(zone) ?? 0) + 1);
  const fullest = Math.max(...counts.values());
  const shards = zones.length;
  const majority = Math.floor(shards / 2) + 1;
  const left = shards - fullest;
  return [
    compared({
      subject,
      evidence,
      arithmetic: `${shards} primaries in ${counts.size} zones, ${fullest} in the fullest: ${left} are left, and electing takes ${majority}`,
      margin: { of: `primaries of ${subject} without a zone`, needed: majority, available: left, unit: 'primaries' },
      remedy: () =>
        shards < 3 || counts.size < 3
          ? 'spread at least 3 shards over 3 zones'
          : `let no zone hold more than ${shards - majority} of ${shards} primaries`,
    }),
  ];
}
