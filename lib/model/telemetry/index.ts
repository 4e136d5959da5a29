export { HEARTBEAT_CHECKS, type HeartbeatTarget, heartbeatOf, inspectHeartbeat } from './heartbeat';
export { ANALYSIS_SERIES_CHECKS, inspectTelemetry, READ_METRIC_CHECKS } from './inspect-telemetry';
export { METRIC_ALERT_CHECKS } from './metric-alert-checks';
export { promqlNames } from './promql-names';
export { RECEIVER_CHECKS, RECEIVER_KEYS, RECEIVER_SECRET, type ReceiversSpec } from './receivers';
export {
  type AlertAnnotations,
  type AlertEscalation,
  type AlertingRule,
  type AlertSeverity,
  HEARTBEAT_ALERT,
  isAlert,
  type RecordingRule,
  type Rule,
  type RuleGroup,
} from './rule';
export { inspectRules, RULE_CHECKS, RULE_GROUP_CHECKS } from './rule-checks';
export { CLUSTER_SERIES, namesOf, POSTGRES_SERIES, REDIS_SERIES, type SeriesSpec, type SeriesUnit } from './series';
export { SERIES_CHECKS } from './series-checks';
export { servedSeries } from './served-series';
export {
  type MetricAlertSpec,
  type ObjectivesSpec,
  type PanelColor,
  type RequestSeries,
  type TelemetryPlan,
  type TelemetrySpec,
  telemetryPlan,
  type UtilizationSpec,
} from './telemetry';
export { TELEMETRY_CHECKS } from './telemetry-checks';
