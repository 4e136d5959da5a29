import { PLATFORMS } from '../../apps';
import type { EnvironmentSpec, ObservabilitySpec } from '../../lib/model';
import { inspectPlatform } from '../../lib/platform/inspect-platform';
import { Layer } from '../../lib/platform/layer';
import {
  buildObservability,
  inspectObservabilityOf,
  OBSERVABILITY_ROOM_CHECKS,
} from '../../lib/platform/observability';
import { followedPasswords } from '../../lib/platform/plan/plan-log-store';
import { observabilityPasswords } from '../../lib/platform/plan/plan-observability';
import { planService } from '../../lib/platform/plan/plan-service';
import { traceSettings } from '../../lib/platform/plan/plan-traces';
import { environmentDashboards } from '../../lib/telemetry';
import { Memory, Percent } from '../../lib/units';
import { environment, service } from '../support/environment';
import { allIds, ids } from '../support/findings';
import { type Manifest, manifests, only } from '../support/manifests';

const [acgs] = PLATFORMS;
const production = acgs?.environments.find(({ name }) => name === 'production');
if (acgs === undefined || production === undefined) throw new Error('acgs/production is gone');

const spec: ObservabilitySpec = {
  metrics: { series: 10_000, storage: Memory.gib(20), longTerm: {} },
  logs: { perDay: Memory.gib(1), storage: Memory.gib(100) },
  traces: { spansPerSecond: 100 },
  dashboards: 'off',
};
const observed = (overrides: Partial<EnvironmentSpec> = {}, changes: Partial<ObservabilitySpec> = {}) =>
  environment({ observability: { ...spec, ...changes }, ...overrides });
const shop = (place: EnvironmentSpec) => ({ name: 'shop', environments: [place] });

const build = (platform: string, place: EnvironmentSpec): Manifest[] =>
  manifests((chart) => buildObservability(new Layer(chart, '20-policies'), platform, place));

describe('what is built', () => {
  test('is nothing without a declaration', () => {
    expect(build('shop', environment())).toEqual([]);
    expect(observabilityPasswords('shop', environment())).toEqual([]);
    expect(planService(shop(environment()), environment(), service('orders')).settings).toEqual({});
  });

  test('dashboards are those of the folder, to the letter', () => {
    const files = environmentDashboards('acgs', production);
    const shown = build('acgs', production)
      .filter(({ kind, metadata }) => kind === 'ConfigMap' && metadata.labels.grafana_dashboard)
      .map(({ data }) => Object.entries<string>(data)[0]);
    expect(files.size).toBe(5);
    expect(shown.sort()).toEqual([...files].sort());
  });

  test('measurements alone take no password but that of whoever looks', () => {
    const development = acgs.environments.find(({ name }) => name === 'development');
    if (development === undefined) throw new Error('acgs/development is gone');
    expect(followedPasswords(development).map(({ name }) => name)).toEqual(['grafana-admin']);
    expect(build('acgs', development).map(({ kind }) => kind)).not.toContain('Elasticsearch');
  });

  test('every password that is drawn is followed, and the other way round', () => {
    for (const place of acgs.environments) {
      const drawn = observabilityPasswords('acgs', place).map(({ name }) => name.split('/').at(-1));
      expect([...new Set(followedPasswords(place).map(({ of }) => of))].sort()).toEqual([...drawn].sort());
    }
  });

  test('a user of Elasticsearch has one password where it is checked and where it is used', () => {
    const from = (name: string) => only(build('shop', observed()), 'ExternalSecret', name).spec.dataFrom[0].extract.key;
    expect(from('user-log-agent')).toBe('shop/production/observability/log-agent');
    expect(from('log-agent-password')).toBe(from('user-log-agent'));
    expect(from('jaeger-password')).toBe(from('user-jaeger'));
  });

  test('whoever asks Elasticsearch has its authority in its own namespace', () => {
    const issued = build('acgs', production)
      .filter(({ kind, spec: certificate }) => kind === 'Certificate' && !certificate.isCA)
      .map(({ metadata, spec: { issuerRef } }) => [metadata.namespace, metadata.name, issuerRef.kind]);
    expect(issued).toEqual([
      ['logging', 'logs-tls', 'ClusterIssuer'],
      ['logging', 'log-keeper-tls', 'ClusterIssuer'],
      ['log-agents', 'log-agent-tls', 'ClusterIssuer'],
      ['tracing', 'jaeger-tls', 'ClusterIssuer'],
      ['monitoring', 'log-reader-tls', 'ClusterIssuer'],
    ]);
  });

  test('the certificate names the host that clients call', () => {
    const { dnsNames } = only(build('shop', observed()), 'Certificate', 'logs-tls').spec;
    expect(dnsNames).toContain('logs-es-http.logging.svc');
  });
});

describe('tracing', () => {
  test('services decide by what they are told, and keep to what was decided before', () => {
    expect(traceSettings('shop', observed(), { name: 'orders' })).toEqual({
      OTEL_SERVICE_NAME: 'orders',
      OTEL_RESOURCE_ATTRIBUTES: 'service.namespace=shop,deployment.environment.name=production',
      OTEL_EXPORTER_OTLP_ENDPOINT: 'http://jaeger.tracing.svc.cluster.local:4317',
      OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc',
      OTEL_TRACES_EXPORTER: 'otlp',
      OTEL_METRICS_EXPORTER: 'none',
      OTEL_LOGS_EXPORTER: 'none',
      OTEL_TRACES_SAMPLER: 'parentbased_traceidratio',
      OTEL_TRACES_SAMPLER_ARG: '0.01',
    });
    expect(
      traceSettings('shop', observed({}, { traces: { spansPerSecond: 1, sampling: Percent.of(25) } }), { name: 'a' }),
    ).toMatchObject({ OTEL_TRACES_SAMPLER_ARG: '0.25' });
  });

  test("a service's own settings win", () => {
    const place = observed();
    const own = service('orders', { settings: { OTEL_TRACES_SAMPLER_ARG: '1' } });
    expect(planService(shop(place), place, own).settings).toMatchObject({
      OTEL_SERVICE_NAME: 'orders',
      OTEL_TRACES_SAMPLER_ARG: '1',
    });
  });

  test('services reach Jaeger, and Jaeger lets their namespace in', () => {
    const place = observed();
    expect(planService(shop(place), place, service('orders')).egressTo).toContainEqual({
      pods: { 'app.kubernetes.io/name': 'jaeger' },
      namespace: 'tracing',
      port: 4317,
    });
    const { ingress } = only(build('shop', place), 'NetworkPolicy', 'jaeger').spec;
    expect(ingress[0]).toEqual({
      from: [
        {
          podSelector: { matchLabels: {} },
          namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'shop' } },
        },
      ],
      ports: [{ port: 4317, protocol: 'TCP' }],
    });
  });

  test('the sidecars of a mesh take the same share, and that of the gateway may send it', () => {
    const found = build('acgs', production);
    expect(only(found, 'Telemetry', 'tracing').spec.tracing[0].randomSamplingPercentage).toBe(1);
    expect(only(found, 'NetworkPolicy', 'gateway-traces').spec.egress[0].ports[0].port).toBe(4317);
    expect(build('shop', observed()).map(({ kind }) => kind)).not.toContain('Telemetry');
  });
});

describe('what is found', () => {
  const stateful = (max: number) => ({
    name: 'stateful',
    instanceTypes: ['r5.large'],
    min: 1,
    max,
    desired: 1,
    zones: 'each' as const,
  });
  const on = (max: number, perDay = 1): EnvironmentSpec => {
    const { cluster } = environment();
    return observed(
      { cluster: { ...cluster, nodeGroups: [...cluster.nodeGroups, stateful(max)] }, caches: [] },
      { nodes: 'stateful', logs: { perDay: Memory.gib(perDay), storage: Memory.gib(100), memory: Memory.gib(14) } },
    );
  };
  const found = (place: EnvironmentSpec): string[] => ids(inspectObservabilityOf('shop', shop(place), place));

  // three members of 14 GiB, two Prometheus of 2, two stores and a compactor of half a GiB: 47.5 of 3 or 6 times 13.4 GiB
  test('a group that cannot hold all of it is refused', () => {
    expect(found(on(2))).toEqual(['pod-fits-a-node']);
  });

  const smaller = (max: number, memory: number): EnvironmentSpec => {
    const place = on(max);
    return {
      ...place,
      observability: {
        ...spec,
        nodes: 'stateful',
        logs: { perDay: Memory.gib(1), storage: Memory.gib(100), memory: Memory.gib(memory) },
      },
    };
  };

  test.each([
    ['12 GiB a member on three nodes', 1, 12, ['observability-has-room-on-its-nodes']],
    ['8 GiB a member on three nodes', 1, 8, []],
    ['12 GiB a member on six nodes', 2, 12, []],
  ] as const)('%s', (_, max, memory, expected) => {
    expect(found(smaller(max, memory))).toEqual(expected);
  });

  test('every check has a failing row', () => {
    expect(allIds(OBSERVABILITY_ROOM_CHECKS)).toEqual(['observability-has-room-on-its-nodes']);
  });

  test('a heartbeat that nobody would miss is refused', () => {
    const { operations: _, ...deaf } = production;
    const platform = { ...acgs, environments: [deaf] };
    expect(ids(inspectPlatform(platform))).toContain('telemetry-heartbeat-is-heard');
    expect(ids(inspectPlatform({ ...acgs, environments: [production] }))).not.toContain('telemetry-heartbeat-is-heard');
  });

  test('room of a volume is found before anything is built', () => {
    const { observability } = production;
    if (observability === undefined) throw new Error('it is declared');
    const metrics = { ...observability.metrics, storage: Memory.gib(40) };
    const place = { ...production, observability: { ...observability, metrics } };
    expect(ids(inspectObservabilityOf('acgs', acgs, place))).toEqual(['observability-metrics-fit-their-volume']);
  });
});
