import { autoscalersByTarget } from '../pack/demand';
import type { Rule, Verdict } from '../rule';

/** One autoscaler for each target: of two, none acts. */
export const targetsHaveOneAutoscaler: Rule = {
  id: 'targets-have-one-autoscaler',
  severity: 'error',
  protects: 'two autoscalers of the same pods stop each other (AmbiguousSelector), or take turns in undoing each other',
  formula: 'HorizontalPodAutoscalers and ScaledObjects of a target <= 1',
  source: 'Kubernetes, podautoscaler/horizontal.go',
  scenarios: ['ordinary'],
  judge: (facts) =>
    [...autoscalersByTarget(facts).values()].flatMap((own): readonly Verdict[] => {
      const [first] = own;
      if (first === undefined) return [];
      const subject = `${first.target.kind} ${first.target.namespace === undefined ? '' : `${first.target.namespace}/`}${first.target.name}`;
      const evidence = own.map((one) => one.evidence('/spec/scaleTargetRef'));
      const arithmetic = `scaled by ${own.map(({ id }) => id).join(' and ')}`;
      return own.length === 1
        ? [{ outcome: 'holds', subject, evidence, arithmetic }]
        : [
            {
              outcome: 'broken',
              subject,
              evidence,
              arithmetic,
              remedy: 'keep one, with the metrics of both: the metric that asks for most pods decides',
            },
          ];
    }),
};
