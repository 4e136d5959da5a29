export { alertRunbook } from './alert-runbook';
export { alertmanagerConfig, alertmanagerYaml } from './alertmanager';
export { environmentDashboards } from './dashboards/environment-dashboards';
export { ruleFile } from './rule-file';
export { type AlertDefinition, DASHBOARDS, RUNBOOK_FILE } from './rules/alert';
export { environmentAlerts, environmentRules } from './rules/environment-rules';
