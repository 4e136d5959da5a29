import type { Check } from '../../check';
import type { SeriesSpec } from './series';

/** What is asked of one declared series. */
export const SERIES_CHECKS: readonly Check<SeriesSpec>[] = [
  {
    id: 'telemetry-series-is-a-prometheus-name',
    prop: 'name',
    holds: ({ name }) => /^[a-zA-Z_][a-zA-Z0-9_]*$/.test(name),
    rule: "must be letters, digits and '_', and not start with a digit",
    remedy: 'use the name that the program serves; a colon is for what Prometheus records',
  },
  {
    id: 'telemetry-series-is-named-after-its-type',
    prop: 'name',
    holds: ({ name, type }) =>
      type === 'histogram'
        ? !/_(bucket|count|sum|total)$/.test(name)
        : (type === 'counter') === name.endsWith('_total'),
    rule: ({ type }) =>
      type === 'counter'
        ? 'must end in _total'
        : `must not end as the series of a counter or histogram do: it is a ${type}`,
    remedy: 'correct its type, or its name',
  },
  {
    id: 'telemetry-series-is-in-base-units',
    prop: 'unit',
    holds: ({ name, unit, type }) => type !== 'histogram' || (unit === 'seconds' && name.endsWith('_seconds')),
    rule: 'must be seconds, and stand in the name, where durations are counted',
    remedy: 'serve seconds as <name>_seconds',
  },
  {
    id: 'telemetry-histogram-has-rising-buckets',
    prop: 'buckets',
    holds: ({ type, buckets = [] }) =>
      type === 'histogram'
        ? buckets.length > 0 && buckets.every((bound, index) => bound.inMillis > (buckets[index - 1]?.inMillis ?? 0))
        : buckets.length === 0,
    rule: ({ type }) =>
      type === 'histogram' ? 'must be at least one bound, above 0 and rising' : `must be left out for a ${type}`,
    remedy: 'list the bounds as the program has them',
  },
];
