import {
  breakEven,
  inspectReservation,
  RESERVATION_CHECKS,
  type ReservationOffer,
  reservedNodes,
} from '../../../lib/model/cost/reservation';
import { allIds, ids } from '../../support/findings';

/** A year of 8760 hours for 438 USD at once and 0.05 an hour, against 0.2 on demand. */
const offer: ReservationOffer = { onDemandUsdPerHour: 0.2, upfrontUsd: 438, reservedUsdPerHour: 0.05, termYears: 1 };

describe('breakEven', () => {
  test('pays once half of the year is used', () => {
    // 438 + 0.05 x 8760 = 876, which is 4380 hours on demand.
    const { committedUsd, effectiveUsdPerHour, hours, utilization, savingUsd } = breakEven(offer);
    expect(committedUsd).toBeCloseTo(876);
    expect(effectiveUsdPerHour).toBeCloseTo(0.1);
    expect(hours).toBeCloseTo(4380);
    expect(utilization).toBeCloseTo(0.5);
    expect(savingUsd).toBeCloseTo(876);
  });

  test('an offer that costs more than on demand never pays', () => {
    const { utilization, savingUsd } = breakEven({ ...offer, reservedUsdPerHour: 0.2 });
    expect(utilization).toBeGreaterThan(1);
    expect(savingUsd).toBeCloseTo(-438);
  });

  test('three years share one payment', () => {
    expect(breakEven({ ...offer, termYears: 3 }).effectiveUsdPerHour).toBeCloseTo(0.05 + 438 / 26_280);
  });
});

test.each([
  { running: 6, share: 0.5, nodes: 3 },
  { running: 5, share: 0.5, nodes: 2 },
  { running: 10, share: 0.3, nodes: 3 },
  { running: 0, share: 0.5, nodes: 0 },
])('$share of $running nodes that always run is $nodes reserved', ({ running, share, nodes }) => {
  expect(reservedNodes(running, share)).toBe(nodes);
});

const broken: readonly (readonly [string, Partial<ReservationOffer>])[] = [
  ['reservation-has-a-price-to-beat', { onDemandUsdPerHour: 0 }],
  ['reservation-has-a-price-to-beat', { onDemandUsdPerHour: Number.NaN }],
  ['reservation-upfront-is-a-price', { upfrontUsd: -1 }],
  ['reservation-hour-is-a-price', { reservedUsdPerHour: -0.01 }],
  ['reservation-hour-is-a-price', { reservedUsdPerHour: Number.POSITIVE_INFINITY }],
  ['reservation-term-is-offered', { termYears: 2 as 1 }],
];

describe('checks', () => {
  test.each(broken)('%s: %p', (check, given) => {
    expect(ids(inspectReservation('test', { ...offer, ...given }))).toEqual([check]);
  });

  test.each<Partial<ReservationOffer>>([{ upfrontUsd: 0 }, { reservedUsdPerHour: 0 }, { termYears: 3 }])(
    'nothing is said about %p',
    (given) => {
      expect(inspectReservation('test', { ...offer, ...given })).toEqual([]);
    },
  );

  test('every check has a failing row', () => {
    expect([...new Set(broken.map(([check]) => check))].sort()).toEqual(allIds(RESERVATION_CHECKS));
  });
});
