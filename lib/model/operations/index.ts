export {
  ALARM_CHECKS,
  type AlarmComparison,
  type AlarmSpec,
  alarmDescription,
  inspectAlarm,
  type MetricFormula,
  type MetricSeries,
  type MetricStatistic,
  type MissingData,
} from './alarm';
export { CACHE_THRESHOLD_CHECKS, type CacheThresholds, cacheThresholds } from './cache-thresholds';
export { CLUSTER_THRESHOLD_CHECKS, type ClusterThresholds, clusterThresholds } from './cluster-thresholds';
export {
  COST_WATCH_CHECKS,
  type CostScope,
  type CostWatchPlan,
  type CostWatchSpec,
  costWatchPlan,
  inspectCostWatch,
  monthlyLimit,
} from './cost-watch';
export {
  DATABASE_THRESHOLD_CHECKS,
  type DatabaseThresholds,
  databaseThresholds,
} from './database-thresholds';
export {
  LOAD_BALANCER_THRESHOLD_CHECKS,
  type LoadBalancerThresholds,
  loadBalancerThresholds,
} from './load-balancer-thresholds';
export { NAT_THRESHOLD_CHECKS, type NatThresholds, natThresholds } from './nat-thresholds';
export { type AlarmThresholds, type OperationsSpec, RUNBOOKS_FOLDER } from './operations';
export { inspectOperationsSpec, OPERATIONS_CHECKS, OPERATIONS_RELATION_CHECKS } from './operations-checks';
export type { Subscription } from './subscription';
export { UPGRADE_POLICY_CHECKS, type UpgradePolicy, upgradePath, upgradePolicy } from './upgrade-policy';
export { type CalendarEntry, type VersionedThing, versionCalendar } from './version-calendar';
export { inspectVersions, VERSION_CALENDAR_CHECKS } from './version-calendar-checks';
