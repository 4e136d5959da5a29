import type { EnvironmentSpec, PlatformSpec } from '../../model';
import { watched } from '../rules/watched';
import { activityDashboard } from './activity-dashboard';
import { dashboardJson } from './dashboard-json';
import { objectivesDashboard } from './objectives-dashboard';
import { scalingDashboard } from './scaling-dashboard';
import { servicesDashboard } from './services-dashboard';
import { storesDashboard } from './stores-dashboard';

const ALL = [scalingDashboard, servicesDashboard, activityDashboard, storesDashboard, objectivesDashboard];

/** The dashboards of an environment as files; none without `telemetry`. */
export function environmentDashboards(
  platform: PlatformSpec['name'],
  environment: EnvironmentSpec,
): ReadonlyMap<string, string> {
  const { telemetry } = environment;
  if (telemetry === undefined) return new Map();
  const subject = watched(platform, environment, telemetry);
  const all = ALL.map((dashboard) => dashboard(subject));
  return new Map(all.map((spec) => [`${spec.uid}.json`, dashboardJson(spec, [platform, environment.name])]));
}
