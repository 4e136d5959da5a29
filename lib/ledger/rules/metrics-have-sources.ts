import type { Autoscaler, ScalingTarget } from '../facts';
import type { Rule, Verdict } from '../rule';
import { unknown } from './compared';
import { hasMetricsServer, isOfKeda, type MetricSource, metricSources } from './metric-sources';

const APIS: Readonly<Record<ScalingTarget['on'], 'resource' | 'custom' | 'external'>> = {
  cpu: 'resource',
  memory: 'resource',
  container: 'resource',
  pods: 'custom',
  object: 'custom',
  external: 'external',
};

/** Every metric that an autoscaler aims at is served by something. */
export const metricsHaveSources: Rule = {
  id: 'metrics-have-sources',
  severity: 'error',
  protects: 'an autoscaler whose metric nobody serves never scales up by it, and never scales down at all',
  formula: 'each pods, object and external metric of an HPA is the name that one rule of the metric adapter serves',
  source: 'kubernetes.io, Horizontal Pod Autoscaling: support for metrics APIs; prometheus-adapter docs/config.md',
  scenarios: ['ordinary'],
  judge: (facts) => {
    const sources = metricSources(facts);
    const hasUsage = hasMetricsServer(facts);
    return facts.autoscalers
      .filter(({ object }) => !isOfKeda(object))
      .flatMap((autoscaler) => autoscaler.metrics.map((metric) => verdictOf(hasUsage, autoscaler, metric, sources)));
  },
};

function verdictOf(
  hasUsage: boolean,
  { id, evidence }: Autoscaler,
  metric: ScalingTarget,
  sources: readonly MetricSource[],
): Verdict {
  const { on, name, pointer } = metric;
  const subject = `${id} ${on} ${name}`;
  const said = { subject, evidence: [evidence(pointer)] };
  const api = APIS[on];
  if (api === 'resource') {
    return hasUsage
      ? { outcome: 'holds', ...said, arithmetic: 'metrics-server serves usage of CPU and memory' }
      : unknown(subject, 'metrics-server among what is read');
  }
  const own = sources.filter((source) => source.api === api);
  if (own.length === 0) return unknown(subject, `the rules of the adapter that serves ${api} metrics`);
  const found = own.filter(({ serves }) => serves(name) === 'yes');
  const [first] = found;
  if (first !== undefined)
    return { outcome: 'holds', ...said, arithmetic: `${first.from} serves ${name} as ${api} metric` };
  if (own.some(({ serves }) => serves(name) === 'perhaps')) {
    return unknown(subject, 'the series of a rule of the adapter whose query names none');
  }
  const elsewhere = sources.some((source) => source.api !== api && source.serves(name) === 'yes');
  return {
    outcome: 'broken',
    ...said,
    arithmetic: `none of ${own.length} ${api} rules serves ${name}${elsewhere ? `; the other API serves a metric of that name` : ''}`,
    remedy: elsewhere
      ? `ask for it as ${api === 'custom' ? 'an External' : 'a Pods or Object'} metric, or move its rule`
      : `add a rule to the adapter that serves ${name}, or aim at a metric that is served`,
  };
}
