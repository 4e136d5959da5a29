/** When a version may be created, and until when each kind of support lasts (ISO dates). */
export interface SupportPeriod {
  /** First day on which it can be created. */
  readonly released: string;
  /** Last day of standard support; extended support is paid for from the next. */
  readonly standardUntil: string;
  /** End of paid extended support; the service upgrades what is left by force. */
  readonly extendedUntil: string;
}

/** Where a version stands on a day. `unknown`: not in the catalog, so neither old nor new. */
export type SupportState = 'unknown' | 'unreleased' | 'standard' | 'extended' | 'ended';

/** The state of a version on a day (ISO date). ISO dates compare as text. A version the catalog lacks is `unknown`. */
export function supportOn(period: SupportPeriod | undefined, asOf: string): SupportState {
  if (period === undefined) return 'unknown';
  if (asOf < period.released) return 'unreleased';
  if (asOf <= period.standardUntil) return 'standard';
  return asOf <= period.extendedUntil ? 'extended' : 'ended';
}
