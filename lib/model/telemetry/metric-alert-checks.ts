import { type Check, isWholeWithin } from '../../check';
import { metricKind } from '../scaling/custom-metric';
import { namesOf, type SeriesSpec } from './series';
import { histogramOf, isBelowLast, isBound } from './served-series';
import type { MetricAlertSpec } from './telemetry';

/** A declared alert beside what is served. */
interface AlertSubject extends MetricAlertSpec {
  readonly served: readonly SeriesSpec[];
}

const thresholdOf = ({ when }: MetricAlertSpec): number => ('above' in when ? when.above : when.below);

const readHistogram = ({ metric, served }: AlertSubject): SeriesSpec | undefined =>
  histogramOf(served, metric.series.replace(/_bucket$/, ''));

/** What is asked of one declared alert. */
export const METRIC_ALERT_CHECKS: readonly Check<AlertSubject>[] = [
  {
    id: 'telemetry-alert-name-is-camel-case',
    prop: 'alert',
    holds: ({ alert }) => /^[A-Z][A-Za-z0-9]{2,62}$/.test(alert),
    rule: 'must be 3-63 letters and digits, a capital first',
    remedy: 'use a name such as QueueTooLong',
  },
  {
    id: 'telemetry-alert-threshold-is-a-number',
    prop: 'when',
    holds: (alert) => Number.isFinite(thresholdOf(alert)) && thresholdOf(alert) >= 0,
    rule: 'must be a number of 0 or more',
    received: thresholdOf,
    remedy: 'use the unit of the metric: seconds for durations, ratios for shares',
  },
  {
    id: 'telemetry-alert-lasts-at-most-an-hour',
    prop: 'for',
    holds: (alert) => isWholeWithin(alert.for.inMillis / 1000, 0, 3600),
    rule: 'must be 0 to 3600 whole seconds',
    remedy: 'use Duration.minutes(5)',
  },
  {
    id: 'telemetry-alert-says-what-to-do',
    prop: 'steps',
    holds: ({ steps, summary }) =>
      summary.trim() !== '' && steps.length > 0 && steps.every((step) => step.trim() !== ''),
    rule: 'must be at least one step, beside a summary',
    remedy: 'write what the person who is woken looks at first',
  },
  {
    id: 'telemetry-alert-series-is-served',
    prop: 'metric.series',
    holds: ({ metric, served }) => served.flatMap(namesOf).includes(metric.series),
    rule: 'must be served by something: without it the alert can never fire',
    received: ({ metric }) => metric.series,
    remedy: 'declare it among telemetry.series, with the program that serves it',
  },
  {
    id: 'telemetry-latency-threshold-is-a-bucket-bound',
    prop: 'when',
    holds: (alert) =>
      metricKind(alert.metric) !== 'quantile' ||
      (isBound(readHistogram(alert), thresholdOf(alert)) && isBelowLast(readHistogram(alert), thresholdOf(alert))),
    rule: 'must be a bound of its histogram, and not the last: between two, Prometheus guesses, and above the last it is blind',
    received: thresholdOf,
    remedy: 'add the threshold, and a bound above it, to the buckets of the program and of telemetry.series',
  },
];
