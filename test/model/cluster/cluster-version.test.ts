import { isError } from '../../../lib/check';
import {
  CLUSTER_VERSION_CHECKS,
  type ClusterVersion,
  inspectClusterVersion,
} from '../../../lib/model/cluster/cluster-version';
import { allIds, ids } from '../../support/findings';

const findings = (overrides: Partial<ClusterVersion>) =>
  inspectClusterVersion('cluster', { version: '1.35', supportType: 'STANDARD', asOf: '2026-11-21', ...overrides });

describe('inspectClusterVersion', () => {
  test('accepts a version in the middle of its standard support', () => {
    expect(findings({})).toEqual([]);
  });

  const rows: readonly (readonly [it: string, given: Partial<ClusterVersion>, expected: readonly string[]])[] = [
    ['refuses 1.28, which is gone', { version: '1.28' }, ['cluster-version-has-not-ended']],
    [
      'refuses a version on the day after extended support',
      { version: '1.31', asOf: '2026-11-27', supportType: 'EXTENDED' },
      ['cluster-version-has-not-ended'],
    ],
    [
      'warns on the last day of extended support',
      { version: '1.31', asOf: '2026-11-26', supportType: 'EXTENDED' },
      ['cluster-version-has-time-left'],
    ],
    ['refuses extended support unless it is wanted', { version: '1.32' }, ['cluster-version-is-in-standard-support']],
    ['takes extended support if it is wanted', { version: '1.32', supportType: 'EXTENDED' }, []],
    [
      'takes the last day of standard support, with a warning',
      { version: '1.34', asOf: '2026-12-02' },
      ['cluster-version-has-time-left'],
    ],
    ['refuses the day after', { version: '1.34', asOf: '2026-12-03' }, ['cluster-version-is-in-standard-support']],
    ['is silent 91 days before the end', { version: '1.34', asOf: '2026-09-02' }, []],
    ['warns 90 days before the end', { version: '1.34', asOf: '2026-09-03' }, ['cluster-version-has-time-left']],
    ['warns 89 days before the end', { version: '1.34', asOf: '2026-09-04' }, ['cluster-version-has-time-left']],
    [
      'refuses a version on the day before its release',
      { version: '1.36', asOf: '2026-06-01' },
      ['cluster-version-is-released'],
    ],
    ['takes a version on the day of its release', { version: '1.36', asOf: '2026-06-02' }, []],
    ['warns about a newer minor that it does not know', { version: '1.37' }, ['cluster-version-is-known']],
    ['refuses an older minor that it does not know', { version: '1.27' }, ['cluster-version-is-not-forgotten']],
    ['refuses a patch', { version: '1.35.2' }, ['cluster-version-is-a-minor']],
    ['refuses a major alone', { version: '1' }, ['cluster-version-is-a-minor']],
    ['refuses an empty version', { version: '' }, ['cluster-version-is-a-minor']],
    [
      'refuses a day that does not exist',
      { version: '1.37', asOf: '2026-02-30' },
      ['cluster-as-of-is-a-date', 'cluster-version-is-known'],
    ],
    [
      'refuses a date in another form',
      { version: '1.37', asOf: '21.11.2026' },
      ['cluster-as-of-is-a-date', 'cluster-version-is-known'],
    ],
  ];

  test.each(rows)('%s', (_, given, expected) => {
    expect(ids(findings(given))).toEqual(expected);
  });

  test('every check has a failing row', () => {
    expect([...new Set(rows.flatMap(([, , expected]) => expected))].sort()).toEqual(allIds(CLUSTER_VERSION_CHECKS));
  });

  test('a refusal names the day on which the version ended', () => {
    expect(findings({ version: '1.28' })[0]?.rule).toContain('2025-11-26');
    expect(findings({ version: '1.32' })[0]?.rule).toContain('2026-03-23');
    expect(findings({ version: '1.36', asOf: '2026-06-01' })[0]?.rule).toContain('2026-06-02');
    expect(findings({ version: '1.34' })[0]?.rule).toContain('2026-12-02');
  });

  test('what works but ends soon, or is newer than the catalog, is a warning', () => {
    expect([...findings({ version: '1.37' }), ...findings({ version: '1.34' })].map(isError)).toEqual([false, false]);
    expect(findings({ version: '1.27' }).map(isError)).toEqual([true]);
  });
});
