/** When a version may be created, and until when each kind of support lasts (ISO dates). */
export interface SupportPeriod {
  readonly released: string;
  readonly standardUntil: string;
  /** End of paid extended support; the service upgrades what is left by force. */
  readonly extendedUntil: string;
}

export type SupportState = 'unknown' | 'unreleased' | 'standard' | 'extended' | 'ended';

/** The state of a version on a day (ISO date). ISO dates compare as text. A version the catalog lacks is `unknown`. */
export function supportOn(period: SupportPeriod | undefined, asOf: string): SupportState {
  if (period === undefined) return 'unknown';
  if (asOf < period.released) return 'unreleased';
  if (asOf <= period.standardUntil) return 'standard';
  return asOf <= period.extendedUntil ? 'extended' : 'ended';
}
