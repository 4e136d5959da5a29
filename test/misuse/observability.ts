import type { EnvironmentSpec, LogStoreSpec, ObservabilitySpec, TraceStoreSpec } from '../../lib/model';
import { Duration, Memory, Percent } from '../../lib/units';
import type { Misuse } from './rows';

const METRICS = { series: 10_000, storage: Memory.gib(20) } as const;
const LOGS: LogStoreSpec = { perDay: Memory.gib(1), storage: Memory.gib(100) };
const TRACES: TraceStoreSpec = { spansPerSecond: 100 };

/** What is kept, in part replaced. */
const kept =
  (part: Partial<ObservabilitySpec>) =>
  (valid: EnvironmentSpec): EnvironmentSpec => ({
    ...valid,
    observability: { metrics: METRICS, dashboards: 'off', ...part },
  });

/** Slips in what an environment keeps of itself. */
export const OBSERVABILITY_ROWS: readonly Misuse[] = [
  {
    fault: 'a month of measurements on the volume of a day',
    slip: kept({ metrics: { series: 500_000, storage: Memory.gib(20) } }),
    errors: ['observability-metrics-fit-their-volume'],
  },
  {
    fault: 'a bucket that forgets before the volume does',
    slip: kept({ metrics: { ...METRICS, longTerm: { retention: Duration.days(7) } } }),
    errors: ['observability-long-term-outlives-the-volume'],
  },
  {
    fault: 'logs of a quarter on volumes of a week',
    slip: kept({ logs: { perDay: Memory.gib(10), storage: Memory.gib(50) } }),
    errors: ['observability-logs-fit-their-volumes'],
  },
  {
    fault: 'two members that cannot agree',
    slip: kept({ logs: { ...LOGS, members: 2, storage: Memory.gib(200) } }),
    errors: ['observability-log-members-agree'],
    warnings: ['observability-logs-survive-a-zone'],
  },
  {
    fault: 'a heap that no node seats',
    slip: kept({ logs: { ...LOGS, memory: Memory.gib(32) } }),
    errors: ['pod-fits-a-node'],
  },
  {
    fault: 'traces that are kept nowhere',
    slip: kept({ traces: TRACES }),
    errors: ['observability-traces-have-a-store'],
  },
  {
    fault: 'a share of nothing',
    slip: kept({ logs: LOGS, traces: { ...TRACES, sampling: Percent.of(0) } }),
    errors: ['observability-sampling-is-a-share'],
  },
  {
    fault: 'dashboards without anything that is measured',
    slip: kept({ dashboards: 'on' }),
    errors: ['observability-dashboards-have-telemetry'],
  },
  {
    fault: 'volumes on nodes that are not there',
    slip: kept({ nodes: 'stateful' }),
    errors: ['observability-nodes-are-declared'],
  },
  {
    fault: 'volumes on a group that spans zones',
    slip: kept({ nodes: 'general' }),
    errors: [],
    warnings: ['observability-volumes-have-nodes-in-their-zone'],
  },
  {
    fault: 'a namespace that the log agents have',
    slip: (valid) => ({ ...kept({})(valid), namespace: 'log-agents' }),
    errors: ['observability-namespace-is-not-the-workloads'],
  },
];
