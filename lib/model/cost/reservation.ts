import { type Check, type Finding, inspect } from '../../check';

/** An offer to pay for an instance for years, as its price list states it. */
export interface ReservationOffer {
  /** On-demand price of the same instance (USD an hour, more than 0). */
  readonly onDemandUsdPerHour: number;
  /** Paid at once (USD, 0 or more). */
  readonly upfrontUsd: number;
  /** Paid for every hour of the term, used or not (USD, 0 or more). */
  readonly reservedUsdPerHour: number;
  /** Length of the commitment. */
  readonly termYears: 1 | 3;
}

/** What an offer comes to. */
export interface BreakEven {
  /** All that is paid over the term, whether anything runs or not (USD). */
  readonly committedUsd: number;
  /** The same price an hour, were it used all the time (USD). */
  readonly effectiveUsdPerHour: number;
  /** Hours on demand that cost as much. */
  readonly hours: number;
  /** Share of the term that the instance must run for the offer to pay (0-1; above 1 it never does). */
  readonly utilization: number;
  /** What it saves if the instance runs all the time (USD over the term; negative if it costs more). */
  readonly savingUsd: number;
}

const HOURS_PER_YEAR = 8760;

/** What is asked of an offer. */
export const RESERVATION_CHECKS: readonly Check<ReservationOffer>[] = [
  {
    id: 'reservation-has-a-price-to-beat',
    prop: 'onDemandUsdPerHour',
    holds: ({ onDemandUsdPerHour: usd }) => usd > 0 && Number.isFinite(usd),
    rule: 'must be more than 0 USD an hour',
    remedy: 'use the price of the catalog',
  },
  {
    id: 'reservation-upfront-is-a-price',
    prop: 'upfrontUsd',
    holds: ({ upfrontUsd: usd }) => usd >= 0 && Number.isFinite(usd),
    rule: 'must be 0 USD or more',
    remedy: 'use 0 for an offer without upfront payment',
  },
  {
    id: 'reservation-hour-is-a-price',
    prop: 'reservedUsdPerHour',
    holds: ({ reservedUsdPerHour: usd }) => usd >= 0 && Number.isFinite(usd),
    rule: 'must be 0 USD an hour or more',
    remedy: 'use 0 for an offer that is paid all at once',
  },
  {
    id: 'reservation-term-is-offered',
    prop: 'termYears',
    holds: ({ termYears }) => [1, 3].includes(termYears),
    rule: 'must be 1 or 3 years',
    remedy: 'use 1 for what may change',
  },
];

/** Everything wrong with an offer. */
export const inspectReservation = (path: string, offer: ReservationOffer): Finding[] =>
  inspect(path, offer, RESERVATION_CHECKS);

/**
 * When a reservation pays: it costs `upfront + hourly * term` in any case, and saves the on-demand price of each hour
 * used.
 *
 * A reservation is a purchase, made by the account that pays the bill and never by Terraform: destroying a stack does
 * not end it. It covers whatever runs and matches, so it is bought for the part of the nodes that never goes away: the
 * minima of on-demand groups, not spot, and not what an autoscaler adds.
 *
 * @example
 * breakEven({ onDemandUsdPerHour: 0.096, upfrontUsd: 250, reservedUsdPerHour: 0.029, termYears: 1 }).utilization;
 */
export function breakEven({
  onDemandUsdPerHour,
  upfrontUsd,
  reservedUsdPerHour,
  termYears,
}: ReservationOffer): BreakEven {
  const term = termYears * HOURS_PER_YEAR;
  const committedUsd = upfrontUsd + reservedUsdPerHour * term;
  const hours = committedUsd / onDemandUsdPerHour;
  return {
    committedUsd,
    effectiveUsdPerHour: committedUsd / term,
    hours,
    utilization: hours / term,
    savingUsd: onDemandUsdPerHour * term - committedUsd,
  };
}

/**
 * Nodes to reserve so that `share` (0-1) of those that always run is paid in advance; rounded down, as too many are
 * wasted.
 */
export const reservedNodes = (alwaysRunning: number, share: number): number => Math.floor(alwaysRunning * share + 1e-9);
