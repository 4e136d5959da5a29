import { longestGap } from '../../../lib/ledger/promises/schedules';

const HOUR = 3600;

test.each<[string, number]>([
  ['rate(6 hours)', 6 * HOUR],
  ['rate(1 hour)', HOUR],
  ['rate(30 minutes)', HOUR / 2],
  ['rate(2 days)', 48 * HOUR],
  ['cron(0 0,6,12,18 * * ? *)', 6 * HOUR],
  ['cron(0 3,12 * * ? *)', 15 * HOUR],
  ['cron(0 5 ? * * *)', 24 * HOUR],
  ['cron(0/15 * * * ? *)', HOUR / 4],
  ['cron(0 5 ? * MON-FRI *)', 72 * HOUR],
  ['cron(0 5 ? * 2,5 *)', 96 * HOUR],
  ['cron(0 5 ? * 1 *)', 168 * HOUR],
  ['0 3 * * *', 24 * HOUR],
  ['30 */4 * * *', 4 * HOUR],
  ['0 22 * * 1-5', 72 * HOUR],
  ['0 22 * * 0,7', 168 * HOUR],
  ['0 22 * * sat', 168 * HOUR],
  ['10-12 * * * *', 58 * 60],
  ['@hourly', HOUR],
  ['@daily', 24 * HOUR],
  ['@midnight', 24 * HOUR],
  ['@weekly', 168 * HOUR],
  ['@every 6h', 6 * HOUR],
  ['@every 90m', 1.5 * HOUR],
  ['  0 3 * * *  ', 24 * HOUR],
])('%s leaves %d s at most', (schedule, seconds) => {
  expect(longestGap(schedule)).toBe(seconds);
});

test.each([
  '',
  'soon',
  'rate(0 hours)',
  'rate(1 week)',
  '@yearly',
  '@every 0h',
  '0 3 1 * *',
  '0 3 * 6 *',
  'cron(0 3 * * ? 2027)',
  'cron(0 3 L * ? *)',
  'cron(0 3 * * ?)',
  '0 3 * * * *',
  '60 * * * *',
  '0 24 * * *',
  '5-1 * * * *',
  '*/0 * * * *',
  '0 3 * * 8',
  'cron(0 3 ? * 0 *)',
  '0 3 * * xyz',
  'constructor',
])('%s is not understood', (schedule) => {
  expect(longestGap(schedule)).toBeUndefined();
});
