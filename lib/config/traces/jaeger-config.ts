import type { Duration } from '../../units';
import type { HelmValues } from '../helm-values';

/** Where Jaeger keeps spans, and how it gets there. */
export interface JaegerSettings {
  /** Address of Elasticsearch, by which its certificate names it. */
  readonly url: string;
  readonly user: string;
  readonly passwordFile: string;
  /** File with the authority that vouches for the certificate. */
  readonly authorityFile: string;
  /** Copies of each index beside itself. */
  readonly copies: number;
  /** How far back anybody looks. */
  readonly retention: Duration;
  /** Port that takes spans (OTLP over gRPC). */
  readonly otlpPort: number;
}

/**
 * The configuration of Jaeger 2: one index of each kind a day, so that days go by taking indices away.
 * Source: jaegertracing/jaeger v2.19.0, `cmd/jaeger/config-elasticsearch.yaml`, `internal/storage/elasticsearch/config`.
 */
export function jaegerConfig(settings: JaegerSettings): HelmValues {
  const { url, user, passwordFile, authorityFile, copies, retention, otlpPort } = settings;
  const daily = { date_layout: '2006-01-02', rollover_frequency: 'day', shards: 1, replicas: copies };
  return {
    service: {
      extensions: ['jaeger_storage', 'jaeger_query', 'healthcheckv2'],
      pipelines: {
        traces: {
          receivers: ['otlp'],
          processors: ['memory_limiter', 'batch'],
          exporters: ['jaeger_storage_exporter'],
        },
      },
      telemetry: {
        resource: { 'service.name': 'jaeger' },
        logs: { level: 'warn' },
        metrics: {
          level: 'normal',
          readers: [{ pull: { exporter: { prometheus: { host: '0.0.0.0', port: 8888 } } } }],
        },
      },
    },
    extensions: {
      healthcheckv2: { use_v2: true, http: { endpoint: '0.0.0.0:13133' } },
      jaeger_query: { storage: { traces: 'elasticsearch' } },
      jaeger_storage: {
        backends: {
          elasticsearch: {
            elasticsearch: {
              server_urls: [url],
              auth: { basic: { username: user, password_file: passwordFile } },
              tls: { ca_file: authorityFile },
              max_span_age: `${retention.toSeconds() / 3600}h`,
              indices: { spans: daily, services: daily, dependencies: daily, sampling: daily },
            },
          },
        },
      },
    },
    receivers: { otlp: { protocols: { grpc: { endpoint: `0.0.0.0:${otlpPort}` } } } },
    processors: {
      memory_limiter: { check_interval: '1s', limit_percentage: 80, spike_limit_percentage: 20 },
      batch: {},
    },
    exporters: { jaeger_storage_exporter: { trace_storage: 'elasticsearch' } },
  };
}
