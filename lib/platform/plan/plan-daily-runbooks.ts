import type { ComplianceRunbookProps } from '../../config/runbook/compliance-runbook';
import type { MaintenanceRunbookProps } from '../../config/runbook/maintenance-runbook';
import type { RollbackRunbookProps } from '../../config/runbook/rollback-in-git';
import type { RunbookPlace } from '../../config/runbook/runbook-props';
import type { TroubleshootingRunbookProps } from '../../config/runbook/troubleshooting-runbook';
import {
  type EnvironmentSpec,
  isReplica,
  NODE_GROUP_LABEL,
  type PlatformSpec,
  RECOVERY_RUNBOOK,
  requiredHeader,
  writersIn,
} from '../../model';
import { DASHBOARDS, environmentAlerts } from '../../telemetry';
import { planMeshAccess } from './plan-mesh';
import { runbookCaches, runbookDatabases, runbookNodes } from './plan-operating';
import { runbookWorkload } from './plan-runbook-workloads';

const workloads = (platform: PlatformSpec, environment: EnvironmentSpec) =>
  environment.services.map((service) => runbookWorkload(platform, environment, service));

/** Where it says how rows come back: beside the database that takes writes. */
function restore(platform: PlatformSpec, environment: EnvironmentSpec): Pick<RollbackRunbookProps, 'restore'> {
  const section = `${RECOVERY_RUNBOOK}#corruption-or-deletion`;
  const isBackedUp = (one: EnvironmentSpec | undefined): boolean =>
    one?.backups !== undefined && writersIn(platform, one).length > 0;
  if (isBackedUp(environment)) return { restore: section };
  const [followed] = environment.databases.filter(isReplica).map(({ of }) => of.environment);
  return isBackedUp(platform.environments.find(({ name }) => name === followed))
    ? { restore: `../${followed}/${section}` }
    : {};
}

/** How it goes back to the release before. */
export function planRollback(
  platform: PlatformSpec,
  environment: EnvironmentSpec,
  place: RunbookPlace,
): RollbackRunbookProps {
  const { gateway, edge, domain, load, local, name } = environment;
  const folder = `${platform.name}/${name}`;
  const [test] = load?.tests ?? [];
  return {
    place,
    workloads: workloads(platform, environment),
    ...(gateway && { gateway: gateway.name }),
    ...(edge && { url: `https://${domain}${edge.healthPath}` }),
    ...(test && { loadTest: `k6/${folder}/${test.name}.js` }),
    ...restore(platform, environment),
    ...(local && { compose: `compose/${folder}` }),
  };
}

/** How nodes and databases are taken down for a while. */
export const planMaintenance = (
  platform: PlatformSpec,
  environment: EnvironmentSpec,
  place: RunbookPlace,
): MaintenanceRunbookProps => ({
  place,
  workloads: workloads(platform, environment),
  nodes: runbookNodes(environment),
  databases: runbookDatabases(platform, environment),
  caches: runbookCaches(platform, environment),
  nodeLabel: NODE_GROUP_LABEL,
});

/** What happens to requests without the required header; nothing where none is required. */
export function planCompliance(
  platform: PlatformSpec,
  environment: EnvironmentSpec,
  place: RunbookPlace,
): ComplianceRunbookProps | undefined {
  const { requiredHeader: spec, gateway } = environment;
  const header = requiredHeader(environment);
  if (spec === undefined || header === undefined) return undefined;
  const access = planMeshAccess(platform.name, environment);
  const [alert] = environmentAlerts(platform.name, environment).filter((one) => one.alert === spec.alert);
  return {
    place,
    workloads: workloads(platform, environment),
    header: { name: header.name, value: header.value, setting: spec.setting },
    ...(gateway && { gateway: { name: gateway.name, port: gateway.port ?? 8080 } }),
    sidecars:
      access !== undefined &&
      (access.callers ?? 'declared') === 'declared' &&
      access.servers.some((server) => server.requiredHeader !== undefined),
    ...(alert && { alert: { name: alert.alert, dashboard: `${place.grafana}/d/${DASHBOARDS[alert.dashboard]}` } }),
  };
}

/** What is published on one machine. */
function local(platform: PlatformSpec, { name, local: spec, services }: EnvironmentSpec) {
  if (spec === undefined) return {};
  const published = (spec.services ?? []).flatMap(({ name: service, publish }) =>
    publish === undefined
      ? []
      : services
          .filter((one) => one.name === service)
          .map(({ health }) => ({ service, port: publish, path: health.readinessPath })),
  );
  return { local: { folder: `compose/${platform.name}/${name}`, published } };
}

/** What is looked at when nobody knows yet what is wrong. */
export function planTroubleshooting(
  platform: PlatformSpec,
  environment: EnvironmentSpec,
  place: RunbookPlace,
): TroubleshootingRunbookProps {
  const { cluster, operations } = environment;
  return {
    place,
    workloads: workloads(platform, environment),
    nodes: runbookNodes(environment),
    nodeLabel: NODE_GROUP_LABEL,
    nodesBy: cluster.autoscaler === 'karpenter' ? 'karpenter' : 'cluster-autoscaler',
    databases: runbookDatabases(platform, environment),
    caches: runbookCaches(platform, environment),
    access: cluster.apiAccess.through,
    dashboards:
      place.grafana === undefined
        ? {}
        : Object.fromEntries(Object.values(DASHBOARDS).map((uid) => [uid, `${place.grafana}/d/${uid}`])),
    ...(operations && { alarmPrefix: `${place.cluster}-` }),
    ...local(platform, environment),
  };
}
