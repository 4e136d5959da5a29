import { type Check, type Finding, inspect, isWholeWithin, withDefaults } from '../../check';
import { Duration, Percent } from '../../units';

/** How sidecars pick a pod: the one with fewer open requests of two, each in turn, or any. */
export const MESH_BALANCING = ['LEAST_REQUEST', 'ROUND_ROBIN', 'RANDOM'] as const;
export type MeshBalancing = (typeof MESH_BALANCING)[number];

/** When a pod that answers with errors gets no requests for a while. Source: istio/api networking/v1, OutlierDetection. */
export interface OutlierSpec {
  /** Answers of 500 and above in a row, connections that failed included (1-1000). @default 5 */
  readonly consecutiveErrors?: number;
  /** How often pods are looked at (whole seconds, 1 s to 1 h). @default Duration.seconds(30) */
  readonly interval?: Duration;
  /** How long it gets nothing, times the number of its ejections (whole seconds, 1 s to 1 h). @default Duration.seconds(30) */
  readonly ejectFor?: Duration;
  /** Share of the pods that may be left out at once (whole percent, 1-100); more, and those left would drown. @default Percent.of(50) */
  readonly atMost?: Percent;
}

/** How the sidecars of callers treat the pods of a service. */
export interface MeshTrafficSpec {
  /** @default 'LEAST_REQUEST' */
  readonly balancing?: MeshBalancing;
  /** @default - 5 errors in 30 s leave a pod out for 30 s, half of them at most */
  readonly outliers?: OutlierSpec;
}

/** With every choice made. */
export interface MeshTrafficPlan {
  readonly balancing: MeshBalancing;
  readonly outliers: Required<OutlierSpec>;
}

const OUTLIERS = {
  consecutiveErrors: 5,
  interval: Duration.seconds(30),
  ejectFor: Duration.seconds(30),
  atMost: Percent.of(50),
} as const satisfies OutlierSpec;

/** The declaration with its defaults. */
export const meshTrafficPlan = ({ balancing = 'LEAST_REQUEST', outliers = {} }: MeshTrafficSpec): MeshTrafficPlan => ({
  balancing,
  outliers: withDefaults(OUTLIERS, outliers),
});

const isTime = (duration: Duration): boolean => isWholeWithin(duration.inMillis / 1000, 1, 3600);

/** What is said about balancing and ejection. */
export const MESH_TRAFFIC_CHECKS: readonly Check<MeshTrafficPlan>[] = [
  {
    id: 'mesh-traffic-balancing-is-known',
    prop: 'balancing',
    holds: ({ balancing }) => MESH_BALANCING.includes(balancing),
    rule: `must be one of ${MESH_BALANCING.join(', ')}`,
    remedy: 'leave it out for LEAST_REQUEST',
  },
  {
    id: 'mesh-traffic-errors-are-counted',
    prop: 'outliers.consecutiveErrors',
    holds: ({ outliers }) => isWholeWithin(outliers.consecutiveErrors, 1, 1000),
    rule: 'must be a whole number from 1 to 1000',
    received: ({ outliers }) => outliers.consecutiveErrors,
    remedy: 'leave it out for 5',
  },
  {
    id: 'mesh-traffic-interval-is-bounded',
    prop: 'outliers.interval',
    holds: ({ outliers }) => isTime(outliers.interval),
    rule: 'must be 1 s to 1 h in whole seconds',
    received: ({ outliers }) => outliers.interval,
    remedy: 'leave it out for 30 s',
  },
  {
    id: 'mesh-traffic-ejection-is-bounded',
    prop: 'outliers.ejectFor',
    holds: ({ outliers }) => isTime(outliers.ejectFor),
    rule: 'must be 1 s to 1 h in whole seconds',
    received: ({ outliers }) => outliers.ejectFor,
    remedy: 'leave it out for 30 s',
  },
  {
    id: 'mesh-traffic-ejection-is-a-share',
    prop: 'outliers.atMost',
    holds: ({ outliers }) => isWholeWithin(outliers.atMost.inBasisPoints / 100, 1, 100),
    rule: 'must be a whole percentage from 1 to 100',
    received: ({ outliers }) => outliers.atMost,
    remedy: 'leave it out for 50 %',
  },
];

/** Everything that is wrong with how sidecars should treat a service. */
export const inspectMeshTraffic = (path: string, spec: MeshTrafficSpec): Finding[] =>
  inspect(path, meshTrafficPlan(spec), MESH_TRAFFIC_CHECKS);
