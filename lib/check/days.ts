import { isIsoDate } from './predicates';

const DAY = 24 * 60 * 60 * 1000;

/** Days from one ISO date to another, negative if the other is earlier; undefined if either is no date. */
export const daysBetween = (from: string, to: string): number | undefined =>
  isIsoDate(from) && isIsoDate(to) ? (Date.parse(to) - Date.parse(from)) / DAY : undefined;
