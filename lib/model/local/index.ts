export { inspectLoad, LOAD_CHECKS } from './load-checks';
export type {
  LoadProfile,
  LoadRequest,
  LoadSpec,
  LoadTestSpec,
  LoadThresholds,
  ScalingLoadSpec,
} from './load-test';
export { LOAD_TEST_CHECKS } from './load-test-checks';
export {
  type HealthProbe,
  type LocalChoices,
  type LocalImages,
  type LocalServiceSpec,
  type LocalSpec,
  localChoices,
} from './local';
export {
  inspectPooler,
  POOLER_CHECKS,
  type PoolerPlan,
  type PoolerSpec,
  poolerPlan,
  preparesStatements,
} from './pooler';
export { climb, fastestPod, type PodRate, SCALING_PREFIX, type ScalingLoad, scalingLoad } from './scaling-load';
