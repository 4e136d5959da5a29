export { combinedNeeds, type QuotaInput, type QuotaNeeds, type QuotaPlan, quotaNeeds } from './account/quota-needs';
export { type AccountQuotas, inspectQuotas, QUOTA_CHECKS, type QuotaSubject } from './account/quotas';
export { QUOTA_NAMES, type QuotaName, SERVICE_QUOTAS, type ServiceQuota, serviceQuota } from './account/service-quotas';
export {
  AUTO_SCALING_GROUP_CHECKS,
  type AutoScalingGroupPlan,
  type AutoScalingGroupSpec,
  autoScalingGroupPlan,
  inspectAutoScalingGroup,
  type SpotPart,
} from './capacity/auto-scaling-group';
export {
  type CapacityDomains,
  capacityDomains,
  inspectNodePoolPair,
  NODE_POOL_PAIR_CHECKS,
  type NodePoolPairSpec,
  nodePoolPair,
} from './capacity/capacity-domains';
export {
  CAPACITY_SPREAD_LABEL,
  CAPACITY_TYPE_LABEL,
  KARPENTER,
  KARPENTER_DISCOVERY,
  karpenterInstanceProfile,
  karpenterQueue,
} from './capacity/karpenter';
export {
  type DisruptionBudget as NodeDisruptionBudget,
  type DisruptionReason,
  type NodePoolPlan,
  type NodePoolSpec,
  nodePoolPlan,
} from './capacity/node-pool';
export { inspectNodePool, NODE_POOL_CHECKS } from './capacity/node-pool-checks';
export { SPOT_SHARE_DEFAULTS, type SpotShare, type SpotShareSpec, spotShare } from './capacity/spot-share';
export {
  type CapacityNeed,
  inspectSpotShare,
  onDemandRoom,
  SPOT_FALLBACK_CHECKS,
  SPOT_OUTCOME_CHECKS,
  SPOT_SHARE_CHECKS,
} from './capacity/spot-share-checks';
export { TARGET_TRACKING_CHECKS, type TargetTracking, type TrackedTarget } from './capacity/target-tracking';
export {
  ADDRESSES_PER_PREFIX,
  type Allocatable,
  allocatable,
  podsByPrefix,
  podsBySecondaryAddress,
} from './cluster/allocatable';
export { API_ACCESS_CHECKS, inspectApiAccess } from './cluster/api-access';
export {
  type AddonName,
  type ApiAccess,
  type CapacityType,
  type ClusterSpec,
  DEPLOYERS_GROUP,
  NODE_GROUP_LABEL,
  type NodeAutoscaler,
  type NodeGroupSpec,
  type SupportType,
  type Taint,
  type TaintEffect,
} from './cluster/cluster';
export { CLUSTER_VERSION_CHECKS, type ClusterVersion, inspectClusterVersion } from './cluster/cluster-version';
export {
  inspectNodeGroup,
  NODE_GROUP_CHECKS,
  type NodeGroupPlan,
  nodeBounds,
  nodeGroupPlan,
} from './cluster/node-group';
export { NODE_TYPE_CHECKS, type NodeTypes, nearestTypes, nodeArchitecture, nodePods } from './cluster/node-types';
export { CONNECTION_CHECKS, inspectConnections, POOL_CHECKS } from './connection-checks';
export { ARGO_ROLLOUTS } from './controllers';
export { environmentCost } from './cost/environment-cost';
export type { CostLine, MonthlyCost, Unpriced } from './cost/monthly-cost';
export type { Range as CostRange } from './cost/range';
export {
  type BreakEven,
  breakEven,
  inspectReservation,
  RESERVATION_CHECKS,
  type ReservationOffer,
  reservedNodes,
} from './cost/reservation';
export { ASSUMED_USAGE, inspectMonthlyUsage, MONTHLY_USAGE_CHECKS, type MonthlyUsage } from './cost/usage';
export { type ClosedEnvironment, declareEnvironment, declareService } from './declare';
export { ALIAS_TTL, type FailoverHealthSpec, failoverDetection, timeToDetect } from './edge/failover';
export { MANAGED_RULE_GROUPS, type ManagedRuleGroup, WEB_ACL_CAPACITY, webAclCapacity } from './edge/managed-rules';
export {
  type StoppingPods,
  type TargetAlgorithm,
  type TargetGroupSpec,
  type TargetHealthCheck,
  targetPorts,
  timeToEject,
} from './edge/target-group';
export { TARGET_GROUP_CHECKS } from './edge/target-group-checks';
export { type TargetGroupIdentity, targetGroupName } from './edge/target-group-name';
export {
  CLOUDFRONT_TLS_POLICIES,
  type CloudFrontTlsPolicy,
  LOAD_BALANCER_TLS_POLICIES,
  type LoadBalancerTlsPolicy,
} from './edge/tls-policies';
export {
  blueGreenWeights,
  type SplitTraffic,
  TRAFFIC_WEIGHT_CHECKS,
  type TrafficWeights,
} from './edge/traffic-weights';
export type {
  EnvironmentSpec,
  ExternalMetricsOwner,
  GatewaySpec,
  Mesh,
  PlatformSpec,
  StateBackend,
} from './environment';
export { ENVIRONMENT_CHECKS, inspectEnvironment, PLACEMENT_CHECKS, PLATFORM_CHECKS } from './environment-checks';
export { type ImageLock, type ImageUse, imagesOf, lockedName, lockImages, lockReference } from './images/image-lock';
export { IMAGE_LOCK_CHECKS, inspectImageLock, type LockedImages } from './images/image-lock-checks';
export { SIDECAR_CHECKS, type SidecarSpec, sidecarPlan, withSidecar } from './mesh/sidecar';
export {
  inspectMeshTraffic,
  MESH_BALANCING,
  MESH_TRAFFIC_CHECKS,
  type MeshBalancing,
  type MeshTrafficPlan,
  type MeshTrafficSpec,
  meshTrafficPlan,
  type OutlierSpec,
} from './mesh/traffic';
export {
  ARGOCD_NAMESPACE,
  CLUSTER_AUTOSCALER,
  cacheSecret,
  clusterName,
  databaseIdentifier,
  databaseSecret,
  EXTERNAL_SECRETS,
  endpointSecret,
  LOAD_BALANCER_CONTROLLER,
  MASTER_ROLE,
  MONITORING_NAMESPACE,
  STACK_LAYERS,
  type StackLayer,
  SUPERUSER_ROLE,
  secretRoot,
  stackName,
  vectorSecret,
} from './names';
export { Cidr, isPrivate, overlappingCidrs, PRIVATE_RANGES } from './network/cidr';
export { isIpv4Range, isWithinRange } from './network/ipv4-range';
export type { NetworkSpec } from './network/network';
export { addressesPerNode, podAddresses } from './network/pod-addresses';
export {
  MAX_ZONES,
  type PlannedSubnet,
  planSubnets,
  podCapacity,
  prefixBlocks,
  type SubnetPlan,
  smallestVpcFor,
  type Tier,
  VPC_PREFIX,
} from './network/subnet-plan';
export { NGINX_PROCESS_CHECKS } from './nginx/nginx-process-checks';
export {
  type LimitPlan,
  type NginxProxyPlan,
  type NginxProxySpec,
  type NginxTls,
  type RequestLimit,
  type RouteSpec,
  SECURITY_HEADERS,
  type TlsPlan,
} from './nginx/nginx-proxy';
export { inspectUpstreams, NGINX_PROXY_CHECKS } from './nginx/nginx-proxy-checks';
export { LIMIT_CHECKS, ROUTE_CHECKS } from './nginx/nginx-route-checks';
export { inspectUpstream, UPSTREAM_CHECKS } from './nginx/upstream-checks';
export {
  type Balancing,
  composeServers,
  type HashKey,
  type UpstreamKeepalive,
  type UpstreamPlan,
  type UpstreamRetry,
  type UpstreamServer,
  type UpstreamSpec,
  type UpstreamTimeouts,
} from './nginx/upstreams';
export {
  ALARM_CHECKS,
  type AlarmComparison,
  type AlarmSpec,
  alarmDescription,
  inspectAlarm,
  type MetricFormula,
  type MetricSeries,
  type MetricStatistic,
  type MissingData,
} from './operations/alarm';
export { CACHE_THRESHOLD_CHECKS, type CacheThresholds, cacheThresholds } from './operations/cache-thresholds';
export { CLUSTER_THRESHOLD_CHECKS, type ClusterThresholds, clusterThresholds } from './operations/cluster-thresholds';
export {
  DATABASE_THRESHOLD_CHECKS,
  type DatabaseThresholds,
  databaseThresholds,
} from './operations/database-thresholds';
export {
  LOAD_BALANCER_THRESHOLD_CHECKS,
  type LoadBalancerThresholds,
  loadBalancerThresholds,
} from './operations/load-balancer-thresholds';
export { NAT_THRESHOLD_CHECKS, type NatThresholds, natThresholds } from './operations/nat-thresholds';
export { UPGRADE_POLICY_CHECKS, type UpgradePolicy, upgradePath, upgradePolicy } from './operations/upgrade-policy';
export { type CalendarEntry, type VersionedThing, versionCalendar } from './operations/version-calendar';
export { inspectVersions, VERSION_CALENDAR_CHECKS } from './operations/version-calendar-checks';
export {
  type NoFinalSnapshot,
  type PostgresParameters,
  type PostgresPlan,
  type PostgresSpec,
  postgresPlan,
} from './postgres/postgres';
export { inspectPostgres, POSTGRES_CHECKS } from './postgres/postgres-checks';
export {
  inspectReplica,
  POSTGRES_REPLICA_CHECKS,
  POSTGRES_REPLICA_SETTING_CHECKS,
  type PostgresReplicaSpec,
  type ReplicaPlan,
  replicaPlan,
} from './postgres/postgres-replica';
export { inspectFirstStart, POSTGRES_REPLICA_START_CHECKS } from './postgres/postgres-replica-start';
export { type PostgresServerPlan, type PostgresServerSpec, postgresServerPlan } from './postgres/postgres-server';
export { inspectPostgresServer, POSTGRES_SERVER_CHECKS } from './postgres/postgres-server-checks';
export {
  defaultMaxConnections,
  POSTGRES_MEMORY_CHECKS,
  POSTGRES_RELATION_CHECKS,
  POSTGRES_SETTING_CHECKS,
  type PostgresInMemory,
} from './postgres/postgres-setting-checks';
export {
  type PostgresSetting,
  type PostgresTuning,
  postgresSettings,
  settingAmount,
} from './postgres/postgres-settings';
export { POSTGRES_SLOT_CHECKS, slotWalKeepSize } from './postgres/postgres-slot-checks';
export { type DatedVersion, POSTGRES_VERSION_CHECKS, postgresMajor } from './postgres/postgres-version-checks';
export {
  type DeclaredCopy,
  RECOVERY_SCENARIOS,
  type RecoveryGoal,
  type RecoveryPlan,
  type RecoveryScenario,
  type RecoverySpec,
  recoveryPlan,
} from './recovery/recovery';
export { inspectRecovery, RECOVERY_CHECKS, RECOVERY_SPEC_CHECKS } from './recovery/recovery-checks';
export { type RecoveryClaim, type RecoveryObjectives, recoveryObjectives } from './recovery/recovery-objectives';
export type { RecoveryMechanism } from './recovery/recovery-paths';
export {
  type MeasuredTimes,
  RECOVERY_TIMES,
  type RecoveryStep,
  recoveryTime,
  spokenTime,
  type TimeBasis,
  type TimeTerm,
  timeInWords,
} from './recovery/recovery-times';
export { VELERO } from './recovery/velero';
export {
  EVICTION_POLICIES,
  type EvictionPolicy,
  maxmemoryOf,
  type RedisClusterSpec,
  type RedisPlan,
  type SnapshotRule,
} from './redis/redis';
export { inspectRedis, REDIS_CHECKS, type ZonedRedisPlan } from './redis/redis-checks';
export { REDIS_DATA_CHECKS, type RedisData } from './redis/redis-data-checks';
export { type RedisServerPlan, type RedisServerSpec, redisServerPlan } from './redis/redis-server';
export { inspectRedisServer, REDIS_SERVER_CHECKS } from './redis/redis-server-checks';
export {
  type RedisReplicationGroupSpec,
  type ReplicationGroupPlan,
  replicationGroupPlan,
} from './redis/replication-group';
export { inspectReplicationGroup, REPLICATION_GROUP_CHECKS } from './redis/replication-group-checks';
export { REPLICATION_GROUP_SHAPE_CHECKS } from './redis/replication-group-shape-checks';
export { REPLICATION_GROUP_VERSION_CHECKS } from './redis/replication-group-version-checks';
export { inspectReleases, RELEASE_CHECKS } from './release-checks';
export {
  inspectReplicas,
  primaryOf,
  REPLICA_RELATION_CHECKS,
  readersOf,
} from './replica-relation-checks';
export {
  type AnalysisMetric,
  type AnalysisSpec,
  type LatencyMetric,
  type Measuring,
  type MeasuringPlan,
  PROMETHEUS_ADDRESS,
  type QueryMetric,
  type SuccessRateMetric,
} from './rollout/analysis';
export {
  ANALYSIS_CHECKS,
  ANALYSIS_METRIC_CHECKS,
  ANALYSIS_TIME_CHECKS,
  inspectAnalysis,
} from './rollout/analysis-checks';
export { ANALYSIS_MEASURE_CHECKS } from './rollout/analysis-measure-checks';
export { CANARY_CHECKS, type PausedCanary } from './rollout/canary-checks';
export type {
  AlbTraffic,
  BlueGreenSpec,
  CanarySpec,
  CanaryStep,
  CanaryTraffic,
  RolloutSpec,
} from './rollout/rollout';
export { BLUE_GREEN_CHECKS, inspectRollout, ROLLOUT_CHECKS } from './rollout/rollout-checks';
export { rolloutPeakPods } from './rollout/rollout-peak';
export { type BlueGreenPlan, blueGreenPlan, type CanaryPlan, canaryPlan } from './rollout/rollout-plan';
export type { SmokeTestPlan, SmokeTestSpec } from './rollout/smoke-test';
export { inspectSmokeTest, SMOKE_TEST_CHECKS } from './rollout/smoke-test-checks';
export {
  CUSTOM_METRIC_CHECKS,
  type CustomMetric,
  DEFAULT_WINDOW_SECONDS,
  metricKind,
  metricWindow,
} from './scaling/custom-metric';
export { isObjectReference, referenceText } from './scaling/object-reference';
export { SCALING_BEHAVIOR_CHECKS, SCALING_STEP_CHECKS } from './scaling/scaling-behavior-checks';
export { inspectScaling, SCALING_CHECKS } from './scaling/scaling-checks';
export { customMetricOf, inspectMetric, SCALING_METRIC_CHECKS, utilizationOf } from './scaling/scaling-metric-checks';
export type {
  MetricTarget,
  ObjectReference,
  ScalingBehavior,
  ScalingMetric,
  ScalingPolicy,
  ScalingStep,
  VerticalContainerPolicy,
  VerticalPolicy,
} from './scaling/scaling-policy';
export {
  type HorizontalClaim,
  inspectTargets,
  TARGET_CHECKS,
  TARGET_NAME_CHECKS,
  type TargetClaim,
  type VerticalClaim,
} from './scaling/target-checks';
export { inspectVertical, VERTICAL_CHECKS } from './scaling/vertical-checks';
export { VERTICAL_CONTAINER_CHECKS } from './scaling/vertical-container-checks';
export { inspectSeats, SEAT_CHECKS, WORKLOAD_CHECKS } from './seat-checks';
export { type Footprint, footprint, peakPods, SURGE_PERCENT, total } from './service/footprint';
export { servicePeak } from './service/peak';
export type { Amounts, Connection, HealthSpec, ImageSpec, Resources, ServiceSpec } from './service/service';
export { inspectService, SERVICE_ADDRESS_CHECKS, SERVICE_SPEC_CHECKS } from './service/service-checks';
export { SERVICE_RUNTIME_CHECKS, type ServiceRuntime } from './service/service-runtime';
export { inspectStacks, STACK_CHECKS } from './stack-checks';
export { inspectStandby, STANDBY_CHECKS, STANDBY_NAME_CHECKS } from './standby-checks';
export { membersName, type StorePlan, type StoreSpec, storeCertificateNames, storeHost } from './store/store';
export { STORE_CHECKS } from './store/store-checks';
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
export {
  type VectorDatabasePlan,
  type VectorDatabaseSpec,
  vectorDatabasePlan,
} from './vector/vector-database';
export { inspectVectorDatabase, VECTOR_DATABASE_CHECKS } from './vector/vector-database-checks';
