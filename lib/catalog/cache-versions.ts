import type { Dated } from './dated';

/** What speaks the protocol: Redis OSS up to 7.1, and Valkey, which goes on from there. */
export const CACHE_ENGINES = ['valkey', 'redis'] as const;
/** An engine of ElastiCache that keeps data in replication groups. */
export type CacheEngine = (typeof CACHE_ENGINES)[number];

/** One engine version that ElastiCache creates, as `engine_version` spells it. */
export interface CacheVersion {
  /** Whose version it is. */
  readonly engine: CacheEngine;
  /** Major and minor: `8.2`. */
  readonly version: string;
  /** Family of parameter groups: `valkey8`. Another family means another group. */
  readonly family: string;
  /** Last day of standard support (ISO date). @default - none was announced on the day of reading */
  readonly standardUntil?: string;
  /** End of paid extended support (ISO date). @default - none was announced on the day of reading */
  readonly extendedUntil?: string;
}

const row = (engine: CacheEngine, version: string, family: string): CacheVersion => ({ engine, version, family });

/**
 * Versions that ElastiCache creates, oldest first in each engine. What Redis OSS calls 7.1 is compatible with 7.0 of the
 * project; 7.2 and later exist as Valkey only. Redis OSS before 6.2 is left out: it has no engine log.
 */
export const CACHE_VERSIONS: Dated<readonly CacheVersion[]> = {
  asOf: '2026-11-21',
  source:
    'Amazon ElastiCache user guide: engine versions, engine specific parameters; endoflife.date/amazon-elasticache-redis ' +
    '(2026-08-22). That 9.x belongs to the family valkey9 was read in public configurations only',
  facts: [
    { ...row('redis', '6.2', 'redis6.x'), standardUntil: '2027-01-31', extendedUntil: '2030-01-31' },
    row('redis', '7.0', 'redis7'),
    row('redis', '7.1', 'redis7'),
    row('valkey', '7.2', 'valkey7'),
    row('valkey', '8.0', 'valkey8'),
    row('valkey', '8.1', 'valkey8'),
    row('valkey', '8.2', 'valkey8'),
    row('valkey', '9.0', 'valkey9'),
    row('valkey', '9.1', 'valkey9'),
  ],
};

/** What is created unless the declaration names a version. */
export const DEFAULT_CACHE_VERSION: Readonly<Record<CacheEngine, string>> = { valkey: '8.2', redis: '7.1' };

/** The version of that engine, or undefined if the catalog does not know it. */
export const cacheVersion = (engine: string, version: string): CacheVersion | undefined =>
  CACHE_VERSIONS.facts.find((fact) => fact.engine === engine && fact.version === version);

/** Versions of an engine, oldest first. */
export const cacheVersionsOf = (engine: string): string[] =>
  CACHE_VERSIONS.facts.filter((fact) => fact.engine === engine).map(({ version }) => version);
