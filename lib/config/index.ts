export { type AnalysisConditions, analysisConditions, analysisQuery } from './analysis-query';
export type { HelmValue, HelmValues } from './helm-values';
export { type InstanceScript, instanceScript } from './instance-script';
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
export { LISTED_RESOLVER_CHECKS } from './nginx/nginx-resolver';
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
export { inspectPgBouncer, POOLED_DATABASE_CHECKS, POOLED_DATABASES_CHECKS } from './pgbouncer/pgbouncer-checks';
export { type PgBouncerSettings, type PooledDatabase, pgbouncerIni } from './pgbouncer/pgbouncer-ini';
export { PGBOUNCER_RUN } from './pgbouncer/pgbouncer-run';
export { PGBOUNCER_START } from './pgbouncer/pgbouncer-start';
export { postgresFlags, postgresqlConf, type RdsParameter, rdsParameters } from './postgres-parameters';
export {
  type ExpanderPriorities,
  expanderPriorities,
  PRIORITY_EXPANDER,
  priorityExpanderText,
} from './priority-expander';
export type { RecoveryRunbookProps } from './recovery/recovery-runbook-props';
export { type StandbyRunbookProps, standbyRunbook } from './recovery/standby-runbook';
export {
  inspectRecoveryRunbook,
  RECOVERY_RUNBOOK_CHECKS,
  recoveryRunbook,
  recoveryRunbookTitle,
} from './recovery-runbook';
export { CACHE_COMPUTE, CACHE_STORE } from './redis/cache-warming';
export { REDIS_BOOTSTRAP } from './redis/redis-bootstrap';
export { type RedisClusterSettings, type RedisConfSettings, redisConf } from './redis/redis-conf';
export { type InstalledChart, type VersionRunbookProps, versionRunbook } from './version-runbook';
export { yamlText } from './yaml-text';
