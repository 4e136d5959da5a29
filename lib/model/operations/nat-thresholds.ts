import { type Check, withDefaults } from '../../check';
import { Percent } from '../../units';
import { numberWithin, shareWithin } from './threshold';

/** When a NAT gateway is worth waking somebody for. */
export interface NatThresholds {
  /** Connections in 5 minutes that found no port (0-1000000). @default 0 */
  readonly failedPorts?: number;
  /** Packets dropped, of all that passed, for 15 minutes (0.01-100 %). @default Percent.of(0.01) */
  readonly droppedPackets?: Percent;
}

const DEFAULTS = { failedPorts: 0, droppedPackets: Percent.of(0.01) } as const satisfies Required<NatThresholds>;

/** The thresholds with their defaults. */
export type NatThresholdPlan = Required<NatThresholds>;

/** Fills in the defaults. */
export const natThresholds = (thresholds: NatThresholds = {}): NatThresholdPlan => withDefaults(DEFAULTS, thresholds);

type T = NatThresholdPlan;

/** What is asked of each threshold. */
export const NAT_THRESHOLD_CHECKS: readonly Check<T>[] = [
  numberWithin<T>(
    'nat-alarm-failed-ports-are-possible',
    'failedPorts',
    [0, 1_000_000],
    'use 0: each is a request that failed',
  ),
  shareWithin<T>('nat-alarm-dropped-packets-are-a-share', 'droppedPackets', [0.01, 100], 'use 0.01 %, as AWS advises'),
];
