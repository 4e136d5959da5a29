import type { BackupPlanPlan } from './backup-plan-props';

const DAY = 24 * 60;

const minutesOf = ({ inMillis }: { readonly inMillis: number }): number => inMillis / 60_000;

/** Minutes after midnight (UTC), or undefined if it is no time of day. */
export function minuteOfDay(at: string): number | undefined {
  const match = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(at);
  return match === null ? undefined : Number(match[1]) * 60 + Number(match[2]);
}

/** Hours between backups that come at the same times each day. */
export const divides = (interval: BackupPlanPlan['interval']): boolean =>
  [1, 2, 3, 4, 6, 8, 12, 24].includes(minutesOf(interval) / 60);

/** Starts of the day (minutes after midnight, UTC), in order. */
export function starts({ interval, at }: Pick<BackupPlanPlan, 'interval' | 'at'>): number[] {
  const first = (minuteOfDay(at) ?? 0) % minutesOf(interval);
  return Array.from({ length: DAY / minutesOf(interval) }, (_, index) => first + index * minutesOf(interval));
}

/** The starts as AWS Backup reads them, each hour spelled out: `cron(30 0,6,12,18 * * ? *)`. */
export function backupCron(plan: Pick<BackupPlanPlan, 'interval' | 'at'>): string {
  const times = starts(plan);
  return `cron(${(times[0] ?? 0) % 60} ${times.map((minute) => Math.floor(minute / 60)).join(',')} * * ? *)`;
}
