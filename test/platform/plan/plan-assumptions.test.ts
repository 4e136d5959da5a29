import type { CachePolicySpec, CacheSpec, EnvironmentSpec, PlatformSpec, ServiceSpec } from '../../../lib/model';
import { gatewayAssumptions, planAssumptions } from '../../../lib/platform/plan/plan-assumptions';
import { Duration } from '../../../lib/units';
import { environment, service } from '../../support/environment';
import { PLATFORMS } from '../../support/platforms';

const orders = (overrides: Partial<ServiceSpec> = {}): ServiceSpec =>
  service('orders', { connections: [{ to: 'database', name: 'main', pool: 20 }], ...overrides });

const told = (one: ServiceSpec, overrides: Partial<EnvironmentSpec> = {}) => {
  const place = environment({ services: [one], ...overrides });
  const platform: PlatformSpec = { name: 'shop', environments: [place] };
  return planAssumptions(platform, place, one)['headroom.dev/pool'];
};

test.each<[string, string | undefined, ServiceSpec]>([
  ['each process of a pod', 'shop-production-main=1x20', orders()],
  ['several processes', 'shop-production-main=4x20', orders({ processes: 4 })],
  ['no declared pool', undefined, orders({ connections: [{ to: 'database', name: 'main' }] })],
  ['no database', undefined, orders({ connections: [] })],
])('%s: %s', (_, pool, one) => {
  expect(told(one)).toBe(pool);
});

test('behind a pooler, the pooler is what a service opens connections to', () => {
  const poolers = [{ name: 'main-pooler', database: 'main', serverConnections: 40 }];
  expect(told(orders(), { poolers })).toBe('main-pooler=1x20');
  expect(told(orders(), { poolers: [{ ...poolers[0], except: ['orders'] }] as never })).toBe(
    'shop-production-main=1x20',
  );
});

test.each<[string, CacheSpec, string]>([
  ['a cluster of pods by its Service', { name: 'cache' } as CacheSpec, 'cache=4x50'],
  ['a server of its own', { kind: 'server', name: 'cache' } as CacheSpec, 'cache=4x50'],
  [
    'ElastiCache by its identifier',
    { kind: 'replication-group', name: 'cache' } as CacheSpec,
    'shop-production-cache=4x50',
  ],
])('what a process may open to a member of the cache that the policy is about, %s: %s', (_, cache, pool) => {
  const cachePolicy: CachePolicySpec = {
    cache: 'cache',
    keys: { prefix: 'shop', version: '1' },
    poolSize: 20,
    maxConnections: 50,
    defaultTtl: Duration.minutes(5),
  };
  const connections = [
    { to: 'database', name: 'main', pool: 20 },
    { to: 'cache', name: 'cache' },
    { to: 'cache', name: 'sessions' },
  ] as const;
  const caches = [cache, { ...cache, name: 'sessions' } as CacheSpec];
  const one = orders({ processes: 4, connections });
  expect(told(one, { caches, cachePolicy })).toBe(`shop-production-main=4x20, ${pool}`);
  expect(told(one, { caches })).toBe('shop-production-main=4x20');
});

test('of both platforms, every service with a pool tells the ledger of it', () => {
  for (const platform of PLATFORMS) {
    for (const place of platform.environments) {
      const silent = place.services
        .filter(({ connections }) => connections.some((one) => one.to === 'database' && one.pool !== undefined))
        .filter((one) => planAssumptions(platform, place, one)['headroom.dev/pool'] === undefined);
      expect(silent.map(({ name }) => name)).toEqual([]);
    }
  }
});

test('what was measured and promised is told as it is declared, and nothing else', () => {
  const measured = orders({ connections: [], measuredRps: 50, promisedRps: 400, measuredStart: Duration.seconds(40) });
  const place = environment({ services: [measured] });
  const platform: PlatformSpec = { name: 'shop', environments: [place] };
  expect(planAssumptions(platform, place, measured)).toEqual({
    'headroom.dev/rate-per-pod': '50',
    'headroom.dev/declared-load': '400',
    'headroom.dev/start-up': '40s',
  });
  expect(planAssumptions(platform, place, orders({ connections: [] }))).toEqual({});
});

test('calls name the store itself: the instance behind a pooler, and pods by their Service', () => {
  const asking = orders({
    connections: [
      { to: 'database', name: 'main', callsPerRequest: 2.5 },
      { to: 'vector-database', name: 'vectors', callsPerRequest: 1 },
      { to: 'vector-database', name: 'others' },
    ],
  });
  const place = environment({
    services: [asking],
    poolers: [{ name: 'main-pooler', database: 'main', serverConnections: 40 }],
    vectorDatabases: [{ name: 'vectors', objectName: 'qdrant' }, { name: 'others' }],
  });
  const platform: PlatformSpec = { name: 'shop', environments: [place] };
  expect(planAssumptions(platform, place, asking)).toEqual({
    'headroom.dev/calls': 'shop-production-main=2.5, qdrant=1',
  });
});

test('the gateway is promised what all public services are, and nothing while one of them promises nothing', () => {
  const one = orders({ connections: [], isPublic: true, promisedRps: 400 });
  const other = (promisedRps?: number) =>
    service('tasks', { connections: [], isPublic: true, ...(promisedRps !== undefined && { promisedRps }) });
  const told = (services: readonly ServiceSpec[]) => gatewayAssumptions(environment({ services }));
  expect(told([one, other(100), orders({ name: 'inner', isPublic: false })])).toEqual({
    'headroom.dev/declared-load': '500',
  });
  expect(told([one, other()])).toEqual({});
  expect(told([])).toEqual({});
});
