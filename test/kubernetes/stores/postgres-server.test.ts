import { PostgresServer } from '../../../lib/kubernetes/stores/postgres-server';
import {
  POSTGRES_SERVER_POD_CHECKS,
  type PostgresServerProps,
} from '../../../lib/kubernetes/stores/postgres-server-plan';
import { Duration, Memory } from '../../../lib/units';
import { allIds, ids } from '../../support/findings';
import { type Manifest, manifests, only } from '../../support/manifests';
import { ALFRED } from '../../support/postgres';

const valid: PostgresServerProps = {
  kind: 'server',
  name: 'main',
  databaseName: 'shop',
  maxConnections: 200,
  roles: [{ secretName: 'orders-main' }, { secretName: 'billing-main' }],
  clients: [{ pods: { app: 'orders' } }],
};

const synth = (props: Partial<PostgresServerProps> = {}): Manifest[] =>
  manifests((chart) => new PostgresServer(chart, 'Database', { ...valid, ...props }));
const pod = (props?: Partial<PostgresServerProps>) => only(synth(props), 'StatefulSet').spec.template.spec;
const container = (name: string, props?: Partial<PostgresServerProps>) =>
  [...pod(props).containers, ...pod(props).initContainers].find((one: Manifest) => one.name === name);
const env = (name: string, props?: Partial<PostgresServerProps>) =>
  Object.fromEntries(container(name, props).env.map((one: Manifest) => [one.name, one.value]));
const volume = (name: string, props?: Partial<PostgresServerProps>) =>
  pod(props).volumes.find((one: Manifest) => one.name === name);
const config = (file: string, props?: Partial<PostgresServerProps>): string[] =>
  only(synth(props), 'ConfigMap', 'main-config').data[file].split('\n');

describe('PostgresServer', () => {
  test('has the documented names: StatefulSet postgres, and db-postgres as another way to it', () => {
    const objects = synth({ objectName: 'postgres', aliases: ['db-postgres'] });
    expect(only(objects, 'StatefulSet').metadata.name).toBe('postgres');
    expect(only(objects, 'Service', 'db-postgres').spec.selector).toEqual(
      only(objects, 'Service', 'postgres').spec.selector,
    );
  });

  test('has the 16 documented settings in its file', () => {
    expect(config('postgresql.conf', ALFRED)).toEqual(
      expect.arrayContaining([
        'max_connections = 1000',
        'shared_buffers = 1GB',
        'effective_cache_size = 3GB',
        'maintenance_work_mem = 256MB',
        'checkpoint_completion_target = 0.9',
        'wal_buffers = 16MB',
        'default_statistics_target = 100',
        'random_page_cost = 1.1',
        'effective_io_concurrency = 200',
        'work_mem = 4MB',
        'min_wal_size = 1GB',
        'max_wal_size = 4GB',
        'max_worker_processes = 8',
        'max_parallel_workers_per_gather = 4',
        'max_parallel_workers = 8',
        'max_parallel_maintenance_workers = 4',
      ]),
    );
  });

  test('shares memory between parallel workers, as a part of its limit', () => {
    expect(volume('shared-memory').emptyDir).toEqual({ medium: 'Memory', sizeLimit: '1Gi' });
    expect(volume('shared-memory', { sharedMemory: Memory.mib(300) }).emptyDir.sizeLimit).toBe('300Mi');
    const mounts = container('postgres').volumeMounts;
    expect(mounts.find((mount: Manifest) => mount.mountPath === '/dev/shm').name).toBe('shared-memory');
  });

  test('lets the server read its key as PostgreSQL wants it: of root, for its group, and for no one else', () => {
    expect(volume('tls').secret.defaultMode).toBe(0o440);
    expect(pod().securityContext).toMatchObject({ runAsUser: 10_001, fsGroup: 10_001 });
    expect(config('postgresql.conf')).toEqual(
      expect.arrayContaining([
        'ssl = on',
        "ssl_cert_file = '/etc/postgres/tls/tls.crt'",
        "ssl_key_file = '/etc/postgres/tls/tls.key'",
        "ssl_min_protocol_version = 'TLSv1.2'",
      ]),
    );
  });

  test('lets roles of services in over the network, encrypted; the superuser from the pod alone', () => {
    expect(config('pg_hba.conf')).toEqual([
      'local all postgres peer',
      'local all headroom_metrics peer map=pod',
      'host all postgres 127.0.0.1/32 scram-sha-256',
      'host all postgres ::1/128 scram-sha-256',
      'hostssl all +headroom_services all scram-sha-256',
      '',
    ]);
    expect(config('pg_hba.conf', { tls: 'off' })).toContain('host all +headroom_services all scram-sha-256');
    expect(config('postgresql.conf', { tls: 'off' })).toContain('ssl = off');
  });

  test('gives the user of the pod a name, which the server asks the system for', () => {
    expect(config('passwd')).toEqual(['postgres:x:10001:10001:PostgreSQL:/tmp:/bin/sh', '']);
    for (const name of ['initialize', 'postgres', 'roles']) {
      expect(container(name).volumeMounts).toContainEqual({
        name: 'config',
        mountPath: '/etc/passwd',
        subPath: 'passwd',
        readOnly: true,
      });
    }
  });

  test('keeps its data below the top of the volume, and starts from the emitted file', () => {
    expect(env('postgres')).toMatchObject({ PGDATA: '/var/lib/postgresql/data/pgdata', PGHOST: '/run/postgresql' });
    expect(container('postgres').command).toEqual([
      'postgres',
      '-D',
      '/var/lib/postgresql/data/pgdata',
      '-c',
      'config_file=/etc/postgres/config/postgresql.conf',
    ]);
    expect(container('initialize').command).toEqual(['sh', '/etc/postgres/scripts/initialize.sh']);
  });

  test('finds the Secret of each role when it comes, and does not wait for it', () => {
    const { projected } = volume('roles');
    expect(projected.defaultMode).toBe(0o440);
    expect(projected.sources.map(({ secret }: Manifest) => [secret.name, secret.optional])).toEqual([
      ['orders-main', true],
      ['billing-main', true],
    ]);
    expect(projected.sources[0].secret.items).toEqual([
      { key: 'username', path: 'orders-main/username' },
      { key: 'password', path: 'orders-main/password' },
      { key: 'dbname', path: 'orders-main/dbname' },
    ]);
    expect(env('roles')).toMatchObject({
      POSTGRES_ROLES: 'orders-main billing-main',
      POSTGRES_ROLES_FOLDER: '/etc/postgres/roles',
      POSTGRES_DATABASE: 'shop',
      POSTGRES_METRICS: 'on',
    });
    expect(volume('roles', { roles: [] })).toBeUndefined();
  });

  test('leads clients to itself only when they can log in', () => {
    expect(container('roles').readinessProbe.exec.command).toEqual(['test', '-e', '/run/roles/applied']);
    expect(container('postgres').readinessProbe.exec.command).toEqual(['pg_isready', '--quiet', '--timeout=4']);
  });

  test('cuts sessions when it stops, after a checkpoint, and has the time for both', () => {
    const { lifecycle } = container('postgres');
    expect(lifecycle.preStop.exec.command).toEqual(['sh', '/etc/postgres/scripts/stop.sh']);
    expect(env('postgres').POSTGRES_STOP_SECONDS).toBe('120');
    expect(pod().terminationGracePeriodSeconds).toBe(250);
    expect(pod({ stopWithin: Duration.seconds(10) }).terminationGracePeriodSeconds).toBe(30);
    const [set] = synth({ stopWithin: Duration.seconds(10) }).filter(({ kind }) => kind === 'StatefulSet');
    expect(set?.metadata.annotations).toEqual({ 'headroom.dev/stop-hook': '20s' });
  });

  test('is measured through its socket, without a password; or not at all', () => {
    expect(env('exporter').DATA_SOURCE_NAME).toBe(
      'host=/run/postgresql port=5432 user=headroom_metrics dbname=postgres sslmode=disable',
    );
    const annotations = (props?: Partial<PostgresServerProps>) =>
      only(synth(props), 'StatefulSet').spec.template.metadata.annotations;
    expect(annotations()).toMatchObject({ 'prometheus.io/port': '9187' });
    expect(annotations({ exporterImage: 'off' })).not.toHaveProperty(['prometheus.io/scrape']);
    expect(annotations({ scrapers: [] })).not.toHaveProperty(['prometheus.io/scrape']);
    expect(container('exporter', { exporterImage: 'off' })).toBeUndefined();
    expect(env('roles', { exporterImage: 'off' }).POSTGRES_METRICS).toBe('off');
    const { ingress } = only(synth({ exporterImage: 'off' }), 'NetworkPolicy').spec;
    expect(ingress.map(({ ports }: Manifest) => ports[0].port)).toEqual([5432]);
  });

  test('has its port wherever it is written', () => {
    const objects = synth({ port: 5433 });
    expect(config('postgresql.conf', { port: 5433 })).toContain('port = 5433');
    expect(only(objects, 'Service', 'main').spec.ports).toEqual([
      { name: 'tcp-postgres', port: 5433, targetPort: 'tcp-postgres', protocol: 'TCP' },
    ]);
    expect(container('postgres', { port: 5433 }).ports[0].containerPort).toBe(5433);
    expect(env('postgres', { port: 5433 }).PGPORT).toBe('5433');
  });
});

const broken: readonly [check: string, props: Partial<PostgresServerProps>][] = [
  ['postgres-server-roles-are-named', { roles: [{ secretName: 'Orders' }] }],
  ['postgres-server-roles-differ', { roles: [{ secretName: 'a' }, { secretName: 'a' }] }],
  ['postgres-server-lets-somebody-in', { roles: [] }],
  ['postgres-server-exporter-image-is-pinned', { exporterImage: 'exporter' }],
  ['postgres-server-exporter-image-is-pinned', { exporterImage: 'Exporter:1' }],
  ['postgres-server-port-differs-from-the-exporters', { port: 9187 }],
  ['postgres-server-stop-is-bounded', { stopWithin: Duration.seconds(9) }],
  ['postgres-server-stop-is-bounded', { stopWithin: Duration.seconds(3601) }],
  ['postgres-server-stop-is-bounded', { stopWithin: Duration.millis(10_500) }],
];

describe('POSTGRES_SERVER_POD_CHECKS', () => {
  const inspected = (props: Partial<PostgresServerProps>) =>
    ids(PostgresServer.inspect('shop/main', { ...valid, ...props }));

  test.each(broken)('%s is reported for %j', (check, props) => {
    expect(inspected(props)).toEqual([check]);
  });

  test.each<Partial<PostgresServerProps>>([
    {},
    { exporterImage: 'off', port: 9187 },
    { stopWithin: Duration.seconds(10) },
    { stopWithin: Duration.hours(1) },
  ])('accepts %j', (props) => {
    expect(inspected(props)).toEqual([]);
  });

  test('reports what the model knows, too', () => {
    expect(inspected({ databaseName: 'postgres' })).toEqual(['postgres-server-database-is-allowed']);
  });

  test('every check has a failing row', () => {
    expect([...new Set(broken.map(([check]) => check))].sort()).toEqual(allIds(POSTGRES_SERVER_POD_CHECKS));
  });
});
