import { type Check, isWholeWithin } from '../../check';
import type { Percent } from '../../units';

/**
 * A number that Prometheus holds and an autoscaler reads through a metrics adapter.
 * The declaration says what the autoscaler asks for and how Prometheus answers, so that neither can exist without the
 * other.
 */
export interface CustomMetric {
  /**
   * Name under `custom.metrics.k8s.io` or `external.metrics.k8s.io`, for example `http_requests_per_second`: 1-253
   * letters, digits, `_`, `.`, `:` and `-`, a letter first.
   */
  readonly name: string;
  /** Prometheus series that the metric is computed from, for example `acgs_requests_total`. */
  readonly series: string;
  /**
   * How the series becomes the metric. `rate`: per-second rate of a counter over `window`. `gauge`: the value itself.
   * `quantile`: of a classic histogram's buckets over `window`, for example the 99th percentile of a duration.
   * @default 'rate'
   */
  readonly kind?: 'rate' | 'gauge' | 'quantile';
  /** Which quantile; for `quantile` only, and required there (above 0, below 100 %). @default - none */
  readonly quantile?: Percent;
  /**
   * How series that belong to one pod, object or selector become one number. Not for `quantile`.
   * @default 'sum'
   */
  readonly combine?: 'sum' | 'avg' | 'max' | 'min';
  /** Range of the rate, at least four scrapes (seconds, 15-3600). @default 60 */
  readonly windowSeconds?: number;
  /** Only series with these labels count. @default - all series */
  readonly labels?: Readonly<Record<string, string>>;
}

/** A minute holds four scrapes of 15 s, and matches conditions that are stated for 60 s. */
export const DEFAULT_WINDOW_SECONDS = 60;

/** How often Prometheus is expected to scrape (seconds). */
const SCRAPE_SECONDS = 15;

export const isPrometheusLabel = (name: string): boolean => /^[a-zA-Z_][a-zA-Z0-9_]*$/.test(name);

/** Series that only grow end like this, by Prometheus' naming rules. A recorded one (`a:b:rate1m`) holds anything. */
const looksLikeCounter = (series: string): boolean => /_(total|count|sum|bucket)$/.test(series);
const isRecorded = (series: string): boolean => series.includes(':');

/** How the series becomes the metric, `rate` unless declared. */
export const metricKind = ({ kind }: CustomMetric): 'rate' | 'gauge' | 'quantile' => kind ?? 'rate';
/** Range of the rate in seconds, 60 unless declared. */
export const metricWindow = ({ windowSeconds }: CustomMetric): number => windowSeconds ?? DEFAULT_WINDOW_SECONDS;

/** What is said about a metric, whatever it is measured on. */
export const CUSTOM_METRIC_CHECKS: readonly Check<CustomMetric>[] = [
  {
    id: 'metric-name-is-a-path-segment',
    prop: 'name',
    holds: ({ name }) => /^[a-zA-Z][\w.:-]{0,252}$/.test(name),
    rule: "must be 1-253 letters, digits, '_', '.', ':' or '-' and start with a letter",
    remedy: 'use a name such as http_requests_per_second',
  },
  {
    id: 'metric-series-is-a-prometheus-name',
    prop: 'series',
    holds: ({ series }) => /^[a-zA-Z_:][a-zA-Z0-9_:]*$/.test(series),
    rule: "must be letters, digits, '_' or ':' and not start with a digit",
    remedy: 'name the series alone; conditions on it go into labels',
  },
  {
    id: 'metric-labels-are-prometheus-labels',
    prop: 'labels',
    holds: ({ labels = {} }) =>
      Object.entries(labels).every(([label, value]) => isPrometheusLabel(label) && !value.includes('<<')),
    rule: "must have names of letters, digits and '_' that do not start with a digit, and values without '<<'",
    remedy: 'use the labels that Prometheus shows for the series',
  },
  {
    id: 'metric-window-is-in-range',
    prop: 'windowSeconds',
    holds: (metric) => isWholeWithin(metricWindow(metric), 15, 3600),
    rule: 'must be 15 to 3600 whole seconds',
    remedy: `use ${DEFAULT_WINDOW_SECONDS}`,
  },
  {
    id: 'metric-window-holds-four-scrapes',
    prop: 'windowSeconds',
    holds: (metric) => metricKind(metric) === 'gauge' || !(metricWindow(metric) < 4 * SCRAPE_SECONDS),
    rule: `should be at least ${4 * SCRAPE_SECONDS}: a rate needs two samples, and one late scrape must not empty it`,
    remedy: `use ${DEFAULT_WINDOW_SECONDS} or more`,
    severity: 'warning',
  },
  {
    id: 'metric-kind-fits-series',
    prop: 'kind',
    holds: (metric) =>
      isRecorded(metric.series) ||
      metricKind(metric) === 'quantile' ||
      looksLikeCounter(metric.series) === (metricKind(metric) === 'rate'),
    rule: (metric) =>
      metricKind(metric) === 'rate'
        ? `should be gauge: ${metric.series} does not end as counters do (_total, _count, _sum): a gauge has no rate`
        : `should be rate: ${metric.series} is named as a counter, which only grows`,
    received: metricKind,
    remedy: 'set kind, or rename the series',
    severity: 'warning',
  },
  {
    id: 'metric-quantile-reads-buckets',
    prop: 'series',
    holds: (metric) => metricKind(metric) !== 'quantile' || /_bucket$/.test(metric.series),
    rule: 'must end in _bucket for a quantile',
    remedy: "name the histogram's buckets, for example acgs_request_duration_seconds_bucket",
  },
  {
    id: 'metric-quantile-is-given',
    prop: 'quantile',
    holds: (metric) => {
      const ratio = metric.quantile?.toRatio();
      return metricKind(metric) === 'quantile' ? ratio !== undefined && ratio > 0 && ratio < 1 : ratio === undefined;
    },
    rule: (metric) =>
      metricKind(metric) === 'quantile'
        ? 'must be above 0 % and below 100 %'
        : `must be left out for a ${metricKind(metric)}`,
    remedy: (metric) =>
      metricKind(metric) === 'quantile' ? 'use Percent.of(99)' : "leave it out, or set kind to 'quantile'",
  },
  {
    id: 'metric-quantile-adds-buckets',
    prop: 'combine',
    holds: (metric) => metricKind(metric) !== 'quantile' || metric.combine === undefined,
    rule: 'must be left out for a quantile, whose buckets are always added',
    remedy: 'leave it out',
  },
];
