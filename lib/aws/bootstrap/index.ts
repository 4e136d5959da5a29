export { ACCOUNT_GUARD_CHECKS, AccountGuards, type AccountGuardsProps } from './account-guards';
export type { CiScope, CiStates } from './ci-permissions';
export { CI_PROVIDER_CHECKS, CiProvider, type CiProviderProps } from './ci-provider';
export { CiRole } from './ci-role';
export { CI_ROLE_CHECKS } from './ci-role-checks';
export type { CiRolePlan, CiRoleProps, TrustedProvider } from './ci-role-props';
export { type CiSubject, ciSubject } from './ci-subject';
export {
  DEFAULT_VOLUME_ENCRYPTION_CHECKS,
  DefaultVolumeEncryption,
  type DefaultVolumeEncryptionProps,
} from './default-volume-encryption';
export {
  LOG_BUCKET_CHECKS,
  LOG_WRITERS,
  LogBuckets,
  type LogBucketsProps,
  type LogWriter,
  logBucketName,
} from './log-buckets';
export { QUOTA_REQUEST_CHECKS, QuotaRequests, type QuotaRequestsProps } from './quota-requests';
export { ROLE_BOUNDARY_CHECKS, RoleBoundary, type RoleBoundaryProps } from './role-boundary';
export {
  SERVICE_LINKED_ROLE_CHECKS,
  ServiceLinkedRoles,
  type ServiceLinkedRolesProps,
} from './service-linked-roles';
export { STATE_BUCKET_CHECKS, StateBucket, type StateBucketProps } from './state-bucket';
