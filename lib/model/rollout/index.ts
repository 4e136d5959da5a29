export {
  type AnalysisMetric,
  type AnalysisSpec,
  type LatencyMetric,
  type Measuring,
  type MeasuringPlan,
  PROMETHEUS_ADDRESS,
  type QueryMetric,
  type SuccessRateMetric,
} from './analysis';
export {
  ANALYSIS_CHECKS,
  ANALYSIS_METRIC_CHECKS,
  ANALYSIS_TIME_CHECKS,
  inspectAnalysis,
} from './analysis-checks';
export { ANALYSIS_MEASURE_CHECKS } from './analysis-measure-checks';
export { CANARY_CHECKS, type PausedCanary } from './canary-checks';
export type {
  AlbTraffic,
  BlueGreenSpec,
  CanarySpec,
  CanaryStep,
  CanaryTraffic,
  RolloutSpec,
} from './rollout';
export { BLUE_GREEN_CHECKS, inspectRollout, ROLLOUT_CHECKS } from './rollout-checks';
export { rolloutPeakPods } from './rollout-peak';
export { type BlueGreenPlan, blueGreenPlan, type CanaryPlan, canaryPlan } from './rollout-plan';
export type { SmokeTestPlan, SmokeTestSpec } from './smoke-test';
export { inspectSmokeTest, SMOKE_TEST_CHECKS } from './smoke-test-checks';
