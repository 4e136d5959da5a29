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
export type { EnvironmentSpec, GatewaySpec, PlatformSpec, StateBackend } from './environment';
export { ENVIRONMENT_CHECKS, inspectEnvironment, PLACEMENT_CHECKS, PLATFORM_CHECKS } from './environment-checks';
export {
  CLUSTER_AUTOSCALER,
  cacheSecret,
  clusterName,
  databaseIdentifier,
  databaseSecret,
  EXTERNAL_SECRETS,
  MASTER_ROLE,
  MONITORING_NAMESPACE,
  STACK_LAYERS,
  type StackLayer,
  secretRoot,
  stackName,
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
  type NoFinalSnapshot,
  type PostgresParameters,
  type PostgresPlan,
  type PostgresSpec,
  postgresPlan,
} from './postgres/postgres';
export { inspectPostgres, POSTGRES_CHECKS } from './postgres/postgres-checks';
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
export { type DatedVersion, POSTGRES_VERSION_CHECKS, postgresMajor } from './postgres/postgres-version-checks';
export {
  EVICTION_POLICIES,
  type EvictionPolicy,
  maxmemoryOf,
  type RedisClusterSpec,
  type RedisPlan,
  type SnapshotRule,
} from './redis/redis';
export { inspectRedis, REDIS_CHECKS, type ZonedRedisPlan } from './redis/redis-checks';
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
export { inspectVertical, VERTICAL_CHECKS } from './scaling/vertical-checks';
export { VERTICAL_CONTAINER_CHECKS } from './scaling/vertical-container-checks';
export { inspectSeats, SEAT_CHECKS, WORKLOAD_CHECKS } from './seat-checks';
export { type Footprint, footprint, peakPods, SURGE_PERCENT, total } from './service/footprint';
export type { Amounts, Connection, HealthSpec, ImageSpec, Resources, ServiceSpec } from './service/service';
export { inspectService, SERVICE_ADDRESS_CHECKS, SERVICE_SPEC_CHECKS } from './service/service-checks';
export { SERVICE_RUNTIME_CHECKS, type ServiceRuntime } from './service/service-runtime';
