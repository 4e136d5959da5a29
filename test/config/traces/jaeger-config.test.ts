import { jaegerConfig } from '../../../lib/config/traces/jaeger-config';
import { Duration } from '../../../lib/units';
import type { Manifest } from '../../support/manifests';

const config: Manifest = jaegerConfig({
  url: 'https://logs-es-http.logging.svc:9200',
  user: 'jaeger',
  passwordFile: '/run/user/password',
  authorityFile: '/run/authority/ca.crt',
  copies: 1,
  retention: Duration.days(7),
  otlpPort: 4317,
});
const { elasticsearch } = config.extensions.jaeger_storage.backends.elasticsearch;

test('every part that is named is there, and every part that is there is named', () => {
  const { extensions, pipelines } = config.service;
  expect(Object.keys(config.extensions).sort()).toEqual([...extensions].sort());
  expect(Object.keys(config.receivers)).toEqual(pipelines.traces.receivers);
  expect(Object.keys(config.processors)).toEqual(pipelines.traces.processors);
  expect(Object.keys(config.exporters)).toEqual(pipelines.traces.exporters);
  expect(Object.keys(config.extensions.jaeger_storage.backends)).toEqual([
    config.exporters.jaeger_storage_exporter.trace_storage,
  ]);
});

test('memory is bounded before anything else is done', () => {
  expect(config.service.pipelines.traces.processors[0]).toBe('memory_limiter');
});

test('it keeps whatever it is sent: the share was decided before', () => {
  expect(config.service.pipelines.traces.processors).toEqual(['memory_limiter', 'batch']);
});

test('spans are taken where services are told to send them', () => {
  expect(config.receivers.otlp.protocols).toEqual({ grpc: { endpoint: '0.0.0.0:4317' } });
});

test('Elasticsearch is asked over TLS that is verified, with a password in a file', () => {
  expect(elasticsearch.server_urls).toEqual(['https://logs-es-http.logging.svc:9200']);
  expect(elasticsearch.tls).toEqual({ ca_file: '/run/authority/ca.crt' });
  expect(elasticsearch.auth.basic).toEqual({ username: 'jaeger', password_file: '/run/user/password' });
});

test('indices are of a day each, with their copy, so that days can go', () => {
  expect(Object.keys(elasticsearch.indices)).toEqual(['spans', 'services', 'dependencies', 'sampling']);
  for (const index of Object.values(elasticsearch.indices)) {
    expect(index).toEqual({ date_layout: '2006-01-02', rollover_frequency: 'day', shards: 1, replicas: 1 });
  }
  expect(elasticsearch.max_span_age).toBe('168h');
});
