import type { EnvironmentSpec, LocalSpec, PostgresServerSpec, RedisClusterSpec } from '../../lib/model';
import { Memory, Percent } from '../../lib/units';
import { environment, service } from '../support/environment';

export const POSTGRES: PostgresServerSpec = {
  kind: 'server',
  name: 'main',
  objectName: 'postgres',
  databaseName: 'shop',
  maxConnections: 100,
};

/** Orders uses both stores, search none; both are public. */
export const shop = (overrides: Partial<EnvironmentSpec> = {}): EnvironmentSpec =>
  environment({
    services: [
      service('orders', {
        isPublic: true,
        processes: 2,
        settings: { PRICE: '$5' },
        connections: [
          { to: 'database', name: 'main', pool: 10 },
          { to: 'cache', name: 'cache', addressesIn: 'CACHE_NODES' },
        ],
      }),
      service('search-engine', { isPublic: true, aliases: ['finder'], port: 8090 }),
    ],
    gateway: { name: 'gateway', scaling: { min: 2, max: 4, metrics: [{ on: 'cpu', utilization: Percent.of(70) }] } },
    ...overrides,
  });

export const CACHE: RedisClusterSpec = { name: 'cache', memory: Memory.mib(768) };

/** A sound stack of that shop. */
export const LOCAL: LocalSpec = {
  databases: [POSTGRES],
  pooler: { serverConnections: 40 },
  images: { postgres: 'docker.io/library/postgres:16.14-trixie' },
};
