import type { MetricTarget, ScalingMetric } from '../../model';
import { type MetricSpecV2, type MetricTargetV2, Quantity } from '../k8s';
import { quantity } from '../quantities';

/** Decimal suffixes of Kubernetes for 1 and below, with how many of each make one. */
const SUFFIXES: readonly (readonly [suffix: string, perOne: number])[] = [
  ['', 1],
  ['m', 1000],
  ['u', 1_000_000],
];

/** A number as the API server returns it, in the largest unit without a fraction: `500`, `1500m`, `2500u`. */
export function decimalText(value: number): string {
  const exact = SUFFIXES.find(([, perOne]) => Math.abs(Math.round(value * perOne) / perOne - value) <= value * 1e-12);
  const [suffix, perOne] = exact ?? ['n', 1_000_000_000];
  return `${Math.round(value * perOne)}${suffix}`;
}

const decimal = (value: number): Quantity => Quantity.fromString(decimalText(value));

const average = (value: Quantity): MetricTargetV2 => ({ type: 'AverageValue', averageValue: value });

const shared = (target: MetricTarget): MetricTargetV2 =>
  'value' in target ? { type: 'Value', value: decimal(target.value) } : average(decimal(target.average));

const utilization = (metric: Extract<ScalingMetric, { utilization: unknown }>): MetricTargetV2 => ({
  type: 'Utilization',
  averageUtilization: metric.utilization.toPercent(),
});

/** A metric as `autoscaling/v2` writes it. */
export function metricSpec(metric: ScalingMetric): MetricSpecV2 {
  const { on } = metric;
  switch (on) {
    case 'cpu':
    case 'memory':
      return {
        type: 'Resource',
        resource: {
          name: on,
          target: 'utilization' in metric ? utilization(metric) : average(quantity(metric.average)),
        },
      };
    case 'container':
      return {
        type: 'ContainerResource',
        containerResource: { name: metric.resource, container: metric.container, target: utilization(metric) },
      };
    case 'pods':
      return { type: 'Pods', pods: { metric: { name: metric.metric.name }, target: average(decimal(metric.average)) } };
    case 'object':
      return {
        type: 'Object',
        object: {
          describedObject: {
            apiVersion: metric.object.apiVersion,
            kind: metric.object.kind,
            name: metric.object.name,
          },
          metric: { name: metric.metric.name },
          target: shared(metric.target),
        },
      };
    case 'external':
      return {
        type: 'External',
        external: {
          metric: {
            name: metric.metric.name,
            ...(metric.selector && { selector: { matchLabels: { ...metric.selector } } }),
          },
          target: shared(metric.target),
        },
      };
  }
}
