import type { CustomMetric, MetricAlertSpec, SeriesSpec, TelemetrySpec } from '../../lib/model';
import { Duration, Percent } from '../../lib/units';
import { HTTP_REQUESTS, JWT_VALIDATIONS, LLM_REQUESTS, REQUEST_BUCKETS, SYNTHESIS_QUEUE } from './metrics';
import { SLOWEST_ANSWER } from './numbers';

const DURATIONS = 'acgs_request_duration_seconds';
const COMPLIANCE = 'acgs_constitutional_compliance_rate';
const POOL = 'acgs_db_pool_connections';

/** What the documents have services serve, and what their targets need beside it. */
const SERIES: readonly SeriesSpec[] = [
  { name: HTTP_REQUESTS.series, type: 'counter', unit: 'requests', labels: ['status'], servedBy: 'every service' },
  { name: DURATIONS, type: 'histogram', unit: 'seconds', buckets: REQUEST_BUCKETS, servedBy: 'every service' },
  { name: COMPLIANCE, type: 'gauge', unit: 'ratio', servedBy: 'every service' },
  { name: POOL, type: 'gauge', unit: 'connections', labels: ['database'], servedBy: 'every service' },
  { name: JWT_VALIDATIONS.series, type: 'counter', unit: 'count', servedBy: 'auth-service' },
  { name: LLM_REQUESTS.series, type: 'counter', unit: 'requests', servedBy: 'governance-synthesis' },
  { name: SYNTHESIS_QUEUE.series, type: 'gauge', unit: 'count', servedBy: 'governance-synthesis' },
];

const latency = (percent: number): CustomMetric => ({
  name: `p${percent}_request_duration_seconds`,
  series: `${DURATIONS}_bucket`,
  kind: 'quantile',
  quantile: Percent.of(percent),
});

const SLOW_STEPS = [
  'Look at the hit rate of the cache, at pools of connections to the database, and at memory.',
  'Compare the requests of each pod with their target: above it, see ScalingRequired.',
  'If a release came before, abort or undo it.',
];

/** What the documents ring for, beside what follows from bounds and objectives. */
const ALERTS: readonly MetricAlertSpec[] = [
  {
    alert: 'HighLatencyUnderLoad',
    metric: latency(99),
    when: { above: SLOWEST_ANSWER.inMillis / 1000 },
    for: Duration.seconds(60),
    severity: 'warning',
    escalation: 'immediate',
    summary: 'high latency under load',
    steps: SLOW_STEPS,
  },
  {
    alert: 'LatencyRising',
    metric: latency(99),
    when: { above: 0.003 },
    for: Duration.seconds(60),
    severity: 'info',
    summary: 'latency comes close to its objective',
    steps: SLOW_STEPS,
  },
  {
    alert: 'ResponsesSlow',
    metric: latency(95),
    when: { above: 0.5 },
    for: Duration.minutes(5),
    severity: 'critical',
    summary: 'people notice that it is slow',
    steps: SLOW_STEPS,
  },
  {
    alert: 'ConstitutionalComplianceViolation',
    metric: { name: 'constitutional_compliance_rate', series: COMPLIANCE, kind: 'gauge', combine: 'min' },
    when: { below: 1 },
    for: Duration.seconds(0),
    severity: 'critical',
    summary: 'constitutional compliance violation detected',
    title: 'Constitutional Compliance Rate',
    colors: [
      { from: 1, color: 'green' },
      { from: 0.99, color: 'yellow' },
      { from: 0.95, color: 'red' },
    ],
    missing: 'alert',
    steps: [
      'Find the requests in the audit log: each violation was refused, and its pod says which hash it had.',
      'Compare CONSTITUTIONAL_HASH of the pods with the hash of the release.',
      'If pods differ, undo the release. Do not stop the service: refusing is what it is meant to do.',
    ],
  },
];

/** Measured, promised and told alike in every environment. Mail goes out through the region itself: another one may be lost. */
export const telemetry = (pagerDuty: 'on' | 'off', region: string, heartbeat: 'on' | 'off'): TelemetrySpec => ({
  prefix: 'acgs',
  series: SERIES,
  requests: { counter: HTTP_REQUESTS.series, histogram: DURATIONS },
  objectives: {
    availability: Percent.of(99.9),
    latency: { share: Percent.of(99), within: SLOWEST_ANSWER },
  },
  alerts: ALERTS,
  throughputAtLeast: 100,
  errorsAtMost: Percent.of(5),
  cacheHitsAtLeast: Percent.of(85),
  poolSeries: POOL,
  scalingTitle: 'ACGS-2 Production Scaling Dashboard',
  throughputColors: [
    { from: 1000, color: 'green' },
    { from: 3000, color: 'yellow' },
    { from: 5000, color: 'red' },
  ],
  utilization: { cpu: Percent.of(90), memory: Percent.of(95), storage: Percent.of(80) },
  heartbeat,
  runbooks: 'https://runbooks.acgs.example.com',
  receivers: {
    slackChannel: '#acgs-alerts',
    email: {
      to: 'acgs-team@example.com',
      from: 'alerts@acgs.example.com',
      smarthost: `email-smtp.${region}.amazonaws.com:587`,
      username: 'acgs-alerts',
    },
    pagerDuty,
  },
});
