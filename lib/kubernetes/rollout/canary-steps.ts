import type { CanaryStep } from '../../model/rollout/rollout';
import type { CanaryPlan } from '../../model/rollout/rollout-plan';
import type { RolloutAnalysis, Step } from './rollout-kinds';

/** Steps of a canary as the API writes them. */
export interface CanarySteps {
  /** In order. */
  readonly steps: readonly Step[];
  /** Place among them of the step that the analysis beside them starts with. */
  readonly startingStep: number;
}

const written = (of: CanaryStep): Step => {
  if ('weight' in of) return { setWeight: of.weight.toPercent() };
  return { pause: of.pause === 'until-promoted' ? {} : { duration: of.pause.toString() } };
};

/**
 * The declared steps, after a test of as many pods as the first share of users needs. Those pods stay until they have that
 * share: a scale that followed the weight before there is one would be none, and users would get pods that were never tested.
 */
export function canarySteps({ steps, analysisFrom }: CanaryPlan, test: RolloutAnalysis | undefined): CanarySteps {
  const first = steps.findIndex((step) => 'weight' in step);
  const share = steps[first];
  const parts = steps.map((step, index): readonly Step[] =>
    test !== undefined && index === first
      ? [written(step), { setCanaryScale: { matchTrafficWeight: true } }]
      : [written(step)],
  );
  const tested: readonly Step[] =
    test !== undefined && share !== undefined && 'weight' in share
      ? [{ setCanaryScale: { weight: share.weight.toPercent() } }, { analysis: test }]
      : [];
  return {
    steps: [...tested, ...parts.flat()],
    startingStep: tested.length + parts.slice(0, analysisFrom).flat().length,
  };
}
