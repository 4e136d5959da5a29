import type { CustomMetric, MetricAlertSpec, SeriesSpec, TelemetrySpec } from '../../lib/model';
import { Duration, Percent } from '../../lib/units';
import { QUEUE_MESSAGES, REQUESTS, VECTOR_SEARCHES } from './metrics';

const DURATIONS = 'alfred_request_duration_seconds';
const SEARCHES = 'alfred_vector_search_duration_seconds';
const POOL = 'alfred_db_pool_connections';

const bounds = (...millis: readonly number[]): Duration[] => millis.map(Duration.millis);

/** What agents and the broker serve. */
const SERIES: readonly SeriesSpec[] = [
  { name: REQUESTS.series, type: 'counter', unit: 'requests', labels: ['status'], servedBy: 'every agent' },
  {
    name: DURATIONS,
    type: 'histogram',
    unit: 'seconds',
    buckets: bounds(10, 25, 50, 100, 200, 500, 1000, 2500),
    servedBy: 'every agent',
  },
  {
    name: SEARCHES,
    type: 'histogram',
    unit: 'seconds',
    buckets: bounds(5, 10, 25, 50, 100, 200, 500, 1000),
    servedBy: 'agent-rag',
  },
  { name: POOL, type: 'gauge', unit: 'connections', labels: ['database'], servedBy: 'every agent' },
  { name: VECTOR_SEARCHES.series, type: 'counter', unit: 'requests', servedBy: 'agent-rag' },
  {
    name: QUEUE_MESSAGES.series,
    type: 'gauge',
    unit: 'count',
    labels: ['queue'],
    servedBy: 'RabbitMQ 3.8 or later, detailed metrics of its prometheus plugin',
  },
];

const p95 = (name: string, histogram: string): CustomMetric => ({
  name,
  series: `${histogram}_bucket`,
  kind: 'quantile',
  quantile: Percent.of(95),
});

/** Thresholds that the documents list beside the bounds of what is normal. */
const ALERTS: readonly MetricAlertSpec[] = [
  {
    alert: 'ResponsesSlow',
    metric: p95('p95_request_duration_seconds', DURATIONS),
    when: { above: 0.5 },
    for: Duration.minutes(2),
    severity: 'warning',
    summary: 'slow responses',
    steps: [
      'See whether the model that the agent asks is slow: its calls are in the trace.',
      'Compare the requests of each pod with their target: above it, see ScalingRequired.',
    ],
  },
  {
    alert: 'VectorSearchSlow',
    metric: p95('p95_vector_search_duration_seconds', SEARCHES),
    when: { above: 0.2 },
    for: Duration.minutes(2),
    severity: 'warning',
    summary: 'slow vector searches',
    steps: ['See whether the vector database is throttled or reads from disk: its memory may be too small.'],
  },
  {
    alert: 'RequestRateHigh',
    metric: REQUESTS,
    over: 'platform',
    when: { above: 1500 },
    for: Duration.minutes(1),
    severity: 'warning',
    summary: 'more requests than it was measured for',
    steps: [
      'See whether the load is real; one client that repeats itself can be held back at the gateway.',
      'See which autoscalers are close to their maximum.',
    ],
  },
  {
    alert: 'QueueTooLong',
    metric: { ...QUEUE_MESSAGES, labels: { queue: 'alfred-tasks' } },
    over: 'platform',
    when: { above: 500 },
    for: Duration.minutes(2),
    severity: 'warning',
    summary: 'tasks wait too long',
    steps: [
      'See whether agent-rag is at its maximum (AutoscalerAtCeiling) or cannot scale (AutoscalingFailure).',
      'See whether one task fails again and again, and keeps coming back.',
    ],
  },
];

/** Measured, promised and told alike in every environment. Mail goes out through the region itself: another one may be lost. */
export const telemetry = (pagerDuty: 'on' | 'off', region: string): TelemetrySpec => ({
  prefix: 'alfred',
  series: SERIES,
  requests: { counter: REQUESTS.series, histogram: DURATIONS },
  objectives: {
    availability: Percent.of(99.9),
    latency: { share: Percent.of(95), within: Duration.millis(500) },
  },
  alerts: ALERTS,
  poolSeries: POOL,
  utilization: { cpu: Percent.of(85), memory: Percent.of(90) },
  scalingEventsPerHour: 10,
  heartbeat: pagerDuty,
  runbooks: 'https://runbooks.alfred.example.com',
  grafana: 'http://monitoring-dashboard:3000',
  receivers: {
    slackChannel: '#alfred-alerts',
    email: {
      to: 'alfred-team@example.com',
      from: 'alerts@alfred.example.com',
      smarthost: `email-smtp.${region}.amazonaws.com:587`,
      username: 'alfred-alerts',
    },
    pagerDuty,
  },
});
