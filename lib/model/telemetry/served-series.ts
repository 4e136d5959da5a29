import { CLUSTER_SERIES, PGBOUNCER_SERIES, POSTGRES_SERIES, REDIS_SERIES, type SeriesSpec } from './series';
import type { TelemetrySpec } from './telemetry';

/** Every series that something serves in an environment: what is known, and what it declares. */
export const servedSeries = ({ series }: Pick<TelemetrySpec, 'series'>): SeriesSpec[] => [
  ...CLUSTER_SERIES,
  ...REDIS_SERIES,
  ...POSTGRES_SERIES,
  ...PGBOUNCER_SERIES,
  ...series,
];

/** The histogram of that name. */
export const histogramOf = (series: readonly SeriesSpec[], name: string): SeriesSpec | undefined =>
  series.find((one) => one.type === 'histogram' && one.name === name);

/** Whether a histogram counts up to just there. */
export const isBound = (histogram: SeriesSpec | undefined, seconds: number): boolean =>
  histogram?.buckets?.some(({ inMillis }) => inMillis === Math.round(seconds * 1000)) === true;

/** Whether a histogram still tells a duration from longer ones: beyond its last bound it cannot. */
export const isBelowLast = (histogram: SeriesSpec | undefined, seconds: number): boolean =>
  seconds * 1000 < (histogram?.buckets?.at(-1)?.inMillis ?? 0);
