import { DATABASE_POOLER_CHECKS, POOLED_DATABASE_CHECKS } from '../../../lib';
import { PGBOUNCER_POD_CHECKS, PgBouncer, type PgBouncerProps } from '../../../lib/kubernetes';
import { Duration } from '../../../lib/units';
import { allIds, ids, refused } from '../../support/findings';
import { type Manifest, manifests, only } from '../../support/manifests';

const PEM = '-----BEGIN CERTIFICATE-----\nMII\n-----END CERTIFICATE-----\n';

const PROPS: PgBouncerProps = {
  name: 'main-pooler',
  databaseName: 'shop',
  serverConnections: 100,
  maxConnections: 500,
  demand: 600,
  roles: ['orders-main', 'billing-main'],
  serverSecret: 'main-pooler-server',
  serverAuthority: PEM,
  clients: [{ pods: { app: 'orders' } }],
  server: [{ cidr: '10.0.48.0/24', port: 5432 }],
};

const build = (changes: Partial<PgBouncerProps> = {}): Manifest[] =>
  manifests((chart) => new PgBouncer(chart, 'Pooler', { ...PROPS, ...changes }));
const ini = (changes: Partial<PgBouncerProps> = {}): string => only(build(changes), 'ConfigMap').data['pgbouncer.ini'];
const podOf = (changes: Partial<PgBouncerProps> = {}): Manifest =>
  only(build(changes), 'Deployment').spec.template.spec;
const found = (changes: Partial<PgBouncerProps>): string[] =>
  ids(PgBouncer.inspect('Pooler', { ...PROPS, ...changes }));

test('each pod has its part of the connections, and each role a share of that', () => {
  expect(ini()).toContain(
    'shop = host=@SERVER_HOST@ port=@SERVER_PORT@ dbname=shop pool_size=25 min_pool_size=10 max_db_connections=50\n',
  );
  expect(ini({ replicas: 5 })).toContain('pool_size=10 min_pool_size=10 max_db_connections=20\n');
  expect(ini({ otherLogins: ['orders-second', 'billing-second'] })).toContain('pool_size=25 ');
});

test.each([
  ['pool_mode = transaction'],
  ['max_client_conn = 620'],
  ['server_check_delay = 30'],
  ['server_tls_sslmode = verify-full'],
  ['server_tls_ca_file = /etc/headroom-pgbouncer/server-ca.crt'],
  ['client_tls_sslmode = require'],
  ['unix_socket_dir = /run/pgbouncer-socket'],
  ['max_prepared_statements = 200'],
])('the configuration says %s', (line) => {
  expect(ini().split('\n')).toContain(line);
});

test('a release before 1.21 is not told of prepared statements', () => {
  expect(ini({ version: '1.20' })).not.toContain('max_prepared_statements');
});

test('a server that the same authority signs needs no file of its own', () => {
  expect(ini({ serverAuthority: 'own' })).toContain('server_tls_ca_file = /etc/headroom-tls/ca.crt\n');
  expect(Object.keys(only(build({ serverAuthority: 'own' }), 'ConfigMap').data)).toEqual(['pgbouncer.ini', 'run.sh']);
});

test('passwords come as files of Secrets, into memory, and stand nowhere else', () => {
  const { volumes } = podOf({ otherLogins: ['orders-second'] });
  expect(volumes.flatMap(({ secret }: Manifest) => secret?.secretName ?? [])).toEqual([
    'orders-main',
    'billing-main',
    'orders-second',
    'main-pooler-server',
    'main-pooler-tls',
  ]);
  expect(volumes.filter(({ emptyDir }: Manifest) => emptyDir).map(({ emptyDir }: Manifest) => emptyDir.medium)).toEqual(
    ['Memory', 'Memory'],
  );
  expect(JSON.stringify(podOf().containers)).not.toContain('secretKeyRef');
});

test('memory follows from the clients that may come to one pod', () => {
  const memory = (changes: Partial<PgBouncerProps>) => podOf(changes).containers[0].resources.limits.memory;
  expect([memory({}), memory({ demand: 7250 })]).toEqual(['105Mi', '521Mi']);
});

test('a pod is stopped no sooner than it has left and its transactions have ended', () => {
  expect(podOf().terminationGracePeriodSeconds).toBe(80);
  expect(podOf({ leaveAfter: Duration.seconds(20), drainFor: Duration.minutes(5) }).terminationGracePeriodSeconds).toBe(
    325,
  );
});

test('new pods stand before old ones go, and maintenance takes one at a time', () => {
  const { strategy, replicas } = only(build(), 'Deployment').spec;
  expect([replicas, strategy.rollingUpdate]).toEqual([2, { maxSurge: 1, maxUnavailable: 0 }]);
  expect(only(build(), 'PodDisruptionBudget').spec.maxUnavailable).toBe(1);
});

test('only clients and Prometheus come in, and only DNS and the server are reached', () => {
  const { ingress, egress } = only(build(), 'NetworkPolicy').spec;
  expect(ingress.map(({ ports: [{ port }] }: Manifest) => port)).toEqual([6432, 9127]);
  expect(ingress[0].from).toEqual([{ podSelector: { matchLabels: { app: 'orders' } } }]);
  expect(egress.map(({ ports: [{ port }] }: Manifest) => port)).toEqual([53, 53, 5432]);
  expect(only(build({ exporterImage: 'off' }), 'NetworkPolicy').spec.ingress).toHaveLength(1);
  expect(podOf({ exporterImage: 'off' }).containers).toHaveLength(1);
});

test('a changed configuration restarts the pods', () => {
  const sum = (changes: Partial<PgBouncerProps>): unknown =>
    only(build(changes), 'Deployment').spec.template.metadata.annotations['headroom.dev/config-checksum'];
  expect(sum({ serverConnections: 102 })).not.toBe(sum({}));
  expect(sum({})).toBe(sum({}));
});

const ROWS: readonly (readonly [string, Partial<PgBouncerProps>, readonly string[]])[] = [
  ['no roles', { roles: [] }, ['pgbouncer-has-roles']],
  ['a Secret of 57', { roles: ['a'.repeat(57)] }, ['pgbouncer-secrets-are-dns-labels']],
  ['a Secret twice', { otherLogins: ['orders-main'] }, ['pgbouncer-secrets-are-dns-labels']],
  ['no clients', { demand: 0 }, ['pgbouncer-demand-is-counted']],
  ['100001 clients', { demand: 100_001 }, ['pgbouncer-demand-is-counted']],
  ['a name that would be a setting', { databaseName: 'shop pool_size=9' }, ['pgbouncer-database-name-is-plain']],
  ['an authority that is a name', { serverAuthority: 'rds' }, ['pgbouncer-authority-is-pem']],
  ['no server', { server: [] }, ['pgbouncer-reaches-the-server']],
  ['a role without a connection', { serverConnections: 3 }, ['pooler-has-a-connection-for-each-role']],
  ['a least pool above the share', { minPoolSize: 26 }, ['pooler-least-pool-fits-the-share']],
  ['a server that is too small', { maxConnections: 54 }, ['pooler-leaves-room-on-the-server']],
  ['a bad port of the server', { server: [{ cidr: '10.0.0.0/24', port: 0 }] }, ['network-peer-port-is-real']],
  ['one pod', { replicas: 1 }, ['database-pooler-outlives-a-pod']],
];

test.each(ROWS)('%s is refused', (_, changes, expected) => {
  expect(found(changes)).toEqual(expected);
  expect(refused(() => build(changes))).toEqual(expected);
});

test('at the thresholds it is sound', () => {
  expect(found({ minPoolSize: 25, maxConnections: 55, demand: 100_000, serverConnections: 100 })).toEqual([]);
  expect(found({ serverConnections: 4 })).toEqual([]);
});

test('every check of the pods has a failing row', () => {
  expect(ROWS.flatMap(([, , checks]) => checks)).toEqual(
    expect.arrayContaining(allIds(PGBOUNCER_POD_CHECKS, POOLED_DATABASE_CHECKS)),
  );
  expect(allIds(DATABASE_POOLER_CHECKS)).toContain('database-pooler-outlives-a-pod');
});
