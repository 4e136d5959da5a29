/**
 * A number that Prometheus holds and an autoscaler reads through a metrics adapter.
 * The declaration says what the autoscaler asks for and how Prometheus answers, so that neither can exist without the other.
 */
export interface CustomMetric {
  /** Name under `custom.metrics.k8s.io` or `external.metrics.k8s.io`, for example `http_requests_per_second`. */
  readonly name: string;
  /** Prometheus series that the metric is computed from, for example `acgs_requests_total`. */
  readonly series: string;
  /**
   * How the series becomes the metric. `rate`: per-second rate of a counter over `window`. `gauge`: the value itself.
   * @default 'rate'
   */
  readonly kind?: 'rate' | 'gauge';
  /** Range of the rate, at least four scrapes (seconds, 15-3600). @default 60 */
  readonly windowSeconds?: number;
  /** Only series with these labels count. @default - all series */
  readonly labels?: Readonly<Record<string, string>>;
}
