export {
  CUSTOM_METRIC_CHECKS,
  type CustomMetric,
  DEFAULT_WINDOW_SECONDS,
  metricKind,
  metricWindow,
} from './custom-metric';
export { isObjectReference, referenceText } from './object-reference';
export { SCALING_BEHAVIOR_CHECKS, SCALING_STEP_CHECKS } from './scaling-behavior-checks';
export { inspectScaling, SCALING_CHECKS } from './scaling-checks';
export { customMetricOf, inspectMetric, SCALING_METRIC_CHECKS, utilizationOf } from './scaling-metric-checks';
export type {
  MetricTarget,
  ObjectReference,
  ScalingBehavior,
  ScalingMetric,
  ScalingPolicy,
  ScalingStep,
  VerticalContainerPolicy,
  VerticalPolicy,
} from './scaling-policy';
export {
  type HorizontalClaim,
  inspectTargets,
  TARGET_CHECKS,
  TARGET_NAME_CHECKS,
  type TargetClaim,
  type VerticalClaim,
} from './target-checks';
export { type SpikeTarget, spikeTargets, type TrafficSpikeSpec } from './traffic-spike';
export { inspectVertical, VERTICAL_CHECKS } from './vertical-checks';
export { VERTICAL_CONTAINER_CHECKS } from './vertical-container-checks';
