import type { RecordingRule } from '../../model';
import { Duration } from '../../units';
import type { AlertDefinition, DefinedGroup } from './alert';
import { BY_SERVICE, inNamespace, ofServices, quantileName, seconds } from './promql';
import type { Watched } from './watched';

/** Quantiles that people look at, beside that of the objective. */
const QUANTILES = [50, 95, 99];

/** Target of requests a second and pod, of services that are scaled by it. */
function targets({ environment, plan }: Watched): { readonly service: string; readonly target: number }[] {
  return environment.services.flatMap(({ name, scaling }) =>
    scaling.metrics.flatMap((metric) =>
      metric.on === 'pods' && metric.metric.series === plan.requests.counter
        ? [{ service: name, target: metric.average }]
        : [],
    ),
  );
}

function records(watched: Watched): RecordingRule[] {
  const { environment, plan, workloads } = watched;
  const { counter, errorLabel, errorValues, histogram } = plan.requests;
  const { namespace } = environment;
  const objective = plan.objectives.latency.share.inBasisPoints / 100;
  return [
    ...workloads.map(({ name, pods }) => ({
      record: 'service:pods_ready:count',
      expr: `sum(kube_pod_status_ready${inNamespace(watched, `pod=~"${pods}"`, 'condition="true"')}) or vector(0)`,
      labels: { namespace, service: name },
    })),
    ...targets(watched).map(({ service, target }) => ({
      record: 'service:requests_per_pod:target',
      expr: `vector(${target})`,
      labels: { namespace, service },
    })),
    {
      record: 'service:requests:rate1m',
      expr: `sum by (${BY_SERVICE}) (rate(${counter}${inNamespace(watched)}[1m]))`,
    },
    {
      record: 'service:requests_per_pod:rate1m',
      expr: `service:requests:rate1m / on (${BY_SERVICE}) (service:pods_ready:count > 0)`,
    },
    {
      record: 'service:request_errors:ratio1m',
      expr:
        `(sum by (${BY_SERVICE}) (rate(${counter}${inNamespace(watched, `${errorLabel}=~"${errorValues}"`)}[1m]))` +
        ' or 0 * service:requests:rate1m) / (service:requests:rate1m > 0)',
    },
    { record: `${plan.prefix}_throughput_rps`, expr: 'sum(service:requests:rate1m)' },
    ...[...new Set([...QUANTILES, objective])].map((quantile) => ({
      record: quantileName(quantile),
      expr:
        `histogram_quantile(${Math.round(quantile * 100) / 10_000}, ` +
        `sum by (${BY_SERVICE}, le) (rate(${histogram}_bucket${inNamespace(watched)}[1m])))`,
    })),
  ];
}

function alerts(watched: Watched): AlertDefinition[] {
  const { plan } = watched;
  const { within, share } = plan.objectives.latency;
  const slow = `${quantileName(share.inBasisPoints / 100)} > ${seconds(within)}`;
  const errors = plan.errorsAtMost;
  return [
    {
      alert: 'ServiceDown',
      expr: 'service:pods_ready:count == 0 and on () (sum(up{job="kube-state-metrics"}) > 0)',
      for: Duration.minutes(1),
      severity: 'critical',
      summary: '{{ $labels.service }} has no pod that can serve',
      description: 'For a minute, none of the pods of {{ $labels.service }} has been ready.',
      dashboard: 'services',
      steps: [
        'See why its pods are not ready: `kubectl describe pods`, then their logs, those of the last run too (`--previous`).',
        'If a release came before, go back: `kubectl argo rollouts undo`, or `kubectl rollout undo` of a Deployment.',
        'If pods are Pending, nodes are missing: see PodsPending.',
        'If readiness fails because a store is away, see the alerts of that store.',
      ],
    },
    {
      alert: 'ServiceMetricsMissing',
      expr:
        `service:pods_ready:count{${ofServices(watched)}} > 0 unless on (${BY_SERVICE}) ` +
        `(sum by (${BY_SERVICE}) (up${inNamespace(watched, ofServices(watched))}) > 0)`,
      for: Duration.minutes(5),
      severity: 'warning',
      summary: 'Prometheus sees no pod of {{ $labels.service }}',
      description: '{{ $value }} pods are ready and none is scraped: alerts and autoscaling of the service are blind.',
      dashboard: 'services',
      steps: [
        'Open the targets of Prometheus and read the error of the pods.',
        'See that pods carry `prometheus.io/scrape` and that a network policy lets the monitoring namespace in.',
      ],
    },
    {
      alert: 'HighErrorRate',
      expr: `service:request_errors:ratio1m > ${errors.toRatio()}`,
      for: Duration.minutes(2),
      severity: 'warning',
      escalation: '5m',
      summary: '{{ $labels.service }} answers with errors',
      description: `{{ $value | humanizePercentage }} of its requests fail, more than ${errors}.`,
      dashboard: 'services',
      steps: [
        'Tell by the counter which status it is, and by the logs what causes it.',
        'If a release came before, abort or undo it.',
        'If the errors are those of a store or another service, go on there.',
      ],
    },
    ...(targets(watched).length === 0
      ? []
      : [
          {
            alert: 'ScalingRequired',
            expr:
              `service:requests_per_pod:rate1m > on (${BY_SERVICE}) service:requests_per_pod:target` +
              ` and on (${BY_SERVICE}) ${slow}`,
            for: Duration.minutes(2),
            severity: 'critical',
            summary: '{{ $labels.service }} is slow under more load than its pods are meant to take',
            description:
              `Each pod gets {{ $value | humanize }} requests a second, above its target, while ${share} of them take` +
              ` more than ${within}.`,
            dashboard: 'scaling',
            steps: [
              'See whether its autoscaler adds pods; if not, see AutoscalerAtCeiling and AutoscalingFailure.',
              'If it is at its maximum, raise `scaling.max` where the nodes and the connections of the database allow it.',
              'If pods are Pending, see PodsPending.',
            ],
          } satisfies AlertDefinition,
        ]),
    ...(plan.throughputAtLeast === undefined
      ? []
      : [
          {
            alert: 'LowThroughput',
            expr: `${plan.prefix}_throughput_rps < ${plan.throughputAtLeast} and on () (count(${slow}) > 0)`,
            for: Duration.minutes(5),
            severity: 'info',
            summary: 'Few requests are answered, and they are slow',
            description:
              `{{ $value | humanize }} requests a second are answered, fewer than ${plan.throughputAtLeast}, while a` +
              ` service is slower than ${within}. Little load alone does not ring.`,
            dashboard: 'services',
            steps: [
              'See which service is slow; its other alerts say more.',
              'See at the load balancer whether requests arrive that are not answered.',
              'Adding pods does not help unless a service is above its target.',
            ],
          } satisfies AlertDefinition,
        ]),
  ];
}

/** What services answer, how fast, and whether they do. */
export const serviceRules = (watched: Watched): DefinedGroup => ({
  name: 'services',
  records: records(watched),
  alerts: alerts(watched),
});
