import { type Check, type Finding, inspect, isWholeWithin } from '../../check';
import type { Duration } from '../../units';

/** How CloudWatch sums up the samples of a period; `p95` is a percentile (p0-p100, at most two decimals). */
export type MetricStatistic = 'Average' | 'Maximum' | 'Minimum' | 'Sum' | `p${number}`;

/** One series of numbers that an AWS service reports. */
export interface MetricSeries {
  /** Namespace of the service, `AWS/RDS`. */
  readonly namespace: string;
  /** Name of the metric, as the service documents it. */
  readonly metric: string;
  /** What it is measured of (at most 30). A series exists only for the exact set that the service reports. */
  readonly dimensions: Readonly<Record<string, string>>;
  /** How the samples of a period become one number. */
  readonly statistic: MetricStatistic;
}

/** A number worked out of several series, in the language of CloudWatch metric math. */
export interface MetricFormula {
  /** The formula, over the names below: `100 * errors / requests`; or a query that starts with SELECT and names its own series. */
  readonly formula: string;
  /** Series by name (letters, digits and `_`, a lower-case letter first, not `result`; at most 10). None for a query. */
  readonly series: Readonly<Record<string, MetricSeries>>;
}

/** What the value is compared with. */
export type AlarmComparison = '>' | '>=' | '<' | '<=';

/** What a period without samples counts as: bad, good, as before, or unknown. */
export type MissingData = 'breaching' | 'notBreaching' | 'ignore' | 'missing';

/** Something worth waking somebody for, and what that somebody should do. */
export interface AlarmSpec {
  /** Name in CloudWatch, unique in its account and region (1-255 characters). Another name is another alarm. */
  readonly name: string;
  /** What has happened when it rings, as a sentence without its full stop. */
  readonly happened: string;
  /** What to do then, as a sentence without its full stop. */
  readonly remedy: string;
  /** What is watched. */
  readonly watched: MetricSeries | MetricFormula;
  /** Side of the threshold on which it rings. */
  readonly comparison: AlarmComparison;
  /** The value that is compared with, in the unit of what is watched. */
  readonly threshold: number;
  /** Length of a period (10, 20 or 30 s, or whole minutes up to a day). */
  readonly period: Duration;
  /** Periods that are looked at together (1 or more; with the period at most a day, or 7 days for periods from an hour on). */
  readonly periods: number;
  /** Of those, how many must be bad (1-periods). */
  readonly badPeriods: number;
  /** What a period without samples counts as. */
  readonly missing: MissingData;
  /** Why it counts so: it stands in the description. */
  readonly missingBecause: string;
  /** Where to read on: a URL, or the path of a file, without blanks. @default - the remedy is all there is */
  readonly runbook?: string;
}

/** Name of what a formula comes to, which no series may have. */
export const FORMULA_RESULT = 'result';

/** Whether something watched is worked out of several series. */
export const isFormula = (watched: MetricSeries | MetricFormula): watched is MetricFormula => 'formula' in watched;

/** What whoever is woken reads. */
export const alarmDescription = ({ happened, remedy, missing, missingBecause, runbook }: AlarmSpec): string =>
  `${happened}. What to do: ${remedy}. No data counts as ${missing}: ${missingBecause}.` +
  (runbook === undefined ? '' : ` Runbook: ${runbook}`);

const DAY = 86_400;
const HOUR = 3_600;

const secondsOf = ({ period }: AlarmSpec): number => period.inMillis / 1000;

const isPeriod = (seconds: number): boolean =>
  [10, 20, 30].includes(seconds) || (seconds % 60 === 0 && isWholeWithin(seconds, 60, DAY));

const seriesOf = ({ watched }: AlarmSpec): readonly MetricSeries[] =>
  isFormula(watched) ? Object.values(watched.series) : [watched];

const isStatistic = (statistic: string): boolean =>
  ['Average', 'Maximum', 'Minimum', 'Sum'].includes(statistic) || /^p(100|\d{1,2}(\.\d{1,2})?)$/.test(statistic);

const isComplete = ({ namespace, metric, dimensions }: MetricSeries): boolean =>
  [namespace, metric, ...Object.entries(dimensions).flat()].every((text) => text.length > 0) &&
  Object.keys(dimensions).length <= 30;

/** Whether each series of a formula has a good name and takes part in it; a query has none. */
function isSound({ formula, series }: MetricFormula): boolean {
  const names = Object.keys(series);
  if (/^SELECT\s/.test(formula)) return names.length === 0;
  return (
    isWholeWithin(names.length, 1, 10) &&
    !names.includes(FORMULA_RESULT) &&
    names.every((name) => /^[a-z]\w*$/.test(name) && new RegExp(`\\b${name}\\b`).test(formula))
  );
}

/** What CloudWatch asks of an alarm, and what we ask beside: a description that helps. */
export const ALARM_CHECKS: readonly Check<AlarmSpec>[] = [
  {
    id: 'alarm-name-is-allowed',
    prop: 'name',
    holds: ({ name }) => /^(?!\s)[\x20-\x7e]{1,255}$/.test(name),
    rule: 'must be 1-255 printable characters',
    remedy: 'use the name of what is watched and what is wrong: acgs-production-main-cpu',
  },
  {
    id: 'alarm-says-what-to-do',
    prop: 'remedy',
    holds: (alarm) =>
      [alarm.happened, alarm.remedy, alarm.missingBecause].every((text) => text.trim().length > 0) &&
      alarmDescription(alarm).length <= 1024,
    rule: 'must be filled, as must happened and missingBecause, and the three together fit in 1024 characters',
    received: (alarm) => `${alarmDescription(alarm).length} characters`,
    remedy: 'say what happened, what to do and why no data counts as it does; link to the runbook for more',
  },
  {
    id: 'alarm-runbook-can-be-followed',
    prop: 'runbook',
    holds: ({ runbook }) => runbook === undefined || /^[\x21-\x7e]+$/.test(runbook),
    rule: 'must be a URL or a path, filled and without blanks',
    remedy: 'write blanks as hyphens, as headings in links are written',
  },
  {
    id: 'alarm-threshold-is-a-number',
    prop: 'threshold',
    holds: ({ threshold }) => Number.isFinite(threshold),
    rule: 'must be a number',
    remedy: 'work it out of what was declared',
  },
  {
    id: 'alarm-period-is-offered',
    prop: 'period',
    holds: (alarm) => isPeriod(secondsOf(alarm)),
    rule: 'must be 10, 20 or 30 s, or whole minutes up to a day',
    remedy: 'use 1 minute: that is how often most services report',
  },
  {
    id: 'alarm-periods-fit-together',
    prop: 'periods',
    holds: (alarm) => {
      const most = secondsOf(alarm) >= HOUR ? 7 * DAY : DAY;
      return isWholeWithin(alarm.periods, 1, Math.floor(most / secondsOf(alarm)));
    },
    rule: 'must be a whole number from 1 on, and with the period at most a day, or 7 days for periods from an hour on',
    received: ({ periods, period }) => `${periods} of ${period}`,
    remedy: 'use a longer period for slow trends',
  },
  {
    id: 'alarm-bad-periods-are-among-them',
    prop: 'badPeriods',
    holds: ({ badPeriods, periods }) => isWholeWithin(badPeriods, 1, periods),
    rule: ({ periods }) => `must be a whole number from 1 to ${periods}`,
    remedy: 'use all of them for what must last, fewer for what comes and goes',
  },
  {
    id: 'alarm-statistic-is-offered',
    prop: 'watched',
    holds: (alarm) => seriesOf(alarm).every(({ statistic }) => isStatistic(statistic)),
    rule: 'must have a statistic of Average, Maximum, Minimum, Sum, or a percentile such as p95 or p99.9',
    received: (alarm) => seriesOf(alarm).map(({ statistic }) => statistic),
    remedy: 'use the one that the service documents for the metric',
  },
  {
    id: 'alarm-series-is-complete',
    prop: 'watched',
    holds: (alarm) => seriesOf(alarm).every(isComplete),
    rule: 'must have a namespace, a metric, and at most 30 dimensions that are filled',
    received: (alarm) => seriesOf(alarm).map(({ namespace, metric }) => `${namespace} ${metric}`),
    remedy: 'name all dimensions that the service reports: with fewer there is no data, and no alarm ever',
  },
  {
    id: 'alarm-formula-uses-its-series',
    prop: 'watched',
    holds: ({ watched }) => !isFormula(watched) || isSound(watched),
    rule: 'must be a formula over 1 to 10 series by name, all of them used, or a SELECT query over none',
    received: ({ watched }) => (isFormula(watched) ? watched.formula : undefined),
    remedy: 'give each series a name that starts with a lower-case letter, and use it',
  },
];

/** What is wrong with an alarm. */
export const inspectAlarm = (path: string, alarm: AlarmSpec): Finding[] => inspect(path, alarm, ALARM_CHECKS);
