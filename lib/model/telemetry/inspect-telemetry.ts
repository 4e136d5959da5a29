import { type Check, type Finding, inspect, inspectEach } from '../../check';
import type { Duration } from '../../units';
import type { EnvironmentSpec } from '../environment';
import { CUSTOM_METRIC_CHECKS, type CustomMetric } from '../scaling/custom-metric';
import { METRIC_ALERT_CHECKS } from './metric-alert-checks';
import { RECEIVER_CHECKS } from './receivers';
import { namesOf, type SeriesSpec } from './series';
import { SERIES_CHECKS } from './series-checks';
import { histogramOf, servedSeries } from './served-series';
import { telemetryPlan } from './telemetry';
import { TELEMETRY_CHECKS } from './telemetry-checks';

/** A metric that an autoscaler reads, beside what is served. */
interface ReadMetric extends CustomMetric {
  readonly served: readonly SeriesSpec[];
}

/** What is asked of metrics of autoscalers, and of analyses. */
export const READ_METRIC_CHECKS: readonly Check<ReadMetric>[] = [
  {
    id: 'telemetry-serves-scaling-metrics',
    prop: ({ name }) => `metric ${name}`,
    holds: ({ series, served }) => series.includes(':') || served.flatMap(namesOf).includes(series),
    rule: 'must be computed from a series that something serves: without it the autoscaler stands still',
    received: ({ series }) => series,
    remedy: 'declare it among telemetry.series, with the program that serves it',
  },
];

interface AnalysisSubject {
  readonly name: string;
  readonly histogram: string;
  readonly buckets: readonly Duration[];
  readonly served: SeriesSpec | undefined;
}

/** What is asked of the histograms that analyses of releases read. */
export const ANALYSIS_SERIES_CHECKS: readonly Check<AnalysisSubject>[] = [
  {
    id: 'telemetry-agrees-with-analyses',
    prop: ({ name }) => `rollout of ${name}`,
    holds: ({ buckets, served }) => served !== undefined && `${served.buckets}` === `${buckets}`,
    rule: 'must reckon with the buckets that telemetry.series gives its histogram',
    received: ({ histogram, buckets }) => `${histogram} ${buckets.join(' ')}`,
    remedy: 'share one list of bounds',
  },
];

const analyses = ({ services }: EnvironmentSpec, served: readonly SeriesSpec[]): AnalysisSubject[] =>
  services.flatMap(({ name, rollout }) => {
    const specs = rollout?.strategy === 'blue-green' ? [rollout.before, rollout.after] : [rollout?.analysis];
    return specs.flatMap((spec) =>
      (spec?.metrics ?? []).flatMap((metric) =>
        metric.measures === 'latency' && metric.buckets !== undefined
          ? [
              {
                name,
                histogram: metric.histogram ?? 'http_request_duration_seconds',
                buckets: metric.buckets,
                served: histogramOf(served, metric.histogram ?? 'http_request_duration_seconds'),
              },
            ]
          : [],
      ),
    );
  });

/** Everything that is wrong with what an environment measures, promises and tells; nothing if it says nothing. */
export function inspectTelemetry(path: string, environment: EnvironmentSpec): Finding[] {
  const { telemetry, services } = environment;
  if (telemetry === undefined) return [];
  const at = `${path}/Telemetry`;
  const plan = telemetryPlan(telemetry);
  const served = servedSeries(telemetry);
  const read = new Map(
    services.flatMap(({ scaling }) =>
      scaling.metrics.flatMap((metric) => ('metric' in metric ? [[metric.metric.name, metric.metric] as const] : [])),
    ),
  );
  return [
    ...inspect(at, plan, TELEMETRY_CHECKS),
    ...inspectEach(at, 'series', telemetry.series, SERIES_CHECKS),
    ...inspectEach(
      at,
      'alerts',
      plan.alerts.map((alert) => ({ ...alert, served })),
      METRIC_ALERT_CHECKS,
    ),
    ...plan.alerts.flatMap(({ alert, metric }) => inspect(`${at}/${alert}`, metric, CUSTOM_METRIC_CHECKS)),
    ...inspect(`${at}/Receivers`, telemetry.receivers, RECEIVER_CHECKS),
    ...[...read.values()].flatMap((metric) => inspect(at, { ...metric, served }, READ_METRIC_CHECKS)),
    ...analyses(environment, served).flatMap((subject) => inspect(at, subject, ANALYSIS_SERIES_CHECKS)),
  ];
}
