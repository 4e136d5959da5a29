import { type Check, isWholeWithin } from '../../check';
import type { Duration, Percent } from '../../units';
import { isPrometheusLabel } from '../scaling/custom-metric';
import { type AnalysisMetric, DEFAULT_WINDOW } from './analysis';

const isSeries = (name: string): boolean => /^[a-zA-Z_:][a-zA-Z0-9_:]*$/.test(name);

/** Stands inside a quoted matcher, so that nothing in it may end that or start an argument. */
const isMatcher = (pattern: string): boolean => pattern !== '' && !/["\\`\n]|\{\{|\}\}/.test(pattern);

const seriesOf = (metric: AnalysisMetric): string[] => {
  if (metric.measures === 'success-rate') return [metric.series ?? 'http_requests_total'];
  return metric.measures === 'latency' ? [metric.histogram ?? 'http_request_duration_seconds'] : [];
};

const windowOf = (metric: AnalysisMetric): Duration | undefined =>
  metric.measures === 'query' ? undefined : metric.window;

const isShare = (share: Percent, max: number): boolean => share.toRatio() > 0 && share.toRatio() <= max;

const PLACES: readonly string[] = ['{{args.version}}', '{{args.namespace}}'];

const places = (query: string): string[] => query.match(/\{\{.*?\}\}/g) ?? [];

const bound = (accepts: { readonly atLeast?: number; readonly atMost?: number }): number[] =>
  [accepts.atLeast, accepts.atMost].filter((value) => value !== undefined);

const lastBucket = (buckets: readonly Duration[]): number => Math.max(...buckets.map(({ inMillis }) => inMillis));

/** What is said about the value that a metric is, by its kind. */
export const ANALYSIS_MEASURE_CHECKS: readonly Check<AnalysisMetric>[] = [
  {
    id: 'analysis-series-is-a-prometheus-name',
    prop: (metric) => (metric.measures === 'latency' ? 'histogram' : 'series'),
    holds: (metric) => seriesOf(metric).every(isSeries),
    rule: "must be letters, digits, '_' or ':' and not start with a digit",
    received: seriesOf,
    remedy: 'name the series alone; conditions on it need a query',
  },
  {
    id: 'analysis-histogram-is-without-bucket',
    prop: 'histogram',
    holds: (metric) => metric.measures !== 'latency' || !seriesOf(metric).some((name) => name.endsWith('_bucket')),
    rule: 'must be the name without _bucket, which is added',
    remedy: 'leave _bucket out',
  },
  {
    id: 'analysis-errors-are-a-matcher',
    prop: 'errorValues',
    holds: (metric) =>
      metric.measures !== 'success-rate' ||
      (isMatcher(metric.errorValues ?? '5..') && isPrometheusLabel(metric.errorLabel ?? 'code')),
    rule: 'must be a regular expression without quotes and backslashes, and errorLabel the name of a label',
    remedy: 'use 5.. on the label that holds the status',
  },
  {
    id: 'analysis-share-is-above-nothing',
    prop: 'atLeast',
    holds: (metric) => metric.measures !== 'success-rate' || isShare(metric.atLeast, 1),
    rule: 'must be above 0 % and at most 100 %',
    remedy: 'use what users are promised, for example Percent.of(99)',
  },
  {
    id: 'analysis-quantile-is-inside',
    prop: 'quantile',
    holds: (metric) => metric.measures !== 'latency' || isShare(metric.quantile, 0.9999),
    rule: 'must be above 0 % and below 100 %',
    remedy: 'use Percent.of(95)',
  },
  {
    id: 'analysis-latency-is-in-range',
    prop: 'atMost',
    holds: (metric) => metric.measures !== 'latency' || isWholeWithin(metric.atMost.inMillis, 1, 3_600_000),
    rule: 'must be 1 ms to 1 h',
    remedy: 'use what users are promised',
  },
  {
    id: 'analysis-latency-is-a-bucket',
    prop: 'atMost',
    holds: (metric) =>
      metric.measures !== 'latency' ||
      metric.buckets === undefined ||
      (metric.buckets.some(({ inMillis }) => inMillis === metric.atMost.inMillis) &&
        metric.atMost.inMillis < lastBucket(metric.buckets)),
    rule: 'must be one of the buckets and not the last: what is slower than that is answered with its bound',
    remedy: 'declare a bucket at this latency, and one above',
  },
  {
    id: 'analysis-window-is-in-range',
    prop: 'window',
    holds: (metric) => {
      const window = windowOf(metric) ?? DEFAULT_WINDOW;
      return isWholeWithin(window.inMillis / 1000, 30, 3600);
    },
    rule: 'must be 30 s to 1 h in whole seconds: a rate needs two samples',
    remedy: 'use two minutes',
  },
  {
    id: 'analysis-query-is-of-the-version',
    prop: 'query',
    holds: (metric) => metric.measures !== 'query' || metric.query.includes('{{args.version}}'),
    rule: 'must hold {{args.version}}: else the old pods answer for the new ones',
    remedy: 'add rollouts_pod_template_hash="{{args.version}}" to its selectors',
  },
  {
    id: 'analysis-query-is-of-the-namespace',
    prop: 'query',
    severity: 'warning',
    holds: (metric) => metric.measures !== 'query' || metric.query.includes('{{args.namespace}}'),
    rule: 'should hold {{args.namespace}}: equal pods in two namespaces have equal hashes',
    remedy: 'add namespace="{{args.namespace}}" to its selectors',
  },
  {
    id: 'analysis-query-has-known-places',
    prop: 'query',
    holds: (metric) => metric.measures !== 'query' || places(metric.query).every((place) => PLACES.includes(place)),
    rule: `must hold no other places than ${PLACES.join(' and ')}`,
    received: (metric) => (metric.measures === 'query' ? places(metric.query) : []),
    remedy: 'write the value itself',
  },
  {
    id: 'analysis-bound-is-a-number',
    prop: 'accepts',
    holds: (metric) =>
      metric.measures !== 'query' ||
      (bound(metric.accepts).length === 1 && bound(metric.accepts).every((value) => Number.isFinite(value))),
    rule: 'must be one number, atLeast or atMost',
    remedy: 'give one of the two',
  },
];
