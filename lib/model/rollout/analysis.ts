import { isWholeWithin, withDefaults } from '../../check';
import { Duration, type Percent } from '../../units';
import { PROMETHEUS } from '../names';

/** When a value is measured, and how many bad ones are borne. Fields of `Metric`, argoproj.io/v1alpha1 (argo-rollouts 1.9, 2026-08). */
export interface Measuring {
  /** DNS label, unique among the metrics of a release. */
  readonly name: string;
  /** Time between two measurements (whole seconds, 10 s to 1 h). @default Duration.minutes(1) */
  readonly interval?: Duration;
  /**
   * Number of measurements (1-10000).
   * @default - after a promotion as many as fill the watch, beside the steps of a canary until those end, else one
   */
  readonly count?: number;
  /** Wait before the first one, until rates have their samples (whole seconds, 0-1 h). @default - the window, 2 minutes */
  readonly initialDelay?: Duration;
  /** Failed measurements that are borne; one more ends the release (0-1000). @default 2 */
  readonly failureLimit?: number;
  /** Measurements in a row that Prometheus may fail to answer; one more ends the release (0-100). @default 4 */
  readonly consecutiveErrorLimit?: number;
  /**
   * What a measurement without data counts as. By default a quiet minute is no reason to go back and nobody's decision: pods that
   * Prometheus sees, and that had no requests, have failed nobody. Pods that it does not see count as failed: a release
   * nobody can see is not known to be good, and going back costs nothing while the old pods run. A metric that the new
   * version no longer has looks like no requests.
   *
   * `failure` and `success` make no difference between the two. `inconclusive` neither: after more than `failureLimit`
   * of them the release stops for a person. A blue-green one then keeps its users, both sets of pods and their
   * autoscaling; promoting measures the whole watch again, aborting goes back. A canary stops worse, with a warning:
   * Argo Rollouts no longer changes the number of pods of either version.
   * @default 'failure-if-unseen'
   */
  readonly withoutData?: 'failure-if-unseen' | 'failure' | 'inconclusive' | 'success';
}

/** Share of requests without an error. */
export interface SuccessRateMetric extends Measuring {
  readonly measures: 'success-rate';
  /** Counter of requests. @default 'http_requests_total' */
  readonly series?: string;
  /** Label whose value tells an error. @default 'code' */
  readonly errorLabel?: string;
  /** Values of that label that are errors, as a regular expression of Prometheus. @default '5..' */
  readonly errorValues?: string;
  /** Least share that is good (above 0 %, at most 100 %). */
  readonly atLeast: Percent;
  /** Time over which rates are taken: at least two scrapes (whole seconds, 30 s to 1 h). @default Duration.minutes(2) */
  readonly window?: Duration;
}

/** Latency that a share of the requests stays within. */
export interface LatencyMetric extends Measuring {
  readonly measures: 'latency';
  /** Histogram in seconds, without `_bucket`. @default 'http_request_duration_seconds' */
  readonly histogram?: string;
  /** Share of the requests (above 0 %, below 100 %). */
  readonly quantile: Percent;
  /** Greatest latency that is good (1 ms to 1 h). */
  readonly atMost: Duration;
  /**
   * Bounds of the histogram's buckets. `atMost` must be one of them, else it is interpolated, and below the last, which is
   * all that Prometheus answers for anything slower.
   * @default - not checked
   */
  readonly buckets?: readonly Duration[];
  /** Time over which rates are taken: at least two scrapes (whole seconds, 30 s to 1 h). @default Duration.minutes(2) */
  readonly window?: Duration;
}

/** Anything else that Prometheus knows. */
export interface QueryMetric extends Measuring {
  readonly measures: 'query';
  /**
   * PromQL with one value as its result. `{{args.version}}` stands for the hash of the pods under test and must occur,
   * `{{args.namespace}}` for their namespace, without which a twin in another one counts too. No result at all counts as
   * pods that are not seen, NaN as no requests.
   */
  readonly query: string;
  /** Which values are good. */
  readonly accepts: { readonly atLeast: number } | { readonly atMost: number };
}

/** One value that tells good from bad. */
export type AnalysisMetric = SuccessRateMetric | LatencyMetric | QueryMetric;

/** What Prometheus must say about the version under test, and it alone. */
export interface AnalysisSpec {
  /** At least one; the first that fails ends the release. */
  readonly metrics: readonly AnalysisMetric[];
  /** Address of Prometheus. @default 'http://prometheus-operated.monitoring.svc.cluster.local:9090' */
  readonly prometheus?: string;
  /** Label of the series with the hash of the version, as scraping makes it of the pod's. @default 'rollouts_pod_template_hash' */
  readonly versionLabel?: string;
  /** Label of the series with the namespace: equal pods in two namespaces have equal hashes. @default 'namespace' */
  readonly namespaceLabel?: string;
}

/** Address at which the Prometheus of the cluster answers. */
export const PROMETHEUS_ADDRESS = `${PROMETHEUS.url}:${PROMETHEUS.port}` as const;

/** Window of rates without one of their own. */
export const DEFAULT_WINDOW = Duration.minutes(2);

/** Pods that have just got their first users have no rate yet: measured at once, they would have no data. */
const delayOf = (metric: AnalysisMetric): Duration =>
  metric.initialDelay ?? (metric.measures === 'query' ? undefined : metric.window) ?? DEFAULT_WINDOW;

const MEASURING = {
  failureLimit: 2,
  consecutiveErrorLimit: 4,
  withoutData: 'failure-if-unseen',
} as const satisfies Partial<Measuring>;

const ANALYSIS = {
  prometheus: PROMETHEUS_ADDRESS,
  versionLabel: 'rollouts_pod_template_hash',
  namespaceLabel: 'namespace',
} as const satisfies Partial<AnalysisSpec>;

/** When and how often a metric is measured, with its defaults. `count` is absent where nothing but the release ends it. */
export type MeasuringPlan = Required<Omit<Measuring, 'interval' | 'count'>> & Pick<Measuring, 'interval' | 'count'>;

/** The parts of a metric that are about time and failure, with their defaults. */
export const measuringPlan = (metric: AnalysisMetric): MeasuringPlan =>
  withDefaults({ ...MEASURING, initialDelay: delayOf(metric) }, metric);

/** An analysis with the defaults of its address and labels. */
export const analysisPlan = (spec: AnalysisSpec): Required<AnalysisSpec> => withDefaults(ANALYSIS, spec);

/** Bounds of what can be declared, beyond which nothing is computed. */
export const MOST_MEASUREMENTS = 10_000;
export const MOST_FAILURES = 1000;

/** Interval of a metric that is measured again and again without one of its own. */
export const DEFAULT_INTERVAL = Duration.minutes(1);

/** How the end of an analysis is found. */
export type AnalysisEnd =
  /** By its counts alone: Argo Rollouts refuses, or waits for ever, where an interval has none. */
  | { readonly by: 'count' }
  /** With the steps beside which it runs. */
  | { readonly by: 'release' }
  /** With the watch, which it fills. */
  | { readonly by: 'watch'; readonly watch: Duration };

/** Measurements that fit: the delay, then one interval after each. */
const fitting = (watch: Duration, delay: Duration, interval: Duration): number =>
  interval.inMillis === 0 ? 0 : Math.max(0, Math.floor((watch.inMillis - delay.inMillis) / interval.inMillis));

/** The same metrics with the intervals and counts that make them end as they should. */
export function timed(metrics: readonly AnalysisMetric[], end: AnalysisEnd): AnalysisMetric[] {
  return metrics.map((metric) => {
    if (end.by === 'count') return metric;
    const { interval = DEFAULT_INTERVAL, count } = metric;
    if (end.by === 'release' || count !== undefined) return { ...metric, interval };
    return { ...metric, interval, count: fitting(end.watch, delayOf(metric), interval) };
  });
}

/** How long a metric takes: the delay and one interval for each measurement. Undefined if it does not end by itself. */
export function metricLength(metric: AnalysisMetric): Duration | undefined {
  const { interval, count } = metric;
  if (interval === undefined) return delayOf(metric);
  if (count === undefined || !isWholeWithin(count, 0, MOST_MEASUREMENTS)) return undefined;
  return delayOf(metric).plus(interval.times(count));
}

/** Time that controllers, endpoints and proxies take to send requests elsewhere once it is decided. */
export const SWITCH_TIME = Duration.seconds(30);

/**
 * Longest time from the first bad measurement of a metric until users are back on the old version: the failures that are
 * borne, and the one that is not, each an interval apart, then the switch.
 */
export function rollbackTime({
  interval = DEFAULT_INTERVAL,
  failureLimit = MEASURING.failureLimit,
}: Measuring): Duration {
  const waits = isWholeWithin(failureLimit, 0, MOST_FAILURES) ? failureLimit : 0;
  return interval.times(waits + 1).plus(SWITCH_TIME);
}
