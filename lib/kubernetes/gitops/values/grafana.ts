import { CRITICAL, type HelmValues, RESTRICTED_CONTAINER, resourceValues } from '../../../config/helm-values';
import { GRAFANA, LOG_STORE, LOG_STREAM, THANOS_QUERY, TRACE_STORE } from '../../../model';
import { PROMETHEUS } from '../../../model/names';
import { Cpu, Memory } from '../../../units';
import type { ClusterServicesPlan } from '../cluster-services-props';
import { hasDashboards, hasLogs, hasLongTerm, hasTraces, type ObservabilityServices } from '../observability-services';

/** Label of ConfigMaps that hold dashboards. */
export const DASHBOARD_LABEL = { name: 'grafana_dashboard', value: '1' } as const;

/** Role of the monitoring namespace by which dashboards are found. */
export const DASHBOARD_ROLE = 'dashboard-reader';

/** Variables of its container that hold what data sources need of Secrets. */
const PASSWORD = 'LOG_READER_PASSWORD';
const AUTHORITY = 'LOG_STORE_AUTHORITY';

const source = (name: string, type: string, url: string, more: HelmValues = {}): HelmValues => ({
  name,
  uid: name.toLowerCase(),
  type,
  access: 'proxy',
  url,
  editable: false,
  ...more,
});

/** What can be looked at. The first is what dashboards ask: with a bucket, that which knows both volume and bucket. */
function sources(plan: ClusterServicesPlan): HelmValues[] {
  const prometheus = `${PROMETHEUS.url}:${PROMETHEUS.port}`;
  const interval = { jsonData: { timeInterval: '15s', httpMethod: 'POST' } };
  return [
    ...(hasLongTerm(plan)
      ? [
          source('Thanos', 'prometheus', `${THANOS_QUERY.url}:${THANOS_QUERY.port}`, {
            isDefault: true,
            jsonData: { ...interval.jsonData, prometheusType: 'Thanos' },
          }),
        ]
      : []),
    source('Prometheus', 'prometheus', prometheus, { isDefault: !hasLongTerm(plan), ...interval }),
    ...(hasLogs(plan)
      ? [
          source('Logs', 'elasticsearch', `https://${LOG_STORE.host}:${LOG_STORE.port}`, {
            basicAuth: true,
            basicAuthUser: 'log-reader',
            jsonData: { index: LOG_STREAM, timeField: '@timestamp', logMessageField: 'log', tlsAuthWithCACert: true },
            secureJsonData: { basicAuthPassword: `$${PASSWORD}`, tlsCACert: `$${AUTHORITY}` },
          }),
        ]
      : []),
    ...(hasTraces(plan) ? [source('Traces', 'jaeger', `http://${TRACE_STORE.host}:${TRACE_STORE.queryPort}`)] : []),
  ];
}

const secretKey = (name: string, key: string): HelmValues => ({ secretKeyRef: { name, key } });

const variables = (plan: ClusterServicesPlan, { userSecrets, authoritySecrets }: ObservabilityServices): HelmValues =>
  hasLogs(plan)
    ? {
        envValueFrom: {
          [PASSWORD]: secretKey(userSecrets.reader, 'password'),
          [AUTHORITY]: secretKey(authoritySecrets.reader, 'ca.crt'),
        },
      }
    : {};

/**
 * Grafana with what is declared and nothing else: data sources and dashboards are provisioned, and cannot be changed in it. It
 * has no volume, so that there is nothing to lose or to back up, and no second pod, because each would have sessions of its
 * own; a drained node takes it away for a minute. Nobody sees anything without the administrator's password.
 */
export function grafanaValues(plan: ClusterServicesPlan): HelmValues {
  const { observability } = plan;
  if (observability === undefined || !hasDashboards(plan)) return { enabled: false };
  return {
    enabled: true,
    fullnameOverride: GRAFANA.name,
    defaultDashboardsEnabled: false,
    forceDeployDatasources: false,
    replicas: 1,
    testFramework: { enabled: false },
    // The chart's own role reads every Secret of the namespace, this one ConfigMaps alone.
    rbac: { create: true, namespaced: true, useExistingRole: DASHBOARD_ROLE, pspEnabled: false },
    service: { port: GRAFANA.port },
    admin: { existingSecret: observability.grafanaSecret, userKey: 'username', passwordKey: 'password' },
    ...variables(plan, observability),
    'grafana.ini': {
      analytics: { check_for_updates: false, check_for_plugin_updates: false, reporting_enabled: false },
      'auth.anonymous': { enabled: false },
      users: { allow_sign_up: false, allow_org_create: false },
      security: { disable_gravatar: true, cookie_samesite: 'strict' },
    },
    persistence: { enabled: false },
    initChownData: { enabled: false },
    datasources: { 'datasources.yaml': { apiVersion: 1, prune: true, datasources: sources(plan) } },
    sidecar: {
      resources: resourceValues({ cpu: Cpu.millis(25), memory: Memory.mib(96), memoryLimit: Memory.mib(192) }),
      datasources: { enabled: false, defaultDatasourceEnabled: false },
      dashboards: {
        enabled: true,
        label: DASHBOARD_LABEL.name,
        labelValue: DASHBOARD_LABEL.value,
        searchNamespace: GRAFANA.namespace,
        resource: 'configmap',
        provider: { allowUiUpdates: false },
      },
    },
    containerSecurityContext: { ...RESTRICTED_CONTAINER, readOnlyRootFilesystem: false },
    priorityClassName: CRITICAL,
    resources: resourceValues({ cpu: Cpu.millis(100), memory: Memory.mib(256), memoryLimit: Memory.mib(512) }),
  };
}
