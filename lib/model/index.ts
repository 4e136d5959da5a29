export {
  ADDRESSES_PER_PREFIX,
  type Allocatable,
  allocatable,
  podsByPrefix,
  podsBySecondaryAddress,
} from './allocatable';
export {
  type ApiAccess,
  type CapacityType,
  type ClusterSpec,
  NODE_GROUP_LABEL,
  type NodeGroupSpec,
  type Taint,
  type TaintEffect,
} from './cluster';
export type { CustomMetric } from './custom-metric';
export type { EnvironmentSpec, PlatformSpec, StateBackend } from './environment';
export type { NetworkSpec } from './network';
export type { PostgresParameters, PostgresSpec } from './postgres';
export type { EvictionPolicy, RedisClusterSpec } from './redis';
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
export type { Amounts, Connection, HealthSpec, ImageSpec, Resources, ServiceSpec } from './service';
