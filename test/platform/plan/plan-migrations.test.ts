import { App } from 'cdk8s';
import { type EnvironmentSpec, inspectMigrations, MIGRATION_CHECKS, type PostgresServerSpec } from '../../../lib/model';
import { EnvironmentChart } from '../../../lib/platform/environment-chart';
import { planMigrations } from '../../../lib/platform/plan/plan-migrations';
import { environment, service } from '../../support/environment';
import { allIds, ids } from '../../support/findings';
import { type Manifest, only } from '../../support/manifests';

const TO_MAIN = [{ to: 'database', name: 'main' }] as const;
const migration = { command: ['alembic', 'upgrade', 'head'] };
const shop = (overrides: Partial<EnvironmentSpec> = {}): EnvironmentSpec =>
  environment({ services: [service('orders', { connections: TO_MAIN, migration })], ...overrides });
const platform = (spec: EnvironmentSpec) => ({ name: 'shop', environments: [spec] });
const plan = (spec = shop()) => planMigrations(platform(spec), spec);
const objects = (spec = shop()): Manifest[] => new EnvironmentChart(new App(), platform(spec), spec).toJson();
const server: PostgresServerSpec = { kind: 'server', name: 'main', databaseName: 'shop', maxConnections: 100 };

test('a migration runs in the image of its service, with its role, where its database answers', () => {
  expect(plan()).toMatchObject([
    {
      service: 'orders',
      image: '123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop/orders:1.0.0',
      command: ['alembic', 'upgrade', 'head'],
      roleFolder: '/var/run/secrets/shop/main',
      secretFiles: [{ secret: 'orders-main', mountPath: '/var/run/secrets/shop/main' }],
      database: [{ port: 5432 }, { port: 5432 }, { port: 5432 }],
    },
  ]);
});

test('an image of its own comes from the same registry', () => {
  const image = { repository: 'shop/migrate', tag: '2' };
  const spec = shop({ services: [service('orders', { connections: TO_MAIN, migration: { ...migration, image } })] });
  expect(plan(spec)[0]?.image).toBe('123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop/migrate:2');
});

test('pods of a service with a migration stand in the wave after it, and no others', () => {
  const wave = (spec: EnvironmentSpec) =>
    only(objects(spec), 'Deployment', 'orders').metadata.annotations?.['argocd.argoproj.io/sync-wave'];
  expect(wave(shop())).toBe('1');
  expect(wave(shop({ services: [service('orders', { connections: TO_MAIN })] }))).toBeUndefined();
});

test('a server in the cluster lets the pods of the migration in', () => {
  const { spec } = only(objects(shop({ databases: [server] })), 'NetworkPolicy', 'main');
  const names = spec.ingress.flatMap(({ from }: Manifest) =>
    from.map((peer: Manifest) => peer.podSelector?.matchLabels['app.kubernetes.io/name']),
  );
  expect(names).toEqual(expect.arrayContaining(['orders', 'orders-migration']));
});

test('where nothing is declared there is nothing', () => {
  expect(plan(environment())).toEqual([]);
});

test('a migration needs a database that its service writes to', () => {
  const found = (connections: Parameters<typeof service>[1]) =>
    ids(inspectMigrations('shop/production', shop({ services: [service('orders', { ...connections, migration })] })));
  const missing = 'service-migration-has-a-database';
  expect(found({ connections: [] })).toEqual([missing]);
  expect(found({ connections: [{ to: 'database', name: 'main', access: 'read' }] })).toEqual([missing]);
  expect(found({ connections: [{ to: 'database', name: 'other' }] })).toEqual([missing]);
  expect(found({ connections: TO_MAIN })).toEqual([]);
  expect(allIds(MIGRATION_CHECKS)).toEqual([missing]);
});

test('beside a replica nothing is migrated, and nothing is wrong with that', () => {
  const replica = {
    kind: 'replica',
    name: 'main',
    of: { environment: 'production', database: 'main' },
    instanceClass: 'db.m6g.large',
    maxConnections: 500,
  } as const;
  const spec = shop({ databases: [replica] });
  expect(inspectMigrations('shop/dr', spec)).toEqual([]);
  expect(plan(spec)).toEqual([]);
});
