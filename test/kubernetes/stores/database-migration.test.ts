import { DATABASE_MIGRATION_CHECKS, DatabaseMigration, type DatabaseMigrationProps } from '../../../lib/kubernetes';
import { Duration } from '../../../lib/units';
import { allIds, ids, refused } from '../../support/findings';
import { type Manifest, manifests, only } from '../../support/manifests';

const FOLDER = '/var/run/secrets/shop/main';
const props = (changes: Partial<DatabaseMigrationProps> = {}): DatabaseMigrationProps => ({
  service: 'orders',
  image: 'registry.example.com/shop/orders:1.4.0',
  command: ['alembic', 'upgrade', 'head'],
  settings: { LOG_LEVEL: 'info', PRICE: '5$' },
  secretFiles: [{ secret: 'orders-main', mountPath: FOLDER }],
  roleFolder: FOLDER,
  database: [{ cidr: '10.0.48.0/24', port: 5432 }],
  ...changes,
});
const synth = (changes?: Partial<DatabaseMigrationProps>): Manifest[] =>
  manifests((chart) => new DatabaseMigration(chart, 'Migration', props(changes)));
const job = (changes?: Partial<DatabaseMigrationProps>): Manifest => only(synth(changes), 'Job');
const pod = (changes?: Partial<DatabaseMigrationProps>): Manifest => job(changes).spec.template;

describe('DatabaseMigration', () => {
  test('runs the program of the release once, with the settings and files of its service', () => {
    const [migrate] = pod().spec.containers;
    expect(migrate).toMatchObject({
      image: 'registry.example.com/shop/orders:1.4.0',
      command: ['alembic', 'upgrade', 'head'],
      env: [
        { name: 'LOG_LEVEL', value: 'info' },
        { name: 'PRICE', value: '5$$' },
      ],
    });
    expect(migrate.volumeMounts).toContainEqual({ name: 'secret-orders-main', mountPath: FOLDER, readOnly: true });
    expect(pod().spec.restartPolicy).toBe('Never');
  });

  test('a new image or program is a new Job; the same release is the same one', () => {
    const { name } = job().metadata;
    expect(name).toMatch(/^orders-migration-[0-9a-f]{8}$/);
    expect(job().metadata.name).toBe(name);
    expect(job({ image: 'registry.example.com/shop/orders:1.5.0' }).metadata.name).not.toBe(name);
    expect(job({ command: ['migrate'] }).metadata.name).not.toBe(name);
  });

  test('waits first until the role of the service can log in', () => {
    const [wait] = pod().spec.initContainers;
    expect(wait.env).toContainEqual({ name: 'POSTGRES_ROLE_FOLDER', value: FOLDER });
    expect(wait.command.slice(0, 2)).toEqual(['/bin/sh', '-c']);
    expect(wait.volumeMounts).toContainEqual({ name: 'secret-orders-main', mountPath: FOLDER, readOnly: true });
  });

  test('ends after its time, and is tried three times more', () => {
    expect(job().spec).toMatchObject({ activeDeadlineSeconds: 1800, backoffLimit: 3 });
    expect(job({ within: Duration.hours(6) }).spec.activeDeadlineSeconds).toBe(21_600);
  });

  test('connects to the database and to nobody else, from pods that the policy selects', () => {
    const { spec } = only(synth(), 'NetworkPolicy', 'orders-migration');
    expect(spec.egress.map(({ ports: [{ port }] }: Manifest) => port)).toEqual([53, 53, 80, 5432]);
    expect(spec.ingress).toEqual([]);
    expect(pod().metadata.labels).toMatchObject(spec.podSelector.matchLabels);
    expect(pod().metadata.labels['sidecar.istio.io/inject']).toBe('false');
  });

  test('its pods are never those of the service', () => {
    expect(pod().metadata.labels['app.kubernetes.io/name']).toBe('orders-migration');
  });
});

const broken: [check: string, changes: Partial<DatabaseMigrationProps>][] = [
  ['database-migration-service-is-a-short-dns-label', { service: 'Orders' }],
  ['database-migration-service-is-a-short-dns-label', { service: 'a'.repeat(41) }],
  ['database-migration-image-is-pinned', { image: 'registry.example.com/shop/orders:latest' }],
  ['database-migration-image-is-pinned', { image: 'registry.example.com/shop/orders' }],
  ['database-migration-has-a-program', { command: [] }],
  ['database-migration-has-a-program', { command: [''] }],
  ['database-migration-ends', { within: Duration.minutes(4) }],
  ['database-migration-ends', { within: Duration.minutes(361) }],
  ['database-migration-ends', { within: Duration.seconds(330) }],
  ['database-migration-has-its-role', { roleFolder: '/elsewhere' }],
  ['network-peer-port-is-real', { database: [{ cidr: '10.0.48.0/24', port: 0 }] }],
];

test.each(broken)('%s fails (row %#)', (check, changes) => {
  expect(ids(DatabaseMigration.inspect('shop/orders', props(changes)))).toEqual([check]);
  expect(refused(() => synth(changes))).toEqual([check]);
});

test.each([[{ within: Duration.minutes(5) }], [{ within: Duration.hours(6) }], [{ service: 'a'.repeat(40) }]])(
  'the bounds themselves are accepted (row %#)',
  (changes) => {
    expect(DatabaseMigration.inspect('shop/orders', props(changes))).toEqual([]);
  },
);

test('every check has a failing row', () => {
  const own = broken.map(([check]) => check).filter((check) => check.startsWith('database-'));
  expect([...new Set(own)].sort()).toEqual(allIds(DATABASE_MIGRATION_CHECKS));
});
