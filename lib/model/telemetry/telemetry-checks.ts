import { type Check, duplicates, isWholeWithin } from '../../check';
import { Duration } from '../../units';
import { namesOf } from './series';
import { histogramOf, isBelowLast, isBound, servedSeries } from './served-series';
import type { TelemetryPlan } from './telemetry';

const isUrl = (url: string): boolean => /^https?:\/\/[^\s/]+(\/[^\s/]+)*$/.test(url);

/** What is asked of the telemetry of an environment by itself. */
export const TELEMETRY_CHECKS: readonly Check<TelemetryPlan>[] = [
  {
    id: 'telemetry-prefix-is-a-name',
    prop: 'prefix',
    holds: ({ prefix }) => /^[a-z][a-z0-9_]{0,30}$/.test(prefix),
    rule: "must be 1-31 of a-z, 0-9 and '_', a letter first",
    remedy: "use the platform's name",
  },
  {
    id: 'telemetry-series-are-distinct',
    prop: 'series',
    holds: (plan) => duplicates(servedSeries(plan).flatMap(namesOf)).length === 0,
    rule: 'must have distinct names, which no program of the cluster has',
    received: (plan) => duplicates(servedSeries(plan).flatMap(namesOf)),
    remedy: 'declare each once; what exporters of the cluster serve is known',
  },
  {
    id: 'telemetry-requests-are-served',
    prop: 'requests',
    holds: ({ requests, series }) =>
      series.some(({ name, type }) => name === requests.counter && type === 'counter') &&
      histogramOf(series, requests.histogram) !== undefined,
    rule: 'must name a counter and a histogram among the series',
    received: ({ requests }) => [requests.counter, requests.histogram],
    remedy: 'declare both among telemetry.series',
  },
  {
    id: 'telemetry-availability-can-be-broken',
    prop: 'objectives.availability',
    holds: ({ objectives }) => isPromise(objectives.availability.inBasisPoints),
    rule: 'must be 95 % to 99.99 %: below, a budget cannot burn 14.4 times too fast, and that alert never fires',
    received: ({ objectives }) => objectives.availability,
    remedy: 'use Percent.of(99.9)',
  },
  {
    id: 'telemetry-latency-can-be-broken',
    prop: 'objectives.latency.share',
    holds: ({ objectives }) => isPromise(objectives.latency.share.inBasisPoints),
    rule: 'must be 95 % to 99.99 %: below, a budget cannot burn 14.4 times too fast, and that alert never fires',
    received: ({ objectives }) => objectives.latency.share,
    remedy: 'use Percent.of(99)',
  },
  {
    id: 'telemetry-objective-is-a-bucket-bound',
    prop: 'objectives.latency.within',
    holds: ({ objectives, requests, series }) => {
      const histogram = histogramOf(series, requests.histogram);
      const seconds = objectives.latency.within.inMillis / 1000;
      return isBound(histogram, seconds) && isBelowLast(histogram, seconds);
    },
    rule: 'must be a bound of the histogram of requests, and not the last: requests are counted by bucket',
    received: ({ objectives }) => objectives.latency.within,
    remedy: 'add it, and a bound above it, to the buckets of the services and of telemetry.series',
  },
  {
    id: 'telemetry-alerts-are-distinct',
    prop: 'alerts',
    holds: ({ alerts }) => duplicates(alerts.map(({ alert }) => alert)).length === 0,
    rule: 'must have distinct names',
    received: ({ alerts }) => duplicates(alerts.map(({ alert }) => alert)),
    remedy: 'name each after what is wrong',
  },
  {
    id: 'telemetry-pools-are-served',
    prop: 'poolSeries',
    holds: ({ poolSeries, series }) =>
      poolSeries === undefined ||
      series.some(({ name, type, labels }) => name === poolSeries && type === 'gauge' && labels?.includes('database')),
    rule: 'must be a gauge with the label database among the series',
    remedy: 'declare it among telemetry.series',
  },
  {
    id: 'telemetry-shares-are-shares',
    prop: 'utilization',
    holds: ({ utilization, errorsAtMost, cacheHitsAtLeast }) =>
      [...Object.values(utilization), errorsAtMost, cacheHitsAtLeast].every(
        (share) => share === undefined || (share.inBasisPoints > 0 && share.inBasisPoints < 10_000),
      ),
    rule: 'must be above 0 % and below 100 %, as errorsAtMost and cacheHitsAtLeast must be: beyond, nothing ever fires',
    received: ({ utilization, errorsAtMost, cacheHitsAtLeast }) => ({ ...utilization, errorsAtMost, cacheHitsAtLeast }),
    remedy: 'use 90 %',
  },
  {
    id: 'telemetry-throughput-is-a-rate',
    prop: 'throughputAtLeast',
    holds: ({ throughputAtLeast = 0 }) => Number.isFinite(throughputAtLeast) && throughputAtLeast >= 0,
    rule: 'must be 0 or more requests a second',
    remedy: 'leave it out if little load is nothing to hear of',
  },
  {
    id: 'telemetry-scaling-events-can-happen',
    prop: 'scalingEventsPerHour',
    holds: ({ scalingEventsPerHour }) => isWholeWithin(scalingEventsPerHour, 1, 240),
    rule: 'must be 1 to 240: an autoscaler looks 240 times an hour',
    remedy: 'use 10',
  },
  {
    id: 'telemetry-scale-up-has-time',
    prop: 'scaleUpWithin',
    holds: ({ scaleUpWithin }) =>
      Number.isInteger(scaleUpWithin.inMillis / 1000) &&
      Duration.seconds(30).isAtMost(scaleUpWithin) &&
      scaleUpWithin.isAtMost(Duration.hours(1)),
    rule: 'must be whole seconds, 30 s to 1 h',
    remedy: 'use Duration.minutes(2)',
  },
  {
    id: 'telemetry-addresses-are-urls',
    prop: 'runbooks',
    holds: ({ runbooks, grafana }) => isUrl(runbooks) && isUrl(grafana),
    rule: 'must be a URL without a slash at its end, as grafana must be',
    received: ({ runbooks, grafana }) => [runbooks, grafana],
    remedy: 'use an address such as https://runbooks.example.com',
  },
];

const isPromise = (basisPoints: number): boolean => basisPoints >= 9500 && basisPoints <= 9999;
