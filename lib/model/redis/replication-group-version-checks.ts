import { CACHE_ENGINES, CACHE_VERSIONS, cacheVersionsOf, DEFAULT_CACHE_VERSION } from '../../catalog';
import { type Check, daysBetween, isIsoDate } from '../../check';
import { type ReplicationGroupPlan, versionOf } from './replication-group';

/** What decides whether a version may be used, and the day on which calendars are read. */
export type DatedCacheVersion = Pick<ReplicationGroupPlan, 'engine' | 'version' | 'allowExtendedSupport'> & {
  /** ISO date. */
  readonly asOf: string;
};

const WELL_FORMED = /^[1-9]\.\d{1,2}$/;
const NOTICE_DAYS = 90;

const numberOf = (version: string): number => {
  const [major = Number.NaN, minor = Number.NaN] = version.split('.').map(Number);
  return major * 100 + minor;
};

const newest = (engine: string): string => cacheVersionsOf(engine).at(-1) ?? '';

/** A minor after the newest of the catalog, in a major that it has: it may have come since. */
const mayBeNewer = ({ engine, version }: DatedCacheVersion): boolean =>
  engine === 'valkey' &&
  version.split('.')[0] === newest(engine).split('.')[0] &&
  numberOf(version) > numberOf(newest(engine));

/** Days of standard support that are left; undefined where no end was announced or no day is given. */
const daysLeft = (subject: DatedCacheVersion): number | undefined => {
  const until = versionOf(subject)?.standardUntil;
  return until === undefined ? undefined : daysBetween(subject.asOf, until);
};

const successor = ({ engine }: DatedCacheVersion): string => `${engine} ${DEFAULT_CACHE_VERSION[engine]}`;

/** What is asked of engine and version on their day; `inspectReplicationGroup` asks it beside `REPLICATION_GROUP_CHECKS`. */
export const REPLICATION_GROUP_VERSION_CHECKS: readonly Check<DatedCacheVersion>[] = [
  {
    id: 'replication-group-as-of-is-a-date',
    prop: 'asOf',
    holds: ({ asOf }) => isIsoDate(asOf),
    rule: 'must be an ISO date',
    remedy: 'write it as 2026-11-21',
  },
  {
    id: 'replication-group-engine-is-known',
    prop: 'engine',
    holds: ({ engine }) => CACHE_ENGINES.includes(engine),
    rule: `must be one of ${CACHE_ENGINES.join(', ')}`,
    remedy: 'use valkey',
  },
  {
    id: 'replication-group-version-is-well-formed',
    prop: 'version',
    holds: ({ version }) => WELL_FORMED.test(version),
    rule: 'must be a major and a minor such as 8.2',
    remedy: 'leave out the patch: ElastiCache chooses it',
  },
  {
    id: 'replication-group-version-is-offered',
    prop: 'version',
    holds: (subject) => versionOf(subject) !== undefined || mayBeNewer(subject),
    rule: ({ engine }) => `must be one of ${cacheVersionsOf(engine).join(', ') || 'none'}, which ElastiCache creates`,
    remedy: ({ engine, version }) =>
      engine === 'redis' && numberOf(version) > numberOf(newest('redis'))
        ? `use engine: 'valkey': from 7.2 on there is no Redis OSS in ElastiCache`
        : `use ${newest(engine)}`,
  },
  {
    id: 'replication-group-version-is-known',
    prop: 'version',
    severity: 'warning',
    holds: (subject) => versionOf(subject) !== undefined || !mayBeNewer(subject),
    rule: ({ engine }) => `should be at most ${newest(engine)}, the newest known on ${CACHE_VERSIONS.asOf}`,
    remedy: 'make sure that ElastiCache offers it',
  },
  {
    id: 'replication-group-version-is-in-standard-support',
    prop: 'version',
    holds: (subject) => subject.allowExtendedSupport || (daysLeft(subject) ?? 0) >= 0,
    rule: (subject) =>
      `must be in standard support on ${subject.asOf}; that of ${subject.engine} ${subject.version} ended on ` +
      `${versionOf(subject)?.standardUntil}`,
    remedy: (subject) => `use ${successor(subject)} or newer, or pay by the hour with allowExtendedSupport`,
  },
  {
    id: 'replication-group-version-can-be-run',
    prop: 'version',
    holds: (subject) => !isIsoDate(subject.asOf) || subject.asOf <= (versionOf(subject)?.extendedUntil ?? '9999'),
    rule: (subject) => `must not be over: extended support ended on ${versionOf(subject)?.extendedUntil}`,
    remedy: (subject) => `use ${successor(subject)}`,
  },
  {
    id: 'replication-group-support-lasts',
    prop: 'version',
    severity: 'warning',
    holds: (subject) => {
      const left = daysLeft(subject) ?? Number.POSITIVE_INFINITY;
      return left < 0 || left > NOTICE_DAYS;
    },
    rule: (subject) =>
      `should be supported for more than ${NOTICE_DAYS} days; that of ${subject.engine} ${subject.version} ends on ` +
      `${versionOf(subject)?.standardUntil}, in ${daysLeft(subject)} days`,
    remedy: (subject) => `plan the upgrade to ${successor(subject)}`,
  },
  {
    id: 'replication-group-engine-goes-on',
    prop: 'engine',
    severity: 'warning',
    holds: ({ engine }) => engine !== 'redis',
    rule: 'should be valkey: Redis OSS ends at 7.1 in ElastiCache, and Valkey takes its place without a new endpoint',
    remedy: "use engine: 'valkey' once the clients are tested with it",
  },
];
