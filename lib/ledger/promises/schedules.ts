const DAY = 24 * 60;

/** Days that are looked at: two weeks, so that the last backup of one meets the first of the next. */
const DAYS = 14;

const UNITS: Readonly<Record<string, number>> = { minute: 60, hour: 3600, day: 86_400 };
const NAMES = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];
const WORDS: Readonly<Record<string, string>> = {
  '@hourly': '0 * * * *',
  '@daily': '0 0 * * *',
  '@midnight': '0 0 * * *',
  '@weekly': '0 0 * * 0',
};

/**
 * Longest time between two runs (s) of a schedule as EventBridge or cron write it: `rate(6 hours)`, `cron(0 0,12 * * ? *)`,
 * `0 3 * * *`, `@daily`, `@every 6h`. Undefined for what is not understood, such as days of the month.
 */
export function longestGap(schedule: string): number | undefined {
  const text = schedule.trim();
  const [, count, unit] = /^rate\(\s*(\d+)\s+(minute|hour|day)s?\s*\)$/.exec(text) ?? [];
  if (unit !== undefined) return Number(count) * (UNITS[unit] ?? Number.NaN) || undefined;
  const [, every, letter] = /^@every\s+(\d+)([hm])$/.exec(text) ?? [];
  if (letter !== undefined) return Number(every) * (letter === 'h' ? 3600 : 60) || undefined;
  const aws = /^cron\((.*)\)$/.exec(text)?.[1];
  const fields = (aws ?? (Object.hasOwn(WORDS, text) ? WORDS[text] : text) ?? '').trim().split(/\s+/);
  if (fields.length !== (aws === undefined ? 5 : 6)) return undefined;
  const [minute = '', hour = '', dayOfMonth = '', month = '', dayOfWeek = '', year = '*'] = fields;
  if (![dayOfMonth, month, year].every((field) => field === '*' || field === '?')) return undefined;
  const minutes = values(minute, 0, 59);
  const hours = values(hour, 0, 23);
  const days = daysOf(dayOfWeek, aws === undefined ? 0 : 1);
  return minutes && hours && days && gapOf(minutes, hours, days);
}

/** Days of the week from Sunday, 0. AWS counts from 1, cron from 0, with 7 for Sunday too. */
function daysOf(field: string, first: 0 | 1): ReadonlySet<number> | undefined {
  const numbered = field.toUpperCase().replace(/[A-Z]{3}/g, (name) => `${NAMES.indexOf(name) + first}`);
  const found = values(numbered, first, 7);
  return found && new Set([...found].map((day) => (day - first) % 7));
}

/** What a field stands for: `*`, `?`, `5`, `1-5`, `*` or a number by steps, and lists of these. */
function values(field: string, least: number, most: number): ReadonlySet<number> | undefined {
  const found = new Set<number>();
  for (const part of field.split(',')) {
    const [, from, to, step] = /^(\*|\?|\d{1,2})(?:-(\d{1,2}))?(?:\/(\d{1,2}))?$/.exec(part) ?? [];
    if (from === undefined || Number(step) === 0) return undefined;
    const isAny = from === '*' || from === '?';
    const start = isAny ? least : Number(from);
    const end = to !== undefined ? Number(to) : isAny || step !== undefined ? most : start;
    if (start < least || end > most || start > end) return undefined;
    for (let value = start; value <= end; value += Number(step ?? 1)) found.add(value);
  }
  return found;
}

function gapOf(
  minutes: ReadonlySet<number>,
  hours: ReadonlySet<number>,
  days: ReadonlySet<number>,
): number | undefined {
  let before: number | undefined;
  let longest: number | undefined;
  const ordered = (set: ReadonlySet<number>): number[] => [...set].sort((one, other) => one - other);
  for (let day = 0; day <= DAYS; day += 1) {
    if (!days.has(day % 7)) continue;
    for (const hour of ordered(hours))
      for (const minute of ordered(minutes)) {
        const now = day * DAY + hour * 60 + minute;
        if (before !== undefined) longest = Math.max(longest ?? 0, now - before);
        before = now;
      }
  }
  return longest === undefined ? undefined : longest * 60;
}
