export { AwsAccount } from './aws-account';
export { cacheFields } from './cache/cache-fields';
export { RedisReplicationGroup } from './cache/redis-replication-group';
export { CACHE_CLIENT_CHECKS, REDIS_REPLICATION_GROUP_CHECKS } from './cache/redis-replication-group-checks';
export type { CacheClient, CachePlan, RedisReplicationGroupProps } from './cache/redis-replication-group-props';
export { ACCESS_HOST_CHECKS, AccessHost, type AccessHostProps } from './cluster/access-host';
export { ARGO_CD_CHECKS, ArgoCd, type ArgoCdProps } from './cluster/argo-cd';
export { CLUSTER_ACCESS_CHECKS, ClusterAccess, type ClusterAccessProps } from './cluster/cluster-access';
export { CLUSTER_ADDON_CHECKS, ClusterAddons, type ClusterAddonsProps } from './cluster/cluster-addons';
export type { ClusterRef, JoiningNodes } from './cluster/cluster-ref';
export { argoRolloutsIdentity, loadBalancerControllerIdentity } from './cluster/controller-identities';
export { type AddNodeGroupOptions, EksCluster } from './cluster/eks-cluster';
export {
  CLUSTER_NODES_CHECKS,
  type ClusterNetwork,
  EKS_CLUSTER_CHECKS,
  type EksClusterPlan,
  type EksClusterProps,
} from './cluster/eks-cluster-props';
export { POD_IDENTITY_CHECKS, PodIdentityAssociation, type PodIdentityAssociationProps } from './cluster/pod-identity';
export type { PostgresClient } from './database/postgres-access';
export { POSTGRES_CLIENT_CHECKS } from './database/postgres-client-checks';
export { PostgresDatabase } from './database/postgres-database';
export { POSTGRES_DATABASE_CHECKS } from './database/postgres-database-checks';
export type { DatabasePlan, PostgresCredentials, PostgresDatabaseProps } from './database/postgres-database-props';
export { POSTGRES_INSTANCE_CHECKS } from './database/postgres-instance-checks';
export type { InstancePlan, PostgresInstanceProps } from './database/postgres-instance-props';
export { PostgresParameterGroup, type PostgresParameterGroupProps } from './database/postgres-parameter-group';
export { PostgresReplica } from './database/postgres-replica';
export { POSTGRES_REPLICA_PLACE_CHECKS } from './database/postgres-replica-checks';
export type { PostgresReplicaProps, ReplicaInstancePlan } from './database/postgres-replica-props';
export {
  POSTGRES_ROLE_SECRETS_CHECKS,
  PostgresRoleSecrets,
  type PostgresRoleSecretsProps,
} from './database/postgres-role-secrets';
export type { SecretReplica } from './database/postgres-secret';
export {
  POSTGRES_DECLARED_SECRET_CHECKS,
  POSTGRES_SECRET_CHECKS,
  type SecretsPlan,
} from './database/postgres-secret-checks';
export { LOG_GROUP_CHECKS, LogGroup, type LogGroupProps } from './log-group';
export { KARPENTER_DISCOVERY_TAG, TIER_TAG } from './network/discovery-tags';
export { Network } from './network/network';
export { NETWORK_CHECKS } from './network/network-checks';
export type { NetworkPlan, NetworkProps } from './network/network-plan';
export { EKS_INTERFACE_ENDPOINTS, type GatewayService } from './network/vpc-endpoints';
export { NodeGroup, type NodeGroupProps } from './nodes/node-group';
export { NODE_GROUP_PLACE_CHECKS, type NodeGroupPlacement } from './nodes/node-group-place';
export { policyDocument, type Statement } from './policy';
export { ENCRYPTION_KEY_CHECKS, EncryptionKey, type EncryptionKeyProps, type KeyUser } from './secrets/encryption-key';
export { EphemeralPassword } from './secrets/ephemeral-password';
export { EphemeralSecretPassword, type EphemeralSecretPasswordProps } from './secrets/ephemeral-secret-password';
export {
  PASSWORD_SECRET_CHECKS,
  PasswordSecret,
  type PasswordSecretProps,
  type SecretFields,
} from './secrets/password-secret';
export { ServiceRole, type ServiceRoleProps } from './service-role';
