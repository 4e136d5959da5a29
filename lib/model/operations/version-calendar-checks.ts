import { CACHE_VERSIONS, CHARTS, EKS_VERSIONS, POSTGRES_VERSIONS } from '../../catalog';
import { type Check, daysBetween, type Finding, inspect, isIsoDate } from '../../check';
import { UPGRADE_POLICY_CHECKS, type UpgradePolicy, type UpgradePolicyPlan, upgradePolicy } from './upgrade-policy';
import { type CalendarEntry, type VersionedThing, versionCalendar } from './version-calendar';

const DAY = 24 * 60 * 60 * 1000;

interface Judged extends CalendarEntry {
  readonly asOf: string;
  readonly policy: UpgradePolicyPlan;
}

const noticeDays = ({ policy }: Judged): number => policy.notice.inMillis / DAY;

const upgrade = 'upgrade it in development, staging and production, in that order';

/** What is asked of a version on a day, under a policy. */
const VERSION_CHECKS: readonly Check<Judged>[] = [
  {
    id: 'calendar-version-has-not-ended',
    prop: 'version',
    // A chart that is no longer mended goes on working: the check on charts warns of it.
    holds: ({ state, of }) => state !== 'ended' || of === 'chart',
    rule: ({ name, asOf, extendedUntil }) =>
      `of ${name} must be supported on ${asOf}; all support ended on ${extendedUntil}`,
    remedy: `${upgrade}, before AWS does it by force`,
  },
  {
    id: 'calendar-version-is-in-standard-support',
    prop: 'version',
    holds: ({ state, policy }) => state !== 'extended' || policy.extendedSupport === 'accepted',
    rule: ({ name, asOf, standardUntil }) =>
      `of ${name} must be in standard support on ${asOf}; that ended on ${standardUntil}`,
    remedy: `${upgrade}, or accept the price with extendedSupport: 'accepted'`,
  },
  {
    id: 'calendar-version-has-time-left',
    prop: 'version',
    severity: 'warning',
    holds: (subject) => subject.state !== 'standard' || (subject.daysLeft ?? Number.NaN) > noticeDays(subject),
    rule: (subject) =>
      `of ${subject.name} should have more than ${noticeDays(subject)} days of standard support left; it ends on ` +
      `${subject.standardUntil}, in ${subject.daysLeft} days`,
    remedy: upgrade,
  },
];

interface Read {
  readonly asOf: string;
  readonly catalog: string;
  readonly readOn: string;
  readonly policy: UpgradePolicyPlan;
}

const CALENDARS: readonly (readonly [of: VersionedThing['of'], catalog: string, readOn: string])[] = [
  ['eks', 'EKS', EKS_VERSIONS.asOf],
  ['postgres', 'RDS for PostgreSQL', POSTGRES_VERSIONS.asOf],
  ['cache', 'ElastiCache', CACHE_VERSIONS.asOf],
  ['chart', 'charts', CHARTS.asOf],
];

/** What is asked of the day on which calendars are read. */
const AS_OF_CHECKS: readonly Check<Pick<Read, 'asOf'>>[] = [
  {
    id: 'calendar-as-of-is-a-date',
    prop: 'asOf',
    holds: ({ asOf }) => isIsoDate(asOf),
    rule: 'must be an ISO date that exists',
    remedy: 'write it as 2026-11-21',
  },
];

/** What is asked of a calendar that is read on a day. */
const CALENDAR_CHECKS: readonly Check<Read>[] = [
  {
    id: 'calendar-is-recent',
    prop: 'asOf',
    severity: 'warning',
    holds: ({ asOf, readOn, policy }) => (daysBetween(readOn, asOf) ?? 0) <= policy.calendarAge.inMillis / DAY,
    rule: ({ catalog, readOn }) => `should be near the day on which the calendar of ${catalog} was read, ${readOn}`,
    remedy: 'take a newer release of the library: AWS moves these days now and then',
  },
];

/** Every check on versions, on the day, and on calendars. */
export const VERSION_CALENDAR_CHECKS: readonly Check<Judged & Read>[] = [
  ...AS_OF_CHECKS,
  ...CALENDAR_CHECKS,
  ...VERSION_CHECKS,
];

/** Versions whose support ends soon or has ended, and calendars that are old themselves. */
export function inspectVersions(
  path: string,
  things: readonly VersionedThing[],
  asOf: string,
  policy: UpgradePolicy = {},
): Finding[] {
  const plan = upgradePolicy(policy);
  const used = CALENDARS.filter(([of]) => things.some((thing) => thing.of === of));
  return [
    ...inspect(path, plan, UPGRADE_POLICY_CHECKS),
    ...inspect(path, { asOf }, AS_OF_CHECKS),
    ...used.flatMap(([, catalog, readOn]) =>
      inspect(`${path}/${catalog}`, { asOf, catalog, readOn, policy: plan }, CALENDAR_CHECKS),
    ),
    ...versionCalendar(things, asOf).flatMap((entry) =>
      inspect(`${path}/${entry.name}`, { ...entry, asOf, policy: plan }, VERSION_CHECKS),
    ),
  ];
}
