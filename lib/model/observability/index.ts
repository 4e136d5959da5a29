export { inspectObservability, OBSERVABILITY_RELATION_CHECKS } from './inspect-observability';
export {
  type LogStorePlan,
  type LogStoreSpec,
  type LongTermSpec,
  type MetricsStoreSpec,
  type ObservabilityPlan,
  type ObservabilitySpec,
  observabilityPlan,
  type TraceStorePlan,
  type TraceStoreSpec,
} from './observability';
export { LOG_STORE_CHECKS, OBSERVABILITY_CHECKS, TRACE_STORE_CHECKS } from './observability-checks';
export {
  ALERTMANAGER_ACCOUNT,
  GRAFANA,
  grafanaSecret,
  heartbeatTopicName,
  LOG_STORE,
  LOG_STORE_USERS,
  LOG_STREAM,
  type LogStoreUser,
  logStoreSecret,
  METRICS_ACCOUNTS,
  metricsBucket,
  OBSERVABILITY_NAMESPACES,
  THANOS_QUERY,
  TRACE_INDICES,
  TRACE_PROVIDER,
  TRACE_STORE,
} from './observability-names';
export { isReckonable, type StoredPod, storedPods } from './observability-pods';
export { copiesOf, logsNeed, logsRoom, metricsNeed, metricsRoom, SCRAPE_SECONDS } from './storage-need';
