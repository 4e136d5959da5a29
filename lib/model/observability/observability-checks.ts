import { type Check, isWholeWithin } from '../../check';
import { Duration, type Memory } from '../../units';
import type { LogStorePlan, ObservabilityPlan, TraceStorePlan } from './observability';
import { logsNeed, logsRoom, metricsNeed, metricsRoom } from './storage-need';

const GIB = 2 ** 30;

const days = ({ inMillis }: Duration): number => inMillis / Duration.days(1).inMillis;

/** Sizes that EBS offers, whole, and none so small that a system fills it alone. */
const isVolume = ({ inBytes }: Memory): boolean => isWholeWithin(inBytes / GIB, 8, 16_384);

const gib = (bytes: number): string => `${(bytes / GIB).toFixed(1)} GiB`;

/** What is asked of the metrics of an environment, and of what is shown of it. */
export const OBSERVABILITY_CHECKS: readonly Check<ObservabilityPlan>[] = [
  {
    id: 'observability-metrics-retention-is-offered',
    prop: 'metrics.retention',
    holds: ({ metrics }) => isWholeWithin(days(metrics.retention), 1, 90),
    rule: 'must be whole days, 1 to 90: what is to be kept for longer goes to a bucket',
    received: ({ metrics }) => metrics.retention,
    remedy: 'use 30 days, and longTerm',
  },
  {
    id: 'observability-series-are-counted',
    prop: 'metrics.series',
    holds: ({ metrics }) => isWholeWithin(metrics.series, 1000, 5_000_000),
    rule: 'must be a whole number from 1000 to 5000000: beyond, one Prometheus is not enough',
    received: ({ metrics }) => metrics.series,
    remedy: 'ask Prometheus for prometheus_tsdb_head_series, and double it',
  },
  {
    id: 'observability-metrics-volume-is-offered',
    prop: 'metrics.storage',
    holds: ({ metrics }) => isVolume(metrics.storage),
    rule: 'must be whole GiB, 8 to 16384',
    received: ({ metrics }) => metrics.storage,
    remedy: 'use Memory.gib(50)',
  },
  {
    id: 'observability-metrics-fit-their-volume',
    prop: 'metrics.storage',
    holds: ({ metrics }) => metricsNeed(metrics) <= metricsRoom(metrics).inBytes,
    rule: ({ metrics }) =>
      `must have room for ${metrics.series} series over ${days(metrics.retention)} days, 2 bytes every 15 s: ${gib(metricsNeed(metrics))} in four fifths of it`,
    received: ({ metrics }) => metrics.storage,
    remedy: 'enlarge it, or keep less on the volume and the rest in a bucket',
  },
  {
    id: 'observability-long-term-outlives-the-volume',
    prop: 'metrics.longTerm.retention',
    holds: ({ metrics: { longTerm, retention } }) =>
      longTerm === undefined ||
      (isWholeWithin(days(longTerm.retention), 1, 3650) && days(longTerm.retention) > days(retention)),
    rule: ({ metrics }) =>
      `must be whole days, more than the ${days(metrics.retention)} of the volume and at most 3650`,
    received: ({ metrics }) => metrics.longTerm?.retention,
    remedy: 'use 365 days, or leave longTerm out',
  },
  {
    id: 'observability-traces-have-a-store',
    prop: 'traces',
    holds: ({ traces, logs }) => traces === undefined || logs !== undefined,
    rule: 'must be left out without logs: both are kept in one Elasticsearch',
    received: ({ traces }) => traces?.sampling,
    remedy: 'declare logs',
  },
  {
    id: 'observability-logs-fit-their-volumes',
    prop: 'logs.storage',
    holds: ({ logs, traces }) => logs === undefined || logsNeed(logs, traces) <= logsRoom(logs),
    rule: ({ logs, traces }) =>
      logs === undefined
        ? ''
        : `must have room for ${logs.perDay} a day over ${days(logs.retention)} days${traces ? ` and traces of ${days(traces.retention)}` : ''}, indexed and with copies: ${gib(logsNeed(logs, traces))} in 85 % of ${logs.members} volumes`,
    received: ({ logs }) => logs?.storage,
    remedy: 'enlarge the volumes, write less, or keep it for less time',
  },
];

/** What is asked of logs. */
export const LOG_STORE_CHECKS: readonly Check<LogStorePlan>[] = [
  {
    id: 'observability-logs-retention-is-offered',
    prop: 'logs.retention',
    holds: ({ retention }) => isWholeWithin(days(retention), 1, 3650),
    rule: 'must be whole days, 1 to 3650',
    received: ({ retention }) => retention,
    remedy: 'use 90 days',
  },
  {
    id: 'observability-logs-are-counted',
    prop: 'logs.perDay',
    holds: ({ perDay }) => perDay.inBytes > 0,
    rule: 'must be more than nothing',
    received: ({ perDay }) => perDay,
    remedy: 'measure fluentbit_input_bytes_total for a day, and double it',
  },
  {
    id: 'observability-log-members-agree',
    prop: 'logs.members',
    holds: ({ members }) => members === 1 || isWholeWithin(members, 3, 20),
    rule: 'must be 1, or 3 to 20: of two, neither can lead without the other',
    received: ({ members }) => members,
    remedy: 'use 3',
  },
  {
    id: 'observability-log-volumes-are-offered',
    prop: 'logs.storage',
    holds: ({ storage }) => isVolume(storage),
    rule: 'must be whole GiB, 8 to 16384',
    received: ({ storage }) => storage,
    remedy: 'use Memory.gib(100)',
  },
  {
    id: 'observability-log-memory-holds-a-heap',
    prop: 'logs.memory',
    holds: ({ memory }) => isWholeWithin(memory.inBytes / GIB, 2, 62),
    rule: 'must be whole GiB, 2 to 62: half of it is heap, which must stay below 32 GiB',
    received: ({ memory }) => memory,
    remedy: 'use Memory.gib(4)',
  },
];

/** What is asked of traces. */
export const TRACE_STORE_CHECKS: readonly Check<TraceStorePlan>[] = [
  {
    id: 'observability-sampling-is-a-share',
    prop: 'traces.sampling',
    holds: ({ sampling }) => isWholeWithin(sampling.inBasisPoints, 1, 10_000),
    rule: 'must be above 0 % and at most 100 %',
    received: ({ sampling }) => sampling,
    remedy: 'use Percent.of(1), or leave traces out',
  },
  {
    id: 'observability-traces-retention-is-offered',
    prop: 'traces.retention',
    holds: ({ retention }) => isWholeWithin(days(retention), 1, 90),
    rule: 'must be whole days, 1 to 90: indices of traces are of one day each',
    received: ({ retention }) => retention,
    remedy: 'use 7 days',
  },
  {
    id: 'observability-spans-are-counted',
    prop: 'traces.spansPerSecond',
    holds: ({ spansPerSecond }) => spansPerSecond > 0 && spansPerSecond <= 10_000_000,
    rule: 'must be above 0, and at most 10000000 a second',
    received: ({ spansPerSecond }) => spansPerSecond,
    remedy: 'use requests a second times the services that each of them passes',
  },
];
