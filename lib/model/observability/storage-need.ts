import type { Memory } from '../../units';
import type { LogStorePlan, ObservabilityPlan, TraceStorePlan } from './observability';

/** How often Prometheus looks at everything (seconds). */
export const SCRAPE_SECONDS = 15;

const DAY_SECONDS = 86_400;

/** A sample on disk with its share of the index: 1 to 2 bytes. Source: Prometheus, "Storage", operational aspects. */
const SAMPLE_BYTES = 2;

/** What of its volume Prometheus may fill; the rest is for the log of writes. Same source: 80-85 %. */
const PROMETHEUS_SHARE = { numerator: 80, denominator: 100 };

/** Above it Elasticsearch puts no further shard on a member: its low watermark. */
const MEMBER_SHARE = { numerator: 85, denominator: 100 };

/** A line in an index is this much larger than in its file: fields can be searched one by one (percent). */
const INDEXED_PERCENT = 110;

/** A span with its tags in an index. */
const SPAN_BYTES = 1024;

/** Indices end a day after they begin at the latest, and are kept from then on. */
const OPEN_DAYS = 1;

/** What Prometheus is told to keep at the most. */
export const metricsRoom = ({ storage }: ObservabilityPlan['metrics']): Memory =>
  storage.share(PROMETHEUS_SHARE.numerator, PROMETHEUS_SHARE.denominator);

/** Bytes that the samples of all series take in the time they are kept: `series * seconds / 15 * 2`. */
export const metricsNeed = ({ series, retention }: ObservabilityPlan['metrics']): number =>
  ((series * retention.inMillis) / 1000 / SCRAPE_SECONDS) * SAMPLE_BYTES;

/** Copies of each index: one on another member, where there is one. */
export const copiesOf = ({ members }: Pick<LogStorePlan, 'members'>): number => (members > 1 ? 2 : 1);

const daysOf = ({ retention }: Pick<LogStorePlan, 'retention'>): number =>
  retention.inMillis / 1000 / DAY_SECONDS + OPEN_DAYS;

/** Bytes that logs and traces take on all members together. */
export function logsNeed(logs: LogStorePlan, traces?: TraceStorePlan): number {
  const lines = (logs.perDay.inBytes * daysOf(logs) * INDEXED_PERCENT) / 100;
  const spans = traces
    ? ((traces.spansPerSecond * traces.sampling.inBasisPoints) / 10_000) * DAY_SECONDS * daysOf(traces) * SPAN_BYTES
    : 0;
  return (lines + spans) * copiesOf(logs);
}

/** Bytes that all members together take before they refuse more. */
export const logsRoom = ({ members, storage }: LogStorePlan): number =>
  (members * storage.inBytes * MEMBER_SHARE.numerator) / MEMBER_SHARE.denominator;
