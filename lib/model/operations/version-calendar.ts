import { type CacheEngine, cacheVersion, EKS_VERSIONS, POSTGRES_VERSIONS, type SupportState } from '../../catalog';
import { daysBetween, isIsoDate } from '../../check';

/** Something of a version that is supported until a day: by AWS, or, of charts, by their project. */
export type VersionedThing =
  | { readonly of: 'eks'; readonly name: string; readonly version: string }
  | { readonly of: 'postgres'; readonly name: string; readonly version: string }
  | { readonly of: 'cache'; readonly name: string; readonly version: string; readonly engine: CacheEngine }
  | { readonly of: 'chart'; readonly name: string; readonly version: string; readonly until: string };

/** Where a version stands on a day, and how long it still may. */
export interface CalendarEntry {
  /** What it is a version of. */
  readonly of: VersionedThing['of'];
  /** Whose version it is: `cluster acgs-production`. */
  readonly name: string;
  /** What runs there: `Kubernetes 1.35`. */
  readonly version: string;
  /** `unknown` also where no end has been announced. */
  readonly state: SupportState;
  /** Last day of standard support (ISO date). @default - none announced, or not in the catalog */
  readonly standardUntil?: string;
  /** End of paid extended support (ISO date). @default - none announced, or not in the catalog */
  readonly extendedUntil?: string;
  /** Days of standard support left, negative after its end. @default - none announced, or not in the catalog */
  readonly daysLeft?: number;
}

interface Period {
  readonly released?: string;
  readonly standardUntil?: string;
  readonly extendedUntil?: string;
}

const periodOf = (thing: VersionedThing): Period => {
  switch (thing.of) {
    case 'eks':
      return EKS_VERSIONS.facts.get(thing.version) ?? {};
    case 'postgres':
      return POSTGRES_VERSIONS.facts.get(thing.version.split('.')[0] ?? '') ?? {};
    case 'cache':
      return cacheVersion(thing.engine, thing.version) ?? {};
    case 'chart':
      return { standardUntil: thing.until };
  }
};

const labelOf = (thing: VersionedThing): string => {
  switch (thing.of) {
    case 'eks':
      return `Kubernetes ${thing.version}`;
    case 'postgres':
      return `PostgreSQL ${thing.version}`;
    case 'cache':
      return `${thing.engine === 'redis' ? 'Redis OSS' : 'Valkey'} ${thing.version}`;
    case 'chart':
      return `release ${thing.version}`;
  }
};

function stateOf({ released = '', standardUntil, extendedUntil = standardUntil }: Period, asOf: string): SupportState {
  if (standardUntil === undefined || extendedUntil === undefined || !isIsoDate(asOf)) return 'unknown';
  if (asOf < released) return 'unreleased';
  if (asOf <= standardUntil) return 'standard';
  return asOf <= extendedUntil ? 'extended' : 'ended';
}

/** Every version with the days that matter, the one that ends first in front. ISO dates compare as text. */
export function versionCalendar(things: readonly VersionedThing[], asOf: string): CalendarEntry[] {
  return things
    .map((thing): CalendarEntry => {
      const { standardUntil, extendedUntil } = periodOf(thing);
      const daysLeft = standardUntil === undefined ? undefined : daysBetween(asOf, standardUntil);
      return {
        of: thing.of,
        name: thing.name,
        version: labelOf(thing),
        state: stateOf(periodOf(thing), asOf),
        ...(standardUntil !== undefined && { standardUntil }),
        ...(extendedUntil !== undefined && { extendedUntil }),
        ...(daysLeft !== undefined && { daysLeft }),
      };
    })
    .sort((one, other) => (one.standardUntil ?? '9999').localeCompare(other.standardUntil ?? '9999'));
}
