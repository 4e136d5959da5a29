import { isWholeWithin } from '../check';
import { type CustomMetric, metricKind, metricWindow, type ScalingMetric } from '../model';
import { Duration } from '../units';

/** A metric that Prometheus answers for, and what it is measured on. */
export type MeasuredMetric = Extract<ScalingMetric, { readonly metric: CustomMetric }>;

/** Whether Prometheus answers for it; the kubelet does for the others. */
export const isMeasured = (metric: ScalingMetric): metric is MeasuredMetric => 'metric' in metric;

/** The series that are asked about, and which of them count beside the declared labels. */
export interface SeriesSelection {
  /** Name of the series, or a place where it is filled in. */
  readonly series: string;
  /** PromQL matchers, after those of the declared labels. */
  readonly matchers: readonly string[];
  /** Labels by which the answer is split; none gives one number. */
  readonly groups: readonly string[];
}

/** Labels in a fixed order. */
export const sortedLabels = (labels: Readonly<Record<string, string>> = {}): (readonly [string, string])[] =>
  Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1));

/** PromQL matchers of labels. A string of PromQL escapes as one of JSON does. */
export const labelMatchers = (labels: Readonly<Record<string, string>> | undefined): string[] =>
  sortedLabels(labels).map(([label, value]) => `${label}=${JSON.stringify(value)}`);

/** The label that names the object of a metric, and the API resource it stands for. */
export function objectLabel(use: MeasuredMetric): readonly [label: string, resource: ObjectResource] {
  if (use.on !== 'object') return ['pod', { resource: 'pod' }];
  const [group, version] = use.object.apiVersion.split('/');
  const resource = use.object.kind.toLowerCase();
  return [resource, version === undefined || group === undefined ? { resource } : { group, resource }];
}

/** A resource of the Kubernetes API. */
interface ObjectResource {
  readonly group?: string;
  readonly resource: string;
}

/** A window that cannot be, which a check of its own reports, is written as it is: inspection reads queries too. */
const windowText = (seconds: number): string =>
  isWholeWithin(seconds, 1, 3600) ? `${Duration.seconds(seconds)}` : `${seconds}s`;

/**
 * PromQL that computes a metric, whoever asks. The declared labels stand first: matchers that are filled in later may
 * be empty, and only a trailing comma is allowed.
 */
export function metricQuery(metric: CustomMetric, { series, matchers, groups }: SeriesSelection): string {
  const selector = `${series}{${[...labelMatchers(metric.labels), ...matchers].join(',')}}`;
  const rate = `rate(${selector}[${windowText(metricWindow(metric))}])`;
  switch (metricKind(metric)) {
    case 'gauge':
      return by(`${metric.combine ?? 'sum'}(${selector})`, groups);
    case 'rate':
      return by(`${metric.combine ?? 'sum'}(${rate})`, groups);
    case 'quantile':
      return `histogram_quantile(${metric.quantile?.toRatio()}, ${by(`sum(${rate})`, ['le', ...groups])})`;
  }
}

const by = (aggregate: string, groups: readonly string[]): string =>
  groups.length === 0 ? aggregate : `${aggregate} by (${groups.join(', ')})`;
