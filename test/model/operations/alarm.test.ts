import {
  ALARM_CHECKS,
  type AlarmSpec,
  alarmDescription,
  inspectAlarm,
  type MetricSeries,
} from '../../../lib/model/operations/alarm';
import { Duration } from '../../../lib/units';
import { allIds, ids } from '../../support/findings';

const SERIES: MetricSeries = {
  namespace: 'AWS/RDS',
  metric: 'CPUUtilization',
  dimensions: { DBInstanceIdentifier: 'main' },
  statistic: 'Average',
};

const ALARM: AlarmSpec = {
  name: 'acgs-production-main-cpu',
  happened: 'The processor is busy',
  remedy: 'find the statement',
  watched: SERIES,
  comparison: '>',
  threshold: 90,
  period: Duration.minutes(1),
  periods: 5,
  badPeriods: 5,
  missing: 'breaching',
  missingBecause: 'silence means that it is down',
};

const formula = (text: string, series: Record<string, MetricSeries>) => ({ watched: { formula: text, series } });

describe('inspectAlarm', () => {
  test('accepts an alarm on one series, one on a formula, and one on a query', () => {
    expect(inspectAlarm('alarm', ALARM)).toEqual([]);
    expect(inspectAlarm('alarm', { ...ALARM, ...formula('100 * a / b', { a: SERIES, b: SERIES }) })).toEqual([]);
    expect(inspectAlarm('alarm', { ...ALARM, ...formula('SELECT SUM(x) FROM "AWS/Backup"', {}) })).toEqual([]);
  });

  test('the description says what happened, what to do, and why no data counts as it does', () => {
    expect(alarmDescription(ALARM)).toBe(
      'The processor is busy. What to do: find the statement. ' +
        'No data counts as breaching: silence means that it is down.',
    );
  });

  test('the description ends with the runbook, so that nothing clings to the link', () => {
    const runbook = 'https://runbooks.example.com/recovery.md#loss-of-a-zone';
    expect(alarmDescription({ ...ALARM, runbook })).toBe(`${alarmDescription(ALARM)} Runbook: ${runbook}`);
  });

  const statistic = (given: string) => ({ watched: { ...SERIES, statistic: given as 'p95' } });
  const hours = (count: number) => ({ period: Duration.hours(1), periods: count, badPeriods: 1 });
  const dimensions = (count: number) => ({
    watched: {
      ...SERIES,
      dimensions: Object.fromEntries(Array.from({ length: count }, (_, index) => [`d${index}`, 'x'])),
    },
  });
  const names = (count: number) => Array.from({ length: count }, (_, index) => `s${index}`);
  const many = (count: number) =>
    formula(names(count).join(' + '), Object.fromEntries(names(count).map((name) => [name, SERIES])));

  const rows: readonly (readonly [check: string | undefined, it: string, overrides: Partial<AlarmSpec>])[] = [
    ['alarm-name-is-allowed', 'no name', { name: '' }],
    [undefined, 'a name of 255 characters', { name: 'a'.repeat(255) }],
    ['alarm-name-is-allowed', 'a name of 256 characters', { name: 'a'.repeat(256) }],
    ['alarm-name-is-allowed', 'a name with a line break', { name: 'a\nb' }],
    ['alarm-says-what-to-do', 'no remedy', { remedy: ' ' }],
    ['alarm-says-what-to-do', 'nothing that happened', { happened: '' }],
    ['alarm-says-what-to-do', 'no reason for missing data', { missingBecause: '' }],
    [undefined, 'a description of 1024 characters', { remedy: 'r'.repeat(1024 - 96) }],
    ['alarm-says-what-to-do', 'a description of 1025 characters', { remedy: 'r'.repeat(1025 - 96) }],
    [undefined, 'a description of 1024 characters, runbook included', { remedy: 'r'.repeat(1024 - 107), runbook: 'a' }],
    ['alarm-says-what-to-do', 'a runbook too many', { remedy: 'r'.repeat(1024 - 107), runbook: 'ab' }],
    ['alarm-runbook-can-be-followed', 'an empty runbook', { runbook: '' }],
    ['alarm-runbook-can-be-followed', 'a runbook with a blank', { runbook: 'runbooks/loss of a zone.md' }],
    ['alarm-threshold-is-a-number', 'a threshold that is none', { threshold: Number.NaN }],
    ['alarm-threshold-is-a-number', 'a threshold without end', { threshold: Number.POSITIVE_INFINITY }],
    [undefined, '10 s', { period: Duration.seconds(10) }],
    ['alarm-period-is-offered', '15 s', { period: Duration.seconds(15) }],
    ['alarm-period-is-offered', '90 s', { period: Duration.seconds(90) }],
    [undefined, 'a day', { period: Duration.days(1), periods: 1, badPeriods: 1 }],
    [undefined, '7 periods of a day', { period: Duration.days(1), periods: 7, badPeriods: 1 }],
    ['alarm-periods-fit-together', '8 periods of a day', { period: Duration.days(1), periods: 8, badPeriods: 1 }],
    ['alarm-period-is-offered', 'a day and a minute', { period: Duration.minutes(1441), periods: 1, badPeriods: 1 }],
    [undefined, '1440 minutes', { periods: 1440 }],
    ['alarm-periods-fit-together', '1441 minutes', { periods: 1441 }],
    [undefined, '168 hours', hours(168)],
    ['alarm-periods-fit-together', '169 hours', hours(169)],
    ['alarm-bad-periods-are-among-them', 'none bad', { badPeriods: 0 }],
    ['alarm-bad-periods-are-among-them', 'more bad than there are', { badPeriods: 6 }],
    ['alarm-statistic-is-offered', 'a statistic of its own', statistic('Median')],
    [undefined, 'p99.9', statistic('p99.9')],
    [undefined, 'p100', statistic('p100')],
    ['alarm-statistic-is-offered', 'p101', statistic('p101')],
    ['alarm-series-is-complete', 'no namespace', { watched: { ...SERIES, namespace: '' } }],
    ['alarm-series-is-complete', 'an empty dimension', { watched: { ...SERIES, dimensions: { A: '' } } }],
    [undefined, '30 dimensions', dimensions(30)],
    ['alarm-series-is-complete', '31 dimensions', dimensions(31)],
    ['alarm-formula-uses-its-series', 'a series that nothing uses', formula('a', { a: SERIES, b: SERIES })],
    ['alarm-formula-uses-its-series', 'a formula over nothing', formula('1 + 1', {})],
    ['alarm-formula-uses-its-series', 'a capital letter first', formula('A', { A: SERIES })],
    ['alarm-formula-uses-its-series', 'the name of the result', formula('result', { result: SERIES })],
    ['alarm-formula-uses-its-series', 'a query over series', formula('SELECT a', { a: SERIES })],
    [undefined, '10 series', many(10)],
    ['alarm-formula-uses-its-series', '11 series', many(11)],
  ];

  test.each(rows)('%s: %s', (check, _, overrides) => {
    expect(ids(inspectAlarm('alarm', { ...ALARM, ...overrides }))).toEqual(check ? [check] : []);
  });

  test('periods that are no number are refused', () => {
    expect(ids(inspectAlarm('alarm', { ...ALARM, periods: Number.NaN }))).toEqual([
      'alarm-periods-fit-together',
      'alarm-bad-periods-are-among-them',
    ]);
  });

  test('every check has a failing row', () => {
    expect([...new Set(rows.map(([check]) => check))].filter(Boolean).sort()).toEqual(allIds(ALARM_CHECKS));
  });
});
