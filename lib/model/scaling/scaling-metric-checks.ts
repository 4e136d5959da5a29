import { type Check, type Finding, inspect, isDnsLabel, isLabelValue } from '../../check';
import { CUSTOM_METRIC_CHECKS, type CustomMetric, isPrometheusLabel, metricKind } from './custom-metric';
import { isObjectReference, referenceText } from './object-reference';
import type { MetricTarget, ScalingMetric } from './scaling-policy';

/** Relative error that a short computation leaves behind. */
const FLOAT_NOISE = 1e-12;

/** The resource and the share of its request that a metric aims at, or undefined if it does not look at requests. */
export function utilizationOf(metric: ScalingMetric): { resource: 'cpu' | 'memory'; ratio: number } | undefined {
  if (!('utilization' in metric)) return undefined;
  return { resource: metric.on === 'container' ? metric.resource : metric.on, ratio: metric.utilization.toRatio() };
}

/** The metric that an adapter must serve, or undefined for those of the kubelet. */
export const customMetricOf = (metric: ScalingMetric): CustomMetric | undefined =>
  'metric' in metric ? metric.metric : undefined;

/** What a metric reads, without the number it aims at: two metrics of equal measure differ only in that. */
export function measureOf(metric: ScalingMetric): string {
  const { on } = metric;
  switch (on) {
    case 'cpu':
    case 'memory':
      return `${on} ${'utilization' in metric ? 'utilization' : 'average'}`;
    case 'container':
      return `${metric.resource} utilization of container ${metric.container}`;
    case 'pods':
      return `${metric.metric.name} of pods`;
    case 'object':
      return `${metric.metric.name} of ${metric.object.kind} ${metric.object.name}, ${Object.keys(metric.target)}`;
    case 'external':
      return `external ${metric.metric.name}${selectorText(metric.selector)}, ${Object.keys(metric.target)}`;
  }
}

const selectorText = (selector: Readonly<Record<string, string>> = {}): string =>
  Object.entries(selector)
    .map(([label, value]) => ` ${label}=${value}`)
    .sort()
    .join();

/** The number of a custom metric's target. */
const numberOf = (target: MetricTarget): number => ('value' in target ? target.value : target.average);

/** Milli-units, in which Kubernetes counts: the smallest target it can tell from zero. */
const milliOf = (value: number): number => Math.round(value * 1000);

/** Above zero, and kept by rounding to milli-units but for the noise of a product such as 1.1 * 3. */
const isMilli = (value: number): boolean =>
  milliOf(value) >= 1 &&
  Number.isSafeInteger(milliOf(value)) &&
  Math.abs(milliOf(value) / 1000 - value) <= value * FLOAT_NOISE;

const isPositiveTarget = (metric: ScalingMetric): boolean => {
  const { on } = metric;
  if ('utilization' in metric) return true;
  switch (on) {
    case 'cpu':
      return metric.average.inMillis > 0;
    case 'memory':
      return metric.average.inBytes > 0;
    case 'pods':
      return isMilli(metric.average);
    default:
      return isMilli(numberOf(metric.target));
  }
};

/** What is said about one metric and its target. */
export const SCALING_METRIC_CHECKS: readonly Check<ScalingMetric>[] = [
  {
    id: 'scaling-utilization-is-whole-percent',
    prop: 'utilization',
    holds: (metric) => {
      const percent = (utilizationOf(metric)?.ratio ?? 1) * 100;
      return Math.abs(percent - Math.round(percent)) < 1e-9 && percent >= 1;
    },
    rule: 'must be a whole percentage of at least 1',
    remedy: 'use 50 to 80 %',
  },
  {
    id: 'scaling-target-is-positive',
    prop: (metric) => ('target' in metric ? 'target' : 'average'),
    holds: isPositiveTarget,
    rule: 'must be above 0, with at most three decimals for a custom metric',
    remedy: 'use what one pod serves with room to spare',
  },
  {
    id: 'scaling-container-is-named',
    prop: 'container',
    holds: (metric) => metric.on !== 'container' || isDnsLabel(metric.container),
    rule: 'must be a DNS label',
    remedy: "use the container's name in the pod",
  },
  {
    id: 'scaling-object-is-named',
    prop: 'object',
    holds: (metric) => metric.on !== 'object' || isObjectReference(metric.object),
    rule: 'must have an apiVersion such as networking.k8s.io/v1, a kind such as Ingress, and a name',
    received: (metric) => (metric.on === 'object' ? referenceText(metric.object) : undefined),
    remedy: 'name an object of the same namespace',
  },
  {
    id: 'scaling-external-gauge-says-how-to-combine',
    prop: 'metric.combine',
    severity: 'warning',
    holds: (metric) =>
      metric.on !== 'external' || metricKind(metric.metric) !== 'gauge' || metric.metric.combine !== undefined,
    rule: 'should be given: a sum multiplies a value that every pod exports by the number of pods',
    received: () => undefined,
    remedy: "use combine: 'max' where each pod exports the whole, 'sum' where each exports its part",
  },
  {
    id: 'scaling-selector-matches-labels',
    prop: 'selector',
    holds: (metric) =>
      metric.on !== 'external' ||
      Object.entries(metric.selector ?? {}).every(([label, value]) => isPrometheusLabel(label) && isLabelValue(value)),
    rule: 'must have Prometheus labels as keys and Kubernetes label values (at most 63 characters) as values',
    remedy: "move other conditions into the metric's labels",
  },
];

/** Everything that is wrong with one metric of a policy, its custom metric included. */
export function inspectMetric(path: string, prop: string, metric: ScalingMetric): Finding[] {
  const custom = customMetricOf(metric);
  return [
    ...inspect(path, metric, SCALING_METRIC_CHECKS),
    ...(custom === undefined ? [] : inspect(path, custom, CUSTOM_METRIC_CHECKS)).map((finding) => ({
      ...finding,
      prop: `metric.${finding.prop}`,
    })),
  ].map((finding) => ({ ...finding, prop: `${prop}.${finding.prop}` }));
}
