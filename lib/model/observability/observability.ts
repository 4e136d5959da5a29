import { withDefaults } from '../../check';
import { Duration, Memory, Percent } from '../../units';

/** What Prometheus measures, and how long it is kept. */
export interface MetricsStoreSpec {
  /** How long each Prometheus keeps it on its own volume (whole days, 1-90). @default Duration.days(30) */
  readonly retention?: Duration;
  /** Series that are measured at the same time, at the most (1000-5000000): what the volume is reckoned with. */
  readonly series: number;
  /** Volume of each Prometheus; four fifths of it are used (8-16384 GiB). */
  readonly storage: Memory;
  /** What is kept in a bucket for longer. @default - nothing: it goes with the volume */
  readonly longTerm?: LongTermSpec;
}

/** Measurements that outlive their volume. */
export interface LongTermSpec {
  /** How long they are kept (whole days, longer than on the volume, at most 3650). @default Duration.days(365) */
  readonly retention?: Duration;
}

/** What pods write, and how long it can be searched. */
export interface LogStoreSpec {
  /** How long it is kept (whole days, 1-3650). @default Duration.days(90) */
  readonly retention?: Duration;
  /** What all pods write in a day, at the most (above 0): what the volumes are reckoned with. */
  readonly perDay: Memory;
  /** Members of the Elasticsearch: 3 agree about who leads, 1 alone keeps no copy. @default 3 */
  readonly members?: number;
  /** Volume of each member, up to 85 % of which it fills (8-16384 GiB). */
  readonly storage: Memory;
  /** Memory of each member, half of it for its heap (2-62 GiB). @default Memory.gib(4) */
  readonly memory?: Memory;
}

/** Ways of single requests through the services. Kept where logs are. */
export interface TraceStoreSpec {
  /** Share of requests that is traced, decided where a request comes in and kept to by all behind (above 0 % to 100 %). @default Percent.of(1) */
  readonly sampling?: Percent;
  /** How long traces are kept (whole days, 1-90). @default Duration.days(7) */
  readonly retention?: Duration;
  /** Spans that services and sidecars would send in a second if each request were traced, at the most (above 0). */
  readonly spansPerSecond: number;
}

/** Where measurements, logs and traces of an environment are kept, and how people look at them. */
export interface ObservabilitySpec {
  /** Prometheus with a volume. */
  readonly metrics: MetricsStoreSpec;
  /** Whether Grafana shows the dashboards of `telemetry`. @default 'on' */
  readonly dashboards?: 'on' | 'off';
  /** Fluent Bit on every node, and an Elasticsearch. @default - logs stay on their nodes until those go */
  readonly logs?: LogStoreSpec;
  /** Jaeger. @default - nothing is traced */
  readonly traces?: TraceStoreSpec;
  /** Node group or pool of whatever has a volume. @default - any untainted node */
  readonly nodes?: string;
}

const METRICS = { retention: Duration.days(30) } as const satisfies Partial<MetricsStoreSpec>;
const LONG_TERM = { retention: Duration.days(365) } as const satisfies Partial<LongTermSpec>;
const LOGS = {
  retention: Duration.days(90),
  members: 3,
  memory: Memory.gib(4),
} as const satisfies Partial<LogStoreSpec>;
const TRACES = { sampling: Percent.of(1), retention: Duration.days(7) } as const satisfies Partial<TraceStoreSpec>;

/** Logs with every default. */
export type LogStorePlan = Required<LogStoreSpec>;
/** Traces with every default. */
export type TraceStorePlan = Required<TraceStoreSpec>;

/** The declaration with every default. */
export interface ObservabilityPlan {
  readonly metrics: Required<Omit<MetricsStoreSpec, 'longTerm'>> & { readonly longTerm?: Required<LongTermSpec> };
  readonly dashboards: 'on' | 'off';
  readonly logs?: LogStorePlan;
  readonly traces?: TraceStorePlan;
  readonly nodes?: string;
}

/** Fills in the defaults. */
export function observabilityPlan({
  metrics,
  dashboards = 'on',
  logs,
  traces,
  nodes,
}: ObservabilitySpec): ObservabilityPlan {
  const { longTerm, ...local } = metrics;
  return {
    metrics: {
      ...withDefaults(METRICS, local),
      ...(longTerm && { longTerm: withDefaults(LONG_TERM, longTerm) }),
    },
    dashboards,
    ...(logs && { logs: withDefaults(LOGS, logs) }),
    ...(traces && { traces: withDefaults(TRACES, traces) }),
    ...(nodes !== undefined && { nodes }),
  };
}
