import { EKS_VERSIONS, type SupportPeriod, type SupportState, supportOn } from '../../catalog';
import { type Check, type Finding, inspect, isIsoDate } from '../../check';
import type { SupportType } from './cluster';

/** A Kubernetes minor on EKS, judged on a day. */
export interface ClusterVersion {
  /** Kubernetes minor: `1.35`. */
  readonly version: string;
  /** `EXTENDED` accepts a version whose standard support has ended. */
  readonly supportType: SupportType;
  /** Day on which the support calendar is read (ISO date). */
  readonly asOf: string;
}

/** This close to the end of the support it relies on, a version is worth a warning. */
const NOTICE_DAYS = 90;
const DAY_MILLIS = 24 * 60 * 60 * 1000;

const minorOf = (version: string): number => Number(/^1\.(\d{1,3})$/.exec(version)?.[1] ?? Number.NaN);

const NEWEST_MINOR = Math.max(...[...EKS_VERSIONS.facts.keys()].map(minorOf));

const period = (version: string): SupportPeriod | undefined => EKS_VERSIONS.facts.get(version);

const state = ({ version, asOf }: ClusterVersion): SupportState => supportOn(period(version), asOf);

const dayOf = (isoDate: string): number => Date.parse(`${isoDate}T00:00:00Z`) / DAY_MILLIS;

/** The last day of the support that the version is in. */
function supportEnd(subject: ClusterVersion): string | undefined {
  const current = state(subject);
  if (current === 'standard') return period(subject.version)?.standardUntil;
  return current === 'extended' ? period(subject.version)?.extendedUntil : undefined;
}

const UPGRADE = 'upgrade one minor at a time, the control plane before its nodes';

/** What is asked of a version on its day. A newer one than the catalog knows is only a warning. */
export const CLUSTER_VERSION_CHECKS: readonly Check<ClusterVersion>[] = [
  {
    id: 'cluster-as-of-is-a-date',
    prop: 'asOf',
    holds: ({ asOf }) => isIsoDate(asOf),
    rule: 'must be an ISO date that exists',
    remedy: 'write it as 2026-11-21',
  },
  {
    id: 'cluster-version-is-a-minor',
    prop: 'version',
    holds: ({ version }) => Number.isInteger(minorOf(version)),
    rule: 'must be a Kubernetes minor such as 1.35',
    remedy: 'leave out the v and the patch, EKS chooses it',
  },
  {
    id: 'cluster-version-is-not-forgotten',
    prop: 'version',
    holds: ({ version }) => period(version) !== undefined || !(minorOf(version) < NEWEST_MINOR),
    rule: 'must be a version that EKS still offers',
    remedy: `use one of ${[...EKS_VERSIONS.facts.keys()].slice(-3).join(', ')}`,
  },
  {
    id: 'cluster-version-is-known',
    severity: 'warning',
    prop: 'version',
    holds: ({ version }) => !(minorOf(version) > NEWEST_MINOR),
    rule: `should be in the calendar, whose newest is 1.${NEWEST_MINOR} as of ${EKS_VERSIONS.asOf}`,
    remedy: 'make sure that EKS offers it, and update the catalog',
  },
  {
    id: 'cluster-version-is-released',
    prop: 'version',
    holds: (subject) => state(subject) !== 'unreleased',
    rule: ({ version, asOf }) => `must be released on ${asOf}; it came on ${period(version)?.released}`,
    remedy: 'use an earlier minor',
  },
  {
    id: 'cluster-version-has-not-ended',
    prop: 'version',
    holds: (subject) => state(subject) !== 'ended',
    rule: ({ version, asOf }) => `must be supported on ${asOf}; EKS ended it on ${period(version)?.extendedUntil}`,
    remedy: UPGRADE,
  },
  {
    id: 'cluster-version-is-in-standard-support',
    prop: 'version',
    holds: (subject) => subject.supportType === 'EXTENDED' || state(subject) !== 'extended',
    rule: ({ version, asOf }) =>
      `must be in standard support on ${asOf}; that ended on ${period(version)?.standardUntil}`,
    remedy: "upgrade, or pay six times the price with supportType 'EXTENDED'",
  },
  {
    id: 'cluster-version-has-time-left',
    severity: 'warning',
    prop: 'version',
    holds: (subject) => {
      const end = supportEnd(subject);
      return end === undefined || dayOf(end) - dayOf(subject.asOf) > NOTICE_DAYS;
    },
    rule: (subject) => `should have more than ${NOTICE_DAYS} days of support left; it ends on ${supportEnd(subject)}`,
    remedy: UPGRADE,
  },
];

/** Everything wrong with running that version on that day. */
export const inspectClusterVersion = (path: string, subject: ClusterVersion): Finding[] =>
  inspect(path, subject, CLUSTER_VERSION_CHECKS);
