import { rdsClass } from '../../catalog';
import type { AlarmSpec } from '../../model/operations/alarm';
import type { DatabaseThresholdPlan } from '../../model/operations/database-thresholds';
import { Duration } from '../../units';
import type { AlarmRules } from './alarm-set';
import type { DatabaseAlarmsPlan } from './database-alarms-props';
import { databaseSeries, EACH_MINUTE, percentOf, SILENT_ELSEWHERE, shareOf } from './database-series';

/** CPU credits that an hour of each virtual processor at full load costs. */
const CREDITS_PER_VCPU_HOUR = 60;

/** Alarms on the disk, and on what lets disk and processor run faster for a while. */
export function diskRules(plan: DatabaseAlarmsPlan, limits: DatabaseThresholdPlan): AlarmRules {
  const { name, identifier, volume, instanceClass } = plan;
  const balance = (id: string, metric: string, what: string, way: string): AlarmSpec => ({
    name: `${name}-${id}`,
    happened: `Less than ${limits.burstBalance} of the ${what} of ${identifier} is left; without them it slows down`,
    remedy: `look for the statements that read and write most, then ${way}`,
    watched: databaseSeries(identifier, metric, 'Minimum'),
    comparison: '<',
    threshold: percentOf(limits.burstBalance),
    period: Duration.minutes(5),
    periods: 3,
    badPeriods: 3,
    missing: 'notBreaching',
    missingBecause: 'only what can burst reports credits, and less often than once a minute',
  });
  const larger = 'use a larger class';
  const vcpus = /^db\.t\d/.test(instanceClass) ? rdsClass(instanceClass)?.vcpus : undefined;
  const credits = shareOf(CREDITS_PER_VCPU_HOUR * (vcpus ?? 0), limits.burstBalance);
  return {
    DiskQueue: {
      name: `${name}-disk-queue`,
      happened: `More than ${limits.diskQueue} reads and writes of ${identifier} waited for the disk for 15 minutes`,
      remedy: 'find the statements that read most in Performance Insights, then raise IOPS or throughput',
      watched: databaseSeries(identifier, 'DiskQueueDepth', 'Average'),
      comparison: '>',
      threshold: limits.diskQueue,
      ...EACH_MINUTE,
      periods: 15,
      badPeriods: 15,
      ...SILENT_ELSEWHERE,
    },
    ...(volume === 'gp2'
      ? { VolumeCredits: balance('volume-credits', 'BurstBalance', 'I/O credits of the gp2 volume', 'move it to gp3') }
      : {
          OperationCredits: balance('operation-credits', 'EBSIOBalance%', 'I/O credits of the class', larger),
          ThroughputCredits: balance(
            'throughput-credits',
            'EBSByteBalance%',
            'throughput credits of the class',
            larger,
          ),
        }),
    ...(vcpus !== undefined && {
      CpuCredits: {
        ...balance(
          'cpu-credits',
          'CPUCreditBalance',
          'processor credits for an hour',
          'use a class that does not burst',
        ),
        threshold: credits,
      },
    }),
  };
}
