export {
  HORIZONTAL_POD_AUTOSCALER_CHECKS,
  HorizontalPodAutoscaler,
  type HorizontalPodAutoscalerProps,
} from './autoscaling/horizontal-pod-autoscaler';
export {
  type HorizontalScaler,
  horizontalScaler,
  inspectScaler,
  type KedaSettings,
} from './autoscaling/horizontal-scaler';
export {
  type AdapterService,
  METRIC_ADAPTER_RULES_CHECKS,
  MetricAdapterRules,
  type MetricAdapterRulesProps,
} from './autoscaling/metric-adapter-rules';
export { ScaledObject } from './autoscaling/scaled-object';
export {
  SCALED_OBJECT_CHECKS,
  SCALED_OBJECT_PLACE_CHECKS,
  type ScaledObjectFallback,
  type ScaledObjectProps,
} from './autoscaling/scaled-object-props';
export {
  VERTICAL_POD_AUTOSCALER_CHECKS,
  VerticalPodAutoscaler,
  type VerticalPodAutoscalerProps,
} from './autoscaling/vertical-pod-autoscaler';
export {
  DEPLOYER_ROLE_CHECKS,
  type DeployedKind,
  DeployerRole,
  type DeployerRoleProps,
  type DeployerVerb,
} from './cluster/deployer-role';
export {
  DNS,
  type Door,
  ISTIOD,
  type OpenPeer,
  type Peer,
  POD_IDENTITY,
  type PodPeer,
  PROMETHEUS,
  type RangePeer,
} from './cluster/network-peers';
export {
  NETWORK_PEER_CHECKS,
  NETWORK_POLICY_CHECKS,
  NetworkPolicy,
  type NetworkPolicyProps,
} from './cluster/network-policy';
export {
  type NamespaceQuota,
  PLATFORM_NAMESPACE_CHECKS,
  PlatformNamespace,
  type PlatformNamespaceProps,
} from './cluster/platform-namespace';
export type { PodSecurityLevel } from './cluster/pod-security';
export {
  PRIORITIES,
  PRIORITY_CLASS_CHECKS,
  type Priority,
  PriorityClasses,
  type PriorityClassesProps,
} from './cluster/priority-classes';
export { STORAGE_CLASS_CHECKS, StorageClass, type StorageClassProps } from './cluster/storage-class';
export { BACKUP_SCHEDULE_CHECKS, BackupSchedule, type BackupScheduleProps } from './delivery/backup-schedule';
export { CHAOS_OBJECT_CHECKS, ChaosExperiment, type ChaosExperimentProps } from './delivery/chaos-experiment';
export {
  loadBalancerPeers,
  TARGET_GROUP_BINDING_CHECKS,
  TargetGroupBinding,
  type TargetGroupBindingProps,
} from './edge/target-group-binding';
export { ArgoApplication } from './gitops/argo-application';
export { ARGO_APPLICATION_CHECKS, type ArgoApplicationProps } from './gitops/argo-application-props';
export { ARGO_PROJECT_CHECKS, ArgoProject, type ArgoProjectProps } from './gitops/argo-project';
export { ClusterServices, type ClusterServicesLayerProps } from './gitops/cluster-services';
export { CLUSTER_SERVICES_CHECKS } from './gitops/cluster-services-checks';
export { BOOTSTRAP_KINDS, clusterServices } from './gitops/cluster-services-plan';
export type {
  AlertmanagerPlan,
  BackupPlace,
  ClusterServicesPlan,
  ClusterServicesProps,
  VeleroPlan,
} from './gitops/cluster-services-props';
export { GitApplication } from './gitops/git-application';
export { GIT_APPLICATION_CHECKS, type GitApplicationProps } from './gitops/git-application-props';
export type { ObservabilityServices } from './gitops/observability-services';
export type { IgnoredDifference, ServiceApplication, ServiceLayer } from './gitops/service-application';
export { hardenedContainer, hardenedPod, UNPRIVILEGED_ID } from './hardening';
export { capacitySpread } from './karpenter/capacity-spread';
export { EC2_NODE_CLASS_CHECKS, Ec2NodeClass, type Ec2NodeClassProps } from './karpenter/ec2-node-class';
export { NODE_POOL_OBJECT_CHECKS, NodePool, type NodePoolProps } from './karpenter/node-pool';
export { type Labels, NAMESPACE_LABEL, selectorLabels, standardLabels } from './labels';
export { lintReasons } from './lint-reasons';
export { DESTINATION_RULE_CHECKS, DestinationRule, type DestinationRuleProps } from './mesh/destination-rule';
export { MeshAccess } from './mesh/mesh-access';
export { MESH_ACCESS_CHECKS, type MeshAccessProps, type MeshServer } from './mesh/mesh-access-props';
export { MESH_TRACING_CHECKS, MeshTracing, type MeshTracingProps } from './mesh/mesh-tracing';
export { SERVICE_ROUTES_CHECKS, ServiceRoutes, type ServiceRoutesProps } from './mesh/service-routes';
export { PROMETHEUS_RULE_CHECKS, PrometheusRule, type PrometheusRuleProps } from './monitoring/prometheus-rule';
export { NginxProxy } from './nginx/nginx-proxy';
export {
  NGINX_PROXY_PLACE_CHECKS,
  NGINX_PROXY_POD_CHECKS,
  type NginxInPod,
  type ProxyPlace,
} from './nginx/nginx-proxy-checks';
export { type NginxProxyPodPlan, type NginxProxyProps, nginxProxyPodPlan } from './nginx/nginx-proxy-props';
export { nginxProxyTargets } from './nginx/nginx-proxy-targets';
export { DASHBOARDS_CHECKS, Dashboards, type DashboardsProps } from './observability/dashboards';
export { LOG_RETENTION_CHECKS, LogRetention, type LogRetentionProps } from './observability/log-retention';
export { LOG_STORE_OBJECT_CHECKS, LogStore, type LogStoreProps, logStoreSelector } from './observability/log-store';
export { podResources } from './pod-resources';
export {
  ADMISSION_POLICIES_CHECKS,
  ADMISSION_TARGET_CHECKS,
  AdmissionPolicies,
  type AdmissionPoliciesProps,
} from './policy/admission-policies';
export { UNIQUE_CONSTRAINT_CHECKS, UniqueConstraint, type UniqueConstraintProps } from './policy/unique-constraint';
export { UNIQUE_TEMPLATES_CHECKS, UniqueTemplates, type UniqueTemplatesProps } from './policy/unique-templates';
export { CacheWarming } from './redis/cache-warming';
export { CACHE_WARMING_CHECKS, type CacheWarmingProps } from './redis/cache-warming-plan';
export { RedisCluster } from './redis/redis-cluster';
export { REDIS_CLUSTER_CHECKS } from './redis/redis-cluster-checks';
export {
  certificateNames,
  clientAddresses,
  memberHosts,
  memberSelector,
  type RedisAuthSecret,
  type RedisClusterPlan,
  type RedisClusterProps,
  type RedisTlsSecret,
  redisClusterPlan,
} from './redis/redis-plan';
export { ANALYSIS_TEMPLATE_CHECKS, AnalysisTemplate, type AnalysisTemplateProps } from './rollout/analysis-template';
export { BlueGreenRollout, ROLLOUT_PLACE_CHECKS } from './rollout/blue-green-rollout';
export { CANARY_ROLLOUT_CHECKS, CanaryRollout } from './rollout/canary-rollout';
export { ROLLOUT_IGNORED_DIFFERENCES } from './rollout/ignored-differences';
export type { BlueGreenRolloutProps, CanaryParts, CanaryRolloutProps } from './rollout/rollout-props';
export { ExternalSecret } from './secrets/external-secret';
export { EXTERNAL_SECRET_CHECKS, type ExternalSecretProps, type RemoteField } from './secrets/external-secret-props';
export {
  CERTIFICATE_CHECKS,
  type CertificateOptions,
  PRIVATE_CA_CHECKS,
  PrivateCa,
  type PrivateCaProps,
} from './secrets/private-ca';
export { SECRET_STORE_CHECKS, SecretStore, type SecretStoreProps, type StoreReference } from './secrets/secret-store';
export { DatabaseMigration } from './stores/database-migration';
export { DATABASE_MIGRATION_CHECKS, type DatabaseMigrationProps } from './stores/database-migration-plan';
export { DatabaseRoles } from './stores/database-roles';
export { DATABASE_ROLES_CHECKS, type DatabaseRolesProps } from './stores/database-roles-plan';
export { PgBouncer } from './stores/pgbouncer';
export { PGBOUNCER_POD_CHECKS, type PgBouncerProps } from './stores/pgbouncer-plan';
export { PostgresServer } from './stores/postgres-server';
export { POSTGRES_SERVER_POD_CHECKS, type PostgresRole, type PostgresServerProps } from './stores/postgres-server-plan';
export { RedisServer } from './stores/redis-server';
export { REDIS_SERVER_POD_CHECKS, type RedisServerProps } from './stores/redis-server-plan';
export { STORE_PLACE_CHECKS } from './stores/store-checks';
export type { StoreAuthSecret, StorePlace, StoreProps, StoreTlsSecret } from './stores/store-props';
export { VectorDatabase } from './stores/vector-database';
export type { VectorDatabaseProps } from './stores/vector-database-plan';
export { setTargetVersion, targetHas, targetVersion } from './target-version';
export { DISRUPTION_BUDGET_CHECKS, DisruptionBudget, type DisruptionBudgetProps } from './workload/disruption-budget';
export {
  MESH_POD_CHECKS,
  type MeshPodPlan,
  type MeshPodProps,
  meshPodResources,
  OUTSIDE_THE_MESH,
} from './workload/mesh-pod';
export type { ConfigFiles, SecretFiles } from './workload/mounts';
export { NODE_PLACEMENT_CHECKS, type NodePlacement } from './workload/node-placement';
export { DEPLOYMENT_VERSION_LABEL, ROLLOUT_VERSION_LABEL, type Spread } from './workload/pod-spread';
export { WebService } from './workload/web-service';
export { type TargetedPlan, WEB_SERVICE_CHECKS, WEB_SERVICE_TARGET_CHECKS } from './workload/web-service-checks';
export { WEB_SERVICE_MOUNT_CHECKS } from './workload/web-service-mount-checks';
export type { Caller, WebServicePlan, WebServiceProps } from './workload/web-service-props';
