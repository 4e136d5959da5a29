import { cacheNode } from '../../catalog';
import { isWholeWithin } from '../../check';
import type { MetricSeries, MetricStatistic } from '../../model/operations/alarm';
import { type CacheThresholdPlan, cacheThresholds } from '../../model/operations/cache-thresholds';
import { Duration } from '../../units';
import type { AlarmRules } from './alarm-set';
import { type CacheAlarmsPlan, MOST_NODES } from './cache-alarms-props';

/**
 * Names that ElastiCache gives the nodes of a group, from which only a restore departs: `id-001`, `id-002`; with the cluster
 * protocol `id-0001-001`, the shard first. Of numbers that no group has, none: they are findings.
 */
export function cacheMembers({ identifier, shards, replicasPerShard, clusterMode }: CacheAlarmsPlan): string[] {
  const count = (length: number, most: number) =>
    Array.from({ length: isWholeWithin(length, 1, most) ? length : 0 }, (_, index) => index + 1);
  const nodes = count(1 + replicasPerShard, 1 + MOST_NODES.replicasPerShard).map((node) =>
    String(node).padStart(3, '0'),
  );
  if (!clusterMode) return nodes.map((node) => `${identifier}-${node}`);
  return count(shards, MOST_NODES.shards).flatMap((shard) =>
    nodes.map((node) => `${identifier}-${String(shard).padStart(4, '0')}-${node}`),
  );
}

/** Source of names: ElastiCache user guide, "Metrics for Valkey and Redis OSS"; a member has one node, `0001`. */
const series = (member: string, metric: string, statistic: MetricStatistic): MetricSeries => ({
  namespace: 'AWS/ElastiCache',
  metric,
  dimensions: { CacheClusterId: member, CacheNodeId: '0001' },
  statistic,
});

const EACH_MINUTE = { period: Duration.minutes(1) } as const;

const SILENT_ELSEWHERE = {
  missing: 'missing',
  missingBecause: 'the alarm on the processor already says when a node falls silent',
} as const;

/** The alarms of all nodes of a group, by id. */
export function cacheAlarmRules(plan: CacheAlarmsPlan): AlarmRules {
  const limits = cacheThresholds(plan.thresholds);
  return Object.assign({}, ...cacheMembers(plan).map((member) => memberRules(plan, member, limits)));
}

function memberRules(plan: CacheAlarmsPlan, member: string, limits: CacheThresholdPlan): AlarmRules {
  const node = member.slice(plan.identifier.length + 1);
  const name = `${plan.name}-${node}`;
  return {
    [`Cpu${node}`]: {
      name: `${name}-cpu`,
      happened: `${member} was above ${limits.cpu} of its processor for 5 minutes, or fell silent`,
      remedy:
        'look for slow commands in the slow log and for one hot key, then add shards or replicas that are read from',
      watched: series(member, processorOf(plan), 'Average'),
      comparison: '>',
      threshold: limits.cpu.inBasisPoints / 100,
      ...EACH_MINUTE,
      periods: 5,
      badPeriods: 5,
      missing: 'breaching',
      missingBecause: 'a node that runs reports every minute, so silence means that it is down or was renamed',
    },
    ...spaceRules(plan, member, limits),
    [`Connections${node}`]: {
      name: `${name}-connections`,
      happened: `${member} has more than ${limits.connections} of 65000 connections open`,
      remedy: 'find the clients that open them with CLIENT LIST, and pool or close them',
      watched: series(member, 'CurrConnections', 'Maximum'),
      comparison: '>',
      threshold: limits.connections,
      ...EACH_MINUTE,
      periods: 5,
      badPeriods: 3,
      ...SILENT_ELSEWHERE,
    },
    ...(plan.replicasPerShard > 0 && {
      [`ReplicaLag${node}`]: {
        name: `${name}-replica-lag`,
        happened: `${member} has been more than ${limits.replicaLag} behind its primary for 5 minutes`,
        remedy: 'look for large values, bulk writes and a saturated network; a failover now would lose what it lacks',
        watched: series(member, 'ReplicationLag', 'Minimum'),
        comparison: '>' as const,
        threshold: limits.replicaLag.inMillis / 1000,
        ...EACH_MINUTE,
        periods: 5,
        badPeriods: 5,
        missing: 'notBreaching' as const,
        missingBecause: 'only replicas report it, and any node may be the primary next',
      },
    }),
  };
}

/** What a full node does: it refuses writes, or drops keys, as it is meant to where nobody says from when on that is bad. */
function spaceRules(plan: CacheAlarmsPlan, member: string, limits: CacheThresholdPlan): AlarmRules {
  const node = member.slice(plan.identifier.length + 1);
  const name = `${plan.name}-${node}`;
  const { eviction, thresholds } = plan;
  return {
    ...((!eviction.startsWith('allkeys-') || thresholds.memory !== undefined) && {
      [`Memory${node}`]: {
        name: `${name}-memory`,
        happened: `${member} has used more than ${limits.memory} of its memory for data`,
        remedy:
          'look for keys without an end, then use a larger node type or more shards: with noeviction writes fail when it is full',
        watched: series(member, 'DatabaseMemoryUsagePercentage', 'Average'),
        comparison: '>' as const,
        threshold: limits.memory.inBasisPoints / 100,
        ...EACH_MINUTE,
        periods: 3,
        badPeriods: 3,
        ...SILENT_ELSEWHERE,
      },
    }),
    ...((eviction === 'noeviction' || thresholds.evictions !== undefined) && {
      [`Evictions${node}`]: {
        name: `${name}-evictions`,
        happened: `${member} dropped more than ${limits.evictions} keys in 5 minutes to make room`,
        remedy:
          'give keys an end of their own or the group more memory; of what must not be lost, restore what is missing',
        watched: series(member, 'Evictions', 'Sum'),
        comparison: '>' as const,
        threshold: limits.evictions,
        period: Duration.minutes(5),
        periods: 3,
        badPeriods: 2,
        ...SILENT_ELSEWHERE,
      },
    }),
  };
}

/** Of a node with few processors the whole counts: the thread of the engine shares it with all else. */
const processorOf = ({ nodeType }: CacheAlarmsPlan): string =>
  (cacheNode(nodeType)?.vcpus ?? 2) <= 2 ? 'CPUUtilization' : 'EngineCPUUtilization';
