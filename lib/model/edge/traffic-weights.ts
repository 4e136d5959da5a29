import { type Check, isWholeWithin } from '../../check';
import type { Percent } from '../../units';

/** Shares of requests by the name of a target group: any whole numbers, which count in proportion (0-999). */
export type TrafficWeights = Readonly<Record<string, number>>;

/** Target groups among which one rule can split requests. */
const MAX_GROUPS = 5;

/** Requests that are split, and the groups that there are. */
export interface SplitTraffic {
  /** Names of the target groups behind the load balancer. */
  readonly groupNames: readonly string[];
  /** Share of each; one that is not named gets none. */
  readonly weights: TrafficWeights;
}

/**
 * Weights of two sets of pods by the share of the new one, so that a shift and the way back are one number:
 * `blueGreenWeights(Percent.of(10))`, then 50, then 100; 0 is the rollback. They take effect within seconds, and no client
 * has to ask DNS again. A group without healthy pods answers its share with 503: give it pods before a weight.
 *
 * @param green Share of `green` (whole percent, 0-100); `blue` gets the rest.
 */
export const blueGreenWeights = (green: Percent): Readonly<Record<'blue' | 'green', number>> => ({
  blue: 100 - green.toPercent(),
  green: green.toPercent(),
});

const sum = (weights: TrafficWeights): number => Object.values(weights).reduce((total, weight) => total + weight, 0);

/** What a weighted rule of an Application Load Balancer takes. */
export const TRAFFIC_WEIGHT_CHECKS: readonly Check<SplitTraffic>[] = [
  {
    id: 'traffic-weights-are-whole',
    prop: 'weights',
    holds: ({ weights }) => Object.values(weights).every((weight) => isWholeWithin(weight, 0, 999)),
    rule: 'must be whole numbers from 0 to 999',
    remedy: 'use percentages',
  },
  {
    id: 'traffic-weights-add-up',
    prop: 'weights',
    holds: ({ weights }) => sum(weights) > 0,
    rule: 'must be above 0 together, or every request is answered with 503',
    remedy: 'give all to the group that serves now',
  },
  {
    id: 'traffic-weights-name-groups',
    prop: 'weights',
    holds: ({ groupNames, weights }) => Object.keys(weights).every((name) => groupNames.includes(name)),
    rule: ({ groupNames }) => `must name target groups, which are ${groupNames.join(', ') || 'none'}`,
    received: ({ weights }) => Object.keys(weights),
    remedy: 'use the name of a target group',
  },
  {
    id: 'traffic-goes-to-one-to-five-groups',
    prop: 'targetGroups',
    holds: ({ groupNames }) => groupNames.length >= 1 && groupNames.length <= MAX_GROUPS,
    rule: `must be 1 to ${MAX_GROUPS} target groups: a rule splits requests among no more`,
    received: ({ groupNames }) => groupNames,
    remedy: 'use another load balancer for what else there is',
  },
];
