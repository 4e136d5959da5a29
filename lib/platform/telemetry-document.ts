import type { Finding } from '../check';
import { PrometheusRule } from '../kubernetes';
import {
  type EnvironmentSpec,
  heartbeatOf,
  inspectHeartbeat,
  inspectRules,
  inspectTelemetry,
  type PlatformSpec,
  servedSeries,
} from '../model';
import { alertmanagerYaml, alertRunbook, environmentDashboards, environmentRules, ruleFile } from '../telemetry';
import type { FileTree } from './output/file-tree';

/** What a plain Prometheus and Alertmanager read: the same rules and routes as the operator's. */
export function prometheusFiles(platform: PlatformSpec, environment: EnvironmentSpec): FileTree {
  const { telemetry } = environment;
  if (telemetry === undefined) return new Map();
  return new Map([
    ['rules.yaml', ruleFile(environmentRules(platform.name, environment))],
    ['alertmanager.yaml', alertmanagerYaml(telemetry.receivers, heartbeatOf(platform.name, environment))],
  ]);
}

/** What people look at. */
export const grafanaFiles = (platform: PlatformSpec, environment: EnvironmentSpec): FileTree =>
  environmentDashboards(platform.name, environment);

/** What people do when an alert rings. */
export function alertRunbooks(
  platform: PlatformSpec,
  environment: EnvironmentSpec,
  further: Readonly<Record<string, string>> = {},
): FileTree {
  const text = alertRunbook(platform.name, environment, further);
  return text === undefined ? new Map() : new Map([['alerts.md', text]]);
}

/** All that is wrong with what an environment measures and tells, and with the rules that follow; makes nothing. */
export function inspectTelemetryOf(path: string, platform: PlatformSpec, environment: EnvironmentSpec): Finding[] {
  const { telemetry } = environment;
  if (telemetry === undefined) return [];
  const groups = environmentRules(platform.name, environment);
  return [
    ...inspectTelemetry(path, environment),
    ...inspectHeartbeat(path, environment),
    ...inspectRules(`${path}/Rules`, groups, servedSeries(telemetry)),
    ...PrometheusRule.inspect(`${path}/Rules`, { name: platform.name, groups }),
  ];
}
