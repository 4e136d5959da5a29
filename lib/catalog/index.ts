export type { Dated } from './dated';
export { DEFAULT_KUBERNETES_VERSION, EKS_VERSIONS } from './eks-versions';
export { type Architecture, INSTANCE_TYPES, type InstanceType, instanceType } from './instance-types';
export { hasFeature, KUBERNETES_FEATURES, type KubernetesFeature } from './kubernetes-features';
export {
  type ParameterUnit,
  POSTGRES_PARAMETERS,
  type PostgresParameter,
  type PostgresParameterName,
} from './postgres-parameters';
export { OLDEST_CREATABLE_MINOR, POSTGRES_VERSIONS, type PostgresMajor } from './postgres-versions';
export { RDS_CLASSES, type RdsClass, rdsClass } from './rds-classes';
export { type SupportPeriod, type SupportState, supportOn } from './support';
