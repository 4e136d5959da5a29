import { DATABASE_ROLES_CHECKS, DatabaseRoles, type DatabaseRolesProps } from '../../../lib/kubernetes';
import { Duration } from '../../../lib/units';
import { allIds, ids, refused } from '../../support/findings';
import { type Manifest, manifests, only } from '../../support/manifests';

const props = (changes: Partial<DatabaseRolesProps> = {}): DatabaseRolesProps => ({
  name: 'main',
  masterSecret: 'shop/production/main/master',
  region: 'eu-west-1',
  roles: ['orders-main', 'stock-main'],
  database: [{ cidr: '10.0.48.0/24', port: 5432 }],
  secrets: [{ cidr: '10.0.0.0/16', port: 443 }],
  ...changes,
});
const synth = (changes?: Partial<DatabaseRolesProps>): Manifest[] =>
  manifests((chart) => new DatabaseRoles(chart, 'Roles', props(changes)));
const job = (changes?: Partial<DatabaseRolesProps>): Manifest => only(synth(changes), 'Job');
const pod = (changes?: Partial<DatabaseRolesProps>): Manifest => job(changes).spec.template;
const env = (container: Manifest): Record<string, string> =>
  Object.fromEntries(container.env.map(({ name, value }: Manifest) => [name, value]));

describe('DatabaseRoles', () => {
  test('a Job makes the roles once, a CronJob keeps them, with the very same pod', () => {
    const { spec } = only(synth(), 'CronJob', 'main-roles');
    expect(spec).toMatchObject({ schedule: '*/15 * * * *', concurrencyPolicy: 'Forbid' });
    const { metadata, ...kept } = spec.jobTemplate.spec.template;
    expect(kept.spec).toEqual(pod().spec);
    expect(metadata.annotations).toEqual(pod().metadata.annotations);
  });

  test('the Job is another one when anything of it changes, and the same when nothing does', () => {
    const name = job().metadata.name;
    expect(name).toMatch(/^main-roles-[0-9a-f]{8}$/);
    expect(job().metadata.name).toBe(name);
    expect(job({ roles: ['orders-main'] }).metadata.name).not.toBe(name);
    expect(job({ every: Duration.minutes(5) }).metadata.name).toBe(name);
    expect(only(synth({ every: Duration.minutes(5) }), 'CronJob').spec.schedule).toBe('*/5 * * * *');
  });

  test('logins that take turns bring another script, which waits for their passwords', () => {
    const turns = { secondLogins: { 'stock-main': 'orders-main' }, versions: { 'orders-main': 1, 'stock-main': 2 } };
    const script = (changes?: Partial<DatabaseRolesProps>) => only(synth(changes), 'ConfigMap').data['roles.sh'];
    expect(script()).not.toContain('POSTGRES_SECOND_LOGINS');
    expect(script(turns)).toContain('POSTGRES_SECOND_LOGINS');
    expect(env(pod(turns).spec.containers[0])).toMatchObject({
      POSTGRES_ROLE_VERSIONS: 'orders-main=1 stock-main=2',
      POSTGRES_SECOND_LOGINS: 'stock-main=orders-main',
      POSTGRES_START_VERSION: '1',
    });
    expect(env(pod({ ...turns, startVersion: 3 }).spec.containers[0]).POSTGRES_START_VERSION).toBe('3');
    expect(Object.keys(env(pod().spec.containers[0]))).not.toContain('POSTGRES_ROLE_VERSIONS');
    expect(job({ ...turns, versions: { ...turns.versions, 'stock-main': 3 } }).metadata.name).not.toBe(
      job(turns).metadata.name,
    );
  });

  test('Argo CD runs the Job with each sync, and waits for it', () => {
    expect(job().metadata.annotations).toMatchObject({ 'argocd.argoproj.io/hook': 'Sync' });
  });

  test("the master's secret is read by its name into memory, for one container that only reads it", () => {
    const { initContainers, containers, volumes } = pod().spec;
    expect(env(initContainers[0])).toMatchObject({
      MASTER_NAME: 'shop/production/main/master',
      AWS_REGION: 'eu-west-1',
      POSTGRES_MASTER_FILE: '/run/master/secret.json',
    });
    expect(env(containers[0]).POSTGRES_MASTER_FILE).toBe('/run/master/secret.json');
    expect(volumes).toContainEqual({ name: 'master', emptyDir: { medium: 'Memory', sizeLimit: '1Mi' } });
    expect(initContainers[0].volumeMounts).toContainEqual({ name: 'master', mountPath: '/run/master' });
    expect(containers[0].volumeMounts).toContainEqual({ name: 'master', mountPath: '/run/master', readOnly: true });
    expect(JSON.stringify(synth())).not.toContain('secretKeyRef');
  });

  test('the Secrets of all roles are mounted, so that no run starts before they are there', () => {
    const { containers, volumes } = pod().spec;
    expect(env(containers[0])).toMatchObject({
      POSTGRES_ROLES: 'orders-main stock-main',
      POSTGRES_ROLES_FOLDER: '/run/roles',
    });
    for (const role of ['orders-main', 'stock-main']) {
      expect(volumes).toContainEqual({ name: `secret-${role}`, secret: { secretName: role, defaultMode: 0o440 } });
      expect(containers[0].volumeMounts).toContainEqual({
        name: `secret-${role}`,
        mountPath: `/run/roles/${role}`,
        readOnly: true,
      });
    }
  });

  test('the server must prove that it knows the password, on the encrypted connection itself', () => {
    expect(env(pod().spec.containers[0])).toMatchObject({
      PGSSLMODE: 'require',
      PGCHANNELBINDING: 'require',
      PGREQUIREAUTH: 'scram-sha-256',
    });
  });

  test('connects to DNS, its credentials, Secrets Manager and the database, and is connected to by nobody', () => {
    const { spec } = only(synth(), 'NetworkPolicy', 'main-roles');
    const ports = spec.egress.map(({ to, ports: [{ port }] }: Manifest) => [to[0].ipBlock?.cidr, port]);
    expect(ports).toEqual([
      [undefined, 53],
      [undefined, 53],
      ['169.254.170.23/32', 80],
      ['10.0.0.0/16', 443],
      ['10.0.48.0/24', 5432],
    ]);
    expect(spec.ingress).toEqual([]);
    expect(pod().metadata.labels).toMatchObject(spec.podSelector.matchLabels);
  });

  test('runs without rights, outside the mesh, under an account that Pod Identity knows', () => {
    const { metadata, spec } = pod({ priorityClass: 'batch', placement: { capacity: 'on-demand' } });
    expect(metadata.labels).toMatchObject({ 'sidecar.istio.io/inject': 'false' });
    expect(spec).toMatchObject({
      serviceAccountName: 'main-roles',
      automountServiceAccountToken: false,
      restartPolicy: 'Never',
      priorityClassName: 'batch',
      securityContext: { runAsNonRoot: true, runAsUser: 10_001 },
    });
    expect(only(synth(), 'ServiceAccount').metadata.name).toBe('main-roles');
    for (const { securityContext, resources } of [...spec.initContainers, ...spec.containers]) {
      expect(securityContext).toMatchObject({ readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } });
      expect(Object.keys(resources.limits)).toEqual(Object.keys(resources.requests));
    }
  });

  test('both scripts come from a ConfigMap whose change makes another pod', () => {
    expect(Object.keys(only(synth(), 'ConfigMap', 'main-roles').data)).toEqual(['fetch.sh', 'roles.sh']);
    expect(pod().metadata.annotations['headroom.dev/config-checksum']).toMatch(/^[0-9a-f]{64}$/);
    const commands = [...pod().spec.initContainers, ...pod().spec.containers].map(
      ({ command }: Manifest) => command[1],
    );
    expect(commands).toEqual(['/etc/database-roles/fetch.sh', '/etc/database-roles/roles.sh']);
  });

  test('images are those given, else pinned ones', () => {
    const { initContainers, containers } = pod({
      image: 'registry.example.com/postgres:17',
      awsImage: `registry.example.com/aws@sha256:${'0'.repeat(64)}`,
    }).spec;
    expect(containers[0]).toMatchObject({ image: 'registry.example.com/postgres:17', imagePullPolicy: 'Always' });
    expect(initContainers[0].imagePullPolicy).toBe('IfNotPresent');
    expect(pod().spec.containers[0].image).toMatch(/postgres:17\./);
    expect(pod().spec.initContainers[0].image).toMatch(/aws-cli:2\./);
  });
});

const broken: [check: string, changes: Partial<DatabaseRolesProps>][] = [
  ['database-roles-name-is-a-short-dns-label', { name: 'Main' }],
  ['database-roles-name-is-a-short-dns-label', { name: 'a'.repeat(41) }],
  ['database-roles-master-is-named', { masterSecret: '' }],
  ['database-roles-master-is-named', { masterSecret: 'arn:aws:secretsmanager' }],
  ['database-roles-region-is-a-region', { region: 'eu-west-1a' }],
  ['database-roles-are-of-somebody', { roles: [] }],
  ['database-roles-are-of-somebody', { roles: ['Orders'] }],
  ['database-roles-are-of-somebody', { roles: ['a'.repeat(57)] }],
  ['database-roles-are-of-somebody', { roles: ['orders-main', 'orders-main'] }],
  ['database-roles-logins-are-roles', { secondLogins: { 'stock-main': 'orders' } }],
  ['database-roles-logins-are-roles', { secondLogins: { 'stock-main': 'stock-main' } }],
  ['database-roles-versions-count', { versions: { 'orders-main': 0 } }],
  ['database-roles-versions-count', { versions: { orders: 1 } }],
  ['database-roles-start-version-counts', { startVersion: 0 }],
  ['database-roles-start-version-counts', { startVersion: 1.5 }],
  ['database-roles-start-version-counts', { startVersion: Number.NaN }],
  ['database-roles-can-reach-both-sides', { database: [] }],
  ['database-roles-can-reach-both-sides', { secrets: [] }],
  ['database-roles-are-looked-after-evenly', { every: Duration.minutes(4) }],
  ['database-roles-are-looked-after-evenly', { every: Duration.minutes(7) }],
  ['database-roles-are-looked-after-evenly', { every: Duration.minutes(60) }],
  ['database-roles-are-looked-after-evenly', { every: Duration.seconds(330) }],
  ['network-peer-port-is-real', { database: [{ cidr: '10.0.48.0/24', port: 0 }] }],
  ['network-peer-port-is-real', { secrets: [{ cidr: '10.0.48.0/24', port: 0 }] }],
];

test.each(broken)('%s fails (row %#)', (check, changes) => {
  expect(ids(DatabaseRoles.inspect('shop/roles', props(changes)))).toEqual([check]);
  expect(refused(() => synth(changes))).toEqual([check]);
});

test.each([
  [{ name: 'a'.repeat(40) }],
  [{ roles: ['a'.repeat(56)] }],
  [{ startVersion: 1 }],
  [{ every: Duration.minutes(5) }],
  [{ every: Duration.minutes(30) }],
])('the bounds themselves are accepted (row %#)', (changes) => {
  expect(DatabaseRoles.inspect('shop/roles', props(changes))).toEqual([]);
});

test('every check has a failing row', () => {
  const own = broken.map(([check]) => check).filter((check) => check.startsWith('database-'));
  expect([...new Set(own)].sort()).toEqual(allIds(DATABASE_ROLES_CHECKS));
});
