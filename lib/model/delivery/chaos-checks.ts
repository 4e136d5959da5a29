import { type Check, duplicates, type Finding, inspect, isDnsLabel, isWholeWithin } from '../../check';
import { type ChaosExperimentSpec, type ChaosSpec, chaosHours, chaosWindow, isSentence } from './chaos';
import { CHAOS_EXPERIMENT_CHECKS, type Hit } from './chaos-experiment-checks';

/** What this file asks of an environment. */
interface Tried {
  readonly stage: 'development' | 'staging' | 'production';
  readonly services: readonly Hit[];
  readonly chaos?: ChaosSpec;
}

const experimentsOf = ({ chaos }: Tried): readonly ChaosExperimentSpec[] => chaos?.experiments ?? [];

/** Pairs that are felt at the same time on one day: together they hit more than either may. */
const overlapping = (environment: Tried): string[] => {
  const experiments = experimentsOf(environment);
  return experiments.flatMap((one, index) =>
    experiments.slice(index + 1).flatMap((other) => {
      const [a, b] = [chaosWindow(one), chaosWindow(other)];
      const meet = one.days.some((day) => other.days.includes(day)) && a.from < b.to && b.from < a.to;
      return meet ? [`${one.name} at ${one.at} and ${other.name} at ${other.at}`] : [];
    }),
  );
};

/** What is said about all experiments together. */
export const CHAOS_CHECKS: readonly Check<Tried>[] = [
  {
    id: 'chaos-spares-production',
    prop: 'chaos',
    holds: ({ stage, chaos }) =>
      chaos === undefined || stage !== 'production' || isSentence(chaos.productionBecause ?? ''),
    rule: 'must be left out in production, or say in a sentence why users are to be exposed to it',
    received: ({ chaos }) => chaos?.productionBecause,
    remedy: 'try it in staging, or set productionBecause',
  },
  {
    id: 'chaos-has-experiments',
    prop: 'chaos.experiments',
    holds: ({ chaos }) => chaos === undefined || chaos.experiments.length > 0,
    rule: 'must be at least one: the agents that could do harm would run for nothing',
    received: ({ chaos }) => chaos?.experiments,
    remedy: 'declare an experiment, or leave chaos out',
  },
  {
    id: 'chaos-names-are-distinct',
    prop: 'chaos.experiments',
    holds: (environment) =>
      duplicates(experimentsOf(environment).map(({ name }) => name)).length === 0 &&
      experimentsOf(environment).every(({ name }) => isDnsLabel(name) && name.length <= 40),
    rule: 'must have distinct names of 1-40 of a-z, 0-9 and inner hyphens',
    received: (environment) => experimentsOf(environment).map(({ name }) => name),
    remedy: 'name each after what it does to whom',
  },
  {
    id: 'chaos-hours-are-a-part-of-the-day',
    prop: 'chaos.hours',
    holds: ({ chaos }) => {
      if (chaos === undefined) return true;
      const { from, to } = chaosHours(chaos);
      return isWholeWithin(from, 0, 24) && isWholeWithin(to, 0, 24) && from < to;
    },
    rule: 'must be whole hours from 0 to 24, the first before the last',
    received: ({ chaos }) => [chaos?.hours?.from, chaos?.hours?.to],
    remedy: 'use the hours in UTC at which people are at work',
  },
  {
    id: 'chaos-comes-one-at-a-time',
    prop: 'chaos.experiments',
    holds: (environment) => overlapping(environment).length === 0,
    rule: 'must not be felt at the same time: each may begin 5 minutes late, and needs 10 minutes to settle',
    received: overlapping,
    remedy: 'move one of them to another hour or day',
  },
];

/** Everything that is wrong with experiments. */
export function inspectChaos(path: string, environment: Tried): Finding[] {
  const { chaos, services } = environment;
  if (chaos === undefined) return [];
  const hours = chaosHours(chaos);
  return [
    ...inspect(path, environment, CHAOS_CHECKS),
    ...chaos.experiments.flatMap((experiment) =>
      inspect(
        `${path}/chaos/${experiment.name}`,
        { experiment, hours, services, service: services.find(({ name }) => name === experiment.service) },
        CHAOS_EXPERIMENT_CHECKS,
      ),
    ),
  ];
}
