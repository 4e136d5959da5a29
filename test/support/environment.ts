import type { EnvironmentSpec, ServiceSpec } from '../../lib/model';
import { Cpu, Memory, Percent } from '../../lib/units';

const amounts = (cpu: number, mib: number) => ({
  cpu: Cpu.millis(cpu),
  memory: Memory.mib(mib),
  ephemeralStorage: Memory.gib(1),
});

/** A service without connections. */
export const service = (name: string, overrides: Partial<ServiceSpec> = {}): ServiceSpec => ({
  name,
  image: { repository: `shop/${name}`, tag: '1.0.0' },
  port: 8080,
  health: { readinessPath: '/health' },
  resources: { requests: amounts(200, 256), limits: amounts(800, 512) },
  scaling: { min: 2, max: 6, metrics: [{ on: 'cpu', utilization: Percent.of(70) }] },
  connections: [],
  ...overrides,
});

/** A valid environment with one service, one database and one cache. */
export const environment = (overrides: Partial<EnvironmentSpec> = {}): EnvironmentSpec => ({
  name: 'production',
  stage: 'production',
  account: '123456789012',
  region: 'eu-west-1',
  zones: ['eu-west-1a', 'eu-west-1b', 'eu-west-1c'],
  registry: '123456789012.dkr.ecr.eu-west-1.amazonaws.com',
  adminPrincipals: ['arn:aws:iam::123456789012:role/admin'],
  deployPrincipals: ['arn:aws:iam::123456789012:role/deploy'],
  domain: 'shop.example.com',
  namespace: 'shop',
  network: { cidr: '10.20.0.0/16', nat: 'per-zone' },
  cluster: {
    apiAccess: { through: 'session-manager' },
    nodeGroups: [{ name: 'general', instanceTypes: ['m6i.large'], min: 3, max: 6, desired: 3 }],
  },
  databases: [
    {
      name: 'main',
      databaseName: 'shop',
      version: '16',
      instanceClass: 'db.m6g.large',
      storage: Memory.gib(100),
      maxConnections: 500,
    },
  ],
  caches: [{ name: 'cache', memory: Memory.mib(768) }],
  services: [
    service('orders', {
      connections: [
        { to: 'database', name: 'main' },
        { to: 'cache', name: 'cache' },
      ],
    }),
  ],
  state: { kind: 'local' },
  asOf: '2026-11-21',
  ...overrides,
});
