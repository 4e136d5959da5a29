export * from './account';
export { ADMISSION_MODES, type AdmissionMode, type AdmissionSpec } from './admission';
export { ASSUMPTION_NAMES } from './assumption-names';
export { BACKUPS_CHECKS, inspectBackups } from './backups-checks';
export * from './cache';
export { CACHE_POLICY_CHECKS } from './cache-policy-checks';
export { CACHE_RELATION_CHECKS, inspectCachePolicy } from './cache-relation-checks';
export * from './capacity';
export {
  appVersion,
  CHART_CHECKS,
  type ChartedPlatform,
  type ChartMaintainer,
  type ChartSpec,
  inspectChart,
  POLICIES_CHART,
  sharedCharts,
} from './chart/chart';
export * from './cluster';
export { CONNECTION_CHECKS, inspectConnections, POOL_CHECKS } from './connection-checks';
export * from './cost';
export {
  DATABASE_ROLES_SPEC_CHECKS,
  type DatabaseRolesSpec,
  inspectDatabaseRoles,
} from './database-roles';
export { type ClosedEnvironment, declareEnvironment, declareService } from './declare';
export {
  BACKUP_INTERVAL,
  BACKUP_RETENTION,
  BACKUP_START_WINDOW,
  declaredRecovery,
  isFailedOver,
  type Successor,
  successorOf,
  type WriterSpec,
  writersIn,
} from './declared-recovery';
export * from './delivery';
export * from './edge';
export {
  EMERGENCY_LIMIT_CHECKS,
  type EmergencyLimitSpec,
  emergencyLimit,
  inspectEmergencyLimit,
} from './emergency-limit';
export type {
  EnvironmentSpec,
  ExternalMetricsOwner,
  GatewaySpec,
  Mesh,
  PlatformSpec,
} from './environment';
export { ENVIRONMENT_CHECKS, inspectEnvironment, PLACEMENT_CHECKS, PLATFORM_CHECKS } from './environment-checks';
export * from './images';
export * from './local';
export * from './mesh';
export { inspectMeshPolicy, MESH_POLICY_CHECKS, retriesOf } from './mesh-policy-checks';
export { inspectMigrations, MIGRATION_CHECKS, migratedDatabase } from './migration-checks';
export {
  ARGO_ROLLOUTS,
  ARGOCD_NAMESPACE,
  accountStackName,
  alarmTopicName,
  CHAOS_MESH_NAMESPACE,
  CLUSTER_AUTOSCALER,
  cacheSecret,
  clusterBackupBucket,
  clusterBackupCopy,
  clusterBackupSchedule,
  clusterName,
  copyVaultName,
  costTopicName,
  databaseIdentifier,
  databaseRolesName,
  databaseSecret,
  delegatedDnsStackName,
  dnsStackName,
  EXTERNAL_SECRETS,
  endpointSecret,
  failoverStackName,
  GATEKEEPER_NAMESPACE,
  LOAD_BALANCER_CONTROLLER,
  logBucketPrefix,
  MASTER_ROLE,
  MONITORING_NAMESPACE,
  migrationName,
  pipelineRoleName,
  RECOVERY_RUNBOOK,
  receiversSecret,
  roleBoundaryName,
  STACK_LAYERS,
  type StackLayer,
  SUPERUSER_ROLE,
  secretRoot,
  stackName,
  stateKeyAlias,
  VERSIONS_RUNBOOK,
  vaultName,
  vectorSecret,
} from './names';
export * from './network';
export * from './nginx';
export * from './observability';
export * from './operations';
export * from './pooler';
export { inspectPoolers, POOLED_CHECKS, POOLERS_CHECKS } from './pooler-checks';
export * from './postgres';
export * from './recovery';
export * from './redis';
export { inspectReleases, RELEASE_CHECKS } from './release-checks';
export {
  inspectReplicas,
  primaryOf,
  REPLICA_RELATION_CHECKS,
  readersOf,
} from './replica-relation-checks';
export * from './required-header';
export { inspectRequiredHeader, REQUIRED_HEADER_CHECKS } from './required-header-checks';
export { inspectRoleRotation, ROLE_ROTATION_CHECKS } from './role-rotation-checks';
export * from './rollout';
export * from './scaling';
export { inspectSeats, SEAT_CHECKS, WORKLOAD_CHECKS } from './seat-checks';
export * from './service';
export { inspectStacks, STACK_CHECKS } from './stack-checks';
export { platformStackNames } from './stack-names';
export { inspectStandby, STANDBY_CHECKS, STANDBY_NAME_CHECKS } from './standby-checks';
export type { StateBackend } from './state-backend';
export * from './store';
export {
  type CacheSpec,
  type DatabaseSpec,
  isDatabaseServer,
  isInstance,
  isRedisCluster,
  isRedisServer,
  isReplica,
  isReplicationGroup,
  type PodStore,
  podStores,
} from './stores';
export * from './telemetry';
export { inspectTrafficSpike, TRAFFIC_SPIKE_CHECKS } from './traffic-spike-checks';
export * from './vector';
