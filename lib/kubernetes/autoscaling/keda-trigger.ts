import { kedaQuery, type ScaledWorkload } from '../../config/keda-query';
import { isMeasured, type MeasuredMetric } from '../../config/metric-query';
import type { ScalingMetric } from '../../model';

/** What we emit of a trigger. Source: kedacore/keda, `apis/keda/v1alpha1/scaletriggers_types.go`. */
export interface KedaTrigger {
  readonly type: 'cpu' | 'memory' | 'prometheus';
  readonly name?: string;
  readonly metricType: 'Utilization' | 'AverageValue' | 'Value';
  readonly metadata: Readonly<Record<string, string>>;
}

/** Where a trigger asks, and about what. */
export interface TriggerPlace extends ScaledWorkload {
  /** Address of Prometheus. */
  readonly prometheus: string;
}

/** The triggers of a policy's metrics, in their order. KEDA wants names that no other trigger has. */
export function kedaTriggers(metrics: readonly ScalingMetric[], place: TriggerPlace): KedaTrigger[] {
  const measured = metrics.filter(isMeasured);
  const nameOf = (use: MeasuredMetric): string => {
    const alike = measured.filter(({ metric }) => metric.name === use.metric.name);
    return alike.length === 1 ? use.metric.name : `${use.metric.name}-${alike.indexOf(use) + 1}`;
  };
  return metrics.map((metric) =>
    isMeasured(metric) ? { ...prometheusTrigger(metric, place), name: nameOf(metric) } : kubeletTrigger(metric),
  );
}

/** A metric of the kubelet: KEDA hands it to the HorizontalPodAutoscaler as it stands. */
function kubeletTrigger(metric: Exclude<ScalingMetric, MeasuredMetric>): KedaTrigger {
  const resource = metric.on === 'container' ? metric.resource : metric.on;
  if (!('utilization' in metric)) {
    return { type: resource, metricType: 'AverageValue', metadata: { value: metric.average.toString() } };
  }
  const container = metric.on === 'container' ? { containerName: metric.container } : {};
  return {
    type: resource,
    metricType: 'Utilization',
    metadata: { value: `${metric.utilization.toPercent()}`, ...container },
  };
}

/**
 * A metric of Prometheus. Without `ignoreNullValues: "false"` KEDA takes a missing series for zero, and a scrape that
 * fails would shrink a loaded service to its minimum.
 */
function prometheusTrigger(use: MeasuredMetric, { prometheus, ...workload }: TriggerPlace): KedaTrigger {
  const { metricType, threshold } = targetOf(use);
  return {
    type: 'prometheus',
    metricType,
    metadata: {
      serverAddress: prometheus,
      query: kedaQuery(use, workload),
      threshold: `${Math.round(threshold * 1000) / 1000}`,
      ignoreNullValues: 'false',
    },
  };
}

function targetOf(use: MeasuredMetric): { readonly metricType: 'AverageValue' | 'Value'; readonly threshold: number } {
  if (use.on === 'pods') return { metricType: 'AverageValue', threshold: use.average };
  return 'value' in use.target
    ? { metricType: 'Value', threshold: use.target.value }
    : { metricType: 'AverageValue', threshold: use.target.average };
}
