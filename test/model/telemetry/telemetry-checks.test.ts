import {
  ANALYSIS_SERIES_CHECKS,
  inspectTelemetry,
  METRIC_ALERT_CHECKS,
  type MetricAlertSpec,
  READ_METRIC_CHECKS,
  RECEIVER_CHECKS,
  type RolloutSpec,
  SERIES_CHECKS,
  type SeriesSpec,
  type ServiceSpec,
  TELEMETRY_CHECKS,
  type TelemetrySpec,
} from '../../../lib/model';
import { Duration, Percent } from '../../../lib/units';
import { environment, service } from '../../support/environment';
import { allIds, ids } from '../../support/findings';
import { COUNTER, DURATIONS, POOL, TELEMETRY } from '../../support/telemetry';

const found = (changes: Partial<TelemetrySpec>, services: readonly ServiceSpec[] = [service('orders')]): string[] =>
  ids(inspectTelemetry('shop/production', environment({ services, telemetry: { ...TELEMETRY, ...changes } })));

const ALERT: MetricAlertSpec = {
  alert: 'OrdersSlow',
  metric: { name: 'p95', series: `${DURATIONS.name}_bucket`, kind: 'quantile', quantile: Percent.of(95) },
  when: { above: 0.05 },
  for: Duration.minutes(1),
  severity: 'warning',
  summary: 'slow',
  steps: ['look'],
};

const alert = (changes: Partial<MetricAlertSpec>): Partial<TelemetrySpec> => ({ alerts: [{ ...ALERT, ...changes }] });
const series = (changes: Partial<SeriesSpec>): Partial<TelemetrySpec> => ({
  series: [COUNTER, DURATIONS, { ...POOL, ...changes }],
});
const receivers = (changes: Partial<TelemetrySpec['receivers']>): Partial<TelemetrySpec> => ({
  receivers: { ...TELEMETRY.receivers, ...changes },
});
const email = (changes: Partial<TelemetrySpec['receivers']['email']>): Partial<TelemetrySpec> =>
  receivers({ email: { ...TELEMETRY.receivers.email, ...changes } });
const objectives = (changes: Partial<TelemetrySpec['objectives']>): Partial<TelemetrySpec> => ({
  objectives: { ...TELEMETRY.objectives, ...changes },
});
const latency = (share: number, millis: number): Partial<TelemetrySpec> =>
  objectives({ latency: { share: Percent.of(share), within: Duration.millis(millis) } });
const histogram = (...millis: readonly number[]): Partial<TelemetrySpec> => ({
  series: [COUNTER, { ...DURATIONS, buckets: millis.map(Duration.millis) }, POOL],
});

const BROKEN: [check: string, changes: Partial<TelemetrySpec>][] = [
  ['telemetry-prefix-is-a-name', { prefix: 'Shop' }],
  ['telemetry-prefix-is-a-name', { prefix: '' }],
  ['telemetry-series-is-a-prometheus-name', series({ name: '1_pool' })],
  ['telemetry-series-is-a-prometheus-name', series({ name: 'shop:pool' })],
  ['telemetry-series-is-named-after-its-type', series({ name: 'shop_pool_total' })],
  ['telemetry-series-is-named-after-its-type', series({ type: 'counter' })],
  [
    'telemetry-series-is-in-base-units',
    series({ name: 'shop_search_ms', type: 'histogram', buckets: [Duration.seconds(1)] }),
  ],
  ['telemetry-histogram-has-rising-buckets', histogram(10, 50, 50, 100)],
  ['telemetry-histogram-has-rising-buckets', histogram(0, 50, 100)],
  ['telemetry-histogram-has-rising-buckets', series({ buckets: [Duration.seconds(1)] })],
  ['telemetry-series-are-distinct', { series: [COUNTER, DURATIONS, POOL, POOL] }],
  ['telemetry-series-are-distinct', series({ name: 'redis_up' })],
  ['telemetry-series-are-distinct', series({ name: 'up' })],
  ['telemetry-requests-are-served', { requests: { counter: 'other_total', histogram: DURATIONS.name } }],
  ['telemetry-availability-can-be-broken', objectives({ availability: Percent.of(94.99) })],
  ['telemetry-availability-can-be-broken', objectives({ availability: Percent.of(100) })],
  ['telemetry-latency-can-be-broken', latency(94.99, 50)],
  ['telemetry-latency-can-be-broken', latency(100, 50)],
  ['telemetry-objective-is-a-bucket-bound', latency(99, 49)],
  ['telemetry-objective-is-a-bucket-bound', latency(99, 100)],
  ['telemetry-alerts-are-distinct', { alerts: [ALERT, ALERT] }],
  ['telemetry-pools-are-served', { poolSeries: 'other' }],
  ['telemetry-pools-are-served', { ...series({ labels: [] }), poolSeries: POOL.name }],
  ['telemetry-shares-are-shares', { errorsAtMost: Percent.of(0) }],
  ['telemetry-shares-are-shares', { errorsAtMost: Percent.of(100) }],
  ['telemetry-shares-are-shares', { cacheHitsAtLeast: Percent.of(100) }],
  ['telemetry-shares-are-shares', { utilization: { storage: Percent.of(0) } }],
  ['telemetry-throughput-is-a-rate', { throughputAtLeast: -1 }],
  ['telemetry-throughput-is-a-rate', { throughputAtLeast: Number.NaN }],
  ['telemetry-scaling-events-can-happen', { scalingEventsPerHour: 0 }],
  ['telemetry-scaling-events-can-happen', { scalingEventsPerHour: 241 }],
  ['telemetry-scaling-events-can-happen', { scalingEventsPerHour: Number.NaN }],
  ['telemetry-scale-up-has-time', { scaleUpWithin: Duration.seconds(29) }],
  ['telemetry-scale-up-has-time', { scaleUpWithin: Duration.seconds(3601) }],
  ['telemetry-scale-up-has-time', { scaleUpWithin: Duration.millis(60_500) }],
  ['telemetry-addresses-are-urls', { runbooks: 'runbooks' }],
  ['telemetry-addresses-are-urls', { runbooks: 'https://runbooks.example.com/' }],
  ['telemetry-addresses-are-urls', { grafana: 'grafana' }],
  ['telemetry-alert-name-is-camel-case', alert({ alert: 'orders-slow' })],
  [
    'telemetry-alert-threshold-is-a-number',
    alert({ metric: { name: 'up', series: 'up', kind: 'gauge' }, when: { below: Number.NaN } }),
  ],
  [
    'telemetry-alert-threshold-is-a-number',
    alert({ metric: { name: 'up', series: 'up', kind: 'gauge' }, when: { above: -1 } }),
  ],
  ['telemetry-alert-lasts-at-most-an-hour', alert({ for: Duration.seconds(3601) })],
  ['telemetry-alert-lasts-at-most-an-hour', alert({ for: Duration.millis(500) })],
  ['telemetry-alert-says-what-to-do', alert({ steps: [] })],
  ['telemetry-alert-says-what-to-do', alert({ steps: [' '] })],
  ['telemetry-alert-says-what-to-do', alert({ summary: '' })],
  ['telemetry-alert-series-is-served', alert({ metric: { name: 'x', series: 'nobody_serves_this', kind: 'gauge' } })],
  ['telemetry-latency-threshold-is-a-bucket-bound', alert({ when: { above: 0.049 } })],
  ['telemetry-latency-threshold-is-a-bucket-bound', alert({ when: { above: 0.1 } })],
  ['receivers-slack-channel-is-a-channel', receivers({ slackChannel: 'shop' })],
  ['receivers-email-has-addresses', email({ to: 'ops' })],
  ['receivers-email-has-addresses', email({ from: 'a@b@example.com' })],
  ['receivers-email-server-has-a-port', email({ smarthost: 'smtp.example.com' })],
  ['receivers-email-server-has-a-port', email({ smarthost: 'smtp.example.com:25' })],
  ['receivers-email-has-a-user', email({ username: ' ' })],
  ['receivers-secret-is-a-dns-label', receivers({ secretName: 'Receivers' })],
];

const scaled = (name: string): ServiceSpec =>
  service('orders', {
    scaling: { min: 2, max: 6, metrics: [{ on: 'pods', metric: { name: 'x', series: name }, average: 10 }] },
  });

const released = (buckets: readonly number[]): ServiceSpec => {
  const rollout: RolloutSpec = {
    strategy: 'blue-green',
    after: {
      metrics: [
        {
          name: 'latency',
          measures: 'latency',
          histogram: DURATIONS.name,
          quantile: Percent.of(99),
          atMost: Duration.millis(50),
          buckets: buckets.map(Duration.millis),
        },
      ],
    },
  };
  return service('orders', { rollout });
};

describe('telemetry of an environment', () => {
  test('is in order as declared, at the bounds of what is allowed, and where there is none', () => {
    expect(found({})).toEqual([]);
    expect(inspectTelemetry('shop', environment())).toEqual([]);
    expect(found(latency(95, 50))).toEqual([]);
    expect(found(latency(99.99, 50))).toEqual([]);
    expect(found({ scaleUpWithin: Duration.seconds(30), scalingEventsPerHour: 1, throughputAtLeast: 0 })).toEqual([]);
    expect(found({ scaleUpWithin: Duration.hours(1), scalingEventsPerHour: 240 })).toEqual([]);
    expect(found(alert({ for: Duration.seconds(0) }))).toEqual([]);
    expect(found(alert({ for: Duration.hours(1) }))).toEqual([]);
    expect(found({ poolSeries: POOL.name })).toEqual([]);
  });

  test.each(BROKEN)('%s fails (row %#)', (check, changes) => {
    expect(found(changes)).toContain(check);
  });

  test('an autoscaler needs a series that something serves, or that is recorded', () => {
    expect(found({}, [scaled('shop_orders_total')])).toEqual(['telemetry-serves-scaling-metrics']);
    expect(found({}, [scaled(COUNTER.name)])).toEqual([]);
    expect(found({}, [scaled('shop:orders:rate1m')])).toEqual([]);
  });

  test('an analysis reckons with the buckets that are served', () => {
    expect(found({}, [released([10, 50, 100])])).toEqual([]);
    expect(found({}, [released([10, 50, 200])])).toEqual(['telemetry-agrees-with-analyses']);
    expect(
      found({ series: [COUNTER, { ...DURATIONS, name: 'other_seconds' }, POOL] }, [released([10, 50, 100])]),
    ).toContain('telemetry-agrees-with-analyses');
  });

  test('every check has a failing row', () => {
    const rows = [
      ...BROKEN.map(([check]) => check),
      'telemetry-serves-scaling-metrics',
      'telemetry-agrees-with-analyses',
    ];
    expect([...new Set(rows)].sort()).toEqual(
      allIds(
        TELEMETRY_CHECKS,
        SERIES_CHECKS,
        METRIC_ALERT_CHECKS,
        READ_METRIC_CHECKS,
        ANALYSIS_SERIES_CHECKS,
        RECEIVER_CHECKS,
      ),
    );
  });
});
