import type { Dated } from './dated';
import type { SupportPeriod } from './support';

/**
 * PostgreSQL majors on RDS. A declaration names the major; the newest minor of each is `newestMinor`.
 * The source gives releases before 18 by month only; they stand as its first day.
 */
export interface PostgresMajor extends SupportPeriod {
  /** Newest minor that RDS offered on the day of reading, with its major: `15.18`. */
  readonly newestMinor: string;
}

/** Majors of RDS for PostgreSQL by number (`15`), oldest first. */
export const POSTGRES_VERSIONS: Dated<ReadonlyMap<string, PostgresMajor>> = {
  asOf: '2026-08-22',
  source: 'endoflife.date/amazon-rds-postgresql; Amazon RDS release calendar for PostgreSQL',
  facts: new Map([
    ['13', { released: '2021-02-01', standardUntil: '2026-02-28', extendedUntil: '2029-02-28', newestMinor: '13.23' }],
    ['14', { released: '2022-02-01', standardUntil: '2027-02-28', extendedUntil: '2030-02-28', newestMinor: '14.23' }],
    ['15', { released: '2023-02-01', standardUntil: '2028-02-29', extendedUntil: '2031-02-28', newestMinor: '15.18' }],
    ['16', { released: '2023-11-01', standardUntil: '2029-02-28', extendedUntil: '2032-02-29', newestMinor: '16.14' }],
    ['17', { released: '2024-11-01', standardUntil: '2030-02-28', extendedUntil: '2033-02-28', newestMinor: '17.10' }],
    ['18', { released: '2025-11-14', standardUntil: '2031-02-28', extendedUntil: '2034-02-28', newestMinor: '18.4' }],
  ]),
};

/**
 * Oldest minor of each major that RDS still creates; older ones were closed on 2026-05-01.
 * Source: AWS notice of 2026-05-30 on minors 14.14-14.17, 15.9-15.12, 16.5-16.8 and 17.1-17.4.
 */
export const OLDEST_CREATABLE_MINOR: ReadonlyMap<string, number> = new Map([
  ['14', 18],
  ['15', 13],
  ['16', 9],
  ['17', 5],
]);
