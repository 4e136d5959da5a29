export { AWS_QUOTAS, type AwsQuota, type AwsQuotaName, awsQuota } from './aws-quotas';
export { CACHE_NODES, type CacheNode, cacheNode } from './cache-nodes';
export {
  CACHE_ENGINES,
  CACHE_VERSIONS,
  type CacheEngine,
  type CacheVersion,
  cacheVersion,
  cacheVersionsOf,
  DEFAULT_CACHE_VERSION,
} from './cache-versions';
export { CHARTS } from './charts';
export { CLUSTER_AUTOSCALER_VERSIONS } from './cluster-autoscaler-versions';
export type { Dated } from './dated';
export { DEFAULT_KUBERNETES_VERSION, EKS_VERSIONS } from './eks-versions';
export { isExactVersion } from './exact-version';
export type { ChartName, HelmChart } from './helm-chart';
export { type Architecture, INSTANCE_TYPES, type InstanceType, instanceType } from './instance-types';
export { hasFeature, KUBERNETES_FEATURES, type KubernetesFeature } from './kubernetes-features';
export {
  type ParameterUnit,
  POSTGRES_PARAMETERS,
  type PostgresParameter,
  type PostgresParameterName,
} from './postgres-parameters';
export { OLDEST_CREATABLE_MINOR, POSTGRES_VERSIONS, type PostgresMajor } from './postgres-versions';
export {
  HOURS_PER_MONTH,
  PRICED_REGIONS,
  PRICES,
  type PriceName,
  type PriceUnit,
  SPOT_SAVING,
  type SpotSaving,
  type UnitPrice,
  unitPrice,
} from './prices';
export { RDS_AUTHORITIES } from './rds-authorities';
export { RDS_CLASSES, type RdsClass, rdsClass } from './rds-classes';
export { REMOVED_APIS, type RemovedApi } from './removed-apis';
export { type SupportPeriod, type SupportState, supportOn } from './support';
export { podVolumesOf, VOLUME_LIMITS, type VolumeLimits } from './volume-limits';
