import { type Check, isWholeWithin } from '../../check';
import { Duration } from '../../units';
import { backupSpan, maintenanceSpan, overlap, type WeekSpan } from '../database/rds-window';
import type { BackupPlanPlan } from './backup-plan-props';
import { divides, minuteOfDay, starts } from './backup-schedule';
import type { VaultRef } from './backup-vault-props';

const HOUR = Duration.hours(1);

/** Longest time that can be returned to any second of. Source: AWS Backup developer guide, "Point-in-time recovery". */
const LONGEST_CONTINUOUS = Duration.days(35);

const isDays = ({ inMillis }: Duration): boolean =>
  isWholeWithin(inMillis / Duration.days(1).inMillis, 1, Number.MAX_SAFE_INTEGER);

const isMinutes = ({ inMillis }: Duration): boolean => inMillis % 60_000 === 0;

const isName = (name: string): boolean => /^[\w.-]{1,50}$/.test(name);

/** A daily window stands for each day: backups come daily, too. */
const spanOf = (window: string): WeekSpan | undefined => maintenanceSpan(window) ?? backupSpan(window);

const met = (plan: BackupPlanPlan): string[] =>
  divides(plan.interval) && minuteOfDay(plan.at) !== undefined
    ? plan.avoid.filter((window) => {
        const span = spanOf(window);
        const minutes = plan.startWithin.inMillis / 60_000;
        return span !== undefined && starts(plan).some((start) => overlap({ start, minutes }, span));
      })
    : [];

/** Whether a copy stays in the region and account of the first. */
const isBeside = (to: VaultRef, vault: VaultRef): boolean =>
  to.region === vault.region && to.accountId === vault.accountId;

const beside = ({ vault, copies }: BackupPlanPlan): string[] =>
  copies.filter(({ to }) => isBeside(to, vault)).map(({ to }) => to.name);

const twiceMoved = ({ vault, copies }: BackupPlanPlan): string[] =>
  copies.filter(({ to }) => to.region !== vault.region && to.accountId !== vault.accountId).map(({ to }) => to.name);

const refusedBy = (plan: BackupPlanPlan): string[] =>
  [{ to: plan.vault, retention: plan.retention }, ...plan.copies]
    .filter(({ to: { lock }, retention = plan.retention }) => {
      const { minRetention = retention, maxRetention = retention } = lock ?? {};
      return !minRetention.isAtMost(retention) || !retention.isAtMost(maxRetention);
    })
    .map(({ to }) => to.name);

/** What is asked of a plan: its times, its copies and what it covers. */
export const BACKUP_PLAN_CHECKS: readonly Check<BackupPlanPlan>[] = [
  {
    id: 'backup-plan-name-is-allowed',
    prop: 'name',
    holds: ({ name }) => isName(name),
    rule: 'must be 1-50 letters, digits, ., - and _',
    remedy: 'use one such as acgs-production',
  },
  {
    id: 'backup-plan-covers-something',
    prop: 'targets',
    holds: ({ targets }) =>
      Object.keys(targets).length > 0 && Object.values(targets).every(({ arns }) => arns.length > 0),
    rule: 'must each name what is backed up',
    received: ({ targets }) => Object.keys(targets),
    remedy: 'give ARNs, with tags to narrow wildcards down',
  },
  {
    id: 'backup-plan-targets-are-named',
    prop: 'targets',
    holds: ({ targets }) => Object.keys(targets).every(isName),
    rule: 'must have ids of 1-50 letters, digits, ., - and _',
    received: ({ targets }) => Object.keys(targets),
    remedy: 'use one such as Databases',
  },
  {
    id: 'backup-plan-comes-at-the-same-times',
    prop: 'interval',
    holds: ({ interval }) => divides(interval),
    rule: 'must be 1, 2, 3, 4, 6, 8, 12 or 24 hours',
    remedy: 'use 6 hours',
  },
  {
    id: 'backup-plan-starts-at-a-time',
    prop: 'at',
    holds: ({ at }) => minuteOfDay(at) !== undefined,
    rule: 'must be a time of day in UTC, from 00:00 to 23:59',
    remedy: 'use one such as 00:30',
  },
  {
    id: 'backup-plan-keeps-for-days',
    prop: 'retention',
    holds: ({ retention, copies }) => isDays(retention) && copies.every((copy) => isDays(copy.retention ?? retention)),
    rule: 'must be whole days, at least 1, as must that of each copy',
    remedy: 'use 30 days',
  },
  {
    id: 'backup-plan-continuous-is-short',
    prop: 'retention',
    holds: ({ continuous, retention }) => !continuous || retention.isAtMost(LONGEST_CONTINUOUS),
    rule: 'must be at most 35 days where continuous is on',
    remedy: 'shorten it, or leave continuous out',
  },
  {
    id: 'backup-plan-has-one-owner',
    prop: 'continuous',
    severity: 'warning',
    holds: ({ continuous }) => !continuous,
    rule: 'must be off for instances that Terraform manages: both would set their retention and backup window',
    remedy: "leave it out: RDS' own automated backups return to any second, too",
  },
  {
    id: 'backup-plan-has-time-to-start',
    prop: 'startWithin',
    holds: ({ startWithin }) => HOUR.isAtMost(startWithin) && isMinutes(startWithin),
    rule: 'must be at least 60 minutes, and whole ones',
    remedy: 'use 1 hour',
  },
  {
    id: 'backup-plan-has-time-to-end',
    prop: 'completeWithin',
    holds: ({ startWithin, completeWithin }) =>
      startWithin.plus(HOUR).isAtMost(completeWithin) && isMinutes(completeWithin),
    rule: ({ startWithin }) => `must be at least an hour more than startWithin, ${startWithin}, in whole minutes`,
    remedy: 'use 5 hours',
  },
  {
    id: 'backup-plan-ends-before-the-next',
    prop: 'completeWithin',
    severity: 'warning',
    holds: ({ interval, completeWithin }) => completeWithin.isAtMost(interval),
    rule: ({ interval }) => `must be at most the interval, ${interval}, or backups queue up`,
    remedy: 'shorten it, or make the interval longer',
  },
  {
    id: 'backup-plan-copies-leave',
    prop: 'copies',
    severity: 'warning',
    holds: (plan) => beside(plan).length === 0,
    rule: 'must go to another region or account: a vault beside the first shares its fate',
    received: beside,
    remedy: 'give a vault with a region or an accountId',
  },
  {
    id: 'backup-plan-copies-change-one-thing',
    prop: 'copies',
    severity: 'warning',
    holds: (plan) => twiceMoved(plan).length === 0,
    rule: 'must change region or account, not both: AWS documents no such copy of RDS in one step',
    received: twiceMoved,
    remedy: 'copy to the other account within the region, and on to the other region from there',
  },
  {
    id: 'backup-plan-locks-take-it-in',
    prop: 'retention',
    holds: (plan) => refusedBy(plan).length === 0,
    rule: 'must lie within the lock of each vault, or its jobs fail',
    received: (plan) => refusedBy(plan),
    remedy: 'keep backups as long as the lock asks',
  },
  {
    id: 'backup-plan-windows-are-read',
    prop: 'avoid',
    holds: ({ avoid }) => avoid.every((window) => spanOf(window) !== undefined),
    rule: 'must be windows as RDS writes them: 07:00-08:00 or sun:09:00-sun:10:00',
    remedy: "repeat the database's backupWindow and maintenanceWindow",
  },
  {
    id: 'backup-plan-stays-out-of-windows',
    prop: 'at',
    severity: 'warning',
    holds: (plan) => met(plan).length === 0,
    rule: 'must keep starts out of the windows of the databases, in which snapshots wait or fail',
    received: (plan) => `${plan.at}, in ${met(plan).join(', ')}`,
    remedy: 'start an hour later',
  },
];
