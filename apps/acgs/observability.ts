import type { ObservabilitySpec } from '../../lib/model';
import { Duration, Memory, Percent } from '../../lib/units';

/** As document 001 has it: 30 days of measurements and a bucket behind, 90 days of logs, one request in a hundred for a week. */
const RETENTION = {
  metrics: { retention: Duration.days(30), longTerm: { retention: Duration.days(365) } },
  logs: { retention: Duration.days(90) },
  traces: { sampling: Percent.of(1), retention: Duration.days(7) },
} as const;

const kept = (sizes: {
  readonly series: number;
  readonly metrics: Memory;
  readonly logsPerDay: Memory;
  readonly logs: Memory;
  readonly spansPerSecond: number;
}): ObservabilitySpec => ({
  metrics: { ...RETENTION.metrics, series: sizes.series, storage: sizes.metrics },
  logs: { ...RETENTION.logs, perDay: sizes.logsPerDay, storage: sizes.logs },
  traces: { ...RETENTION.traces, spansPerSecond: sizes.spansPerSecond },
  nodes: 'stateful',
});

/** Of about 90 pods, 3600 requests a second at the peak, each through three of them. No document gives an amount of logs. */
const PRODUCTION = kept({
  series: 100_000,
  metrics: Memory.gib(50),
  logsPerDay: Memory.gib(4),
  logs: Memory.gib(400),
  spansPerSecond: 10_000,
});

/** By environment. Development keeps measurements alone: who works there reads logs where they are written. */
export const OBSERVABILITY = {
  production: PRODUCTION,
  'production-dr': PRODUCTION,
  staging: kept({
    series: 50_000,
    metrics: Memory.gib(24),
    logsPerDay: Memory.gib(1),
    logs: Memory.gib(100),
    spansPerSecond: 1000,
  }),
  development: {
    metrics: { retention: RETENTION.metrics.retention, series: 30_000, storage: Memory.gib(16) },
    nodes: 'stateful',
  },
} as const satisfies Readonly<Record<string, ObservabilitySpec>>;
