export type { BackupLockSpec, BackupsSpec, OtherAccountSpec } from './backups';
export {
  type DeclaredCopy,
  RECOVERY_SCENARIOS,
  type RecoveryGoal,
  type RecoveryPlan,
  type RecoveryScenario,
  type RecoverySpec,
  recoveryGoal,
  recoveryPlan,
} from './recovery';
export { inspectRecovery, RECOVERY_CHECKS, RECOVERY_SPEC_CHECKS } from './recovery-checks';
export { type RecoveryClaim, type RecoveryObjectives, recoveryObjectives } from './recovery-objectives';
export type { RecoveryMechanism } from './recovery-paths';
export {
  type MeasuredTimes,
  RECOVERY_TIMES,
  type RecoveryStep,
  recoveryTime,
  spokenTime,
  type TimeBasis,
  type TimeTerm,
  timeInWords,
} from './recovery-times';
export { VELERO } from './velero';
