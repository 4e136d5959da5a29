import { withDefaults } from '../../check';
import { Duration, Percent } from '../../units';
import type { CustomMetric } from '../scaling/custom-metric';
import type { ReceiversSpec } from './receivers';
import type { AlertEscalation, AlertSeverity } from './rule';
import type { SeriesSpec } from './series';

/** How requests are counted and timed, alike by every service. */
export interface RequestSeries {
  /** Counter of requests. */
  readonly counter: string;
  /** Label of the counter that tells an error. @default 'status' */
  readonly errorLabel?: string;
  /** Values of that label that are errors, as a regular expression of Prometheus. @default '5..' */
  readonly errorValues?: string;
  /** Histogram of their durations in seconds, without `_bucket`. */
  readonly histogram: string;
}

/** What users are promised of every service, over 30 days. */
export interface ObjectivesSpec {
  /** Share of requests without an error (90-99.999 %). */
  readonly availability: Percent;
  /** Share of the requests (90-99.999 %) that are answered within a time, which is a bound of the histogram. */
  readonly latency: { readonly share: Percent; readonly within: Duration };
}

/** From which value on a panel has which colour. */
export interface PanelColor {
  readonly from: number;
  readonly color: 'green' | 'yellow' | 'red';
}

/** An alert on a metric that services or their neighbours serve. */
export interface MetricAlertSpec {
  /** Name in CamelCase, which no other alert has. */
  readonly alert: string;
  /** What is measured. */
  readonly metric: CustomMetric;
  /** Whether each service is measured by itself, or all together. @default 'service' */
  readonly over?: 'service' | 'platform';
  /** What is not good, in the unit of the metric: durations in seconds, shares as ratios. */
  readonly when: { readonly above: number } | { readonly below: number };
  /** How long it must last (whole seconds, 0 s to 1 h). */
  readonly for: Duration;
  readonly severity: AlertSeverity;
  /** How soon somebody is paged. @default - at once if critical, else never */
  readonly escalation?: AlertEscalation;
  /** What is wrong, in one line. */
  readonly summary: string;
  /** What to do, step by step (at least one). */
  readonly steps: readonly string[];
  /** Name of its panel. @default - its summary */
  readonly title?: string;
  /** Colours of its panel from values on, in any order. @default - red where it rings */
  readonly colors?: readonly PanelColor[];
  /** Whether missing data is a fault of its own, of services that have ready pods: an alert `<name>Unknown`. @default 'quiet' */
  readonly missing?: 'quiet' | 'alert';
}

/** Shares of what a container may reach, above which it is close to being throttled or killed. */
export interface UtilizationSpec {
  /** Processor time of the limit, for 5 minutes. @default Percent.of(90) */
  readonly cpu?: Percent;
  /** Memory of the limit, for 3 minutes. @default Percent.of(95) */
  readonly memory?: Percent;
  /** Volumes, for 10 minutes. @default Percent.of(80) */
  readonly storage?: Percent;
}

/** What is measured, promised and told about an environment. */
export interface TelemetrySpec {
  /** Start of the names of recorded series that people know: `acgs` makes `acgs_throughput_rps`. */
  readonly prefix: string;
  /** What services, and programs that the platform does not bring, serve; the rest is known. */
  readonly series: readonly SeriesSpec[];
  /** Requests among those series. */
  readonly requests: RequestSeries;
  /** What users are promised. */
  readonly objectives: ObjectivesSpec;
  /** Alerts beside those that follow from the rest of the declaration. @default - none */
  readonly alerts?: readonly MetricAlertSpec[];
  /** Requests a second of all services together, below which something may keep users away (0 or more). @default - not watched */
  readonly throughputAtLeast?: number;
  /** Share of errors that is a fault by itself, for 2 minutes (above 0 %). @default Percent.of(5) */
  readonly errorsAtMost?: Percent;
  /** Share of lookups that caches in the cluster must answer, over 5 minutes. Not of those that never drop a key. @default - not watched */
  readonly cacheHitsAtLeast?: Percent;
  /** Gauge of connections to a database that a process has open, with a label `database`. @default - pools are not watched */
  readonly poolSeries?: string;
  /** Close to the limit. @default - 90 % of CPU, 95 % of memory, 80 % of storage */
  readonly utilization?: UtilizationSpec;
  /** Changes of an autoscaler's mind in an hour that are too many (1-240). @default 10 */
  readonly scalingEventsPerHour?: number;
  /** How long new pods may take from being wanted to being ready (whole seconds). @default Duration.minutes(2) */
  readonly scaleUpWithin?: Duration;
  /** Name of the dashboard that shows load and pods. @default - `<platform> <environment>: scaling` */
  readonly scalingTitle?: string;
  /** Colours of requests a second on it, in any order. @default - one colour */
  readonly throughputColors?: readonly PanelColor[];
  /** Address below which runbooks are read, without a slash at its end. */
  readonly runbooks: string;
  /** Address of Grafana, without a slash at its end. @default 'http://monitoring-dashboard:3000' */
  readonly grafana?: string;
  /** Who hears of it. */
  readonly receivers: ReceiversSpec;
  /** Whether an alert always holds, whose silence rings an alarm of `operations`. @default 'off' */
  readonly heartbeat?: 'on' | 'off';
}

const UTILIZATION = {
  cpu: Percent.of(90),
  memory: Percent.of(95),
  storage: Percent.of(80),
} as const satisfies Required<UtilizationSpec>;

const DEFAULTS = {
  alerts: [],
  errorsAtMost: Percent.of(5),
  scalingEventsPerHour: 10,
  scaleUpWithin: Duration.minutes(2),
  grafana: 'http://monitoring-dashboard:3000',
} as const satisfies Partial<TelemetrySpec>;

/** The declaration with its defaults. */
export interface TelemetryPlan
  extends Omit<TelemetrySpec, keyof typeof DEFAULTS | 'requests' | 'utilization'>,
    Required<Pick<TelemetrySpec, keyof typeof DEFAULTS>> {
  readonly requests: Required<RequestSeries>;
  readonly utilization: Required<UtilizationSpec>;
}

/** Fills in the defaults. */
export const telemetryPlan = (spec: TelemetrySpec): TelemetryPlan => ({
  ...withDefaults(DEFAULTS, spec),
  requests: withDefaults({ errorLabel: 'status', errorValues: '5..' }, spec.requests),
  utilization: withDefaults(UTILIZATION, spec.utilization ?? {}),
});
