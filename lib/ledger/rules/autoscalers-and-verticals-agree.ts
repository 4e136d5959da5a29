import type { Autoscaler, VerticalAutoscaler } from '../facts';
import { autoscalersByTarget, targetKey } from '../pack/demand';
import type { Rule } from '../rule';

/** A vertical autoscaler leaves alone what a horizontal one measures. */
export const autoscalersAndVerticalsAgree: Rule = {
  id: 'autoscalers-and-verticals-agree',
  severity: 'error',
  protects:
    'utilization is usage over request: as one autoscaler moves the request, the other moves the number of pods, and neither rests',
  formula: 'resources that the VPA sets (mode other than Off) and resources that the HPA measures have none in common',
  source: 'kubernetes/autoscaler, vertical-pod-autoscaler/docs/known-limitations.md',
  scenarios: ['ordinary'],
  judge: (facts) => {
    const byTarget = autoscalersByTarget(facts);
    return facts.verticals.flatMap((vertical) => {
      const own = byTarget.get(targetKey(vertical.target)) ?? [];
      return own.map((autoscaler) => {
        const both = measured(autoscaler).filter((resource) => controlled(vertical).includes(resource));
        const said = {
          subject: `${vertical.id} with ${autoscaler.id}`,
          evidence: [vertical.evidence('/spec/resourcePolicy'), autoscaler.evidence('/spec/metrics')],
          arithmetic: `${vertical.id} (${vertical.mode}) sets ${list(controlled(vertical))}; ${autoscaler.id} measures ${list(measured(autoscaler))}`,
        };
        return both.length === 0
          ? { outcome: 'holds', ...said }
          : { outcome: 'broken', ...said, remedy: remedyFor(both) };
      });
    });
  },
};

type Resource = 'cpu' | 'memory';

const list = (resources: readonly Resource[]): string => (resources.length === 0 ? 'nothing' : resources.join(' and '));

/** Resources by whose share of the request pods are counted. Metrics of absolute amounts do not look at requests. */
const measured = ({ metrics }: Autoscaler): readonly Resource[] =>
  (['cpu', 'memory'] as const).filter((resource) =>
    metrics.some(
      ({ on, name, utilization }) =>
        utilization !== undefined && (on === resource || (on === 'container' && name === resource)),
    ),
  );

/** What it changes: everything of all containers, unless its policies say less. */
function controlled({ mode, policies }: VerticalAutoscaler): readonly Resource[] {
  if (mode === 'Off') return [];
  const active = policies.filter((policy) => policy.mode === 'Auto');
  const isForAll = policies.some(({ container }) => container === '*');
  const resources = new Set([...active.flatMap((policy) => policy.controlled), ...(isForAll ? [] : BOTH)]);
  return BOTH.filter((resource) => resources.has(resource));
}

const BOTH: readonly Resource[] = ['cpu', 'memory'];

function remedyFor(both: readonly Resource[]): string {
  const [first, second] = both;
  const other = first === 'cpu' ? 'memory' : 'cpu';
  return second === undefined
    ? `set controlledResources to [${other}] for every container (policy *), or updateMode to Off, or scale on another metric`
    : 'set updateMode to Off, or scale on a metric that is no share of a request';
}
