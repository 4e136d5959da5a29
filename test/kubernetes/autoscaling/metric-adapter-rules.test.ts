import { Chart, Testing } from 'cdk8s';
import { parse } from 'yaml';
import {
  METRIC_ADAPTER_RULES_CHECKS,
  MetricAdapterRules,
  type MetricAdapterRulesProps,
} from '../../../lib/kubernetes/autoscaling/metric-adapter-rules';
import type { CustomMetric, ScalingMetric } from '../../../lib/model';
import { Percent } from '../../../lib/units';
import { allIds, ids, refused } from '../../support/findings';
import { manifests, only } from '../../support/manifests';

const requests: CustomMetric = { name: 'http_requests_per_second', series: 'acgs_requests_total' };
const ofPods = (metric: CustomMetric): ScalingMetric => ({ on: 'pods', metric, average: 100 });
const cpu: ScalingMetric = { on: 'cpu', utilization: Percent.of(70) };

const synth = (overrides: Partial<MetricAdapterRulesProps> = {}) =>
  only(
    manifests((chart) => {
      new MetricAdapterRules(chart, 'Rules', { metrics: [cpu, ofPods(requests)], ...overrides });
    }),
    'ConfigMap',
  );

describe('MetricAdapterRules', () => {
  test("is the ConfigMap that the adapter's chart reads", () => {
    const { metadata, data } = synth();

    expect(metadata).toEqual({
      name: 'metric-adapter-rules',
      labels: {
        'app.kubernetes.io/name': 'metric-adapter-rules',
        'app.kubernetes.io/instance': 'metric-adapter-rules',
        'app.kubernetes.io/component': 'metric-adapter',
        'app.kubernetes.io/managed-by': 'cdk-headroom',
      },
    });
    expect(Object.keys(data)).toEqual(['config.yaml']);
    expect(parse(data['config.yaml'])).toMatchObject({
      rules: [{ name: { as: 'http_requests_per_second' } }],
      externalRules: [],
    });
  });

  test('has the name, namespace and labels that it is given', () => {
    expect(
      synth({ name: 'rules', namespace: 'monitoring', partOf: 'acgs', labels: { team: 'core' } }).metadata,
    ).toMatchObject({
      name: 'rules',
      namespace: 'monitoring',
      labels: { 'app.kubernetes.io/part-of': 'acgs', team: 'core' },
    });
  });

  test('exposes the text, so that the adapter can restart with it', () => {
    manifests((chart) => {
      const rules = new MetricAdapterRules(chart, 'Rules', { metrics: [ofPods(requests)] });
      expect(rules.text).toContain('seriesQuery: acgs_requests_total{namespace!="",pod!=""}');
      expect(rules.name).toBe('metric-adapter-rules');
      expect(rules.node.defaultChild).toMatchObject({ kind: 'ConfigMap' });
    });
  });

  test('without a custom metric there are no rules, and the adapter still starts', () => {
    expect(parse(synth({ metrics: [cpu] }).data['config.yaml'])).toEqual({ rules: [], externalRules: [] });
  });

  describe('with external metrics', () => {
    const external: ScalingMetric = {
      on: 'external',
      metric: { name: 'queue', series: 'queue', kind: 'gauge', combine: 'max' },
      target: { value: 3 },
    };
    const all = (overrides: Partial<MetricAdapterRulesProps> = {}, namespace?: string) => {
      const chart = new Chart(Testing.app(), 'test', namespace === undefined ? {} : { namespace });
      new MetricAdapterRules(chart, 'Rules', { metrics: [external], ...overrides });
      return Testing.synth(chart);
    };

    test("registers their API, which the adapter's chart does not do for a ConfigMap", () => {
      const { apiVersion, metadata, spec } = only(all(), 'APIService');
      expect([apiVersion, metadata.name]).toEqual(['apiregistration.k8s.io/v1', 'v1beta1.external.metrics.k8s.io']);
      expect(spec).toEqual({
        group: 'external.metrics.k8s.io',
        version: 'v1beta1',
        service: { name: 'prometheus-adapter', namespace: 'monitoring' },
        insecureSkipTLSVerify: true,
        groupPriorityMinimum: 100,
        versionPriority: 100,
      });
    });

    test('points to the adapter where it is', () => {
      const at = (overrides: Partial<MetricAdapterRulesProps>, namespace?: string) =>
        only(all(overrides, namespace), 'APIService').spec.service;
      expect(at({ namespace: 'metrics' }, 'shop').namespace).toBe('metrics');
      expect(at({}, 'shop').namespace).toBe('shop');
      expect(at({ namespace: 'metrics', service: { name: 'adapter', namespace: 'prom' } })).toEqual({
        name: 'adapter',
        namespace: 'prom',
      });
    });

    test('belongs to no namespace', () => {
      expect(only(all({}, 'shop'), 'APIService').metadata).not.toHaveProperty('namespace');
    });

    test('without any there is no such API', () => {
      expect(all({ metrics: [ofPods(requests)] }).map(({ kind }) => kind)).toEqual(['ConfigMap']);
    });
  });

  const rows: readonly (readonly [check: string, overrides: Partial<MetricAdapterRulesProps>])[] = [
    ['metric-adapter-name-is-a-dns-label', { name: 'A' }],
    ['metric-adapter-namespace-is-a-dns-label', { namespace: '' }],
    ['metric-adapter-service-is-named', { service: { name: 'A' } }],
    ['metric-adapter-service-is-named', { service: { namespace: '' } }],
    [
      'metric-has-one-meaning',
      { metrics: [ofPods(requests), ofPods({ ...requests, series: 'alfred_requests_total' })] },
    ],
    ['metric-name-is-a-path-segment', { metrics: [ofPods({ ...requests, name: 'a/b' })] }],
  ];

  test.each(rows)('refuses what breaks %s', (check, overrides) => {
    expect(refused(() => synth(overrides))).toEqual([check]);
    expect(ids(MetricAdapterRules.inspect('p', { metrics: [], ...overrides }))).toEqual([check]);
  });

  test('every check of its own has a failing row', () => {
    expect(rows.map(([check]) => check)).toEqual(expect.arrayContaining(allIds(METRIC_ADAPTER_RULES_CHECKS)));
  });
});
