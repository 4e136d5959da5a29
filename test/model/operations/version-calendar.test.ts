import { daysBetween, isError } from '../../../lib/check';
import { UPGRADE_POLICY_CHECKS, type UpgradePolicy, upgradePath } from '../../../lib/model/operations/upgrade-policy';
import { type VersionedThing, versionCalendar } from '../../../lib/model/operations/version-calendar';
import { inspectVersions, VERSION_CALENDAR_CHECKS } from '../../../lib/model/operations/version-calendar-checks';
import { Duration } from '../../../lib/units';
import { allIds, ids } from '../../support/findings';

const eks = (version: string): VersionedThing => ({ of: 'eks', name: 'cluster acgs', version });
const postgres = (version: string): VersionedThing => ({ of: 'postgres', name: 'database main', version });
const redis: VersionedThing = { of: 'cache', name: 'cache sessions', engine: 'redis', version: '6.2' };
const valkey: VersionedThing = { of: 'cache', name: 'cache results', engine: 'valkey', version: '8.2' };

/** Its project mends it until then, and sells nothing afterwards. */
const chart = (until: string): VersionedThing => ({ of: 'chart', name: 'charts istiod', version: '1.30.3', until });

const TODAY = '2026-11-21';

describe('versionCalendar', () => {
  test('says for each version what it is in, and how long, the one that ends first in front', () => {
    expect(versionCalendar([valkey, eks('1.35'), postgres('15.18'), redis], TODAY)).toEqual([
      {
        of: 'cache',
        name: 'cache sessions',
        version: 'Redis OSS 6.2',
        state: 'standard',
        standardUntil: '2027-01-31',
        extendedUntil: '2030-01-31',
        daysLeft: 71,
      },
      {
        of: 'eks',
        name: 'cluster acgs',
        version: 'Kubernetes 1.35',
        state: 'standard',
        standardUntil: '2027-03-27',
        extendedUntil: '2028-03-27',
        daysLeft: 126,
      },
      {
        of: 'postgres',
        name: 'database main',
        version: 'PostgreSQL 15.18',
        state: 'standard',
        standardUntil: '2028-02-29',
        extendedUntil: '2031-02-28',
        daysLeft: 465,
      },
      { of: 'cache', name: 'cache results', version: 'Valkey 8.2', state: 'unknown' },
    ]);
  });

  test.each([
    ['1.35', '2026-01-27', 'unreleased'],
    ['1.35', '2026-01-28', 'standard'],
    ['1.35', '2027-03-27', 'standard'],
    ['1.35', '2027-03-28', 'extended'],
    ['1.35', '2028-03-27', 'extended'],
    ['1.35', '2028-03-28', 'ended'],
    ['1.99', TODAY, 'unknown'],
    ['1.35', 'today', 'unknown'],
  ])('Kubernetes %s on %s is %s', (version, asOf, state) => {
    expect(versionCalendar([eks(version)], asOf)[0]?.state).toBe(state);
  });

  test('a chart has one end: after it nothing is paid for any more', () => {
    const seen = ['2026-11-30', '2026-12-01'].map((asOf) => versionCalendar([chart('2026-11-30')], asOf)[0]);
    expect(seen).toEqual([
      {
        of: 'chart',
        name: 'charts istiod',
        version: 'release 1.30.3',
        state: 'standard',
        standardUntil: '2026-11-30',
        daysLeft: 0,
      },
      {
        of: 'chart',
        name: 'charts istiod',
        version: 'release 1.30.3',
        state: 'ended',
        standardUntil: '2026-11-30',
        daysLeft: -1,
      },
    ]);
  });

  test('days left are negative after the end', () => {
    expect(versionCalendar([eks('1.33')], '2026-07-30')[0]?.daysLeft).toBe(-1);
  });
});

describe('inspectVersions', () => {
  const found = (things: readonly VersionedThing[], asOf = TODAY, policy: UpgradePolicy = {}) =>
    ids(inspectVersions('acgs', things, asOf, policy));

  interface Row {
    readonly things?: readonly VersionedThing[];
    readonly asOf?: string;
    readonly policy?: UpgradePolicy;
  }

  const rows: readonly (readonly [check: string | undefined, it: string, given: Row])[] = [
    [undefined, '91 days before the end', { things: [eks('1.34')], asOf: '2026-09-02' }],
    ['calendar-version-has-time-left', '90 days before the end', { things: [eks('1.34')], asOf: '2026-09-03' }],
    ['calendar-version-has-time-left', 'the last day', { things: [eks('1.34')], asOf: '2026-12-02' }],
    ['calendar-version-is-in-standard-support', 'the day after', { things: [eks('1.34')], asOf: '2026-12-03' }],
    [
      undefined,
      'the day after, if accepted',
      { things: [eks('1.34')], asOf: '2026-12-03', policy: { extendedSupport: 'accepted' } },
    ],
    [
      'calendar-version-has-not-ended',
      'after all support',
      { things: [eks('1.31')], asOf: '2026-11-27', policy: { extendedSupport: 'accepted' } },
    ],
    [
      undefined,
      '14 days of notice, 15 days before',
      { things: [eks('1.34')], asOf: '2026-11-17', policy: { notice: Duration.days(14) } },
    ],
    [
      'calendar-version-has-time-left',
      '14 days of notice, 14 before',
      { things: [eks('1.34')], asOf: '2026-11-18', policy: { notice: Duration.days(14) } },
    ],
    ['calendar-version-has-time-left', 'a cache whose end is near', { things: [redis] }],
    [undefined, 'a cache without an announced end', { things: [valkey] }],
    ['calendar-version-is-in-standard-support', 'a database after its end', { things: [postgres('13')] }],
    [undefined, 'a chart 91 days before its end', { things: [chart('2027-02-20')] }],
    ['calendar-version-has-time-left', 'a chart 90 days before its end', { things: [chart('2027-02-19')] }],
    [undefined, 'a chart after its end, which goes on working', { things: [chart('2026-11-20')] }],
    ['calendar-as-of-is-a-date', 'a day that does not exist', { asOf: '2026-02-30' }],
    [undefined, '180 days after the calendar was read', { things: [postgres('17')], asOf: '2027-02-18' }],
    ['calendar-is-recent', '181 days after', { things: [postgres('17')], asOf: '2027-02-19' }],
    ['upgrade-policy-gives-notice', '13 days of notice', { policy: { notice: Duration.days(13) } }],
    [undefined, '365 days of notice', { policy: { notice: Duration.days(365) } }],
    ['upgrade-policy-gives-notice', '366 days of notice', { policy: { notice: Duration.days(366) } }],
    ['upgrade-policy-gives-notice', '36 hours of notice', { policy: { notice: Duration.hours(14 * 24 + 12) } }],
    ['upgrade-policy-doubts-old-calendars', '29 days', { policy: { calendarAge: Duration.days(29) } }],
    ['upgrade-policy-doubts-old-calendars', '731 days', { policy: { calendarAge: Duration.days(731) } }],
  ];

  test.each(rows)('%s: %s', (check, _, { things = [], asOf, policy }) => {
    expect(found(things, asOf, policy)).toEqual(check ? [check] : []);
  });

  test('warns before the end and refuses after it, below the name of whose version it is', () => {
    const [before] = inspectVersions('acgs', [eks('1.34')], TODAY);
    const [after] = inspectVersions('acgs', [eks('1.33')], TODAY);

    expect(before).toMatchObject({ severity: 'warning', path: 'acgs/cluster acgs', received: 'Kubernetes 1.34' });
    expect(before?.rule).toContain('it ends on 2026-12-02, in 11 days');
    expect(after && isError(after)).toBe(true);
    expect(after?.rule).toContain('that ended on 2026-07-29');
  });

  test('each old calendar is named, and only those that are read', () => {
    const old = inspectVersions('acgs', [postgres('17'), valkey], '2027-08-01');
    expect(old.map(({ path, check }) => [path, check])).toEqual([
      ['acgs/RDS for PostgreSQL', 'calendar-is-recent'],
      ['acgs/ElastiCache', 'calendar-is-recent'],
    ]);
  });

  test('every check has a failing row', () => {
    expect([...new Set(rows.map(([check]) => check))].filter(Boolean).sort()).toEqual(
      allIds(VERSION_CALENDAR_CHECKS, UPGRADE_POLICY_CHECKS),
    );
  });
});

describe('upgradePath', () => {
  test.each([
    ['1.33', '1.36', ['1.34', '1.35', '1.36']],
    ['1.35', '1.35', []],
    ['1.36', '1.35', []],
    ['1.10', '1.35', []],
    ['1.35', '1.99', []],
  ])('from %s to %s', (from, to, expected) => {
    expect(upgradePath(from, to)).toEqual(expected);
  });
});

describe('daysBetween', () => {
  test.each([
    ['2026-11-21', '2026-11-22', 1],
    ['2026-11-22', '2026-11-21', -1],
    ['2028-02-28', '2028-03-01', 2],
    ['2026-02-30', '2026-03-01', undefined],
    ['2026-03-01', 'soon', undefined],
  ])('from %s to %s', (from, to, expected) => {
    expect(daysBetween(from, to)).toBe(expected);
  });
});
