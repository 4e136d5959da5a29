import { type Check, duplicates } from '../../check';
import { Duration, Percent } from '../../units';
import type { RolloutSpec } from '../rollout';
import type { ScalingPolicy } from '../scaling';
import { servicePeak } from '../service/peak';
import {
  CHAOS_DAYS,
  type ChaosExperimentSpec,
  chaosWindow,
  faultDuration,
  isSentence,
  minuteOfDay,
  podsHit,
} from './chaos';

/** What experiments need to know of a service. */
export interface Hit {
  readonly name: string;
  readonly scaling: ScalingPolicy;
  readonly rollout?: RolloutSpec;
  readonly connections: readonly { readonly to: string; readonly name?: string }[];
}

/** One experiment among the others, and what it is made for. */
export interface Experiment {
  readonly experiment: ChaosExperimentSpec;
  readonly hours: { readonly from: number; readonly to: number };
  readonly service: Hit | undefined;
  readonly services: readonly Hit[];
}

/** Pods of a service that may be gone at a time: what its disruption budget says. */
const BUDGET = 1;

/** Of two pods and more, rounded up, half leaves at least one alone. */
const MOST_HIT = Percent.of(50);
const SHORTEST = Duration.seconds(10);
const LONGEST = Duration.hours(1);

const isBetween = (value: Duration, from: Duration, to: Duration): boolean =>
  from.isAtMost(value) && value.isAtMost(to);

const target = ({ experiment }: Experiment): string | undefined =>
  experiment.action === 'pod-kill' ? undefined : experiment.to;

/** What is said about each experiment. */
export const CHAOS_EXPERIMENT_CHECKS: readonly Check<Experiment>[] = [
  {
    id: 'chaos-has-a-hypothesis',
    prop: 'hypothesis',
    holds: ({ experiment }) => isSentence(experiment.hypothesis),
    rule: 'must say in a sentence what is expected to go on as before',
    received: ({ experiment }) => experiment.hypothesis,
    remedy: 'write what users should notice: nothing, or what exactly',
  },
  {
    id: 'chaos-hits-a-declared-service',
    prop: 'service',
    holds: ({ service }) => service !== undefined,
    rule: ({ services }) => `must be one of ${services.map(({ name }) => name).join(', ') || 'no services'}`,
    received: ({ experiment }) => experiment.service,
    remedy: 'name a service of this environment',
  },
  {
    id: 'chaos-hits-what-runs-twice',
    prop: 'service',
    holds: ({ service }) => service === undefined || service.scaling.min >= 2,
    rule: 'must always run at least 2 pods: with one, the outcome is known and is an outage',
    received: ({ experiment, service }) => `${experiment.service} with a minimum of ${service?.scaling.min}`,
    remedy: 'raise its minimum, or hit another service',
  },
  {
    id: 'chaos-share-is-bounded',
    prop: 'share',
    holds: ({ experiment: { share } }) =>
      share === undefined ||
      (share.inBasisPoints % 100 === 0 && Percent.of(1).isAtMost(share) && share.isAtMost(MOST_HIT)),
    rule: `must be whole percent from 1% to ${MOST_HIT}`,
    received: ({ experiment }) => experiment.share,
    remedy: 'leave it out for one pod',
  },
  {
    id: 'chaos-stays-within-the-budget',
    prop: 'share',
    holds: ({ experiment, service }) =>
      experiment.action !== 'pod-kill' || service === undefined || podsHit(experiment, servicePeak(service)) <= BUDGET,
    rule: `must not kill more pods at a time than the disruption budget lets go: ${BUDGET}`,
    received: ({ experiment, service }) =>
      `${experiment.share} of up to ${service && servicePeak(service)} pods: ${service && podsHit(experiment, servicePeak(service))}`,
    remedy: 'leave share out for one pod',
  },
  {
    id: 'chaos-follows-a-declared-connection',
    prop: 'to',
    holds: (subject) => {
      const { service } = subject;
      const to = target(subject);
      return (
        to === undefined ||
        service === undefined ||
        service.connections.some((connection) => connection.to === 'service' && connection.name === to)
      );
    },
    rule: ({ service }) => `must be a service that ${service?.name} declares a connection to: others are closed anyway`,
    received: target,
    remedy: 'name a service among its connections',
  },
  {
    id: 'chaos-duration-is-bounded',
    prop: 'duration',
    holds: ({ experiment }) => {
      const duration = faultDuration(experiment);
      return (
        experiment.action === 'pod-kill' || (duration.inMillis % 1000 === 0 && isBetween(duration, SHORTEST, LONGEST))
      );
    },
    rule: `must be whole seconds from ${SHORTEST} to ${LONGEST}: long before it comes again`,
    received: ({ experiment }) => faultDuration(experiment),
    remedy: 'use 5m',
  },
  {
    id: 'chaos-latency-is-bounded',
    prop: 'latency',
    holds: ({ experiment }) =>
      experiment.action !== 'delay' ||
      (isBetween(experiment.latency, Duration.millis(1), Duration.seconds(10)) &&
        (experiment.jitter === undefined || experiment.jitter.isAtMost(experiment.latency))),
    rule: 'must be from 1ms to 10s, and jitter at most as much',
    received: ({ experiment }) => (experiment.action === 'delay' ? [experiment.latency, experiment.jitter] : []),
    remedy: 'add about as much as a distant region would',
  },
  {
    id: 'chaos-days-are-working-days',
    prop: 'days',
    holds: ({ experiment: { days } }) =>
      days.length > 0 && duplicates(days).length === 0 && days.every((day) => CHAOS_DAYS.includes(day)),
    rule: `must be at least one of ${CHAOS_DAYS.join(', ')}, each once`,
    received: ({ experiment }) => experiment.days,
    remedy: 'choose days on which people are at work',
  },
  {
    id: 'chaos-ends-within-its-hours',
    prop: 'at',
    holds: ({ experiment, hours }) => {
      const { from, to } = chaosWindow(experiment);
      return minuteOfDay(experiment.at) !== undefined && from >= hours.from * 60 && to <= hours.to * 60;
    },
    rule: ({ hours: { from, to } }) =>
      `must be a time in UTC such as 10:00 that begins and, 5 minutes late and settled, ends between ${from} and ${to} o'clock`,
    received: ({ experiment }) => experiment.at,
    remedy: 'move it, or change chaos.hours',
  },
];
