import type { SeriesSpec, TelemetrySpec } from '../../lib/model';
import { Duration, Percent } from '../../lib/units';

const bounds = (...millis: readonly number[]): Duration[] => millis.map(Duration.millis);

export const COUNTER: SeriesSpec = {
  name: 'shop_requests_total',
  type: 'counter',
  unit: 'requests',
  labels: ['status'],
  servedBy: 'every service',
};

export const DURATIONS: SeriesSpec = {
  name: 'shop_request_duration_seconds',
  type: 'histogram',
  unit: 'seconds',
  buckets: bounds(10, 50, 100),
  servedBy: 'every service',
};

export const POOL: SeriesSpec = {
  name: 'shop_pool_connections',
  type: 'gauge',
  unit: 'connections',
  labels: ['database'],
  servedBy: 'every service',
};

/** Telemetry that breaks no check. */
export const TELEMETRY: TelemetrySpec = {
  prefix: 'shop',
  series: [COUNTER, DURATIONS, POOL],
  requests: { counter: COUNTER.name, histogram: DURATIONS.name },
  objectives: { availability: Percent.of(99.9), latency: { share: Percent.of(99), within: Duration.millis(50) } },
  runbooks: 'https://runbooks.example.com',
  receivers: {
    slackChannel: '#shop',
    email: { to: 'ops@example.com', from: 'alerts@example.com', smarthost: 'smtp.example.com:587', username: 'alerts' },
  },
};
