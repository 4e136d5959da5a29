import {
  ANALYSIS_TEMPLATE_CHECKS,
  AnalysisTemplate,
  type AnalysisTemplateProps,
} from '../../../lib/kubernetes/rollout/analysis-template';
import { Duration, Percent } from '../../../lib/units';
import { allIds, ids, refused } from '../../support/findings';
import { type Manifest, manifests, only } from '../../support/manifests';
import { successRate } from '../../support/rollouts';

const least: AnalysisTemplateProps = { name: 'api-health', metrics: [successRate] };

const spec = (props: Partial<AnalysisTemplateProps> = {}): Manifest =>
  only(
    manifests((chart) => new AnalysisTemplate(chart, 'Health', { ...least, ...props })),
    'AnalysisTemplate',
    'api-health',
  ).spec;

describe('AnalysisTemplate', () => {
  test('asks the Prometheus of the cluster about the version it is given', () => {
    const { args, metrics } = spec();
    expect(args).toEqual([{ name: 'version' }, { name: 'namespace' }]);
    expect(metrics).toEqual([
      {
        name: 'success-rate',
        initialDelay: '2m',
        successCondition: 'len(result) > 0 && (isNaN(result[0]) || result[0] >= 0.99)',
        failureLimit: 2,
        consecutiveErrorLimit: 4,
        provider: {
          prometheus: {
            address: 'http://prometheus-operated.monitoring.svc.cluster.local:9090',
            query: expect.stringContaining('rollouts_pod_template_hash="{{args.version}}"'),
            timeout: 30,
          },
        },
      },
    ]);
  });

  test('asks as often as it is told, at another address, by other labels', () => {
    const { metrics } = spec({
      prometheus: 'http://prometheus:9090',
      versionLabel: 'hash',
      namespaceLabel: 'ns',
      metrics: [
        {
          ...successRate,
          interval: Duration.seconds(30),
          count: 5,
          initialDelay: Duration.seconds(0),
          failureLimit: 0,
          consecutiveErrorLimit: 1,
          withoutData: 'inconclusive',
        },
        { name: 'latency', measures: 'latency', quantile: Percent.of(95), atMost: Duration.seconds(1) },
      ],
    });
    expect(metrics[0]).toMatchObject({
      interval: '30s',
      count: 5,
      failureLimit: 0,
      inconclusiveLimit: 0,
      consecutiveErrorLimit: 1,
      failureCondition: 'len(result) > 0 && !isNaN(result[0]) && result[0] < 0.99',
    });
    expect(metrics[0].initialDelay).toBeUndefined();
    expect(metrics[1].provider.prometheus.address).toBe('http://prometheus:9090');
    expect(metrics[1].provider.prometheus.query).toContain('{ns="{{args.namespace}}",hash="{{args.version}}"}');
  });

  test('ends with what it runs beside', () => {
    const watch = { by: 'watch', watch: Duration.minutes(10) } as const;
    expect(spec({ end: watch }).metrics[0]).toMatchObject({ interval: '1m', count: 8 });
    expect(spec({ end: { by: 'release' } }).metrics[0].count).toBeUndefined();
    expect(spec({ end: { by: 'release' } }).metrics[0].interval).toBe('1m');
  });

  test('carries labels', () => {
    const [object] = manifests((chart) => new AnalysisTemplate(chart, 'Health', { ...least, labels: { team: 'a' } }));
    expect(object.metadata.labels).toEqual({ team: 'a' });
    expect(object.apiVersion).toBe('argoproj.io/v1alpha1');
  });

  test('without an end of its own refuses an interval without a count', () => {
    const endless = { metrics: [{ ...successRate, interval: Duration.minutes(1) }] };
    expect(refused(() => spec(endless))).toEqual(['analysis-ends-by-itself']);
    expect(AnalysisTemplate.inspect('a', { ...least, ...endless })[0]?.prop).toBe('metrics[0].count');
    expect(refused(() => spec({ ...endless, end: { by: 'release' } }))).toEqual([]);
  });

  test('is named as an object can be', () => {
    expect(ids(AnalysisTemplate.inspect('a', { ...least, name: 'A' }))).toEqual([
      'analysis-template-name-is-a-dns-label',
    ]);
    expect(allIds(ANALYSIS_TEMPLATE_CHECKS)).toEqual(['analysis-template-name-is-a-dns-label']);
  });
});
