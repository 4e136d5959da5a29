import { App } from 'cdk8s';
import { type EnvironmentSpec, inspectDatabaseRoles } from '../../../lib/model';
import { EnvironmentChart } from '../../../lib/platform/environment-chart';
import {
  databasesWithRoles,
  planDatabaseRoles,
  planDatabaseRolesIdentity,
} from '../../../lib/platform/plan/plan-database-roles';
import { environment, service } from '../../support/environment';
import { ids } from '../../support/findings';
import { type Manifest, only } from '../../support/manifests';
import { everyOutput } from '../../support/platforms';
import { resources } from '../../support/terraform';

const shop = (overrides: Partial<EnvironmentSpec> = {}): EnvironmentSpec =>
  environment({ databaseRoles: {}, ...overrides });
const objects = (spec: EnvironmentSpec): Manifest[] =>
  new EnvironmentChart(new App(), { name: 'shop', environments: [spec] }, spec).toJson();
const [main] = databasesWithRoles(shop());

test('without a declaration people make the roles', () => {
  expect(databasesWithRoles(environment())).toEqual([]);
});

test('a database that nobody connects to needs no roles', () => {
  expect(databasesWithRoles(shop({ services: [service('orders')] }))).toEqual([]);
});

test('every service that connects has a role, and the pods reach the database on its port', () => {
  expect(main && planDatabaseRoles('shop', shop(), main)).toEqual({
    name: 'main',
    masterSecret: 'shop/production/main/master',
    region: 'eu-west-1',
    roles: ['orders-main'],
    database: ['10.20.208.0/22', '10.20.212.0/22', '10.20.216.0/22'].map((cidr) => ({ cidr, port: 5432 })),
    secrets: [{ cidr: '10.20.0.0/16', port: 443 }],
    priorityClass: 'batch',
    partOf: 'shop',
  });
});

test('without an endpoint of its own, Secrets Manager is reached at public addresses', () => {
  const network = { ...shop().network, interfaceEndpoints: ['ssm'] };
  expect(main && planDatabaseRoles('shop', shop({ network }), main).secrets).toEqual([
    { cidr: '0.0.0.0/0', port: 443 },
  ]);
});

test('the pods may read the one secret of the master, and decrypt with nothing else than for that', () => {
  const arn = (of: string, resource: string) => `arn:aws:${of}:eu-west-1:123456789012:${resource}`;
  const identity = main && planDatabaseRolesIdentity('shop', shop(), main, 'shop-production', arn);
  const secret = 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:shop/production/main/master-??????';
  expect(identity).toMatchObject({ clusterName: 'shop-production', namespace: 'shop', serviceAccount: 'main-roles' });
  expect(identity?.statements).toMatchObject([
    { actions: ['secretsmanager:GetSecretValue'], resources: [secret] },
    {
      actions: ['kms:Decrypt'],
      conditions: {
        StringEquals: { 'kms:ViaService': 'secretsmanager.eu-west-1.amazonaws.com' },
        StringLike: { 'kms:EncryptionContext:SecretARN': [secret] },
      },
    },
  ]);
});

test('the declaration adds what makes the roles, and changes nothing else', () => {
  const before = objects(environment()).map((object) => JSON.stringify(object));
  const added = objects(shop()).filter((object) => !before.includes(JSON.stringify(object)));
  expect(added.map(({ kind }) => kind)).toEqual(['ServiceAccount', 'ConfigMap', 'NetworkPolicy', 'Job', 'CronJob']);
});

test('a role for one service more is a Job of its own, with its Secret', () => {
  const connections = [{ to: 'database', name: 'main' }] as const;
  const services = [service('orders', { connections }), service('stock', { connections })];
  const [few, more] = [shop(), shop({ services })].map((spec) =>
    only(
      objects(spec).filter(({ metadata }) => metadata.name.startsWith('main-roles-')),
      'Job',
    ),
  );
  expect(more.metadata.name).not.toBe(few.metadata.name);
  expect(more.spec.template.spec.volumes[1].secret.secretName).toBe('stock-main');
});

test('a declaration without a managed database is refused', () => {
  const spec = shop({ databases: [{ kind: 'server', name: 'main', databaseName: 'shop', maxConnections: 100 }] });
  expect(ids(inspectDatabaseRoles('shop/production', spec))).toEqual(['database-roles-have-a-database']);
  expect(inspectDatabaseRoles('shop/production', shop())).toEqual([]);
});

test('in every environment of ours, each account of such pods has its association, and no other pod reads a master', () => {
  const { objects, stack } = everyOutput();
  for (const [platform, name] of [
    ['acgs', 'production'],
    ['acgs', 'staging'],
    ['acgs', 'development'],
    ['alfred', 'production'],
  ]) {
    const accounts = objects(`${platform}/${name}`)
      .filter(({ kind, metadata }) => kind === 'CronJob' && metadata.name.endsWith('-roles'))
      .map(({ metadata }) => metadata.name);
    const associations = resources(stack(`${platform}-${name}-cluster`), 'aws_eks_pod_identity_association')
      .map((one) => one.service_account)
      .filter((account) => String(account).endsWith('-roles'));
    expect(accounts).toEqual(['main-roles']);
    expect(associations).toEqual(accounts);
  }
});

test('where logins take turns, a Secret without a version has the password from before they did', () => {
  const taking = (rotation: Partial<typeof main>) =>
    main && planDatabaseRoles('shop', shop(), { ...main, ...rotation });
  expect(taking({})).not.toHaveProperty('startVersion');
  expect(taking({ roleRotation: 1, rolePasswordVersion: 3 })).toMatchObject({
    startVersion: 3,
    versions: { 'orders-main-first': 3, 'orders-main-second': 1 },
  });
  expect(taking({ roleRotation: 4, rolePasswordVersion: 3 })).toMatchObject({
    startVersion: 3,
    versions: { 'orders-main-first': 4, 'orders-main-second': 2 },
  });
});
