import { describe as line } from '../../../lib/check';
import type { ServiceSpec } from '../../../lib/model';
import { inspectService, SERVICE_ADDRESS_CHECKS, SERVICE_SPEC_CHECKS } from '../../../lib/model/service/service-checks';
import { SERVICE_RUNTIME_CHECKS } from '../../../lib/model/service/service-runtime';
import { Cpu, Duration, Memory, Percent } from '../../../lib/units';
import { allIds, ids } from '../../support/findings';

const amounts = { cpu: Cpu.millis(200), memory: Memory.mib(512), ephemeralStorage: Memory.gib(1) };

const valid: ServiceSpec = {
  name: 'auth-service',
  image: { repository: 'acgs/auth-service', tag: '2.0.0' },
  port: 8016,
  health: { readinessPath: '/health' },
  resources: { requests: amounts, limits: { ...amounts, cpu: Cpu.cores(1) } },
  scaling: { min: 3, max: 8, metrics: [{ on: 'cpu', utilization: Percent.of(70) }] },
  connections: [
    { to: 'database', name: 'main' },
    { to: 'cache', name: 'main' },
    { to: 'network', cidr: '203.0.113.0/24', port: 443, reason: 'model API' },
  ],
};

const health = (change: Partial<ServiceSpec['health']>) => ({ health: { readinessPath: '/health', ...change } });
const needs = (requests: Partial<typeof amounts>) => ({
  resources: { requests: { ...amounts, ...requests }, limits: amounts },
});
const reaches = (change: object): Partial<ServiceSpec> => ({
  connections: [{ to: 'network', cidr: '203.0.113.0/24', port: 443, reason: 'model API', ...change }],
});

const scalesOn = (container: string): Partial<ServiceSpec> => ({
  scaling: { min: 3, max: 8, metrics: [{ on: 'container', container, resource: 'cpu', utilization: Percent.of(70) }] },
});

const calls = (callsPerRequest: number): Partial<ServiceSpec> => ({
  connections: [{ to: 'database', name: 'main', callsPerRequest }],
});

describe('inspectService', () => {
  test('a sound service has no findings', () => {
    expect(inspectService('acgs', valid)).toEqual([]);
  });

  test.each<[string, Partial<ServiceSpec>]>([
    ['the lowest port', { port: 1024 }],
    ['the highest port', { port: 65535 }],
    ['a name of 63', { name: 'a'.repeat(63) }],
    ['the shortest start', health({ startWithin: Duration.seconds(10) })],
    ['the longest start', health({ startWithin: Duration.hours(1) })],
    ['a liveness path of its own', health({ livenessPath: '/alive' })],
    ['the shortest drain', { drainFor: Duration.seconds(1) }],
    ['the longest drain', { drainFor: Duration.hours(1) }],
    ['requests of exactly the limits', needs({})],
    ['settings that end like a secret', { settings: { OKAPI_KEY: 'x' } }],
    [
      'settings that only mention a token',
      { settings: { TOKEN_TTL_SECONDS: '60', DB_PASSWORD_FILE: '/etc/db/password' } },
    ],
    ['a digest', { image: { repository: 'a/b', tag: '1', digest: `sha256:${'0'.repeat(64)}` } }],
    ['the lowest port of an address', reaches({ port: 1 })],
    ['the same name as database and cache', { connections: valid.connections.slice(0, 2) }],
    ['a metrics path', { metricsPath: '/internal/metrics' }],
    ['a measured rate', { measuredRps: 0.5 }],
    ['a promised rate', { promisedRps: 0.5 }],
    ['the shortest measured start', { measuredStart: Duration.seconds(1) }],
    ['the longest measured start', { measuredStart: Duration.hours(1) }],
    ['a call in a thousand requests', calls(0.001)],
    ['ten thousand calls for each request', calls(10_000)],
    ['an alias', { aliases: ['auth_service'] }],
    ['its own container', scalesOn('auth-service')],
    ['the proxy of a mesh', scalesOn('istio-proxy')],
  ])('accepts %s', (_what, change) => {
    expect(inspectService('acgs', { ...valid, ...change })).toEqual([]);
  });

  const broken: [id: string, received: string, change: Partial<ServiceSpec>][] = [
    ['service-name-is-a-dns-label', 'auth_service', { name: 'auth_service' }],
    ['service-name-is-a-dns-label', '2fa', { name: '2fa' }],
    ['service-name-is-a-dns-label', 'a'.repeat(64), { name: 'a'.repeat(64) }],
    ['service-port-is-unprivileged', '1023', { port: 1023 }],
    ['service-port-is-unprivileged', '65536', { port: 65536 }],
    ['service-port-is-unprivileged', 'NaN', { port: Number.NaN }],
    ['service-readiness-is-a-path', 'health', health({ readinessPath: 'health' })],
    ['service-readiness-is-a-path', '/health?full=1', health({ readinessPath: '/health?full=1' })],
    ['service-liveness-is-a-path', 'alive', health({ livenessPath: 'alive' })],
    ['service-liveness-differs-from-readiness', '/health', health({ livenessPath: '/health' })],
    ['service-start-is-bounded', '9s', health({ startWithin: Duration.seconds(9) })],
    ['service-start-is-bounded', '3601s', health({ startWithin: Duration.seconds(3601) })],
    ['service-start-is-bounded', '10500ms', health({ startWithin: Duration.millis(10_500) })],
    ['service-drain-is-bounded', '0s', { drainFor: Duration.seconds(0) }],
    ['service-drain-is-bounded', '3601s', { drainFor: Duration.seconds(3601) }],
    ['service-drain-is-bounded', '1500ms', { drainFor: Duration.millis(1500) }],
    ['service-requests-fit-limits', 'more cpu', needs({ cpu: Cpu.millis(201) })],
    ['service-requests-fit-limits', 'more memory', needs({ memory: Memory.mib(513) })],
    ['service-requests-fit-limits', 'more ephemeralStorage', needs({ ephemeralStorage: Memory.gib(2) })],
    ['service-requests-are-set', 'no cpu', needs({ cpu: Cpu.millis(0) })],
    ['service-requests-are-set', 'no memory', needs({ memory: Memory.mib(0) })],
    ['service-requests-are-set', 'no ephemeralStorage', needs({ ephemeralStorage: Memory.mib(0) })],
    ['service-settings-are-variables', '2ND', { settings: { GOOD: '', '2ND': '' } }],
    ['service-settings-are-variables', 'LOG-LEVEL', { settings: { 'LOG-LEVEL': '' } }],
    ['service-settings-hold-no-secrets', 'DB_PASSWORD', { settings: { LOG_LEVEL: 'info', DB_PASSWORD: 'x' } }],
    ['service-settings-hold-no-secrets', 'apiKey', { settings: { apiKey: 'x' } }],
    ['service-settings-hold-no-secrets', 'SECRET_FILE', { settings: { SECRET_FILE: 'x' } }],
    ['service-image-is-pinned', 'a/b:latest', { image: { repository: 'a/b', tag: 'latest' } }],
    ['service-image-is-pinned', 'a/b:', { image: { repository: 'a/b', tag: '' } }],
    ['service-digest-is-sha256', 'sha256:12', { image: { repository: 'a/b', tag: '1', digest: 'sha256:12' } }],
    ['service-repository-has-no-registry', 'ghcr.io/a/b', { image: { repository: 'ghcr.io/a/b', tag: '1' } }],
    ['service-repository-has-no-registry', 'A/b', { image: { repository: 'A/b', tag: '1' } }],
    ['service-metrics-are-a-path', 'metrics', { metricsPath: 'metrics' }],
    ['service-measurement-is-positive', '0', { measuredRps: 0 }],
    ['service-measurement-is-positive', 'NaN', { measuredRps: Number.NaN }],
    ['service-measurement-is-positive', 'Infinity', { measuredRps: Number.POSITIVE_INFINITY }],
    ['service-promise-is-positive', '0', { promisedRps: 0 }],
    ['service-promise-is-positive', 'NaN', { promisedRps: Number.NaN }],
    ['service-measured-start-is-bounded', '0s', { measuredStart: Duration.seconds(0) }],
    ['service-measured-start-is-bounded', '1500ms', { measuredStart: Duration.millis(1500) }],
    ['service-measured-start-is-bounded', '3601s', { measuredStart: Duration.seconds(3601) }],
    ['service-calls-are-counted', 'database main', calls(0)],
    ['service-calls-are-counted', 'database main', calls(10_001)],
    ['service-calls-are-counted', 'database main', calls(Number.NaN)],
    [
      'service-connections-are-named-once',
      'cache main',
      {
        connections: [
          { to: 'cache', name: 'main' },
          { to: 'cache', name: 'main' },
        ],
      },
    ],
    ['service-scales-on-its-own-containers', 'worker', scalesOn('worker')],
    ['service-aliases-are-new', 'auth-service', { aliases: ['auth-service'] }],
    ['service-address-has-a-reason', ' ', reaches({ reason: ' ' })],
  ];

  test.each(broken)('reports %s for %s', (id, received, change) => {
    const findings = inspectService('acgs', { ...valid, ...change });
    expect(ids(findings)).toEqual([id]);
    expect(findings[0]?.received).toBe(received);
  });

  test('every check has a failing row', () => {
    const rows = [...new Set(broken.map(([id]) => id))].sort();
    expect(rows).toEqual(allIds(SERVICE_RUNTIME_CHECKS, SERVICE_SPEC_CHECKS, SERVICE_ADDRESS_CHECKS));
  });

  test('an address is named by its place among all connections', () => {
    const connections = [
      ...valid.connections.slice(0, 2),
      { to: 'network', cidr: '203.0.113.0/24', port: 443, reason: '' } as const,
    ];
    const [finding] = inspectService('acgs/auth-service', { ...valid, connections });
    expect(finding && line(finding)).toBe(
      'acgs/auth-service: connections[2].reason must say what is reached and why, got an empty string; ' +
        'name the program at the other end [service-address-has-a-reason]',
    );
  });
});
