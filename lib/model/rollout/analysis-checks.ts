import { type Check, duplicates, type Finding, inspect, isDnsLabel, isWholeWithin } from '../../check';
import type { Duration } from '../../units';
import { isPrometheusLabel } from '../scaling/custom-metric';
import {
  type AnalysisEnd,
  type AnalysisMetric,
  type AnalysisSpec,
  analysisPlan,
  MOST_FAILURES,
  MOST_MEASUREMENTS,
  metricLength,
  timed,
} from './analysis';
import { ANALYSIS_MEASURE_CHECKS } from './analysis-measure-checks';
import { SMOKE_METRIC } from './smoke-test';

const seconds = (duration: Duration | undefined): number => (duration === undefined ? 0 : duration.inMillis / 1000);

const isOptional = (value: number | undefined, min: number, max: number): boolean =>
  value === undefined || isWholeWithin(value, min, max);

const within = (duration: Duration | undefined, min: number, max: number): boolean =>
  duration === undefined || isWholeWithin(seconds(duration), min, max);

const DATA: readonly (string | undefined)[] = [undefined, 'failure-if-unseen', 'failure', 'inconclusive', 'success'];

/** What is said about a metric by itself, beside `ANALYSIS_MEASURE_CHECKS`. */
export const ANALYSIS_METRIC_CHECKS: readonly Check<AnalysisMetric>[] = [
  {
    id: 'analysis-metric-name-is-a-dns-label',
    prop: 'name',
    holds: ({ name }) => isDnsLabel(name),
    rule: 'must be 1-63 of a-z, 0-9 and inner hyphens',
    remedy: 'use a name such as success-rate',
  },
  {
    id: 'analysis-interval-is-in-range',
    prop: 'interval',
    holds: ({ interval }) => within(interval, 10, 3600),
    rule: 'must be 10 s to 1 h in whole seconds',
    remedy: 'use a minute',
  },
  {
    id: 'analysis-count-is-whole',
    prop: 'count',
    holds: ({ count }) => isOptional(count, 1, MOST_MEASUREMENTS),
    rule: 'must be a whole number from 1 to 10000: Argo Rollouts takes 0 for no end at all',
    remedy: 'leave it out, or raise it',
  },
  {
    id: 'analysis-delay-is-in-range',
    prop: 'initialDelay',
    holds: ({ initialDelay }) => within(initialDelay, 0, 3600),
    rule: 'must be 0 s to 1 h in whole seconds',
    remedy: 'use the window of the rate',
  },
  {
    id: 'analysis-failure-limit-is-whole',
    prop: 'failureLimit',
    holds: ({ failureLimit }) => isOptional(failureLimit, 0, MOST_FAILURES),
    rule: 'must be a whole number from 0 to 1000',
    remedy: 'use 2',
  },
  {
    id: 'analysis-error-limit-is-whole',
    prop: 'consecutiveErrorLimit',
    holds: ({ consecutiveErrorLimit }) => isOptional(consecutiveErrorLimit, 0, 100),
    rule: 'must be a whole number from 0 to 100',
    remedy: 'use 4',
  },
  {
    id: 'analysis-without-data-is-decided',
    prop: 'withoutData',
    holds: ({ withoutData }) => DATA.includes(withoutData),
    rule: 'must be failure-if-unseen, failure, inconclusive or success',
    remedy: 'leave it out for failure-if-unseen',
  },
  {
    id: 'analysis-can-fail',
    prop: 'failureLimit',
    holds: ({ failureLimit = 2, count }) => count === undefined || !(failureLimit >= count),
    rule: ({ count }) => `must be below count, ${count}: else nothing that is measured ends a release`,
    remedy: 'lower it, or raise count',
  },
];

/** A metric as it is measured, and what ends it. */
interface Timed {
  readonly metric: AnalysisMetric;
  readonly end: AnalysisEnd;
}

/** What is said about the time that a metric takes. */
export const ANALYSIS_TIME_CHECKS: readonly Check<Timed>[] = [
  {
    id: 'analysis-ends-by-itself',
    prop: 'count',
    holds: ({ metric: { interval, count }, end }) =>
      end.by !== 'count' || interval === undefined || count !== undefined,
    rule: 'must be given beside interval: a promotion waits for the last measurement, and there would be none',
    received: ({ metric }) => metric.count,
    remedy: 'add count, or leave interval out for one measurement',
  },
  {
    id: 'analysis-count-has-an-interval',
    prop: 'interval',
    holds: ({ metric: { interval, count }, end }) =>
      end.by !== 'count' || interval !== undefined || !((count ?? 1) > 1),
    rule: 'must be given for more than one measurement',
    received: ({ metric }) => metric.interval,
    remedy: 'add interval, or leave count out',
  },
  {
    id: 'analysis-fits-the-watch',
    prop: 'count',
    holds: ({ metric, end }) => {
      if (end.by !== 'watch') return true;
      const [{ count = 0 } = metric] = timed([metric], end);
      const [length] = timed([metric], end).map(metricLength);
      return count >= 1 && length !== undefined && length.isAtMost(end.watch);
    },
    rule: ({ end }) =>
      `and interval and initialDelay must fit the watch${end.by === 'watch' ? `, ${end.watch}` : ''}: what lasts longer is cancelled`,
    received: ({ metric, end }) => timed([metric], end).map((one) => metricLength(one) ?? 'no end'),
    remedy: 'leave count out: it then fills the watch',
  },
];

/** What is said about an analysis beside its metrics, with its defaults. */
export const ANALYSIS_CHECKS: readonly Check<Required<AnalysisSpec>>[] = [
  {
    id: 'analysis-measures-something',
    prop: 'metrics',
    holds: ({ metrics }) => metrics.length > 0,
    rule: 'must hold at least one metric',
    received: ({ metrics }) => metrics.map(({ name }) => name),
    remedy: 'add a success rate, or leave the analysis out',
  },
  {
    id: 'analysis-metrics-are-named-once',
    prop: 'metrics',
    holds: ({ metrics }) => duplicates([SMOKE_METRIC, ...metrics.map(({ name }) => name)]).length === 0,
    rule: `must have names of their own, none of them ${SMOKE_METRIC}`,
    received: ({ metrics }) => duplicates([SMOKE_METRIC, ...metrics.map(({ name }) => name)]),
    remedy: 'rename one of them',
  },
  {
    id: 'analysis-address-is-a-url',
    prop: 'prometheus',
    holds: ({ prometheus }) => /^https?:\/\/[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d{1,5})?(\/[\w./-]*)?$/.test(prometheus),
    rule: 'must be http:// or https://, a host, and no credentials or query',
    remedy: 'leave it out for the Prometheus of the cluster',
  },
  {
    id: 'analysis-labels-are-prometheus-labels',
    prop: 'versionLabel',
    holds: ({ versionLabel, namespaceLabel }) => [versionLabel, namespaceLabel].every(isPrometheusLabel),
    rule: "and namespaceLabel must be letters, digits and '_' that start with no digit",
    received: ({ versionLabel, namespaceLabel }) => [versionLabel, namespaceLabel],
    remedy: 'use the labels that Prometheus shows for the series',
  },
];

/** Everything that is wrong with an analysis, below the property that holds it. */
export function inspectAnalysis(path: string, prop: string, spec: AnalysisSpec, end: AnalysisEnd): Finding[] {
  const below = (inner: string) => (finding: Finding) => ({ ...finding, prop: `${prop}.${inner}${finding.prop}` });
  const ofMetric = (metric: AnalysisMetric): Finding[] => [
    ...inspect(path, metric, ANALYSIS_METRIC_CHECKS),
    ...inspect(path, metric, ANALYSIS_MEASURE_CHECKS),
    ...inspect(path, { metric, end }, ANALYSIS_TIME_CHECKS),
  ];
  return [
    ...inspect(path, analysisPlan(spec), ANALYSIS_CHECKS).map(below('')),
    ...spec.metrics.flatMap((metric, index) => ofMetric(metric).map(below(`metrics[${index}].`))),
  ];
}
