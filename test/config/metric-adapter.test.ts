import fc from 'fast-check';
import { parse } from 'yaml';
import {
  adapterConfig,
  adapterYaml,
  inspectAdapterMetrics,
  METRIC_ADAPTER_CHECKS,
} from '../../lib/config/metric-adapter';
import type { CustomMetric, ScalingMetric } from '../../lib/model';
import { Percent } from '../../lib/units';
import { allIds, ids } from '../support/findings';
import { policies } from '../support/policies';

const requests: CustomMetric = { name: 'http_requests_per_second', series: 'acgs_requests_total' };
const queue: CustomMetric = { name: 'queue_length', series: 'acgs_queue_length', kind: 'gauge' };
const latency: CustomMetric = {
  name: 'p99_latency_seconds',
  series: 'acgs_request_duration_seconds_bucket',
  kind: 'quantile',
  quantile: Percent.of(99),
};

const ofPods = (metric: CustomMetric): ScalingMetric => ({ on: 'pods', metric, average: 100 });
const external = (metric: CustomMetric): ScalingMetric => ({ on: 'external', metric, target: { average: 30 } });
const ofObject = (metric: CustomMetric, apiVersion: string, kind: string): ScalingMetric => ({
  on: 'object',
  metric,
  object: { apiVersion, kind, name: 'shop' },
  target: { value: 1 },
});

const query = (metric: ScalingMetric) => {
  const { rules, externalRules } = adapterConfig([metric]);
  return [...rules, ...externalRules].map(({ metricsQuery }) => metricsQuery);
};

describe('adapterConfig', () => {
  test('a metric of pods is found by its series and summed a pod', () => {
    expect(adapterConfig([ofPods(requests)])).toEqual({
      rules: [
        {
          seriesQuery: 'acgs_requests_total{namespace!="",pod!=""}',
          resources: { overrides: { namespace: { resource: 'namespace' }, pod: { resource: 'pod' } } },
          name: { as: 'http_requests_per_second' },
          metricsQuery: 'sum(rate(<<.Series>>{<<.LabelMatchers>>}[1m])) by (<<.GroupBy>>)',
        },
      ],
      externalRules: [],
    });
  });

  test('a metric of something outside is one number, wherever the autoscaler lives', () => {
    expect(adapterConfig([external(queue)])).toEqual({
      rules: [],
      externalRules: [
        {
          seriesQuery: 'acgs_queue_length{}',
          resources: { namespaced: false },
          name: { as: 'queue_length' },
          metricsQuery: 'sum(<<.Series>>{<<.LabelMatchers>>})',
        },
      ],
    });
  });

  test.each([
    { apiVersion: 'v1', kind: 'Service', label: 'service', resource: { resource: 'service' } },
    {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'Ingress',
      label: 'ingress',
      resource: { group: 'networking.k8s.io', resource: 'ingress' },
    },
  ])('a metric of a $kind is found by the label $label', ({ apiVersion, kind, label, resource }) => {
    expect(adapterConfig([ofObject(requests, apiVersion, kind)]).rules).toMatchObject([
      {
        seriesQuery: `acgs_requests_total{namespace!="",${label}!=""}`,
        resources: { overrides: { namespace: { resource: 'namespace' }, [label]: resource } },
      },
    ]);
  });

  test.each([
    {
      it: 'a window',
      given: ofPods({ ...requests, windowSeconds: 90 }),
      expected: 'sum(rate(<<.Series>>{<<.LabelMatchers>>}[90s])) by (<<.GroupBy>>)',
    },
    { it: 'a gauge', given: ofPods(queue), expected: 'sum(<<.Series>>{<<.LabelMatchers>>}) by (<<.GroupBy>>)' },
    {
      it: 'a mean',
      given: ofPods({ ...queue, combine: 'avg' }),
      expected: 'avg(<<.Series>>{<<.LabelMatchers>>}) by (<<.GroupBy>>)',
    },
    {
      it: 'a maximum',
      given: external({ ...requests, combine: 'max' }),
      expected: 'max(rate(<<.Series>>{<<.LabelMatchers>>}[1m]))',
    },
    {
      it: 'labels, in the order of their names and before what the adapter adds',
      given: ofPods({ ...requests, labels: { status: '200', method: 'GET' } }),
      expected: 'sum(rate(<<.Series>>{method="GET",status="200",<<.LabelMatchers>>}[1m])) by (<<.GroupBy>>)',
    },
    {
      it: 'a quantile a pod',
      given: ofPods(latency),
      expected: 'histogram_quantile(0.99, sum(rate(<<.Series>>{<<.LabelMatchers>>}[1m])) by (le, <<.GroupBy>>))',
    },
    {
      it: 'a quantile of all',
      given: external({ ...latency, windowSeconds: 300 }),
      expected: 'histogram_quantile(0.99, sum(rate(<<.Series>>{<<.LabelMatchers>>}[5m])) by (le))',
    },
  ])('asks Prometheus for $it', ({ given, expected }) => {
    expect(query(given)).toEqual([expected]);
  });

  test('declared labels narrow what is found as well as what is asked, with every character kept', () => {
    const [rule] = adapterConfig([external({ ...queue, labels: { path: 'a"b\\c' } })]).externalRules;

    expect(rule?.seriesQuery).toBe('acgs_queue_length{path="a\\"b\\\\c"}');
    expect(rule?.metricsQuery).toBe('sum(<<.Series>>{path="a\\"b\\\\c",<<.LabelMatchers>>})');
  });

  test("the kubelet's metrics need no rule", () => {
    expect(
      adapterConfig([
        { on: 'cpu', utilization: Percent.of(70) },
        { on: 'container', container: 'app', resource: 'cpu', utilization: Percent.of(70) },
      ]),
    ).toEqual({
      rules: [],
      externalRules: [],
    });
  });

  test('a metric that many declare has one rule, defaults spelt out or not', () => {
    const spelt: CustomMetric = { ...requests, kind: 'rate', windowSeconds: 60, combine: 'sum', labels: {} };

    expect(adapterConfig([ofPods(requests), ofPods(spelt), ofPods(requests)]).rules).toHaveLength(1);
    expect(inspectAdapterMetrics('p', [ofPods(requests), ofPods(spelt)])).toEqual([]);
  });

  test.each([Number.NaN, Number.POSITIVE_INFINITY, -1, 0, 0.5, 1e9])(
    'a window of %p s is left to its own check',
    (windowSeconds) => {
      expect(() => adapterConfig([ofPods({ ...requests, windowSeconds })])).not.toThrow();
    },
  );

  test('a metric of two kinds of objects has a rule for each', () => {
    const metrics = [ofPods(requests), ofObject(requests, 'v1', 'Service'), external(requests)];

    expect(adapterConfig(metrics).rules).toHaveLength(2);
    expect(adapterConfig(metrics).externalRules).toHaveLength(1);
    expect(inspectAdapterMetrics('p', metrics)).toEqual([]);
  });

  test('rules stand in the order of names, whatever the order of declarations', () => {
    const metrics = [ofPods(requests), ofPods({ ...requests, name: 'b' }), ofPods({ ...requests, name: 'a' })];

    expect(adapterConfig(metrics).rules.map(({ name }) => name.as)).toEqual(['a', 'b', 'http_requests_per_second']);
    expect(adapterYaml(adapterConfig(metrics))).toBe(adapterYaml(adapterConfig([...metrics].reverse())));
  });

  test('no metric of any policy lacks its rule', () => {
    fc.assert(
      fc.property(policies, ({ metrics }) => {
        const { rules, externalRules } = adapterConfig(metrics);
        for (const metric of metrics) {
          if (!('metric' in metric)) continue;
          const names = (metric.on === 'external' ? externalRules : rules).map(({ name }) => name.as);
          expect(names).toContain(metric.metric.name);
        }
      }),
    );
  });
});

describe('adapterYaml', () => {
  test('reads back as what was written', () => {
    fc.assert(
      fc.property(policies, ({ metrics }) => {
        const config = adapterConfig(metrics);
        expect(parse(adapterYaml(config))).toEqual(config);
      }),
    );
  });

  test('keeps a long query on one line', () => {
    expect(adapterYaml(adapterConfig([ofPods(latency)]))).toContain(
      ' metricsQuery: histogram_quantile(0.99, sum(rate(<<.Series>>{<<.LabelMatchers>>}[1m])) by (le, <<.GroupBy>>))\n',
    );
  });
});

describe('inspectAdapterMetrics', () => {
  const other: readonly { it: string; metric: CustomMetric }[] = [
    { it: 'another series', metric: { ...requests, series: 'alfred_requests_total' } },
    { it: 'another kind', metric: { ...requests, kind: 'gauge' } },
    { it: 'another window', metric: { ...requests, windowSeconds: 120 } },
    { it: 'another combination', metric: { ...requests, combine: 'avg' } },
    { it: 'other labels', metric: { ...requests, labels: { status: '200' } } },
  ];

  test.each(other)('refuses one name for $it', ({ metric }) => {
    const [finding] = inspectAdapterMetrics('platform', [ofPods(requests), ofPods(metric)]);

    expect(finding).toMatchObject({
      check: 'metric-has-one-meaning',
      severity: 'error',
      path: 'platform',
      prop: 'metric http_requests_per_second',
    });
    expect(finding?.received).toContain('acgs_requests_total');
  });

  test('refuses one name for two quantiles, also between pods and outside', () => {
    expect(
      ids(inspectAdapterMetrics('p', [ofPods(latency), external({ ...latency, quantile: Percent.of(50) })])),
    ).toEqual(['metric-has-one-meaning']);
  });

  test('does not mind the window of a gauge, which has none', () => {
    expect(inspectAdapterMetrics('p', [ofPods(queue), ofPods({ ...queue, windowSeconds: 300 })])).toEqual([]);
  });

  test('every check has a failing row', () => {
    expect(allIds(METRIC_ADAPTER_CHECKS)).toEqual(['metric-has-one-meaning']);
  });
});
