import { type EnvironmentSpec, type PlatformSpec, postgresServerPlan } from '../../../lib/model';
import { planMigrations } from '../../../lib/platform/plan/plan-migrations';
import { pooledContents } from '../../../lib/platform/plan/plan-pooler';
import { followedSecrets, serverKeys, serviceSecrets } from '../../../lib/platform/plan/plan-secrets';
import { planService } from '../../../lib/platform/plan/plan-service';
import { planPostgresServer } from '../../../lib/platform/plan/plan-stores';
import { plannedPooler } from '../../../lib/platform/plan/planned-pooler';
import { environment, service } from '../../support/environment';

const client = (name: string, more: object = {}) =>
  service(name, { connections: [{ to: 'database', name: 'main', pool: 10 }], ...more });
const orders = client('orders', { migration: { command: ['migrate'] } });
const billing = client('billing');
const pooler = { name: 'main-pooler', database: 'main', serverConnections: 100, except: ['billing'] };

const place: EnvironmentSpec = environment({
  services: [orders, billing],
  caches: [],
  poolers: [pooler],
  databaseRoles: {},
});
const shop: PlatformSpec = { name: 'shop', environments: [place] };

test('who is behind the pooler reaches it and not the database; exceptions reach the database alone', () => {
  const ports = (name: typeof orders) =>
    (planService(shop, place, name).egressTo ?? []).map(
      (peer) => `${'pods' in peer ? peer.pods['app.kubernetes.io/name'] : 'subnet'}:${peer.port}`,
    );
  expect(new Set(ports(orders))).toEqual(new Set(['main-pooler:6432']));
  expect(new Set(ports(billing))).toEqual(new Set(['subnet:5432']));
});

test('its Secret leads to the pooler, and says who signs that', () => {
  expect([...pooledContents('shop', place).keys()]).toEqual(['orders-main']);
  expect(pooledContents('shop', place).get('orders-main')).toMatchObject({
    host: 'main-pooler.shop.svc',
    port: '6432',
    username: '{{ .username }}',
    sslrootcert: '/var/run/secrets/shop/tls/ca.crt',
  });
  expect(serviceSecrets('shop', place, orders).map(({ name }) => name)).toEqual(['orders-main', 'orders-tls']);
  expect(serviceSecrets('shop', place, billing).map(({ name }) => name)).toEqual(['billing-main']);
});

test('the pooler learns from the first role where the server is', () => {
  const secret = 'shop/production/main/orders';
  expect(serverKeys('shop', place, pooler)).toEqual({
    host: { secret, field: 'host' },
    port: { secret, field: 'port' },
  });
});

test('a migration keeps a session of its own with the database', () => {
  const [migration] = planMigrations(shop, place);
  expect(migration?.secretFiles?.[0]?.secret).toBe('orders-main-direct');
  expect(followedSecrets('shop', place).get('orders-main-direct')).toEqual(['shop/production/main/orders']);
  expect(migration?.database.every((peer) => peer.port === 5432)).toBe(true);
});

test('both logins of each role are let in, and share its connections', () => {
  const [database] = place.databases;
  const rotated = { ...place, databases: [{ ...database, roleRotation: 3 }] } as EnvironmentSpec;
  expect(plannedPooler(shop, rotated, pooler)).toMatchObject({
    roles: ['orders-main-first'],
    otherLogins: ['orders-main-second'],
  });
  const followed = followedSecrets('shop', rotated);
  expect(followed.get('orders-main')).toEqual(['shop/production/main/orders-b']);
  expect(followed.get('orders-main-first')).toEqual(['shop/production/main/orders']);
  expect(followed.get('orders-main-second')).toEqual(['shop/production/main/orders-b']);
});

test('a PostgreSQL in the cluster lets in the pooler, and of its clients the exceptions', () => {
  const server = { kind: 'server', name: 'main', databaseName: 'shop', maxConnections: 300 } as const;
  const inside: EnvironmentSpec = { ...place, databases: [server] };
  const pods = planPostgresServer('shop', inside, server).clients.map((peer) => peer.pods['app.kubernetes.io/name']);
  expect(pods).toEqual(['billing', 'main-pooler', 'orders-migration']);
  expect(plannedPooler(shop, inside, pooler)).toMatchObject({ serverAuthority: 'own', maxConnections: 300 });
  expect(postgresServerPlan(server).port).toBe(5432);
});
