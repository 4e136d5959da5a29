import { clusterName, MONITORING_NAMESPACE } from '../names';

/** Namespaces of what looks after logs and traces; that of metrics is `MONITORING_NAMESPACE`. Elasticsearch has its operator beside it. */
export const OBSERVABILITY_NAMESPACES = {
  logs: 'logging',
  agents: 'log-agents',
  traces: 'tracing',
} as const;

/** The Elasticsearch of an environment, by the names that its operator makes of it. */
export const LOG_STORE = {
  name: 'logs',
  namespace: OBSERVABILITY_NAMESPACES.logs,
  service: 'logs-es-http',
  host: `logs-es-http.${OBSERVABILITY_NAMESPACES.logs}.svc`,
  port: 9200,
} as const;

/** Where services and sidecars send spans (OTLP over gRPC), and where people look at them. */
export const TRACE_STORE = {
  name: 'jaeger',
  namespace: OBSERVABILITY_NAMESPACES.traces,
  host: `jaeger.${OBSERVABILITY_NAMESPACES.traces}.svc.cluster.local`,
  port: 4317,
  queryPort: 16_686,
} as const;

/** Name by which sidecars of the mesh are told to send spans there. */
export const TRACE_PROVIDER = 'traces';

/** Grafana: the document calls it `monitoring-dashboard:3000`. */
export const GRAFANA = { name: 'monitoring-dashboard', namespace: MONITORING_NAMESPACE, port: 3000 } as const;

/** Where Thanos answers for what Prometheus has and for what only the bucket still has. */
export const THANOS_QUERY = {
  url: `http://thanos-query.${MONITORING_NAMESPACE}.svc.cluster.local`,
  port: 10_902,
} as const;

/** Data stream that holds what pods write. */
export const LOG_STREAM = 'pod-logs';

/** What names of the indices of traces start with, as Jaeger has it. */
export const TRACE_INDICES = 'jaeger-';

/** Who enters Elasticsearch: what writes logs, what keeps traces, what shows both, and what sees to retention. */
export const LOG_STORE_USERS = ['log-agent', 'jaeger', 'log-reader', 'log-keeper'] as const;
export type LogStoreUser = (typeof LOG_STORE_USERS)[number];

/** Service accounts with rights to the bucket of metrics. */
export const METRICS_ACCOUNTS = {
  prometheus: { namespace: MONITORING_NAMESPACE, serviceAccount: 'prometheus' },
  store: { namespace: MONITORING_NAMESPACE, serviceAccount: 'thanos-store-gateway' },
  compactor: { namespace: MONITORING_NAMESPACE, serviceAccount: 'thanos-compact' },
} as const;

/** Service account of Alertmanager, which publishes the heartbeat. */
export const ALERTMANAGER_ACCOUNT = { namespace: MONITORING_NAMESPACE, serviceAccount: 'alertmanager' } as const;

/** Bucket of what Prometheus measured: `acgs-production-metrics-333333333333`. */
export const metricsBucket = (platform: string, environment: string, accountId: string): string =>
  `${clusterName(platform, environment)}-metrics-${accountId}`;

/** Secret with user and password of Grafana's administrator: `acgs/production/observability/grafana`. */
export const grafanaSecret = (root: string): string => `${root}/observability/grafana`;

/** Secret of one user of Elasticsearch: `acgs/production/observability/log-agent`. */
export const logStoreSecret = (root: string, user: LogStoreUser): string => `${root}/observability/${user}`;

/** SNS topic that hears that alerts still get out of the cluster: `acgs-production-heartbeat`. */
export const heartbeatTopicName = (platform: string, environment: string): string =>
  `${clusterName(platform, environment)}-heartbeat`;
