import { metricQuery } from '../../config';
import type { MetricAlertSpec } from '../../model';
import { Duration } from '../../units';
import type { AlertDefinition, DefinedGroup } from './alert';
import { BY_SERVICE, ofServices } from './promql';
import type { Watched } from './watched';

/** A declared metric of each service, or of all together. Series of neighbours carry no namespace of ours. */
export function metricValue(watched: Watched, { metric, over = 'service' }: MetricAlertSpec): string {
  const { series } = metric;
  if (over === 'platform') return metricQuery(metric, { series, matchers: [], groups: [] });
  const matchers = [`namespace="${watched.environment.namespace}"`];
  return metricQuery(metric, { series, matchers, groups: ['namespace', 'service'] });
}

function declared(watched: Watched, spec: MetricAlertSpec): AlertDefinition[] {
  const { alert, when, over = 'service', severity, escalation, summary, steps, missing } = spec;
  const value = metricValue(watched, spec);
  const [sign, bound, words] = 'above' in when ? ['>', when.above, 'above'] : ['<', when.below, 'below'];
  const whose = over === 'service' ? '{{ $labels.service }}' : 'The platform';
  const definition: AlertDefinition = {
    alert,
    expr: `${value} ${sign} ${bound}`,
    for: spec.for,
    severity,
    ...(escalation && { escalation }),
    summary: `${whose}: ${summary}`,
    description: `${spec.metric.name} is {{ $value }}, ${words} ${bound}.`,
    dashboard: 'services',
    steps,
  };
  if (missing !== 'alert') return [definition];
  return [
    definition,
    {
      alert: `${alert}Unknown`,
      expr: `service:pods_ready:count{${ofServices(watched)}} > 0 unless on (${BY_SERVICE}) ${value}`,
      for: Duration.minutes(5),
      severity: 'critical',
      summary: `${whose}: ${spec.metric.name} is not known`,
      description: `{{ $value }} pods are ready, and none has said for 5 minutes what ${spec.metric.name} is.`,
      dashboard: 'services',
      steps: [
        'Treat it as the fault itself until it is known.',
        'See whether a release dropped the metric, and whether the pods are scraped (ServiceMetricsMissing).',
      ],
    },
  ];
}

/** What the platform's owners watch beside what follows from its declaration. */
export const metricRules = (watched: Watched): DefinedGroup => ({
  name: 'declared',
  records: [],
  alerts: watched.plan.alerts.flatMap((spec) => declared(watched, spec)),
});
