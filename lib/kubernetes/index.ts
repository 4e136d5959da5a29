export {
  HORIZONTAL_POD_AUTOSCALER_CHECKS,
  HorizontalPodAutoscaler,
  type HorizontalPodAutoscalerProps,
} from './autoscaling/horizontal-pod-autoscaler';
export {
  type AdapterService,
  METRIC_ADAPTER_RULES_CHECKS,
  MetricAdapterRules,
  type MetricAdapterRulesProps,
} from './autoscaling/metric-adapter-rules';
export {
  VERTICAL_POD_AUTOSCALER_CHECKS,
  VerticalPodAutoscaler,
  type VerticalPodAutoscalerProps,
} from './autoscaling/vertical-pod-autoscaler';
export { DEPLOYER_ROLE_CHECKS, DeployerRole, type DeployerRoleProps } from './cluster/deployer-role';
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
  type PodSecurityLevel,
} from './cluster/platform-namespace';
export {
  PRIORITIES,
  PRIORITY_CLASS_CHECKS,
  type Priority,
  PriorityClasses,
  type PriorityClassesProps,
} from './cluster/priority-classes';
export { STORAGE_CLASS_CHECKS, StorageClass, type StorageClassProps } from './cluster/storage-class';
export { hardenedContainer, hardenedPod, UNPRIVILEGED_ID } from './hardening';
export { type Labels, NAMESPACE_LABEL, selectorLabels, standardLabels } from './labels';
export { NginxProxy } from './nginx/nginx-proxy';
export {
  NGINX_PROXY_PLACE_CHECKS,
  NGINX_PROXY_POD_CHECKS,
  type NginxInPod,
  type ProxyPlace,
} from './nginx/nginx-proxy-checks';
export { type NginxProxyPodPlan, type NginxProxyProps, nginxProxyPodPlan } from './nginx/nginx-proxy-props';
export { podResources } from './pod-resources';
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
export {
  EXTERNAL_SECRET_CHECKS,
  ExternalSecret,
  type ExternalSecretProps,
  type RemoteField,
} from './secrets/external-secret';
export {
  CERTIFICATE_CHECKS,
  type CertificateOptions,
  PRIVATE_CA_CHECKS,
  PrivateCa,
  type PrivateCaProps,
} from './secrets/private-ca';
export { SECRET_STORE_CHECKS, SecretStore, type SecretStoreProps, type StoreReference } from './secrets/secret-store';
export { setTargetVersion, targetHas, targetVersion } from './target-version';
export { DISRUPTION_BUDGET_CHECKS, DisruptionBudget, type DisruptionBudgetProps } from './workload/disruption-budget';
export type { ConfigFiles, SecretFiles } from './workload/mounts';
export { NODE_PLACEMENT_CHECKS, type NodePlacement } from './workload/node-placement';
export { DEPLOYMENT_VERSION_LABEL, ROLLOUT_VERSION_LABEL, type Spread } from './workload/pod-spread';
export { WebService } from './workload/web-service';
export { type TargetedPlan, WEB_SERVICE_CHECKS, WEB_SERVICE_TARGET_CHECKS } from './workload/web-service-checks';
export { WEB_SERVICE_MOUNT_CHECKS } from './workload/web-service-mount-checks';
export type { Caller, WebServicePlan, WebServiceProps } from './workload/web-service-props';
