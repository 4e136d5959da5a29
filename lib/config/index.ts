export { type AnalysisConditions, analysisConditions, analysisQuery } from './analysis-query';
export type { HelmValue, HelmValues } from './helm-values';
export { kedaQuery, podNames, type ScaledWorkload } from './keda-query';
export {
  type AdapterConfig,
  type AdapterRule,
  adapterConfig,
  adapterYaml,
  inspectAdapterMetrics,
  METRIC_ADAPTER_CHECKS,
} from './metric-adapter';
export { type MeasuredMetric, metricQuery } from './metric-query';
export {
  CLUSTER_SOURCE_CHECKS,
  LISTED_SERVER_CHECKS,
  LISTED_SERVERS_CHECKS,
  type ListedServers,
  type ResolvedPods,
  type ServerSource,
  type ServiceDomain,
  SURROUNDINGS_CHECKS,
  type Surroundings,
} from './nginx/nginx-servers';
export { NginxUpstreams } from './nginx/nginx-upstreams';
export { postgresFlags, postgresqlConf, type RdsParameter, rdsParameters } from './postgres-parameters';
export {
  type ExpanderPriorities,
  expanderPriorities,
  PRIORITY_EXPANDER,
  priorityExpanderText,
} from './priority-expander';
export {
  inspectRecoveryRunbook,
  RECOVERY_RUNBOOK_CHECKS,
  type RecoveryRunbookProps,
  recoveryRunbook,
  recoveryRunbookTitle,
} from './recovery-runbook';
export { REDIS_BOOTSTRAP } from './redis/redis-bootstrap';
export { type RedisClusterSettings, type RedisConfSettings, redisConf } from './redis/redis-conf';
export { yamlText } from './yaml-text';
