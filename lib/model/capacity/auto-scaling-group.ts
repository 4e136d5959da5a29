import { instanceType } from '../../catalog';
import { type Check, duplicates, type Finding, inspect, isDnsLabel, isWholeWithin, withDefaults } from '../../check';
import { Duration, Memory, type Percent } from '../../units';
import { nodeArchitecture } from '../cluster/node-types';
import { TARGET_TRACKING_CHECKS, type TargetTracking } from './target-tracking';

/** How much of a group may be bought as spot. */
export interface SpotPart {
  /** Part of the instances above the base that are spot (whole percent, 1-100). */
  readonly share: Percent;
  /** Instances that are always on demand (0-max). @default 1 */
  readonly onDemandBase?: number;
}

/** Equal EC2 instances that no cluster owns. */
export interface AutoScalingGroupSpec extends Partial<TargetTracking> {
  /** DNS label of at most 60 characters, unique in its account and region. */
  readonly name: string;
  /** EC2 types of one architecture, preferred first; spot needs at least 3 to choose from. */
  readonly instanceTypes: readonly string[];
  /** Instances kept at all times (0-max). */
  readonly min: number;
  /** Instances never exceeded (1-1000); an update may, for a while. */
  readonly max: number;
  /** Instances at creation (min-max); targets own the number from then on. */
  readonly desired: number;
  /** Time in which a new instance may fail its health check (whole seconds, 0-7200). @default Duration.seconds(300) */
  readonly healthGrace?: Duration;
  /**
   * Time until an instance does its part, and its metrics count (whole seconds, 0-3600).
   * @default Duration.minutes(2)
   */
  readonly warmup?: Duration;
  /** Buys some of the instances as spot. @default - all on demand */
  readonly spot?: SpotPart;
  /** Root volume of each instance (whole GiB, 8-16384). @default Memory.gib(30) */
  readonly rootVolume?: Memory;
}

const DEFAULTS = {
  tracks: [],
  healthGrace: Duration.seconds(300),
  warmup: Duration.minutes(2),
  rootVolume: Memory.gib(30),
} as const;

/** A declared group with its defaults. */
export type AutoScalingGroupPlan = AutoScalingGroupSpec & Required<Pick<AutoScalingGroupSpec, keyof typeof DEFAULTS>>;

/** The group with every default filled in. */
export const autoScalingGroupPlan = (spec: AutoScalingGroupSpec): AutoScalingGroupPlan => withDefaults(DEFAULTS, spec);

/** Instances of one group that a person still oversees. Larger ones are split. */
const MAX_INSTANCES = 1000;

const SPOT_CHOICE = 3;

const GIB = 2 ** 30;

const isWholeSeconds = (time: Duration, most: Duration): boolean => time.inMillis % 1000 === 0 && time.isAtMost(most);

const unknown = ({ instanceTypes }: AutoScalingGroupPlan): string[] =>
  instanceTypes.filter((name) => instanceType(name) === undefined);

/** What is asked of the group itself. */
export const AUTO_SCALING_GROUP_CHECKS: readonly Check<AutoScalingGroupPlan>[] = [
  {
    id: 'asg-name-is-short',
    prop: 'name',
    holds: ({ name }) => isDnsLabel(name) && name.length <= 60,
    rule: 'must be a DNS label of at most 60 characters',
    remedy: 'use a name such as alfred-agent',
  },
  {
    id: 'asg-max-is-possible',
    prop: 'max',
    holds: ({ max }) => isWholeWithin(max, 1, MAX_INSTANCES),
    rule: `must be a whole number of instances from 1 to ${MAX_INSTANCES}`,
    remedy: 'split larger groups',
  },
  {
    id: 'asg-min-is-possible',
    prop: 'min',
    holds: ({ min, max }) => isWholeWithin(min, 0, max),
    rule: ({ max }) => `must be a whole number of instances from 0 to max ${max}`,
    remedy: 'use 2, one in each of two zones',
  },
  {
    id: 'asg-desired-is-within-bounds',
    prop: 'desired',
    holds: ({ min, desired, max }) => isWholeWithin(desired, min, max),
    rule: ({ min, max }) => `must be a whole number from min ${min} to max ${max}`,
    remedy: 'move the bound or the number',
  },
  {
    id: 'asg-types-are-known',
    prop: 'instanceTypes',
    holds: (plan) =>
      plan.instanceTypes.length > 0 && unknown(plan).length === 0 && duplicates(plan.instanceTypes).length === 0,
    rule: 'must name at least one type of the catalog, and each once',
    remedy: 'list the types in the order you prefer them',
  },
  {
    id: 'asg-types-share-an-architecture',
    prop: 'instanceTypes',
    holds: (plan) =>
      plan.instanceTypes.length === 0 || unknown(plan).length > 0 || nodeArchitecture(plan.instanceTypes) !== undefined,
    rule: 'must share one architecture, as a group has one machine image',
    remedy: 'make one group for amd64 and one for arm64',
  },
  {
    id: 'asg-health-grace-is-possible',
    prop: 'healthGrace',
    holds: ({ healthGrace }) => isWholeSeconds(healthGrace, Duration.hours(2)),
    rule: 'must be whole seconds from 0 to 7200',
    remedy: 'use 300 s, and longer than an instance takes to start',
  },
  {
    id: 'asg-warmup-is-possible',
    prop: 'warmup',
    holds: ({ warmup }) => isWholeSeconds(warmup, Duration.hours(1)),
    rule: 'must be whole seconds from 0 to 3600',
    remedy: 'use what an instance takes until it serves',
  },
  {
    id: 'asg-root-volume-is-possible',
    prop: 'rootVolume',
    holds: ({ rootVolume: { inBytes } }) => isWholeWithin(inBytes / GIB, 8, 16_384),
    rule: 'must be a whole number of GiB from 8Gi to 16Ti',
    remedy: 'use 30Gi: the image alone takes 8',
  },
  {
    id: 'asg-spot-share-is-possible',
    prop: 'spot.share',
    holds: ({ spot }) => spot === undefined || isWholeWithin(spot.share.inBasisPoints / 100, 1, 100),
    rule: 'must be a whole percentage from 1 to 100',
    received: ({ spot }) => spot?.share,
    remedy: 'leave spot out for none',
  },
  {
    id: 'asg-on-demand-base-is-possible',
    prop: 'spot.onDemandBase',
    holds: ({ spot, max }) => isWholeWithin(spot?.onDemandBase ?? 0, 0, max),
    rule: ({ max }) => `must be a whole number of instances from 0 to max ${max}`,
    received: ({ spot }) => spot?.onDemandBase,
    remedy: 'use 1: one instance then never goes at two minutes notice',
  },
  {
    id: 'asg-spot-has-a-choice',
    severity: 'warning',
    prop: 'instanceTypes',
    holds: ({ spot, instanceTypes }) => spot === undefined || instanceTypes.length >= SPOT_CHOICE,
    rule: `should name at least ${SPOT_CHOICE} types for spot capacity`,
    remedy: 'add types of the same size from other families',
  },
  {
    id: 'asg-survives-an-instance',
    severity: 'warning',
    prop: 'min',
    holds: ({ min }) => min >= 2,
    rule: 'should be at least 2, so that one may fail',
    remedy: 'use 2, one in each of two zones',
  },
  ...TARGET_TRACKING_CHECKS,
];

/** Everything wrong with a declared group. */
export const inspectAutoScalingGroup = (path: string, spec: AutoScalingGroupSpec): Finding[] =>
  inspect(path, autoScalingGroupPlan(spec), AUTO_SCALING_GROUP_CHECKS);
