export * from './account';
export * from './capacity';
export * from './cluster';
export { CONNECTION_CHECKS, inspectConnections, POOL_CHECKS } from './connection-checks';
export * from './cost';
export { type ClosedEnvironment, declareEnvironment, declareService } from './declare';
export * from './edge';
export type {
  EnvironmentSpec,
  ExternalMetricsOwner,
  GatewaySpec,
  Mesh,
  PlatformSpec,
} from './environment';
export { ENVIRONMENT_CHECKS, inspectEnvironment, PLACEMENT_CHECKS, PLATFORM_CHECKS } from './environment-checks';
export * from './images';
export * from './mesh';
export {
  ARGO_ROLLOUTS,
  ARGOCD_NAMESPACE,
  accountStackName,
  alarmTopicName,
  CLUSTER_AUTOSCALER,
  cacheSecret,
  clusterName,
  databaseIdentifier,
  databaseSecret,
  dnsStackName,
  EXTERNAL_SECRETS,
  endpointSecret,
  failoverStackName,
  LOAD_BALANCER_CONTROLLER,
  logBucketPrefix,
  MASTER_ROLE,
  MONITORING_NAMESPACE,
  STACK_LAYERS,
  type StackLayer,
  SUPERUSER_ROLE,
  secretRoot,
  stackName,
  vectorSecret,
} from './names';
export * from './network';
export * from './nginx';
export * from './operations';
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
export * from './rollout';
export * from './scaling';
export { inspectSeats, SEAT_CHECKS, WORKLOAD_CHECKS } from './seat-checks';
export * from './service';
export { inspectStacks, STACK_CHECKS } from './stack-checks';
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
export * from './vector';
