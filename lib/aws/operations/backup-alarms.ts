import { Construct } from 'constructs';
import { type Check, enforce, type Finding, inspect, isWholeWithin } from '../../check';
import type { AlarmSpec } from '../../model/operations/alarm';
import { Duration } from '../../units';
import type { Alarm } from './alarm';
import { type AlarmRules, type AlarmSetActions, buildAlarms, inspectSet } from './alarm-set';

/** A backup that must arrive. */
export interface ExpectedBackup {
  /** Kind of what is backed up, as AWS Backup spells it: `RDS`, `EBS`, `S3`. */
  readonly resourceType: string;
  /** Time in which there must be one (whole hours, 1-168): the plan's interval and its longest run. */
  readonly within: Duration;
}

/** A vault that is watched. */
export interface BackupAlarmsProps extends AlarmSetActions {
  /** What the names of the alarms start with: `acgs-production` makes `acgs-production-backup-failed`. */
  readonly name: string;
  /** Vault that backups go to, a literal (2-50 letters, digits, `-`, `_`). */
  readonly vaultName: string;
  /** Vault that copies go to. @default - copies are not watched */
  readonly copyVaultName?: string;
  /** Backups that must arrive, so that a plan that no longer runs is noticed. @default - only failures are */
  readonly expects?: readonly ExpectedBackup[];
}

const isVault = (name: string): boolean => /^[\w-]{2,50}$/.test(name);

const HOUR = Duration.hours(1);

const COPY_REMEDY = 'look at the key of both vaults and the policy of the one copied to, and start the copy by hand';

const late = ({ expects = [] }: BackupAlarmsProps): string[] =>
  expects
    .filter(
      ({ resourceType, within }) =>
        !/^[\w ]+$/.test(resourceType) || !isWholeWithin(within.inMillis / HOUR.inMillis, 1, 168),
    )
    .map(({ resourceType, within }) => `${resourceType || 'nothing'} within ${within}`);

/** What is asked of a watched vault. */
export const BACKUP_ALARM_CHECKS: readonly Check<BackupAlarmsProps>[] = [
  {
    id: 'backup-alarm-vault-is-literal',
    prop: 'vaultName',
    holds: ({ vaultName, copyVaultName }) => [vaultName, copyVaultName ?? vaultName].every(isVault),
    rule: "must be 2-50 letters, digits, '-' or '_' known at synthesis, as must copyVaultName",
    received: ({ vaultName, copyVaultName }) => [vaultName, ...(copyVaultName === undefined ? [] : [copyVaultName])],
    remedy: 'spell out the name that the vault was declared with: it stands in a query',
  },
  {
    id: 'backup-alarm-waits-for-possible-times',
    prop: 'expects',
    holds: (props) => late(props).length === 0,
    rule: 'must name a resource type and 1 to 168 whole hours each',
    received: late,
    remedy: "use { resourceType: 'RDS', within: Duration.hours(26) } for a daily plan",
  },
];

/**
 * Alarms on a vault of AWS Backup: jobs that failed, jobs that never started in their window, copies that failed, and, if
 * told what to expect, backups that did not arrive.
 *
 * AWS Backup reports by vault and kind of resource, and only numbers above 0. So failures are asked for with a query over
 * all kinds; those look 3 hours back at most, which is why they use periods of 15 minutes. Once a query sees no failure it
 * is over: the mail that told of it is what remains.
 *
 * @example
 * new BackupAlarms(stack, 'BackupAlarms', {
 *   name: 'acgs-production',
 *   vaultName: 'acgs-production',
 *   expects: [{ resourceType: 'RDS', within: Duration.hours(26) }],
 *   topicArns: [topic.arn],
 * });
 */
export class BackupAlarms extends Construct {
  /** What is wrong with names and times; makes nothing. */
  static inspect(path: string, props: BackupAlarmsProps): Finding[] {
    return inspectSet(path, inspect(path, props, BACKUP_ALARM_CHECKS), () => rulesOf(props), props);
  }

  /** Every alarm: failures first. */
  readonly alarms: readonly Alarm[];

  /** @throws InvalidPropsError listing every error that `inspect` finds. */
  constructor(scope: Construct, id: string, props: BackupAlarmsProps) {
    super(scope, id);
    enforce(this, BackupAlarms.inspect(this.node.path, props));

    this.alarms = buildAlarms(this, rulesOf(props), props);
  }
}

/**
 * Source of names: AWS Backup developer guide, "AWS Backup metrics with Amazon CloudWatch", read 2026-11-21. It gives copy jobs the
 * dimension of a vault, and does not say of which: the one copied from or the one copied to. Both are asked, for a query
 * matches all of its conditions and has no other.
 */
function rulesOf({ name, vaultName, copyVaultName, expects = [] }: BackupAlarmsProps): AlarmRules {
  const failure = (id: string, metric: string, vault: string, happened: string, remedy: string): AlarmSpec => ({
    name: `${name}-${id}`,
    happened,
    remedy,
    watched: { formula: `SELECT SUM(${metric}) FROM "AWS/Backup" WHERE BackupVaultName = '${vault}'`, series: {} },
    comparison: '>',
    threshold: 0,
    period: Duration.minutes(15),
    periods: 1,
    badPeriods: 1,
    missing: 'notBreaching',
    missingBecause: 'only numbers above 0 are reported',
  });
  return {
    Failed: failure(
      'backup-failed',
      'NumberOfBackupJobsFailed',
      vaultName,
      `A backup into ${vaultName} failed`,
      'read the status of the job, mend it, and start a backup by hand: until then the recovery point objective is not met',
    ),
    Expired: failure(
      'backup-expired',
      'NumberOfBackupJobsExpired',
      vaultName,
      `A backup into ${vaultName} did not start in its window`,
      'move the plan away from the backup window of the database, or widen its start window, and start a backup by hand',
    ),
    ...(copyVaultName !== undefined && {
      CopyFailed: failure(
        'backup-copy-failed',
        'NumberOfCopyJobsFailed',
        copyVaultName,
        `A copy into ${copyVaultName} failed`,
        COPY_REMEDY,
      ),
      CopyNotSent: failure(
        'backup-copy-not-sent',
        'NumberOfCopyJobsFailed',
        vaultName,
        `A copy from ${vaultName} failed`,
        COPY_REMEDY,
      ),
    }),
    ...Object.fromEntries(expects.map((one) => [`Missing-${one.resourceType}`, missing(name, vaultName, one)])),
  };
}

const missing = (name: string, vault: string, { resourceType, within }: ExpectedBackup): AlarmSpec => ({
  name: `${name}-backup-missing-${resourceType.toLowerCase().replace(/\W+/g, '-')}`,
  happened: `No backup of ${resourceType} has arrived in ${vault} for ${within}`,
  remedy: 'see whether the plan still selects anything and its role may still act, and start a backup by hand',
  watched: {
    namespace: 'AWS/Backup',
    metric: 'NumberOfBackupJobsCompleted',
    dimensions: { BackupVaultName: vault, ResourceType: resourceType },
    statistic: 'Sum',
  },
  comparison: '<',
  threshold: 1,
  period: HOUR,
  periods: within.inMillis / HOUR.inMillis,
  badPeriods: within.inMillis / HOUR.inMillis,
  missing: 'breaching',
  missingBecause: 'hours without a backup report nothing, and this is about all of them together',
});
