import { analysisConditions, analysisQuery } from '../../lib/config/analysis-query';
import type { AnalysisMetric } from '../../lib/model/rollout/analysis';
import { Duration, Percent } from '../../lib/units';

const LABELS = { versionLabel: 'rollouts_pod_template_hash', namespaceLabel: 'namespace' };
const PODS = 'namespace="{{args.namespace}}",rollouts_pod_template_hash="{{args.version}}"';

const rate: AnalysisMetric = { name: 'rate', measures: 'success-rate', atLeast: Percent.of(99.5) };
const latency: AnalysisMetric = {
  name: 'latency',
  measures: 'latency',
  quantile: Percent.of(95),
  atMost: Duration.millis(250),
};
const query: AnalysisMetric = { name: 'q', measures: 'query', query: 'up{{args.version}}', accepts: { atMost: 3 } };

/** Stands in for a value where pods are seen and have none. */
const SEEN = `or NaN * sum(up{${PODS}} == 1)`;

describe('a query is about the version under test alone', () => {
  test.each<[string, AnalysisMetric, string]>([
    [
      'a success rate',
      rate,
      `1 - (sum(rate(http_requests_total{${PODS},code=~"5.."}[2m])) or vector(0)) / sum(rate(http_requests_total{${PODS}}[2m])) ${SEEN}`,
    ],
    [
      'a success rate of other series',
      { ...rate, series: 'a_total', errorLabel: 'status', errorValues: 'error|lost', window: Duration.minutes(5) },
      `1 - (sum(rate(a_total{${PODS},status=~"error|lost"}[5m])) or vector(0)) / sum(rate(a_total{${PODS}}[5m])) ${SEEN}`,
    ],
    [
      'a latency',
      latency,
      `histogram_quantile(0.95, sum by (le) (rate(http_request_duration_seconds_bucket{${PODS}}[2m]))) ${SEEN}`,
    ],
    [
      'a latency of another histogram',
      { ...latency, histogram: 'a_seconds', quantile: Percent.of(99.9), window: Duration.seconds(90) },
      `histogram_quantile(0.999, sum by (le) (rate(a_seconds_bucket{${PODS}}[90s]))) ${SEEN}`,
    ],
    ['a query', query, 'up{{args.version}}'],
  ])('%s', (_what, metric, expected) => expect(analysisQuery(metric, LABELS)).toBe(expected));

  test('by the labels that the series have', () => {
    const text = analysisQuery(latency, { versionLabel: 'hash', namespaceLabel: 'ns' });
    expect(text).toContain('{ns="{{args.namespace}}",hash="{{args.version}}"}');
  });
});

describe('conditions', () => {
  const HAS = 'len(result) > 0 && !isNaN(result[0])';

  test.each<[string, AnalysisMetric, object]>([
    [
      'a rate fails where no pods are seen, and not where they had no requests',
      rate,
      { successCondition: 'len(result) > 0 && (isNaN(result[0]) || result[0] >= 0.995)' },
    ],
    ['so does a latency', latency, { successCondition: 'len(result) > 0 && (isNaN(result[0]) || result[0] <= 0.25)' }],
    ['and a query', query, { successCondition: 'len(result) > 0 && (isNaN(result[0]) || result[0] <= 3)' }],
    [
      'a rate fails without data where it was said to',
      { ...rate, withoutData: 'failure' },
      { successCondition: `${HAS} && result[0] >= 0.995` },
    ],
    [
      'a latency fails without data where it was said to',
      { ...latency, withoutData: 'failure' },
      { successCondition: `${HAS} && result[0] <= 0.25` },
    ],
    [
      'a query has a least value',
      { ...query, withoutData: 'failure', accepts: { atLeast: 0 } },
      { successCondition: `${HAS} && result[0] >= 0` },
    ],
    [
      'neither condition holds without data where a person decides',
      { ...rate, withoutData: 'inconclusive' },
      { successCondition: `${HAS} && result[0] >= 0.995`, failureCondition: `${HAS} && result[0] < 0.995` },
    ],
    [
      'the same for a greatest value',
      { ...latency, withoutData: 'inconclusive' },
      { successCondition: `${HAS} && result[0] <= 0.25`, failureCondition: `${HAS} && result[0] > 0.25` },
    ],
    [
      'missing data is good where it was said to be',
      { ...rate, withoutData: 'success' },
      { successCondition: 'len(result) == 0 || isNaN(result[0]) || result[0] >= 0.995' },
    ],
  ])('%s', (_what, metric, expected) => expect(analysisConditions(metric)).toEqual(expected));
});
