import { type Check, duplicates } from '../../check';
import type { Percent, Rate } from '../../units';

/** What a group of instances is held at, by adding and removing some. */
export type TrackedTarget =
  /** Average CPU of the group (more than 0, at most 100 %). */
  | { readonly on: 'cpu'; readonly utilization: Percent }
  /** Requests that each instance gets from an application load balancer, counted over a minute. */
  | {
      readonly on: 'requests-per-target';
      /** Requests a minute and instance (whole, 1 or more); CloudWatch sums them over a minute. */
      readonly perMinute: number;
      /** `arn_suffix` of the load balancer: `app/<name>/<id>`. */
      readonly loadBalancer: string;
      /** `arn_suffix` of its target group: `targetgroup/<name>/<id>`. */
      readonly targetGroup: string;
    };

/** Targets, and what one instance can serve. */
export interface TargetTracking {
  /** Each metric once; the group grows for whichever asks for more, and shrinks when all agree. */
  readonly tracks: readonly TrackedTarget[];
  /** Requests that an instance can serve, measured. @default - unknown, and request targets are not judged */
  readonly capacity?: Rate;
}

/** A target below this part of what an instance can serve was most likely meant per second. */
const LEAST_USE = 0.2;

const SECONDS = 60;

/** The target of requests, if there is one. */
const requests = ({ tracks }: TargetTracking): number[] =>
  tracks.flatMap((target) => (target.on === 'requests-per-target' ? [target.perMinute] : []));

/** One decimal tells 16.7 from 1000. */
const perSecond = (perMinute: number): string => `${Math.round((perMinute / SECONDS) * 10) / 10}/s`;

const said = (tracking: TargetTracking): string =>
  requests(tracking)
    .map((perMinute) => `${perMinute} a minute, ${perSecond(perMinute)}`)
    .join(', ');

const against = ({ capacity }: TargetTracking): string =>
  capacity === undefined ? '' : perSecond(capacity.inPerMinute);

const metricOf = (target: TrackedTarget): string => (target.on === 'cpu' ? 'cpu' : `requests of ${target.targetGroup}`);

/** What is asked of targets; `asg-` as they are those of an Auto Scaling group. */
export const TARGET_TRACKING_CHECKS: readonly Check<TargetTracking>[] = [
  {
    id: 'asg-cpu-target-is-possible',
    prop: 'tracks',
    holds: ({ tracks }) =>
      tracks.every(
        (target) =>
          target.on !== 'cpu' || (target.utilization.inBasisPoints > 0 && target.utilization.inBasisPoints <= 10_000),
      ),
    rule: 'must hold CPU at more than 0 and at most 100 %',
    received: ({ tracks }) => tracks.flatMap((target) => (target.on === 'cpu' ? [target.utilization] : [])),
    remedy: 'use 75 %: it leaves room for the minutes that a new instance takes',
  },
  {
    id: 'asg-request-target-is-possible',
    prop: 'tracks',
    holds: (tracking) => requests(tracking).every((perMinute) => Number.isSafeInteger(perMinute) && perMinute >= 1),
    rule: 'must hold requests at a whole number of 1 or more a minute and instance',
    received: requests,
    remedy: 'count requests a minute, not a second',
  },
  {
    id: 'asg-metrics-are-tracked-once',
    prop: 'tracks',
    holds: ({ tracks }) => duplicates(tracks.map(metricOf)).length === 0,
    rule: 'must name each metric once',
    received: ({ tracks }) => duplicates(tracks.map((target) => target.on)),
    remedy: 'keep the lower target',
  },
  {
    id: 'asg-request-target-is-below-capacity',
    severity: 'warning',
    prop: 'tracks',
    holds: (tracking) =>
      tracking.capacity === undefined ||
      requests(tracking).every((perMinute) => perMinute < (tracking.capacity?.inPerMinute ?? Number.NaN)),
    rule: (tracking) => `should stay below what an instance can serve, ${against(tracking)}, or it is added too late`,
    received: said,
    remedy: 'lower the target to about 70 % of the capacity',
  },
  {
    id: 'asg-request-target-uses-its-instances',
    severity: 'warning',
    prop: 'tracks',
    holds: (tracking) =>
      tracking.capacity === undefined ||
      requests(tracking).every((perMinute) => perMinute >= (tracking.capacity?.inPerMinute ?? Number.NaN) * LEAST_USE),
    rule: (tracking) =>
      `should be at least a fifth of what an instance can serve, ${against(tracking)}: it counts a minute, not a second`,
    received: said,
    remedy: 'multiply it by 60 if it was meant per second',
  },
];
