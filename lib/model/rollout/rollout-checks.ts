import { type Check, duplicates, type Finding, inspect, isDnsLabel, isWholeWithin } from '../../check';
import { Duration } from '../../units';
import { type AnalysisMetric, rollbackTime } from './analysis';
import { inspectAnalysis } from './analysis-checks';
import { CANARY_CHECKS } from './canary-checks';
import type { RolloutSpec } from './rollout';
import {
  type BlueGreenPlan,
  blueGreenPlan,
  type CanaryPlan,
  canaryPlan,
  metricsAfter,
  metricsBeside,
  type Named,
  pausedFor,
} from './rollout-plan';
import { inspectSmokeTest } from './smoke-test-checks';

/** What both strategies are asked. */
interface Release {
  readonly plan: BlueGreenPlan | CanaryPlan;
  /** Names of the objects that the service's name makes. */
  readonly services: readonly string[];
  /** What is measured while users are on the new version. */
  readonly metrics: readonly AnalysisMetric[];
}

const seconds = ({ inMillis }: Duration): number => inMillis / 1000;

const slowest = (metrics: readonly AnalysisMetric[]): Duration =>
  metrics.map(rollbackTime).reduce((most, time) => (time.isAtMost(most) ? most : time), Duration.seconds(0));

/** What is said about a release of either strategy, with its defaults. */
export const ROLLOUT_CHECKS: readonly Check<Release>[] = [
  {
    id: 'rollout-names-are-dns-labels',
    prop: 'rolloutName',
    holds: ({ plan, services }) => [plan.rolloutName, ...services].every(isDnsLabel),
    rule: 'and names of its services must be 1-63 of a-z, 0-9 and inner hyphens',
    received: ({ plan, services }) => [plan.rolloutName, ...services].filter((name) => !isDnsLabel(name)),
    remedy: 'shorten the name of the service',
  },
  {
    id: 'rollout-services-differ',
    prop: 'services',
    holds: ({ services }) => duplicates(services).length === 0,
    rule: 'must have a name each: one of them would select both versions',
    received: ({ services }) => duplicates(services),
    remedy: 'leave the names out',
  },
  {
    id: 'rollout-rollback-time-is-bounded',
    prop: 'rollbackWithin',
    holds: ({ plan }) => isWholeWithin(seconds(plan.rollbackWithin), 60, 3600),
    rule: 'must be 1 min to 1 h in whole seconds',
    received: ({ plan }) => plan.rollbackWithin,
    remedy: 'use five minutes',
  },
  {
    id: 'rollout-rolls-back-within',
    prop: 'failureLimit',
    holds: ({ plan, metrics }) => slowest(metrics).isAtMost(plan.rollbackWithin),
    rule: ({ plan }) => `and interval must bring users back within ${plan.rollbackWithin} of the first bad measurement`,
    received: ({ metrics }) => slowest(metrics),
    remedy: 'measure more often, bear fewer failures, or raise rollbackWithin',
  },
  {
    id: 'rollout-abort-delay-is-bounded',
    prop: 'abortScaleDownDelay',
    holds: ({ plan }) => isWholeWithin(seconds(plan.abortScaleDownDelay), 30, 86_400),
    rule: 'must be 30 s to 1 day in whole seconds: with 0 the pods of a failed release would stay for ever',
    received: ({ plan }) => plan.abortScaleDownDelay,
    remedy: 'use five minutes',
  },
  {
    id: 'rollout-history-is-kept',
    prop: 'revisionHistoryLimit',
    holds: ({ plan }) => isWholeWithin(plan.revisionHistoryLimit, 3, 50),
    rule: 'must be a whole number from 3 to 50',
    received: ({ plan }) => plan.revisionHistoryLimit,
    remedy: 'use 5',
  },
  {
    id: 'rollout-window-is-in-the-history',
    prop: 'rollbackRevisions',
    holds: ({ plan }) =>
      isWholeWithin(plan.rollbackRevisions, 1, 10) && plan.rollbackRevisions <= plan.revisionHistoryLimit,
    rule: 'must be a whole number from 1 to 10 and at most revisionHistoryLimit',
    received: ({ plan }) => plan.rollbackRevisions,
    remedy: 'use 3',
  },
  {
    id: 'rollout-watch-is-bounded',
    prop: 'watch',
    holds: ({ plan }) => isWholeWithin(seconds(plan.watch), 60, 86_400),
    rule: 'must be 1 min to 1 day in whole seconds',
    received: ({ plan }) => plan.watch,
    remedy: 'use 30 minutes',
  },
  {
    id: 'rollout-release-is-watched',
    prop: ({ plan }) => (plan.strategy === 'canary' ? 'analysis' : 'after'),
    severity: 'warning',
    holds: ({ metrics }) => metrics.length > 0,
    rule: 'should say what is measured: without it only a person takes users back',
    received: () => undefined,
    remedy: 'measure at least a success rate',
  },
];

/** What is said about a blue-green release, with its defaults. */
export const BLUE_GREEN_CHECKS: readonly Check<BlueGreenPlan>[] = [
  {
    id: 'rollout-blue-green-outlives-its-watch',
    prop: 'scaleDownDelay',
    holds: ({ scaleDownDelay, watch, rollbackWithin }) =>
      isWholeWithin(seconds(scaleDownDelay), 30, 2 * 86_400) && watch.plus(rollbackWithin).isAtMost(scaleDownDelay),
    rule: ({ watch, rollbackWithin }) =>
      `must be whole seconds up to 2 days that hold watch and rollbackWithin, together ${watch.plus(rollbackWithin)}`,
    remedy: 'leave it out: it is then the watch and 15 minutes',
  },
  {
    id: 'rollout-promotion-is-bounded',
    prop: 'promotion',
    holds: ({ promotion }) => promotion === 'manual' || isWholeWithin(seconds(promotion.after), 1, 7 * 86_400),
    rule: 'must be manual, or after 1 s to 7 days in whole seconds',
    remedy: 'leave it out for a person',
  },
  {
    id: 'rollout-automatic-promotion-is-tested',
    prop: 'promotion',
    severity: 'warning',
    holds: ({ promotion, smokeTest, before }) =>
      promotion === 'manual' || smokeTest !== undefined || before !== undefined,
    rule: 'should be tested first: by itself time promotes anything that starts',
    remedy: 'add a smokeTest',
  },
  {
    id: 'rollout-blue-green-is-not-behind-a-load-balancer',
    prop: 'behind',
    holds: ({ behind }) => behind === 'cluster',
    rule: 'must be cluster: an ALB that holds pods takes the old ones out before the new ones are healthy, as Argo Rollouts documents, and no readiness gate reaches pods whose Service changes its selector',
    remedy: 'put a proxy of the cluster between them, or use a canary through the ALB',
  },
];

const common = (path: string, release: Release): Finding[] => [
  ...inspect(path, release, ROLLOUT_CHECKS),
  ...(release.plan.smokeTest ? inspectSmokeTest(path, release.plan.smokeTest) : []),
];

function inspectBlueGreen(path: string, plan: BlueGreenPlan): Finding[] {
  const { name, plainName, activeServiceName, previewServiceName } = plan;
  const services = [activeServiceName, previewServiceName, ...(plainName === 'alias' ? [name] : [])];
  return [
    ...common(path, { plan, services, metrics: metricsAfter(plan) }),
    ...inspect(path, plan, BLUE_GREEN_CHECKS),
    ...(plan.before ? inspectAnalysis(path, 'before', plan.before, { by: 'count' }) : []),
    ...(plan.after ? inspectAnalysis(path, 'after', plan.after, { by: 'watch', watch: plan.watch }) : []),
  ];
}

function inspectCanary(path: string, plan: CanaryPlan): Finding[] {
  const { name, stableServiceName, canaryServiceName, analysis } = plan;
  return [
    ...common(path, { plan, services: [name, stableServiceName, canaryServiceName], metrics: metricsBeside(plan) }),
    ...inspect(path, { ...plan, paused: pausedFor(plan.steps.slice(plan.analysisFrom)) }, CANARY_CHECKS),
    ...(analysis ? inspectAnalysis(path, 'analysis', analysis, { by: 'release' }) : []),
  ];
}

/** Everything that is wrong with the way a service is released. */
export const inspectRollout = (path: string, spec: Named<RolloutSpec>): Finding[] =>
  spec.strategy === 'blue-green' ? inspectBlueGreen(path, blueGreenPlan(spec)) : inspectCanary(path, canaryPlan(spec));
