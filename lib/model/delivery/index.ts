export {
  CHAOS_DAYS,
  CHAOS_START_DEADLINE,
  type ChaosDay,
  type ChaosExperimentSpec,
  type ChaosSpec,
  type DelaySpec,
  faultDuration,
  type PartitionSpec,
  type PodKillSpec,
} from './chaos';
export { CHAOS_CHECKS, inspectChaos } from './chaos-checks';
export { CHAOS_EXPERIMENT_CHECKS } from './chaos-experiment-checks';
export {
  CONSTRAINTS_CHECKS,
  type ConstraintsSpec,
  inspectConstraints,
  UNIQUE_CLAIMS,
  type UniqueClaim,
} from './constraints';
export { GITOPS_CHECKS, type GitOpsSpec, inspectGitOps } from './gitops';
