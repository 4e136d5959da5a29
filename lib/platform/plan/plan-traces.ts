import { logStoreSelector, type NetworkPolicyProps, type OpenPeer, selectorLabels } from '../../kubernetes';
import { DNS, PROMETHEUS } from '../../kubernetes/cluster/network-peers';
import {
  type EnvironmentSpec,
  GRAFANA,
  LOG_STORE,
  OBSERVABILITY_NAMESPACES,
  type ServiceSpec,
  TRACE_STORE,
} from '../../model';
import { plannedObservability } from './plan-observability';

const JAEGER = { 'app.kubernetes.io/name': TRACE_STORE.name };

/** Port of Jaeger's own metrics. */
const METRICS_PORT = 8888;

/** Where spans go; nowhere where nothing is traced. */
export const traceStore = (environment: EnvironmentSpec): OpenPeer[] =>
  plannedObservability(environment)?.traces === undefined
    ? []
    : [{ pods: JAEGER, namespace: TRACE_STORE.namespace, port: TRACE_STORE.port }];

/**
 * What the libraries of OpenTelemetry in a service are told. A request that comes with a decision keeps to it, so that the
 * share is decided once, where it comes in. Source: OpenTelemetry specification, "Environment Variable Specification".
 */
export function traceSettings(
  platform: string,
  environment: EnvironmentSpec,
  { name }: Pick<ServiceSpec, 'name'>,
): Readonly<Record<string, string>> {
  const traces = plannedObservability(environment)?.traces;
  if (traces === undefined) return {};
  return {
    OTEL_SERVICE_NAME: name,
    OTEL_RESOURCE_ATTRIBUTES: `service.namespace=${platform},deployment.environment.name=${environment.name}`,
    OTEL_EXPORTER_OTLP_ENDPOINT: `http://${TRACE_STORE.host}:${TRACE_STORE.port}`,
    OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc',
    OTEL_TRACES_EXPORTER: 'otlp',
    OTEL_METRICS_EXPORTER: 'none',
    OTEL_LOGS_EXPORTER: 'none',
    OTEL_TRACES_SAMPLER: 'parentbased_traceidratio',
    OTEL_TRACES_SAMPLER_ARG: `${traces.sampling.toRatio()}`,
  };
}

/** Who may reach Jaeger, and what it reaches; and, in a mesh, that the gateway's sidecar may send spans, too. */
export function traceNetwork(
  platform: string,
  environment: EnvironmentSpec,
): Readonly<Record<string, NetworkPolicyProps>> {
  const { gateway, mesh, namespace } = environment;
  const to = traceStore(environment);
  if (to.length === 0) return {};
  const partOf = { 'app.kubernetes.io/part-of': platform };
  const store: OpenPeer = {
    pods: logStoreSelector(LOG_STORE.name),
    namespace: OBSERVABILITY_NAMESPACES.logs,
    port: LOG_STORE.port,
  };
  return {
    TraceStore: {
      name: TRACE_STORE.name,
      namespace: TRACE_STORE.namespace,
      labels: partOf,
      selector: JAEGER,
      ingress: [
        { pods: {}, namespace, port: TRACE_STORE.port },
        { pods: { 'app.kubernetes.io/name': 'grafana' }, namespace: GRAFANA.namespace, port: TRACE_STORE.queryPort },
        { ...PROMETHEUS, port: METRICS_PORT },
      ],
      egress: [...DNS, store],
    },
    ...(gateway !== undefined &&
      mesh !== undefined && {
        GatewayTraces: {
          name: `${gateway.name}-traces`,
          labels: partOf,
          selector: selectorLabels(gateway.name),
          egress: to,
        },
      }),
  };
}
