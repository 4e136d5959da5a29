import { cacheVersion, EKS_VERSIONS, POSTGRES_VERSIONS, type SupportPeriod, supportOn } from '../../catalog';
import { daysBetween } from '../../check';
import { evidenceIn } from '../configured';
import type { Facts } from '../facts';
import { at, blocksAt, textAt } from '../members';
import type { Rule, Verdict } from '../rule';
import { blockName, type TerraformBlock } from '../source';
import { compared, unknown } from './compared';

/** Days in which an upgrade can be planned, tried and done. */
const NOTICE_DAYS = 60;

/** What runs in some version. */
interface Versioned {
  readonly block: TerraformBlock;
  readonly field: string;
  readonly what: string;
  readonly version: string;
  readonly period: SupportPeriod | undefined;
  /** Newest version in standard support on a day. */
  readonly newest: (asOf: string) => string | undefined;
}

/** What is paid for and what is not: versions of clusters and stores against the calendars of AWS. */
export const versionsAreSupported: Rule = {
  id: 'versions-are-supported',
  severity: 'error',
  protects:
    'AWS upgrades what is no longer supported by force, on a day of its own, and asks several times the price before that',
  formula: `today <= last day of standard support - ${NOTICE_DAYS} days (warning until support ends for good)`,
  source: `${EKS_VERSIONS.source}, read ${EKS_VERSIONS.asOf}; ${POSTGRES_VERSIONS.source}, read ${POSTGRES_VERSIONS.asOf}`,
  scenarios: ['ordinary'],
  judge: (facts) => versionedOf(facts).map((versioned) => verdictOf(versioned, facts.assumptions.asOf)),
};

const newestOf =
  (periods: ReadonlyMap<string, SupportPeriod>) =>
  (asOf: string): string | undefined =>
    [...periods].findLast(([, period]) => supportOn(period, asOf) === 'standard')?.[0];

function versionedOf({ blocks }: Facts): Versioned[] {
  const resources = blocks.filter(({ mode }) => mode === 'resource');
  const versionOf = ({ value }: TerraformBlock, field: string): string => String(at(value, field) ?? '');
  return [
    ...resources
      .filter(({ type, value }) => type === 'aws_eks_cluster' && at(value, 'version') !== undefined)
      .map((block) => {
        const version = versionOf(block, 'version');
        const { facts } = EKS_VERSIONS;
        return {
          block,
          field: '/version',
          what: 'Kubernetes',
          version,
          period: facts.get(version),
          newest: newestOf(facts),
        };
      }),
    ...resources
      .filter(({ type, value }) => type === 'aws_db_instance' && textAt(value, 'engine') === 'postgres')
      .filter(({ value }) => at(value, 'engine_version') !== undefined)
      .map((block) => {
        const [version = ''] = versionOf(block, 'engine_version').split('.');
        const { facts } = POSTGRES_VERSIONS;
        return {
          block,
          field: '/engine_version',
          what: 'PostgreSQL',
          version,
          period: facts.get(version),
          newest: newestOf(facts),
        };
      }),
    ...resources.filter(({ type }) => type === 'aws_elasticache_replication_group').flatMap(cacheVersionOf),
  ];
}

/** Only versions whose end is announced are in a calendar. */
function cacheVersionOf(block: TerraformBlock): Versioned[] {
  const engine = textAt(block.value, 'engine') ?? 'redis';
  const version = String(at(block.value, 'engine_version') ?? '');
  const known = cacheVersion(engine, version);
  if (known?.standardUntil === undefined || known.extendedUntil === undefined) return [];
  const period = { released: '2000-01-01', standardUntil: known.standardUntil, extendedUntil: known.extendedUntil };
  return [{ block, field: '/engine_version', what: engine, version, period, newest: () => undefined }];
}

/** Whether extended support is refused, so that the end of standard support is the end. */
const refusesExtension = ({ value }: TerraformBlock): boolean =>
  blocksAt(value, 'upgrade_policy').some((policy) => textAt(policy, 'support_type') === 'STANDARD') ||
  textAt(value, 'engine_lifecycle_support') === 'open-source-rds-extended-support-disabled';

function verdictOf({ block, field, what, version, period, newest }: Versioned, asOf: string | undefined): Verdict {
  const subject = blockName(block);
  const evidence = [evidenceIn(block, field)];
  if (asOf === undefined) return unknown(subject, 'the day to judge by (--as-of DAY)');
  if (version.includes('${')) return unknown(subject, 'a version that is written out');
  if (period === undefined)
    return unknown(subject, `a calendar that knows ${what} ${version} (the catalog was read on ${EKS_VERSIONS.asOf})`);
  const state = supportOn(period, asOf);
  const upgrade = () =>
    `upgrade to ${what} ${newest(asOf) ?? 'a supported version'}, one version at a time where the service asks for it`;
  if (state === 'unreleased') {
    const arithmetic = `${what} ${version} comes on ${period.released}, after ${asOf}`;
    return { outcome: 'broken', subject, evidence, arithmetic, remedy: upgrade() };
  }
  const left = daysBetween(asOf, period.standardUntil) ?? Number.NaN;
  const ends = `${what} ${version}: standard support until ${period.standardUntil}, extended until ${period.extendedUntil}`;
  const isOver = state === 'ended' || (state === 'extended' && refusesExtension(block));
  return compared({
    subject,
    evidence,
    arithmetic: `${ends}; ${asOf} is ${left >= 0 ? `${left} days before the end` : `${-left} days after the end`} of the first`,
    margin: { of: `standard support of ${subject}`, needed: NOTICE_DAYS, available: left, unit: 'days' },
    remedy: upgrade,
    ...(!isOver && { severity: 'warning' as const }),
  });
}
