import { withDefaults } from '../../check';
import { Duration, Percent } from '../../units';
import { type AnalysisMetric, timed } from './analysis';
import type { BlueGreenSpec, CanarySpec, CanaryStep, RolloutSpec } from './rollout';

/** A rollout of the service of that name, before its defaults. */
export type Named<S extends RolloutSpec> = S & { readonly name: string };

const WATCH = Duration.minutes(30);

/** How much longer than the watch old pods are kept: time to see, decide and switch. */
const WAY_BACK = Duration.minutes(15);

const RELEASE = {
  rollbackWithin: Duration.minutes(5),
  abortScaleDownDelay: Duration.minutes(5),
  revisionHistoryLimit: 5,
  rollbackRevisions: 3,
} as const;

const BLUE_GREEN = {
  ...RELEASE,
  promotion: 'manual',
  watch: WATCH,
  activeService: 'cluster-ip',
  plainName: 'alias',
  behind: 'cluster',
} as const satisfies Partial<BlueGreenSpec>;

/** A blue-green release with its defaults. */
export type BlueGreenPlan = Named<BlueGreenSpec> &
  Required<
    Pick<
      BlueGreenSpec,
      keyof typeof BLUE_GREEN | 'rolloutName' | 'activeServiceName' | 'previewServiceName' | 'scaleDownDelay'
    >
  >;

/** A blue-green release of a service with its defaults. */
export function blueGreenPlan(spec: Named<BlueGreenSpec>): BlueGreenPlan {
  const plan = withDefaults(BLUE_GREEN, spec);
  return withDefaults(
    {
      rolloutName: plan.name,
      activeServiceName: `${plan.name}-active`,
      previewServiceName: `${plan.name}-preview`,
      scaleDownDelay: plan.watch.plus(WAY_BACK),
    },
    plan,
  );
}

const STEP_PAUSE = Duration.minutes(10);

/** 10 %, a pause, 50 %, a pause, everybody, and the watch. */
const steps = (watch: Duration): readonly CanaryStep[] => [
  { weight: Percent.of(10) },
  { pause: STEP_PAUSE },
  { weight: Percent.of(50) },
  { pause: STEP_PAUSE },
  { weight: Percent.of(100) },
  { pause: watch },
];

const CANARY = { ...RELEASE, watch: WATCH, analysisFrom: 1 } as const satisfies Partial<CanarySpec>;

/** A canary with its defaults. */
export type CanaryPlan = Named<CanarySpec> &
  Required<Pick<CanarySpec, keyof typeof CANARY | 'rolloutName' | 'steps'>> & {
    /** Service of the old version through Istio; one of the two that take turns through an ALB. */
    readonly stableServiceName: string;
    /** Service of the new version through Istio; the other one through an ALB. */
    readonly canaryServiceName: string;
  };

/** A canary of a service with its defaults. */
export function canaryPlan(spec: Named<CanarySpec>): CanaryPlan {
  const plan = withDefaults(CANARY, spec);
  const [stable, canary] = plan.traffic.through === 'alb' ? ['ping', 'pong'] : ['stable', 'canary'];
  return withDefaults(
    { rolloutName: plan.name, steps: steps(plan.watch) },
    { ...plan, stableServiceName: `${plan.name}-${stable}`, canaryServiceName: `${plan.name}-${canary}` },
  );
}

const isPause = (step: CanaryStep): step is Extract<CanaryStep, { readonly pause: unknown }> => 'pause' in step;

/** Shares of the steps, in percent. */
export const weights = (steps: readonly CanaryStep[]): number[] =>
  steps.flatMap((step) => (isPause(step) ? [] : [Math.round(step.weight.toRatio() * 10_000) / 100]));

/** Time that the steps take beside starting pods; undefined if a person decides about it. */
export function pausedFor(steps: readonly CanaryStep[]): Duration | undefined {
  const pauses = steps.filter(isPause).map(({ pause }) => pause);
  return pauses.reduce<Duration | undefined>(
    (sum, pause) => (sum === undefined || pause === 'until-promoted' ? undefined : sum.plus(pause)),
    Duration.seconds(0),
  );
}

/** Time for which all users are on the new version before the old pods go; undefined if a person decides about it. */
export function watchedFor(steps: readonly CanaryStep[]): Duration | undefined {
  const last = steps.findLastIndex((step) => !isPause(step));
  return pausedFor(steps.slice(last + 1));
}

/** What Prometheus is asked before a promotion. */
export const metricsBefore = ({ before }: BlueGreenPlan): readonly AnalysisMetric[] =>
  timed(before?.metrics ?? [], { by: 'count' });

/** What Prometheus is asked while a promotion is watched. */
export const metricsAfter = ({ after, watch }: BlueGreenPlan): readonly AnalysisMetric[] =>
  timed(after?.metrics ?? [], { by: 'watch', watch });

/** What Prometheus is asked beside the steps of a canary. */
export const metricsBeside = ({ analysis }: CanaryPlan): readonly AnalysisMetric[] =>
  timed(analysis?.metrics ?? [], { by: 'release' });
