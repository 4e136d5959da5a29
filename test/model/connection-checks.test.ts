import { CONNECTION_CHECKS, type Connection, inspectConnections, POOL_CHECKS, type ServiceSpec } from '../../lib/model';
import { environment, service } from '../support/environment';
import { allIds, ids } from '../support/findings';

const pooled = (pool: number): Connection => ({ to: 'database', name: 'main', pool });
const orders = (overrides: Partial<ServiceSpec>) => environment({ services: [service('orders', overrides)] });
const bounds = (max: number) => ({ ...service('x').scaling, max });

/** The database accepts 500. Of six pods a rolling update makes eight: 8 x 4 x 15 are 480. */
const within = { processes: 4, connections: [pooled(15)] };

const broken: [check: string, overrides: Partial<ServiceSpec>][] = [
  ['database-connections-cover-pools', { processes: 4, connections: [pooled(16)] }],
  ['database-connections-cover-pools', { processes: 5, connections: [pooled(15)] }],
  ['database-connections-cover-pools', { ...within, scaling: bounds(7) }],
  ['database-connections-cover-pools', { ...within, rollout: { strategy: 'blue-green' } }],
  ['service-processes-are-counted', { processes: 0 }],
  ['service-processes-are-counted', { processes: 65 }],
  ['service-processes-are-counted', { processes: 1.5 }],
  ['service-processes-are-counted', { processes: Number.NaN }],
  ['service-pools-are-counted', { connections: [pooled(0)] }],
  ['service-pools-are-counted', { connections: [pooled(1.5)] }],
];

test.each(broken)('%s fails (row %#)', (check, overrides) => {
  expect(ids(inspectConnections('shop/production', orders(overrides)))).toEqual([check]);
});

test.each([
  ['pools that fit at the peak', within],
  ['one connection below the limit', { processes: 1, connections: [pooled(62)] }],
  ['a pool that nobody declared', { connections: [{ to: 'database', name: 'main' }] }],
  ['one process', { processes: 1 }],
  ['sixty-four processes', { processes: 64 }],
] satisfies [string, Partial<ServiceSpec>][])('%s is accepted', (_, overrides) => {
  expect(inspectConnections('shop/production', orders(overrides))).toEqual([]);
});

test('a pool larger than any server is refused as well as counted', () => {
  const findings = inspectConnections('shop/production', orders({ connections: [pooled(10_001)] }));
  expect(ids(findings)).toEqual(['database-connections-cover-pools', 'service-pools-are-counted']);
});

test('the finding shows the arithmetic: pods, processes and connections of each service', () => {
  const [finding] = inspectConnections('shop/production', orders({ processes: 4, connections: [pooled(16)] }));
  expect(finding).toMatchObject({
    path: 'shop/production/main',
    severity: 'warning',
    received: '500',
    rule: expect.stringContaining('512 and 3 in reserve: orders 8 x 4 x 16'),
  });
});

test('every check has a failing row', () => {
  expect([...new Set(broken.map(([check]) => check))].sort()).toEqual(allIds(CONNECTION_CHECKS, POOL_CHECKS));
});
