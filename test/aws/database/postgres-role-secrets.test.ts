import { TerraformResource } from 'cdktf';
import { PostgresDatabase } from '../../../lib/aws/database/postgres-database';
import {
  POSTGRES_ROLE_SECRETS_CHECKS,
  PostgresRoleSecrets,
  type PostgresRoleSecretsProps,
} from '../../../lib/aws/database/postgres-role-secrets';
import { POSTGRES_DECLARED_SECRET_CHECKS } from '../../../lib/aws/database/postgres-secret-checks';
import { EncryptionKey } from '../../../lib/aws/secrets/encryption-key';
import { Duration } from '../../../lib/units';
import { allIds, ids, refused } from '../../support/findings';
import { INSTANCE } from '../../support/postgres';
import { readable } from '../../support/references';
import { type Block, resources, terraform } from '../../support/terraform';
import { terraformFaults } from '../../support/terraform-faults';

type Given = Omit<PostgresRoleSecretsProps, 'key'>;

const SERVER: Given = {
  identifier: 'alfred-development-main',
  host: 'main.alfred.svc.cluster.local',
  databaseName: 'alfred',
  roles: ['gateway', 'auth'],
  secretPrefix: 'alfred/development/main',
};

let last: PostgresRoleSecrets | undefined;

const synth = (parts: Partial<Given> = {}): Block =>
  terraform((stack) => {
    const key = new EncryptionKey(stack, 'Key', { alias: 'stores', description: 'Passwords of stores' });
    last = new PostgresRoleSecrets(stack, 'Main', { ...SERVER, key, ...parts });
  });

const findings = (parts: Partial<Given>) => {
  let found: string[] = [];
  terraform((stack) => {
    const key = new EncryptionKey(stack, 'Key', { alias: 'stores', description: 'Passwords of stores' });
    found = ids(PostgresRoleSecrets.inspect('alfred/Main', { ...SERVER, key, ...parts }));
  });
  return found;
};

/** What each user's secret says, without the password, which has its own name in each. */
const contents = (json: Block): Record<string, string> =>
  Object.fromEntries(
    resources(json, 'aws_secretsmanager_secret_version').map(({ secret_string_wo: content }) => [
      /"username" = "([^"]+)"/.exec(content)?.[1],
      readable(content).replace(/random_password\.[\w-]+/, 'random_password.x'),
    ]),
  );

const versions = (json: Block): Record<string, number> =>
  Object.fromEntries(
    resources(json, 'aws_secretsmanager_secret_version').map((version) => [
      /"username" = "([^"]+)"/.exec(version.secret_string_wo)?.[1],
      version.secret_string_wo_version,
    ]),
  );

const content = (username: string, host = 'main.alfred.svc.cluster.local', port = 5432): string =>
  `\${jsonencode({"engine" = "postgres", "host" = "${host}", "port" = ${port}, "username" = "${username}", ` +
  '"password" = ephemeral.random_password.x.result, "dbname" = "alfred"})}';

test('each user has a secret with all that a client needs', () => {
  expect(contents(synth())).toEqual({
    dbadmin: content('dbadmin'),
    gateway: content('gateway'),
    auth: content('auth'),
  });
});

test('a service cannot tell from its secret where its database runs, but for the address', () => {
  const rds = terraform((stack) => {
    new PostgresDatabase(stack, 'Database', { ...INSTANCE, databaseName: 'alfred', roles: ['gateway'] });
  });
  const host = /"host" = [^,]+/;
  expect(contents(rds).gateway?.replace(host, '')).toBe(contents(synth()).gateway?.replace(host, ''));
});

test('names are known at synthesis', () => {
  const names = resources(synth(), 'aws_secretsmanager_secret').map(({ name }) => name);
  expect(names.sort()).toEqual([
    'alfred/development/main/auth',
    'alfred/development/main/gateway',
    'alfred/development/main/master',
  ]);
  expect(last?.masterSecretName).toBe('alfred/development/main/master');
  expect(last?.roleSecretNames).toEqual({
    gateway: 'alfred/development/main/gateway',
    auth: 'alfred/development/main/auth',
  });
});

test('without a prefix they start with the identifier, and the master secret may lie elsewhere', () => {
  const { secretPrefix: _, ...bare } = SERVER;
  const json = terraform((stack) => {
    const key = new EncryptionKey(stack, 'Key', { alias: 'stores', description: 'Passwords of stores' });
    new PostgresRoleSecrets(stack, 'Main', { ...bare, roles: ['auth'], secretName: 'alfred/chief', key });
  });
  const names = resources(json, 'aws_secretsmanager_secret').map(({ name }) => name);
  expect(names.sort()).toEqual(['alfred-development-main/auth', 'alfred/chief']);
});

test('no two users share a password, and none is in plan or state', () => {
  const json = synth();
  const passwords = resources(json, 'aws_secretsmanager_secret_version').map(
    ({ secret_string_wo: text }) => /random_password\.([\w-]+)/.exec(text)?.[1],
  );
  expect(new Set(passwords).size).toBe(3);
  expect(Object.keys(json.ephemeral.random_password).sort()).toEqual([...passwords].sort());
  for (const version of resources(json, 'aws_secretsmanager_secret_version')) {
    expect(version).not.toHaveProperty('secret_string');
  }
});

test('all are under the given key, can be restored for a month and are copied nowhere', () => {
  for (const secret of resources(synth(), 'aws_secretsmanager_secret')) {
    expect(secret).toMatchObject({
      kms_key_id: expect.stringMatching(/^\$\{aws_kms_key\./),
      recovery_window_in_days: 30,
    });
    expect(secret).not.toHaveProperty('replica');
  }
});

test('recovery and copies are as declared', () => {
  const json = synth({ secretRecoveryWindow: Duration.days(0), secretReplicas: [{ region: 'us-east-1' }] });
  for (const secret of resources(json, 'aws_secretsmanager_secret')) {
    expect(secret).toMatchObject({ recovery_window_in_days: 0, replica: [{ region: 'us-east-1' }] });
  }
});

test('Terraform and the provider take it', () => {
  const faults = terraformFaults(synth()).filter((fault) => fault !== 'required_providers.aws is required');
  expect(faults).toEqual([]);
});

test.each<{ it: string; parts: Partial<Given>; master: boolean; roles: boolean }>([
  { it: 'its version', parts: { passwordVersion: 2 }, master: true, roles: false },
  { it: "the roles' version", parts: { rolePasswordVersion: 2 }, master: false, roles: true },
  { it: 'another host', parts: { host: 'main.other.svc.cluster.local' }, master: true, roles: true },
  { it: 'another port', parts: { port: 5439 }, master: true, roles: true },
  { it: 'another database', parts: { databaseName: 'other' }, master: true, roles: true },
  { it: 'another prefix', parts: { secretPrefix: 'alfred/other' }, master: false, roles: false },
])('is sent anew with $it: master $master, roles $roles', ({ parts, master, roles }) => {
  const [before, after] = [versions(synth()), versions(synth(parts))];
  expect(before.dbadmin !== after.dbadmin).toBe(master);
  expect(before.gateway !== after.gateway).toBe(roles);
});

test('another role leaves the others as they are', () => {
  const [before, after] = [synth({ roles: ['b'] }), synth({ roles: ['a', 'b'] })];
  for (const [type, blocks] of Object.entries<Block>(before.resource))
    expect(after.resource[type]).toMatchObject(blocks);
});

test('paths of what holds data never change', () => {
  let paths: string[] = [];
  terraform((stack) => {
    const key = new EncryptionKey(stack, 'Key', { alias: 'stores', description: 'Passwords of stores' });
    new PostgresRoleSecrets(stack, 'Main', { ...SERVER, key });
    paths = stack.node
      .findAll()
      .filter((node) => TerraformResource.isTerraformResource(node) && /_secret$/.test(node.terraformResourceType))
      .map(({ node }) => node.path);
  });
  expect(paths.sort()).toEqual([
    'test/Main/Master/Resource',
    'test/Main/Role-auth/Resource',
    'test/Main/Role-gateway/Resource',
  ]);
});

const broken: { check: string; it: string; parts: Partial<Given> }[] = [
  { check: 'postgres-secrets-name-a-host', it: 'no host', parts: { host: '' } },
  { check: 'postgres-secrets-name-a-host', it: 'an address with a port', parts: { host: 'main:5432' } },
  { check: 'postgres-secrets-name-a-port', it: 'port 0', parts: { port: 0 } },
  { check: 'postgres-secrets-name-a-port', it: 'port 65536', parts: { port: 65_536 } },
  { check: 'postgres-secrets-name-a-port', it: 'NaN', parts: { port: Number.NaN } },
  { check: 'postgres-secrets-name-a-database', it: 'a hyphen', parts: { databaseName: 'al-fred' } },
  { check: 'postgres-secrets-name-a-database', it: '64 letters', parts: { databaseName: 'a'.repeat(64) } },
  { check: 'postgres-secrets-name-a-master', it: 'a hyphen', parts: { masterUsername: 'db-admin' } },
  { check: 'postgres-secrets-name-a-master', it: 'pg_master', parts: { masterUsername: 'pg_master' } },
  { check: 'postgres-secrets-name-a-master', it: 'public', parts: { masterUsername: 'public' } },
  { check: 'postgres-secrets-name-roles', it: 'an underscore', parts: { roles: ['auth_service'] } },
  { check: 'postgres-secrets-name-roles', it: 'the master user', parts: { roles: ['dbadmin'] } },
  { check: 'postgres-secrets-name-roles', it: 'public', parts: { roles: ['public'] } },
  { check: 'postgres-secret-names-are-allowed', it: 'a space', parts: { secretPrefix: 'a b' } },
  { check: 'postgres-secret-names-are-distinct', it: 'a role called master', parts: { roles: ['master'] } },
  { check: 'postgres-password-version-counts', it: 'zero', parts: { passwordVersion: 0 } },
  { check: 'postgres-role-password-version-counts', it: 'zero', parts: { rolePasswordVersion: 0 } },
  {
    check: 'postgres-role-versions-count',
    it: 'zero of a role',
    parts: { roles: ['auth'], roleVersions: { auth: 0 } },
  },
  {
    check: 'postgres-role-versions-count',
    it: 'one of nobody',
    parts: { roles: ['auth'], roleVersions: { other: 1 } },
  },
  { check: 'postgres-secret-recovery-is-offered', it: '6 days', parts: { secretRecoveryWindow: Duration.days(6) } },
  {
    check: 'postgres-secret-copies-have-region-and-key',
    it: 'a zone',
    parts: { secretReplicas: [{ region: 'us-east-1a' }] },
  },
  {
    check: 'postgres-secret-copies-are-in-distinct-regions',
    it: 'a region twice',
    parts: { secretReplicas: [{ region: 'us-east-1' }, { region: 'us-east-1' }] },
  },
];

test.each(broken)('fails $check and nothing else: $it', ({ check, parts }) => {
  expect(findings(parts)).toEqual([check]);
  expect(refused(() => synth(parts))).toEqual([check]);
});

test('every check has a failing row', () => {
  const failing = [...new Set(broken.map(({ check }) => check))].sort();
  expect(failing).toEqual(allIds(POSTGRES_ROLE_SECRETS_CHECKS, POSTGRES_DECLARED_SECRET_CHECKS));
});

test.each<{ it: string; parts: Partial<Given> }>([
  { it: 'the first port', parts: { port: 1 } },
  { it: 'the last port', parts: { port: 65_535 } },
  { it: 'the longest name of a database', parts: { databaseName: 'a'.repeat(63) } },
  { it: "the server's own user as master", parts: { masterUsername: 'postgres' } },
  { it: 'no roles yet', parts: { roles: [] } },
  { it: 'a host of one label', parts: { host: 'main' } },
])('accepts $it', ({ parts }) => {
  expect(findings(parts)).toEqual([]);
});

test('a role with a version of its own says it, and alone is sent anew when it rises', () => {
  const at = (auth: number): Block => synth({ roleVersions: { auth } });
  const text = contents(at(2)).auth;
  expect(text).toContain('"version" = 2');
  expect(contents(at(2)).gateway).not.toContain('version');
  const [before, after] = [versions(at(2)), versions(at(3))];
  expect(Object.keys(after).filter((user) => after[user] !== before[user])).toEqual(['auth']);
});
