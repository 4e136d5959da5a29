import type { EnvironmentSpec, PlatformSpec, ServiceSpec } from '../../../lib/model';
import { planAssumptions } from '../../../lib/platform/plan/plan-assumptions';
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
