import type { Connection, DatabaseSpec, ServiceSpec } from '../../../lib/model';
import { isReplica } from '../../../lib/model';
import { Cpu, Duration, Memory } from '../../../lib/units';
import type { Draw } from './draw';
import { release } from './releases';
import { type Pace, scaling, vertical } from './scaling';

/** What a service may refer to. */
export interface Surroundings extends Pace {
  readonly names: readonly string[];
  readonly databases: readonly DatabaseSpec[];
  readonly caches: readonly { readonly name: string }[];
  readonly vectorDatabases: readonly { readonly name: string }[];
  /** Untainted and tainted groups that are not for stores alone. */
  readonly nodes: readonly string[];
  readonly weights: 'istio' | 'alb';
  readonly gateway: boolean;
  /** Databases that the service of that name has a role of, at the primary of a replica. */
  readonly rolesOf: (name: string) => readonly string[];
}

function connections(draw: Draw, name: string, around: Surroundings): Connection[] {
  const databases = around.databases.filter(
    (database) => !isReplica(database) || around.rolesOf(name).includes(database.name),
  );
  return [
    ...draw
      .some(
        around.names.filter((other) => other !== name),
        12,
      )
      .map((other): Connection => ({ to: 'service', name: other })),
    ...draw.some(databases, 50).map(
      (database): Connection => ({
        to: 'database',
        name: database.name,
        ...(isReplica(database) ? { access: 'read' } : draw.maybe(20, 'access', () => draw.one('read', 'write'))),
        ...draw.maybe(30, 'pool', () => draw.whole(1, 4)),
      }),
    ),
    ...draw.some(around.caches, 40).map(
      (cache): Connection => ({
        to: 'cache',
        name: cache.name,
        ...draw.maybe(40, 'addressesIn', () => `${cache.name.toUpperCase().replaceAll('-', '_')}_ADDRESS`),
      }),
    ),
    ...draw.some(around.vectorDatabases, 30).map(({ name }): Connection => ({ to: 'vector-database', name })),
    ...(draw.chance(25)
      ? [
          {
            to: 'network' as const,
            cidr: draw.one('0.0.0.0/0', '203.0.113.0/24', '198.51.100.7/32'),
            port: draw.one(443, 5432, 9000),
            reason: 'an API outside',
          },
        ]
      : []),
  ];
}

const amounts = (cpu: number, mib: number, gib: number) => ({
  cpu: Cpu.millis(cpu),
  memory: Memory.mib(mib),
  ephemeralStorage: Memory.gib(gib),
});

function resources(draw: Draw) {
  const [cpu, mib, gib] = [draw.whole(50, 500), draw.whole(256, 1024), draw.whole(1, 2)];
  return {
    requests: amounts(cpu, mib, gib),
    limits: amounts(cpu * draw.whole(1, 4), mib * draw.whole(1, 2), gib + draw.whole(0, 1)),
  };
}

/** One service that is mostly sound where it stands. */
export function service(draw: Draw, name: string, around: Surroundings): ServiceSpec {
  const policy = scaling(draw, name, around);
  const isPublic = draw.chance(35);
  const callers = !isPublic && draw.chance(30);
  const blueGreen = draw.chance(50) && !(isPublic && around.gateway && around.mesh);
  const scalesMemory = policy.metrics.some(
    (metric) => metric.on === 'memory' || (metric.on === 'container' && metric.resource === 'memory'),
  );
  return {
    name,
    image: {
      repository: `shop/${name}`,
      tag: draw.one('1.0.0', '2026.11.21', 'v3'),
      ...draw.maybe(20, 'digest', () => `sha256:${'0a'.repeat(32)}`),
    },
    port: draw.one(8080, 8000, 3000, 9090, 1024, 12_345),
    health: {
      readinessPath: draw.one('/health', '/health/ready', '/-/ready'),
      ...draw.maybe(40, 'livenessPath', () => '/live'),
      ...draw.maybe(30, 'startWithin', () => Duration.seconds(draw.whole(10, 600))),
    },
    resources: resources(draw),
    scaling: policy,
    ...(scalesMemory ? {} : draw.maybe(25, 'vertical', () => vertical(draw, name, around, policy.min))),
    ...draw.maybe(15, 'aliases', () => [`${name}-alias`]),
    ...draw.maybe(15, 'autoscalerName', () => `${name}-hpa`),
    ...draw.maybe(10, 'verticalAutoscalerName', () => `${name}-vpa`),
    connections: connections(draw, name, around),
    ...(isPublic && { isPublic }),
    ...draw.maybe(20, 'command', () => ['serve', '--port', '$(PORT)']),
    ...draw.maybe(15, 'args', () => ['--verbose']),
    ...draw.maybe(20, 'processes', () => draw.whole(1, 4)),
    ...(draw.chance(callers ? 0 : 25) && { rollout: release(draw, name, around.weights, blueGreen) }),
    ...(around.nodes.length > 0
      ? draw.maybe(40, 'nodes', () => around.nodes[draw.whole(0, around.nodes.length - 1)] as string)
      : {}),
    ...draw.maybe(30, 'settings', () => ({ LOG_LEVEL: draw.one('info', 'yes', '1e3', 'a: b #c', ''), REGION: 'eu' })),
    ...draw.maybe(25, 'drainFor', () => Duration.seconds(draw.whole(1, 90))),
    ...draw.maybe(20, 'metricsPath', () => '/internal/metrics'),
    ...draw.maybe(20, 'measuredRps', () => draw.one(0.5, 100, 2500)),
  };
}
