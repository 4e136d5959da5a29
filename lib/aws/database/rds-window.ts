const MINUTES = { hour: 60, day: 24 * 60, week: 7 * 24 * 60 };
const DAYS: readonly string[] = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const SHORTEST = 30;

/** Minutes of a week, from Monday 00:00 UTC; `start` is within the week, the end may lie in the next. */
export interface WeekSpan {
  /** Minutes from Monday 00:00 UTC (0-10079). */
  readonly start: number;
  /** Length in minutes (30 or more). */
  readonly minutes: number;
}

const TIME = '([01]\\d|2[0-3]):([0-5]\\d)';
const DAILY = new RegExp(`^${TIME}-${TIME}$`);
const WEEKLY = new RegExp(`^(${DAYS.join('|')}):${TIME}-(${DAYS.join('|')}):${TIME}$`);

const minutesOf = (hours = '', minutes = ''): number => Number(hours) * MINUTES.hour + Number(minutes);

const span = (start: number, end: number, period: number): WeekSpan => ({
  start,
  minutes: (end - start + period) % period,
});

/** A backup window (`07:00-08:00`, UTC, each day) as its span on Monday, or undefined if it is none. */
export function backupSpan(window: string): WeekSpan | undefined {
  const match = DAILY.exec(window);
  if (!match) return undefined;
  const [, fromHour, fromMinute, toHour, toMinute] = match;
  const daily = span(minutesOf(fromHour, fromMinute), minutesOf(toHour, toMinute), MINUTES.day);
  return daily.minutes >= SHORTEST ? daily : undefined;
}

/** A maintenance window (`sun:09:00-sun:10:00`, UTC, each week; under a day), or undefined if it is none. */
export function maintenanceSpan(window: string): WeekSpan | undefined {
  const match = WEEKLY.exec(window);
  if (!match) return undefined;
  const [, fromDay = '', fromHour, fromMinute, toDay = '', toHour, toMinute] = match;
  const start = DAYS.indexOf(fromDay) * MINUTES.day + minutesOf(fromHour, fromMinute);
  const end = DAYS.indexOf(toDay) * MINUTES.day + minutesOf(toHour, toMinute);
  const weekly = span(start, end, MINUTES.week);
  return weekly.minutes >= SHORTEST && weekly.minutes < MINUTES.day ? weekly : undefined;
}

/** Whether a daily span and a weekly one share a minute. Windows that merely touch do not. */
export function overlap(daily: WeekSpan, weekly: WeekSpan): boolean {
  return DAYS.some((_, day) => {
    const start = daily.start + day * MINUTES.day;
    const fromDaily = (weekly.start - start + MINUTES.week) % MINUTES.week;
    const fromWeekly = (start - weekly.start + MINUTES.week) % MINUTES.week;
    return fromDaily < daily.minutes || fromWeekly < weekly.minutes;
  });
}
