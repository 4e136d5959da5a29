export { AwsAccount } from './aws-account';
export * from './bootstrap';
export { cacheFields } from './cache/cache-fields';
export { RedisReplicationGroup } from './cache/redis-replication-group';
export { CACHE_CLIENT_CHECKS, REDIS_REPLICATION_GROUP_CHECKS } from './cache/redis-replication-group-checks';
export type { CacheClient, CachePlan, RedisReplicationGroupProps } from './cache/redis-replication-group-props';
export { AutoScalingGroup } from './capacity/auto-scaling-group';
export { AUTO_SCALING_GROUP_PROPS_CHECKS, type AutoScalingGroupProps } from './capacity/auto-scaling-group-props';
export {
  INSTANCE_TARGETS_CHECKS,
  type InstancePeer,
  InstanceTargets,
  type InstanceTargetsProps,
  type RoutedLoadBalancer,
} from './capacity/instance-targets';
export { type KarpenterRights, karpenterStatements } from './capacity/karpenter-statements';
export { KARPENTER_SUPPORT_CHECKS, KarpenterSupport, type KarpenterSupportProps } from './capacity/karpenter-support';
export {
  RESOURCE_LABEL_CHECKS,
  TargetTrackingPolicy,
  type TargetTrackingPolicyProps,
} from './capacity/target-tracking-policy';
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
export { PodRole, type PodRoleProps } from './cluster/pod-role';
export { BUDGET_CHECKS, Budget, type BudgetProps } from './cost/budget';
export {
  COST_ALLOCATION_TAG_CHECKS,
  CostAllocationTags,
  type CostAllocationTagsProps,
} from './cost/cost-allocation-tags';
export { COST_ANOMALY_CHECKS, CostAnomalyMonitor, type CostAnomalyMonitorProps } from './cost/cost-anomaly-monitor';
export { COST_SUBSCRIBER_CHECKS, type CostSubscribers, type CostTag } from './cost/cost-subscribers';
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
export { ApplicationLoadBalancer, type TargetGroupReference } from './edge/application-load-balancer';
export { ACM_CERTIFICATE_CHECKS, Certificate, type CertificateKey, type CertificateProps } from './edge/certificate';
export { CLOUDFRONT_CHECKS } from './edge/cloudfront-checks';
export { CloudFrontDistribution } from './edge/cloudfront-distribution';
export { type CloudFrontDistributionProps, VIEWER_ADDRESS_HEADER } from './edge/cloudfront-props';
export { FAILOVER_CHECKS } from './edge/failover-checks';
export type { FailoverRecordsProps, FailoverSide, PromotionGate } from './edge/failover-props';
export { FailoverRecords } from './edge/failover-records';
export { LOAD_BALANCER_CHECKS } from './edge/load-balancer-checks';
export type { ApplicationLoadBalancerProps, LoadBalancerClient, LoadBalancerLogs } from './edge/load-balancer-props';
export { cloudFrontLogWriter, loadBalancerLogWriter } from './edge/log-writers';
export { PUBLIC_ZONE_CHECKS, PublicZone, type PublicZoneProps } from './edge/public-zone';
export { WebAcl } from './edge/web-acl';
export { WEB_ACL_CHECKS } from './edge/web-acl-checks';
export {
  DEFAULT_MANAGED_RULES,
  type ManagedRules,
  type RateException,
  type RuleAction,
  type WebAclProps,
} from './edge/web-acl-props';
export { ImageRegistry } from './images/image-registry';
export { IMAGE_REGISTRY_CHECKS } from './images/image-registry-checks';
export type { ImageRegistryPlan, ImageRegistryProps, PullThroughCache } from './images/image-registry-props';
export { IMAGE_REPOSITORY_CHECKS, ImageRepositories, type ImageRepositoriesProps } from './images/image-repositories';
export { LOG_GROUP_CHECKS, LogGroup, type LogGroupProps } from './log-group';
export { TIER_TAG } from './network/discovery-tags';
export { Network } from './network/network';
export { NETWORK_CHECKS } from './network/network-checks';
export type { NetworkPlan, NetworkProps } from './network/network-plan';
export type { StoreClient } from './network/store-clients';
export { EKS_INTERFACE_ENDPOINTS, type GatewayService } from './network/vpc-endpoints';
export { NodeGroup, type NodeGroupProps } from './nodes/node-group';
export { NODE_GROUP_PLACE_CHECKS, type NodeGroupPlacement } from './nodes/node-group-place';
export { heartbeatIdentity, type MetricsBucketUse, metricsIdentities } from './observability/metrics-identities';
export { ALARM_ACTION_CHECKS, Alarm, type AlarmActions, type AlarmProps } from './operations/alarm';
export { ALARM_SET_CHECKS, type AlarmSetActions } from './operations/alarm-set';
export { AlarmTopic } from './operations/alarm-topic';
export { ALARM_TOPIC_CHECKS } from './operations/alarm-topic-checks';
export type { AlarmTopicPlan, AlarmTopicProps, Subscription, TopicPublisher } from './operations/alarm-topic-props';
export {
  BACKUP_ALARM_CHECKS,
  BackupAlarms,
  type BackupAlarmsProps,
  type ExpectedBackup,
} from './operations/backup-alarms';
export { CacheAlarms } from './operations/cache-alarms';
export { CACHE_ALARM_CHECKS, type CacheAlarmsPlan, type CacheAlarmsProps } from './operations/cache-alarms-props';
export { ClusterAlarms, type ClusterAlarmsProps } from './operations/cluster-alarms';
export { DatabaseAlarms } from './operations/database-alarms';
export {
  DATABASE_ALARM_CHECKS,
  type DatabaseAlarmsPlan,
  type DatabaseAlarmsProps,
} from './operations/database-alarms-props';
export { HEARTBEAT_TOPIC_CHECKS, Heartbeat, type HeartbeatProps } from './operations/heartbeat';
export { LoadBalancerAlarms } from './operations/load-balancer-alarms';
export {
  LOAD_BALANCER_ALARM_CHECKS,
  type LoadBalancerAlarmsPlan,
  type LoadBalancerAlarmsProps,
} from './operations/load-balancer-alarms-props';
export { NAT_ALARM_CHECKS, NatAlarms, type NatAlarmsProps } from './operations/nat-alarms';
export { boundRoles } from './permissions-boundary';
export { policyDocument, type Statement } from './policy';
export {
  AUTOMATED_BACKUPS_REPLICATION_CHECKS,
  AutomatedBackupsReplication,
  type AutomatedBackupsReplicationProps,
} from './recovery/automated-backups-replication';
export { BackupBucket } from './recovery/backup-bucket';
export { BACKUP_BUCKET_CHECKS, type BackupBucketPlan, type BackupBucketProps } from './recovery/backup-bucket-props';
export { BackupPlan } from './recovery/backup-plan';
export { BACKUP_PLAN_CHECKS } from './recovery/backup-plan-checks';
export type { BackupCopy, BackupPlanPlan, BackupPlanProps, BackupTarget } from './recovery/backup-plan-props';
export { BackupVault } from './recovery/backup-vault';
export { BACKUP_VAULT_CHECKS } from './recovery/backup-vault-checks';
export type {
  BackupVaultLock,
  BackupVaultPlan,
  BackupVaultProps,
  VaultEvent,
  VaultRef,
} from './recovery/backup-vault-props';
export {
  RECOVERY_DRILL_REMINDER_CHECKS,
  RecoveryDrillReminder,
  type RecoveryDrillReminderProps,
} from './recovery/recovery-drill-reminder';
export { type VeleroBucket, type VeleroIdentityOptions, veleroIdentity } from './recovery/velero-identity';
export { ENCRYPTION_KEY_CHECKS, EncryptionKey, type EncryptionKeyProps } from './secrets/encryption-key';
export { EphemeralPassword } from './secrets/ephemeral-password';
export { EphemeralSecretPassword, type EphemeralSecretPasswordProps } from './secrets/ephemeral-secret-password';
export { GIVEN_SECRET_CHECKS, GivenSecret, type GivenSecretProps } from './secrets/given-secret';
export type { KeyUser } from './secrets/key-statements';
export {
  PASSWORD_SECRET_CHECKS,
  PasswordSecret,
  type PasswordSecretProps,
  type SecretFields,
} from './secrets/password-secret';
export { ServiceRole, type ServiceRoleProps } from './service-role';
export { SecureBucket } from './storage/secure-bucket';
export { SECURE_BUCKET_CHECKS } from './storage/secure-bucket-checks';
export type {
  AccessLogs,
  BucketStatement,
  ObjectLock,
  ReplicaBucket,
  SecureBucketPlan,
  SecureBucketProps,
} from './storage/secure-bucket-props';
