import { rdsClass } from '../../catalog';
import { type DatabaseThresholdPlan, databaseThresholds } from '../../model/operations/database-thresholds';
import { Duration } from '../../units';
import type { AlarmRules } from './alarm-set';
import type { DatabaseAlarmsPlan } from './database-alarms-props';
import { diskRules } from './database-disk-rules';
import { databaseSeries, EACH_MINUTE, percentOf, SILENT_ELSEWHERE, shareOf } from './database-series';

/** The alarms of an instance, by id. */
export function databaseAlarmRules(plan: DatabaseAlarmsPlan): AlarmRules {
  const limits = databaseThresholds(plan.thresholds);
  return {
    ...loadRules(plan, limits),
    ...spaceRules(plan, limits),
    ...diskRules(plan, limits),
    ...(plan.role === 'replica' ? replicaRules(plan, limits) : primaryRules(plan, limits)),
  };
}

function loadRules(plan: DatabaseAlarmsPlan, limits: DatabaseThresholdPlan): AlarmRules {
  const { name, identifier, maxConnections } = plan;
  const accepted = shareOf(maxConnections, limits.connections);
  return {
    Cpu: {
      name: `${name}-cpu`,
      happened: `The processor of ${identifier} was above ${limits.cpu} for 5 minutes, or the instance fell silent`,
      remedy:
        'see in Performance Insights which statements wait for the processor and stop or index them; if load grew, use a ' +
        'larger class; if there are no data points, look at the events of the instance',
      watched: databaseSeries(identifier, 'CPUUtilization', 'Average'),
      comparison: '>',
      threshold: percentOf(limits.cpu),
      ...EACH_MINUTE,
      periods: 5,
      badPeriods: 5,
      missing: 'breaching',
      missingBecause: 'an instance that runs reports every minute, so silence means that it is down',
    },
    Connections: {
      name: `${name}-connections`,
      happened: `More than ${accepted} of the ${maxConnections} connections of ${identifier} were open`,
      remedy: 'find who opens them in pg_stat_activity, close idle ones, and compare pools with what was declared',
      watched: databaseSeries(identifier, 'DatabaseConnections', 'Maximum'),
      comparison: '>',
      threshold: accepted,
      ...EACH_MINUTE,
      periods: 5,
      badPeriods: 3,
      ...SILENT_ELSEWHERE,
    },
  };
}

function spaceRules(plan: DatabaseAlarmsPlan, limits: DatabaseThresholdPlan): AlarmRules {
  const { name, identifier, storage, instanceClass } = plan;
  const known = rdsClass(instanceClass);
  const memory: AlarmRules =
    (known && {
      Memory: {
        name: `${name}-memory`,
        happened: `${identifier} could free less than ${limits.freeMemory} of the memory of ${instanceClass}`,
        remedy: 'lower work_mem or the number of connections, or use a class with more memory, before it swaps',
        watched: databaseSeries(identifier, 'FreeableMemory', 'Average'),
        comparison: '<',
        threshold: shareOf(known.memoryMib * 1024 ** 2, limits.freeMemory),
        ...EACH_MINUTE,
        periods: 3,
        badPeriods: 3,
        ...SILENT_ELSEWHERE,
      },
    }) ||
    {};
  return {
    Storage: {
      name: `${name}-storage`,
      happened: `Less than ${limits.freeStorage} of the ${storage} of ${identifier} is free`,
      remedy:
        'look for inactive replication slots, temporary files and tables that grow, then declare more storage: a full ' +
        'instance stops',
      watched: databaseSeries(identifier, 'FreeStorageSpace', 'Minimum'),
      comparison: '<',
      threshold: shareOf(storage.inBytes, limits.freeStorage),
      ...EACH_MINUTE,
      periods: 5,
      badPeriods: 5,
      ...SILENT_ELSEWHERE,
    },
    ...memory,
  };
}

/** What only an instance that is written to can run out of. */
const primaryRules = ({ name, identifier }: DatabaseAlarmsPlan, limits: DatabaseThresholdPlan): AlarmRules => ({
  TransactionIds: {
    name: `${name}-transaction-ids`,
    happened: `${identifier} has used ${limits.usedTransactionIds / 1_000_000} million transaction ids since the oldest was frozen`,
    remedy: 'end transactions that stay open, drop unused replication slots, then VACUUM the oldest tables',
    watched: databaseSeries(identifier, 'MaximumUsedTransactionIDs', 'Maximum'),
    comparison: '>',
    threshold: limits.usedTransactionIds,
    period: Duration.minutes(5),
    periods: 3,
    badPeriods: 3,
    ...SILENT_ELSEWHERE,
  },
});

/**
 * RDS measures the time since the last transaction that was replayed, and writes one of its own every 5 minutes. While nobody
 * else writes, the lag so climbs to 5 minutes and falls back; it is above a threshold of `t` minutes for at most `5 - t`
 * in a row, and never for 5. A value of -1 says that replication has stopped, and counts as late.
 */
const replicaRules = ({ name, identifier }: DatabaseAlarmsPlan, { replicaLag }: DatabaseThresholdPlan): AlarmRules => {
  const seconds = replicaLag.inMillis / 1000;
  return {
    ReplicaLag: {
      name: `${name}-replica-lag`,
      happened: `${identifier} has been more than ${replicaLag} behind its primary for 5 minutes, or no longer follows it`,
      remedy:
        'look at the replication state and the events of the replica, end long queries on it, and count what is missing as ' +
        'lost before promoting it',
      watched: {
        formula: `IF(lag < 0, ${seconds + 1}, lag)`,
        series: { lag: databaseSeries(identifier, 'ReplicaLag', 'Minimum') },
      },
      comparison: '>',
      threshold: seconds,
      ...EACH_MINUTE,
      periods: 5,
      badPeriods: 5,
      missing: 'breaching',
      missingBecause: 'a replica that reports no lag is not replicating',
    },
  };
};
