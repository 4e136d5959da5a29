import type {
  AnalysisEnd,
  AnalysisMetric,
  AnalysisSpec,
  LatencyMetric,
  Measuring,
  QueryMetric,
  SuccessRateMetric,
} from '../../../lib/model/rollout/analysis';
import {
  ANALYSIS_CHECKS,
  ANALYSIS_METRIC_CHECKS,
  ANALYSIS_TIME_CHECKS,
  inspectAnalysis,
} from '../../../lib/model/rollout/analysis-checks';
import { ANALYSIS_MEASURE_CHECKS } from '../../../lib/model/rollout/analysis-measure-checks';
import { Duration, Percent } from '../../../lib/units';
import { allIds } from '../../support/findings';

const rate: SuccessRateMetric = { name: 'success-rate', measures: 'success-rate', atLeast: Percent.of(99) };
const latency: LatencyMetric = {
  name: 'latency',
  measures: 'latency',
  quantile: Percent.of(95),
  atMost: Duration.millis(500),
};
const query: QueryMetric = {
  name: 'queue',
  measures: 'query',
  query: 'sum(queue{namespace="{{args.namespace}}",rollouts_pod_template_hash="{{args.version}}"})',
  accepts: { atMost: 10 },
};

const COUNT: AnalysisEnd = { by: 'count' };
const RELEASE: AnalysisEnd = { by: 'release' };
const WATCH: AnalysisEnd = { by: 'watch', watch: Duration.minutes(30) };

const s = Duration.seconds;
const ms = Duration.millis;
const of = (...metrics: AnalysisMetric[]): AnalysisSpec => ({ metrics });
const measured = (changes: Partial<Measuring>): AnalysisSpec => of({ ...rate, ...changes });
const timedAs = (count: number, minutes: number): Partial<Measuring> => ({
  count,
  interval: Duration.minutes(minutes),
  initialDelay: s(0),
});

describe('an analysis', () => {
  test.each<[string, AnalysisSpec, AnalysisEnd]>([
    ['a rate that is measured once', of(rate), COUNT],
    ['every kind of metric', of(rate, latency, query), COUNT],
    ['an interval without a count beside steps', measured({ interval: s(60) }), RELEASE],
    ['an interval without a count in a watch', measured({ interval: s(60) }), WATCH],
    ['the shortest interval', measured({ interval: s(10), count: 10 }), COUNT],
    ['the longest interval', measured({ interval: s(3600), count: 5 }), COUNT],
    ['the largest count', measured({ interval: s(10), count: 10_000 }), COUNT],
    ['no delay', measured({ initialDelay: s(0) }), COUNT],
    ['the longest delay', measured({ initialDelay: s(3600) }), COUNT],
    ['no failure at all', measured({ failureLimit: 0 }), COUNT],
    ['the most failures', measured({ failureLimit: 1000 }), COUNT],
    ['failures one below the count', measured({ failureLimit: 4, count: 5, interval: s(60) }), COUNT],
    ['the most errors', measured({ consecutiveErrorLimit: 100 }), COUNT],
    ['no error at all', measured({ consecutiveErrorLimit: 0 }), COUNT],
    ['exactly the watch', measured(timedAs(30, 1)), WATCH],
    ['a share of 100 %', of({ ...rate, atLeast: Percent.of(100) }), COUNT],
    ['a share of 0.01 %', of({ ...rate, atLeast: Percent.of(0.01) }), COUNT],
    ['a quantile of 99.99 %', of({ ...latency, quantile: Percent.of(99.99) }), COUNT],
    ['the shortest latency', of({ ...latency, atMost: ms(1) }), COUNT],
    ['the longest latency', of({ ...latency, atMost: s(3600) }), COUNT],
    ['a latency that is a bucket', of({ ...latency, buckets: [ms(250), ms(500), s(1)] }), COUNT],
    ['the shortest window', of({ ...rate, window: s(30) }), COUNT],
    ['the longest window', of({ ...rate, window: s(3600) }), COUNT],
    ['an address with a path', { ...of(rate), prometheus: 'https://prometheus.example.com:9090/prometheus' }, COUNT],
    ['a bound of zero', of({ ...query, accepts: { atLeast: 0 } }), COUNT],
  ])('may have %s', (_what, spec, end) => {
    expect(inspectAnalysis('shop/api', 'after', spec, end)).toEqual([]);
  });

  const rows: [id: string, prop: string, received: string, spec: AnalysisSpec, end?: AnalysisEnd][] = [
    ['analysis-metric-name-is-a-dns-label', 'metrics[0].name', 'Success', measured({ name: 'Success' })],
    ['analysis-interval-is-in-range', 'metrics[0].interval', '9s', measured({ interval: s(9), count: 5 })],
    ['analysis-interval-is-in-range', 'metrics[0].interval', '3601s', measured({ interval: s(3601), count: 5 })],
    ['analysis-interval-is-in-range', 'metrics[0].interval', '10500ms', measured({ interval: ms(10_500), count: 5 })],
    ['analysis-count-is-whole', 'metrics[0].count', '0', measured({ count: 0, failureLimit: -1 })],
    ['analysis-count-is-whole', 'metrics[0].count', '10001', measured({ count: 10_001, interval: s(10) })],
    ['analysis-count-is-whole', 'metrics[0].count', '2.5', measured({ count: 2.5, interval: s(10) })],
    ['analysis-count-is-whole', 'metrics[0].count', 'NaN', measured({ count: Number.NaN })],
    ['analysis-delay-is-in-range', 'metrics[0].initialDelay', '3601s', measured({ initialDelay: s(3601) })],
    ['analysis-delay-is-in-range', 'metrics[0].initialDelay', '500ms', measured({ initialDelay: ms(500) })],
    ['analysis-failure-limit-is-whole', 'metrics[0].failureLimit', '-1', measured({ failureLimit: -1 })],
    ['analysis-failure-limit-is-whole', 'metrics[0].failureLimit', '1001', measured({ failureLimit: 1001 })],
    ['analysis-failure-limit-is-whole', 'metrics[0].failureLimit', 'NaN', measured({ failureLimit: Number.NaN })],
    [
      'analysis-error-limit-is-whole',
      'metrics[0].consecutiveErrorLimit',
      '101',
      measured({ consecutiveErrorLimit: 101 }),
    ],
    [
      'analysis-error-limit-is-whole',
      'metrics[0].consecutiveErrorLimit',
      '-1',
      measured({ consecutiveErrorLimit: -1 }),
    ],
    [
      'analysis-without-data-is-decided',
      'metrics[0].withoutData',
      'pass',
      measured({ withoutData: 'pass' as unknown as 'success' }),
    ],
    ['analysis-can-fail', 'metrics[0].failureLimit', '5', measured({ failureLimit: 5, count: 5, interval: s(60) })],
    ['analysis-ends-by-itself', 'metrics[0].count', 'nothing', measured({ interval: s(60) }), COUNT],
    ['analysis-count-has-an-interval', 'metrics[0].interval', 'nothing', measured({ count: 3 }), COUNT],
    ['analysis-fits-the-watch', 'metrics[0].count', '31m', measured(timedAs(31, 1)), WATCH],
    ['analysis-fits-the-watch', 'metrics[0].count', '1h', measured({ initialDelay: s(3600) }), WATCH],
    ['analysis-measures-something', 'metrics', 'none', of()],
    ['analysis-metrics-are-named-once', 'metrics', 'success-rate', of(rate, rate)],
    ['analysis-metrics-are-named-once', 'metrics', 'smoke-test', measured({ name: 'smoke-test' })],
    ['analysis-address-is-a-url', 'prometheus', 'prometheus:9090', { ...of(rate), prometheus: 'prometheus:9090' }],
    ['analysis-address-is-a-url', 'prometheus', 'http://a:b@c', { ...of(rate), prometheus: 'http://a:b@c' }],
    ['analysis-labels-are-prometheus-labels', 'versionLabel', 'a-b, namespace', { ...of(rate), versionLabel: 'a-b' }],
    [
      'analysis-labels-are-prometheus-labels',
      'versionLabel',
      'rollouts_pod_template_hash, 1a',
      { ...of(rate), namespaceLabel: '1a' },
    ],
    ['analysis-series-is-a-prometheus-name', 'metrics[0].series', 'a{b="c"}', of({ ...rate, series: 'a{b="c"}' })],
    ['analysis-series-is-a-prometheus-name', 'metrics[0].histogram', 'a-b', of({ ...latency, histogram: 'a-b' })],
    [
      'analysis-histogram-is-without-bucket',
      'metrics[0].histogram',
      'a_bucket',
      of({ ...latency, histogram: 'a_bucket' }),
    ],
    ['analysis-errors-are-a-matcher', 'metrics[0].errorValues', '5.."', of({ ...rate, errorValues: '5.."' })],
    [
      'analysis-errors-are-a-matcher',
      'metrics[0].errorValues',
      '{{args.a}}',
      of({ ...rate, errorValues: '{{args.a}}' }),
    ],
    ['analysis-errors-are-a-matcher', 'metrics[0].errorValues', 'an empty string', of({ ...rate, errorValues: '' })],
    ['analysis-errors-are-a-matcher', 'metrics[0].errorValues', 'nothing', of({ ...rate, errorLabel: 'a-b' })],
    ['analysis-share-is-above-nothing', 'metrics[0].atLeast', '0%', of({ ...rate, atLeast: Percent.of(0) })],
    ['analysis-share-is-above-nothing', 'metrics[0].atLeast', '101%', of({ ...rate, atLeast: Percent.of(101) })],
    ['analysis-quantile-is-inside', 'metrics[0].quantile', '0%', of({ ...latency, quantile: Percent.of(0) })],
    ['analysis-quantile-is-inside', 'metrics[0].quantile', '100%', of({ ...latency, quantile: Percent.of(100) })],
    ['analysis-latency-is-in-range', 'metrics[0].atMost', '0s', of({ ...latency, atMost: s(0) })],
    ['analysis-latency-is-in-range', 'metrics[0].atMost', '3601s', of({ ...latency, atMost: s(3601) })],
    ['analysis-latency-is-a-bucket', 'metrics[0].atMost', '500ms', of({ ...latency, buckets: [ms(400), s(1)] })],
    ['analysis-latency-is-a-bucket', 'metrics[0].atMost', '500ms', of({ ...latency, buckets: [ms(250), ms(500)] })],
    ['analysis-window-is-in-range', 'metrics[0].window', '29s', of({ ...rate, window: s(29) })],
    [
      'analysis-window-is-in-range',
      'metrics[0].window',
      '3601s',
      of({ ...latency, window: s(3601), initialDelay: s(0) }),
    ],
    [
      'analysis-query-is-of-the-version',
      'metrics[0].query',
      'up{namespace="{{args.namespace}}"}',
      of({ ...query, query: 'up{namespace="{{args.namespace}}"}' }),
    ],
    [
      'analysis-query-is-of-the-namespace',
      'metrics[0].query',
      'up{v="{{args.version}}"}',
      of({ ...query, query: 'up{v="{{args.version}}"}' }),
    ],
    [
      'analysis-query-has-known-places',
      'metrics[0].query',
      '{{args.version}}, {{args.namespace}}, {{ args.pod }}',
      of({ ...query, query: '{{args.version}} {{args.namespace}} {{ args.pod }}' }),
    ],
    [
      'analysis-bound-is-a-number',
      'metrics[0].accepts',
      '{"atMost":null}',
      of({ ...query, accepts: { atMost: Number.NaN } }),
    ],
    [
      'analysis-bound-is-a-number',
      'metrics[0].accepts',
      '{"atLeast":1,"atMost":2}',
      of({ ...query, accepts: { atLeast: 1, atMost: 2 } }),
    ],
  ];

  test.each(rows)('fails %s below its property: %s, got %s', (check, prop, received, spec, end = COUNT) => {
    expect(inspectAnalysis('shop/api', 'after', spec, end)).toContainEqual(
      expect.objectContaining({ check, prop: `after.${prop}`, received, path: 'shop/api' }),
    );
  });

  test('only the namespace of a query is left to its reader', () => {
    const warned = rows.flatMap(([, , , spec, end = COUNT]) =>
      inspectAnalysis('shop/api', 'after', spec, end)
        .filter(({ severity }) => severity === 'warning')
        .map(({ check }) => check),
    );
    expect(new Set(warned)).toEqual(new Set(['analysis-query-is-of-the-namespace']));
  });

  test('every check has a failing row', () => {
    const tables = [ANALYSIS_CHECKS, ANALYSIS_METRIC_CHECKS, ANALYSIS_TIME_CHECKS, ANALYSIS_MEASURE_CHECKS];
    expect([...new Set(rows.map(([id]) => id))].sort()).toEqual(allIds(...tables));
  });
});
