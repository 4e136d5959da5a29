import {
  OLDEST_CREATABLE_MINOR,
  POSTGRES_VERSIONS,
  type PostgresMajor,
  type SupportState,
  supportOn,
} from '../../catalog';
import { type Check, daysBetween, isIsoDate } from '../../check';

/** What decides whether a version may be used. */
export interface DatedVersion {
  /** PostgreSQL major (`15`) or minor (`15.18`). */
  readonly version: string;
  /** Whether a major in paid extended support is accepted. */
  readonly allowExtendedSupport: boolean;
  /** ISO date. */
  readonly asOf: string;
}

const WELL_FORMED = /^([1-9]\d?)(?:\.(\d{1,2}))?$/;

const NOTICE_DAYS = 90;

/** The major of a version: `15` of `15.18`. It names the parameter group family. */
export const postgresMajor = (version: string): string => version.split('.')[0] ?? version;

const minorOf = (version: string): number | undefined => {
  const minor = WELL_FORMED.exec(version)?.[2];
  return minor === undefined ? undefined : Number(minor);
};

const factOf = (version: string): PostgresMajor | undefined => POSTGRES_VERSIONS.facts.get(postgresMajor(version));

/** Undefined without a day to read the calendar on, which is a finding of its own. */
const stateOf = ({ version, asOf }: DatedVersion): SupportState | undefined =>
  isIsoDate(asOf) ? supportOn(factOf(version), asOf) : undefined;

const isOver = (state: SupportState | undefined): boolean =>
  state === 'unknown' || state === 'unreleased' || state === 'ended';

const daysLeft = ({ version, asOf }: DatedVersion): number =>
  daysBetween(asOf, factOf(version)?.standardUntil ?? '') ?? Number.NaN;

const newestMajor = (asOf: string): string =>
  [...POSTGRES_VERSIONS.facts.keys()].filter((major) => supportOn(factOf(major), asOf) === 'standard').at(-1) ??
  'newer';

const newestMinor = ({ version }: DatedVersion): string | undefined => factOf(version)?.newestMinor;

/** What is asked of a version on its day; `inspectPostgres` asks it beside `POSTGRES_CHECKS`. */
export const POSTGRES_VERSION_CHECKS: readonly Check<DatedVersion>[] = [
  {
    id: 'postgres-as-of-is-a-date',
    prop: 'asOf',
    holds: ({ asOf }) => isIsoDate(asOf),
    rule: 'must be an ISO date',
    remedy: 'write it as 2026-11-21',
  },
  {
    id: 'postgres-version-is-well-formed',
    prop: 'version',
    holds: ({ version }) => WELL_FORMED.test(version),
    rule: 'must be a major such as 15 or a minor such as 15.18',
    remedy: 'name the major: minors follow by themselves',
  },
  {
    id: 'postgres-version-is-offered',
    prop: 'version',
    holds: (subject) => !isOver(stateOf(subject)),
    rule: ({ asOf }) =>
      `must be a PostgreSQL that RDS offers on ${asOf}, after its release and before the end of extended support`,
    remedy: ({ asOf }) => `use ${newestMajor(asOf)}`,
  },
  {
    id: 'postgres-version-is-in-standard-support',
    prop: 'version',
    holds: (subject) => subject.allowExtendedSupport || stateOf(subject) !== 'extended',
    rule: ({ version, asOf }) =>
      `must be in standard support on ${asOf}; that of ` +
      `${postgresMajor(version)} ended on ${factOf(version)?.standardUntil}`,
    remedy: ({ asOf }) => `use ${newestMajor(asOf)}, or pay by the vCPU hour with allowExtendedSupport`,
  },
  {
    id: 'postgres-support-lasts',
    prop: 'version',
    severity: 'warning',
    holds: (subject) => stateOf(subject) !== 'standard' || daysLeft(subject) > NOTICE_DAYS,
    rule: (subject) =>
      `should be supported for more than ${NOTICE_DAYS} days; that of ${postgresMajor(subject.version)} ends on ` +
      `${factOf(subject.version)?.standardUntil}, in ${daysLeft(subject)} days`,
    remedy: ({ asOf }) => `plan the upgrade to ${newestMajor(asOf)}`,
  },
  {
    id: 'postgres-minor-can-be-created',
    prop: 'version',
    holds: ({ version }) => (minorOf(version) ?? 99) >= (OLDEST_CREATABLE_MINOR.get(postgresMajor(version)) ?? 0),
    rule: ({ version }) =>
      `must be ${postgresMajor(version)}.${OLDEST_CREATABLE_MINOR.get(postgresMajor(version))} or newer: ` +
      'RDS no longer creates older minors of it',
    remedy: (subject) => `use ${postgresMajor(subject.version)}, which becomes ${newestMinor(subject)} or newer`,
  },
  {
    id: 'postgres-minor-is-known',
    prop: 'version',
    severity: 'warning',
    holds: (subject) => (minorOf(subject.version) ?? 0) <= Number(newestMinor(subject)?.split('.')[1] ?? 99),
    rule: (subject) => `should be at most ${newestMinor(subject)}, the newest known on ${POSTGRES_VERSIONS.asOf}`,
    remedy: 'make sure that RDS offers it',
  },
  {
    id: 'postgres-minor-is-left-to-upgrades',
    prop: 'version',
    severity: 'warning',
    holds: ({ version }) => minorOf(version) === undefined,
    rule: 'should be a major alone: after an automatic upgrade Terraform would ask for a downgrade, which RDS refuses',
    remedy: ({ version }) => `use ${postgresMajor(version)}`,
  },
];
