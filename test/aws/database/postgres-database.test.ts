import { DbInstance } from '@cdktf/provider-aws/lib/db-instance';
import { KmsKey } from '@cdktf/provider-aws/lib/kms-key';
import { TerraformLocal, TerraformResource } from 'cdktf';
import { PostgresDatabase } from '../../../lib/aws/database/postgres-database';
import type { PostgresDatabaseProps } from '../../../lib/aws/database/postgres-database-props';
import { EncryptionKey } from '../../../lib/aws/secrets/encryption-key';
import { Duration, Memory } from '../../../lib/units';
import { ids, refused } from '../../support/findings';
import { ALFRED, INSTANCE } from '../../support/postgres';
import { type Block, onlyResource, resources, terraform } from '../../support/terraform';

const synth = (parts: Partial<PostgresDatabaseProps> = {}): Block =>
  terraform((stack) => {
    new PostgresDatabase(stack, 'Database', { ...INSTANCE, ...parts });
  });

const instance = (parts: Partial<PostgresDatabaseProps> = {}): Block => onlyResource(synth(parts), 'aws_db_instance');

/** Versions of secrets that clients read; the one that the password is drawn into says nothing of a user. */
const versions = (json: Block): Block[] =>
  resources(json, 'aws_secretsmanager_secret_version').filter(({ secret_string_wo: content }) =>
    content.includes('"username"'),
  );

const contentOf = (json: Block, username: string): Block =>
  versions(json).find(({ secret_string_wo: content }) => content.includes(`"username" = "${username}"`));

/** Address and body of the version that the master's password is drawn into. */
function drawnIn(json: Block): { address: string; body: Block } {
  const found = Object.entries<Block>(json.resource.aws_secretsmanager_secret_version).filter(
    ([, { secret_string_wo: content }]) => !content.includes('"username"'),
  );
  const [[address, body] = ['', undefined], ...others] = found;
  expect(others).toEqual([]);
  return { address: `aws_secretsmanager_secret_version.${address}.version_id`, body };
}

describe('the password', () => {
  const json = synth({ roles: ['auth-service'] });

  test('is drawn into a secret of its own, before the instance', () => {
    const { body } = drawnIn(json);
    const [, secret] = /^\$\{aws_secretsmanager_secret\.([\w-]+)\.id}$/.exec(body.secret_id) ?? [];
    expect(json.resource.aws_secretsmanager_secret[secret ?? '']).toMatchObject({
      name: 'acgs-production-main/master/password',
      recovery_window_in_days: 30,
    });
    expect(json.resource.aws_secretsmanager_secret[secret ?? ''].kms_key_id).toContain('aws_kms_key.');
    expect(body.secret_string_wo).toMatch(
      /^\$\{jsonencode\(\{"password" = ephemeral\.random_password\.[\w-]+\.result}\)}$/,
    );
    expect(body).toMatchObject({ secret_string_wo_version: 1 });
    expect(body).not.toHaveProperty('lifecycle');
  });

  test('is read back from there for instance and master secret alike, so that a run can end between them', () => {
    const [known, ...others] = Object.entries<Block>(json.ephemeral.aws_secretsmanager_secret_version);
    expect(others).toEqual([]);
    const { address } = drawnIn(json);
    expect(known?.[1]).toEqual({ secret_id: 'acgs-production-main/master/password', version_id: `\${${address}}` });
    const password = `jsondecode(ephemeral.aws_secretsmanager_secret_version.${known?.[0]}.secret_string).password`;
    expect(onlyResource(json, 'aws_db_instance').password_wo).toBe(`\${${password}}`);
    expect(contentOf(json, 'dbadmin').secret_string_wo).toContain(`"password" = ${password}`);
  });

  test('reaches the instance with each version of that secret, whatever made it', () => {
    expect(onlyResource(json, 'aws_db_instance').password_wo_version).toBe(
      `\${parseint(substr(sha1(${drawnIn(json).address}), 0, 7), 16)}`,
    );
  });

  test('stands nowhere as a literal, and nothing that state would hold takes it', () => {
    expect(onlyResource(json, 'aws_db_instance')).not.toHaveProperty('password');
    for (const version of resources(json, 'aws_secretsmanager_secret_version')) {
      expect(version).not.toHaveProperty('secret_string');
    }
    const text = JSON.stringify(json.resource).replace(/"(password_wo|secret_string_wo)":"(\\.|[^"])*"/g, '');
    expect(text).not.toContain('ephemeral.');
    expect(json.output).toBeUndefined();
  });

  test('of a role is another one', () => {
    const drawn = ({ secret_string_wo: content }: Block) => /random_password\.([\w-]+)\.result/.exec(content)?.[1];
    expect(drawn(contentOf(json, 'auth-service'))).toBeDefined();
    expect(drawn(contentOf(json, 'auth-service'))).not.toBe(drawn(drawnIn(json).body));
    expect(Object.keys(json.ephemeral.random_password)).toHaveLength(2);
  });

  test.each<{ it: string; parts: Partial<PostgresDatabaseProps>; drawn: boolean; master: boolean; roles: boolean }>([
    { it: 'its version', parts: { passwordVersion: 2 }, drawn: true, master: true, roles: false },
    { it: "the roles' version", parts: { rolePasswordVersion: 2 }, drawn: false, master: false, roles: true },
    { it: 'the port', parts: { port: 5439 }, drawn: false, master: true, roles: true },
    { it: 'the instance', parts: { identifier: 'acgs-staging-main' }, drawn: false, master: true, roles: true },
    { it: 'the name of the database', parts: { databaseName: 'alfred' }, drawn: false, master: true, roles: true },
    { it: 'more storage', parts: { maxStorage: Memory.gib(2000) }, drawn: false, master: false, roles: false },
  ])('changes with $it: drawn anew $drawn, sent to the master secret $master, to roles $roles', (row) => {
    const after = synth({ roles: ['auth-service'], ...row.parts });
    const [before, now] = [json, after].map((block) => ({
      drawn: drawnIn(block).body.secret_string_wo_version,
      master: contentOf(block, 'dbadmin').secret_string_wo_version,
      role: contentOf(block, 'auth-service').secret_string_wo_version,
    }));
    expect(now?.drawn !== before?.drawn).toBe(row.drawn);
    expect(now?.master !== before?.master).toBe(row.master);
    expect(now?.role !== before?.role).toBe(row.roles);
  });

  test('of the master is sent anew when it was drawn or the instance made anew; those of roles are not', () => {
    const [name] = Object.keys(json.resource.aws_db_instance);
    expect(contentOf(json, 'dbadmin').lifecycle.replace_triggered_by).toEqual([
      drawnIn(json).address,
      `aws_db_instance.${name}.resource_id`,
    ]);
    expect(contentOf(json, 'auth-service')).not.toHaveProperty('lifecycle');
  });

  test('can be left to RDS: then no secret of ours holds it', () => {
    const managed = synth({ credentials: { kind: 'rds-managed' } });
    expect(onlyResource(managed, 'aws_db_instance')).toMatchObject({
      manage_master_user_password: true,
      master_user_secret_kms_key_id: expect.stringContaining('aws_kms_key'),
    });
    expect(onlyResource(managed, 'aws_db_instance')).not.toHaveProperty('password_wo');
    expect(resources(managed, 'aws_secretsmanager_secret')).toEqual([]);
    expect(managed.ephemeral).toBeUndefined();
    expect(managed.terraform?.required_version).toBeUndefined();
  });

  test('may not be left to RDS beside read replicas', () => {
    const build = () => synth({ credentials: { kind: 'rds-managed' }, readReplicas: true });
    expect(refused(build)).toEqual(['postgres-replicas-have-a-declared-secret']);
  });
});

describe('names that the cluster knows', () => {
  const declared = (parts: Partial<PostgresDatabaseProps>) => {
    let names: unknown;
    terraform((stack) => {
      const { identifier, port, masterSecretName, roleSecretNames } = new PostgresDatabase(stack, 'Database', {
        ...INSTANCE,
        ...parts,
      });
      names = { identifier, port, masterSecretName, roleSecretNames };
    });
    return names;
  };

  test('are plain text at synthesis', () => {
    expect(
      declared({ secretPrefix: 'acgs/production/main', roles: ['auth-service', 'agent-hitl'], port: 5439 }),
    ).toEqual({
      identifier: 'acgs-production-main',
      port: 5439,
      masterSecretName: 'acgs/production/main/master',
      roleSecretNames: {
        'auth-service': 'acgs/production/main/auth-service',
        'agent-hitl': 'acgs/production/main/agent-hitl',
      },
    });
  });

  test('start with the identifier unless a prefix is given, and the master secret can stand elsewhere', () => {
    expect(declared({ roles: ['auth-service'], secretName: 'vault/acgs' })).toMatchObject({
      masterSecretName: 'vault/acgs',
      roleSecretNames: { 'auth-service': 'acgs-production-main/auth-service' },
    });
  });

  test('leave out a master secret that RDS names', () => {
    expect(declared({ credentials: { kind: 'rds-managed' } })).toMatchObject({ masterSecretName: undefined });
  });

  test('are the names of the secrets that are made, each for its own user, host and port', () => {
    const json = synth({ roles: ['auth-service'], port: 5439 });
    const [name] = Object.keys(json.resource.aws_db_instance);
    const { body } = drawnIn(json);
    const published = Object.entries<Block>(json.resource.aws_secretsmanager_secret).filter(
      ([id]) => !body.secret_id.includes(`.${id}.`),
    );
    const users = Object.fromEntries(
      published.map(([id, { name: secret }]) => {
        const content: string = versions(json).find(({ secret_id }) => secret_id.includes(`.${id}.`)).secret_string_wo;
        expect(content).toContain(`"host" = aws_db_instance.${name}.address`);
        expect(content).toContain('"port" = 5439');
        return [secret, /"username" = "([\w-]+)"/.exec(content)?.[1]];
      }),
    );
    expect(users).toEqual({
      'acgs-production-main/master': 'dbadmin',
      'acgs-production-main/auth-service': 'auth-service',
    });
  });
});

describe('out of the box', () => {
  const json = synth();
  const bare = onlyResource(json, 'aws_db_instance');

  test.each([
    ['CKV_AWS_16, storage is encrypted', { storage_encrypted: true }],
    ['CKV_AWS_17, the instance is private', { publicly_accessible: false }],
    ['CKV_AWS_118, the operating system is measured', { monitoring_interval: 60 }],
    ['CKV_AWS_129, logs are exported', { enabled_cloudwatch_logs_exports: ['postgresql', 'upgrade'] }],
    ['CKV_AWS_133, backups are kept', { backup_retention_period: 30, delete_automated_backups: false }],
    ['CKV_AWS_157, a standby runs in another zone', { multi_az: true }],
    ['CKV_AWS_161, IAM may authenticate', { iam_database_authentication_enabled: true }],
    ['CKV_AWS_211, the CA is a current one', { ca_cert_identifier: 'rds-ca-rsa2048-g1' }],
    ['CKV_AWS_226, minors follow', { auto_minor_version_upgrade: true }],
    ['CKV_AWS_293, deletion is refused', { deletion_protection: true }],
    ['CKV_AWS_353, insights are on', { performance_insights_enabled: true, performance_insights_retention_period: 7 }],
    ['CKV2_AWS_60, snapshots carry the tags', { copy_tags_to_snapshot: true }],
    [
      'a last snapshot remains',
      { skip_final_snapshot: false, final_snapshot_identifier: 'acgs-production-main-final' },
    ],
    ['changes wait for their window', { apply_immediately: false, allow_major_version_upgrade: false }],
    ['nobody pays for extended support', { engine_lifecycle_support: 'open-source-rds-extended-support-disabled' }],
    ['insights cost nothing', { database_insights_mode: 'standard' }],
    ['Terraform waits long enough', { timeouts: { create: '60m', update: '120m', delete: '120m' } }],
  ])('%s', (_, expected) => {
    expect(bare).toMatchObject(expected);
  });

  test('CKV2_AWS_69, connections are encrypted', () => {
    expect(onlyResource(json, 'aws_db_parameter_group').parameter).toContainEqual(
      expect.objectContaining({ name: 'rds.force_ssl', value: '1' }),
    );
    expect(bare.parameter_group_name).toContain('aws_db_parameter_group.');
  });

  test('CKV_AWS_149, 158 and 354: one key of its own for storage, insights, secrets and logs', () => {
    const [name] = Object.keys(json.resource.aws_kms_key);
    const arn = `\${aws_kms_key.${name}.arn}`;
    expect(bare).toMatchObject({ kms_key_id: arn, performance_insights_kms_key_id: arn });
    for (const secret of resources(json, 'aws_secretsmanager_secret')) expect(secret.kms_key_id).toBe(arn);
    for (const group of resources(json, 'aws_cloudwatch_log_group')) expect(group.kms_key_id).toBe(arn);
    expect(onlyResource(json, 'aws_kms_key').policy).toContain('"Sid":"ForLogs"');
    expect(onlyResource(json, 'aws_kms_alias').name).toBe('alias/rds/acgs-production-main');
  });

  test('windows are left to the region', () => {
    expect(bare).not.toHaveProperty('backup_window');
    expect(bare).not.toHaveProperty('maintenance_window');
  });

  test('log groups and the right to measure exist before the instance', () => {
    const before = [
      ...Object.keys(json.resource.aws_cloudwatch_log_group).map((name) => `aws_cloudwatch_log_group.${name}`),
      ...Object.keys(json.resource.aws_iam_role_policy_attachment).map(
        (name) => `aws_iam_role_policy_attachment.${name}`,
      ),
    ];
    expect(before).toHaveLength(3);
    expect([...bare.depends_on].sort()).toEqual(before.sort());
    expect(
      resources(json, 'aws_cloudwatch_log_group')
        .map(({ name }) => name)
        .sort(),
    ).toEqual(['/aws/rds/instance/acgs-production-main/postgresql', '/aws/rds/instance/acgs-production-main/upgrade']);
    expect(onlyResource(json, 'aws_iam_role_policy_attachment').policy_arn).toMatch(
      /:policy\/service-role\/AmazonRDSEnhancedMonitoringRole$/,
    );
    const [trust] = JSON.parse(onlyResource(json, 'aws_iam_role').assume_role_policy).Statement;
    expect(trust.Principal.Service).toEqual(['monitoring.rds.amazonaws.com']);
    expect(trust.Condition.StringEquals['aws:SourceAccount']).toContain('aws_caller_identity');
    expect(bare.monitoring_role_arn).toContain('aws_iam_role.');
  });

  test('the instance stands in its own subnets behind its own group', () => {
    expect(bare.db_subnet_group_name).toContain('aws_db_subnet_group.');
    expect(bare.vpc_security_group_ids).toEqual([expect.stringContaining('aws_security_group.')]);
  });
});

describe('what is left of it', () => {
  const lifecycle = (parts: Partial<PostgresDatabaseProps>) => onlyResource(synth(parts), 'aws_kms_key').lifecycle;
  const none = { deletionProtection: false, finalSnapshot: { noneBecause: 'made anew from fixtures' } } as const;

  test('can still be read: its own key is not destroyed with it, protected or not', () => {
    expect(lifecycle({})).toEqual({ prevent_destroy: true });
    expect(lifecycle({ deletionProtection: false })).toEqual({ prevent_destroy: true });
  });

  test('what was measured goes with it as a tag, beside its own', () => {
    expect(instance({ measuredRps: 2000, tags: { team: 'core' } }).tags).toEqual({
      'headroom.dev/rate-per-pod': '2000',
      team: 'core',
    });
    expect(instance()).not.toHaveProperty('tags');
  });

  test('is a snapshot under the name given', () => {
    expect(instance({ finalSnapshot: 'acgs-2026' })).toMatchObject({
      skip_final_snapshot: false,
      final_snapshot_identifier: 'acgs-2026',
      delete_automated_backups: false,
    });
  });

  test('is nothing if the declaration says so: no snapshot, no backups, no key', () => {
    expect(instance(none)).toMatchObject({ skip_final_snapshot: true, delete_automated_backups: true });
    expect(instance(none)).not.toHaveProperty('final_snapshot_identifier');
    expect(lifecycle(none)).toBeUndefined();
  });

  test('keeps no name of a secret taken if the recovery window is 0', () => {
    const json = synth({ ...none, secretRecoveryWindow: Duration.days(0), roles: ['auth-service'] });
    const windows = resources(json, 'aws_secretsmanager_secret').map((secret) => secret.recovery_window_in_days);
    expect(windows).toEqual([0, 0, 0]);
  });
});

describe('log that is kept for replicas', () => {
  const bound = (parts: Partial<PostgresDatabaseProps>) =>
    onlyResource(synth(parts), 'aws_db_parameter_group').parameter.filter(
      ({ name }: Block) => name === 'max_slot_wal_keep_size',
    );
  const is = (value: string) => [{ name: 'max_slot_wal_keep_size', value, apply_method: 'immediate' }];

  test('is a fifth of the storage, without a restart, so that a replica that is gone does not fill the disk', () => {
    expect(bound({ readReplicas: true })).toEqual(is('102400'));
    expect(bound({ readReplicas: true, storage: Memory.gib(24) })).toEqual(is('4096'));
  });

  test('is as declared, and else as the engine has it where there are no replicas', () => {
    const parameters = { maxSlotWalKeepSize: Memory.gib(7) };
    expect(bound({ readReplicas: true, parameters })).toEqual(is('7168'));
    expect(bound({ parameters })).toEqual(is('7168'));
    expect(bound({})).toEqual([]);
  });

  test('comes beside the declared parameters, and is checked against them', () => {
    const parameters = { maxWalSize: Memory.gib(8) };
    const declared = { readReplicas: true, storage: Memory.gib(30), parameters };
    expect(bound(declared)).toEqual(is('6144'));
    expect(onlyResource(synth(declared), 'aws_db_parameter_group').parameter).toContainEqual(
      expect.objectContaining({ name: 'max_wal_size', value: '8192' }),
    );
    expect(ids(PostgresDatabase.inspect('acgs/Database', { ...INSTANCE, ...declared }))).toEqual([
      'postgres-slots-outlast-a-checkpoint',
    ]);
  });
});

describe('values of the source documents', () => {
  test('S001-67 and C-24: class, storage, standby and retention of the database of ACGS', () => {
    expect(instance()).toMatchObject({
      engine: 'postgres',
      engine_version: '15',
      db_name: 'acgs',
      instance_class: 'db.r5.xlarge',
      allocated_storage: 500,
      max_allocated_storage: 1000,
      storage_type: 'gp3',
      multi_az: true,
      backup_retention_period: 30,
    });
  });

  test('S002-08 and C-07: the port is one number in instance, firewall and secrets', () => {
    const json = synth({ port: 5439 });
    expect(onlyResource(json, 'aws_db_instance').port).toBe(5439);
    expect(onlyResource(json, 'aws_vpc_security_group_ingress_rule')).toMatchObject({ from_port: 5439, to_port: 5439 });
    expect(contentOf(json, 'dbadmin').secret_string_wo).toContain('"port" = 5439');
  });

  test('S003-19: the 16 settings reach the parameter group', () => {
    const { parameter } = onlyResource(synth(ALFRED), 'aws_db_parameter_group');
    expect(parameter).toContainEqual({ name: 'shared_buffers', value: '131072', apply_method: 'pending-reboot' });
    expect(parameter).toContainEqual({ name: 'max_connections', value: '1000', apply_method: 'pending-reboot' });
    expect(parameter).toContainEqual({ name: 'max_wal_size', value: '4096', apply_method: 'immediate' });
  });

  test('T-14: 15.4 is refused before anything is made', () => {
    expect(refused(() => synth({ version: '15.4' }))).toEqual(['postgres-minor-can-be-created']);
  });
});

describe('what is declared is what is made', () => {
  test.each<{ it: string; parts: Partial<PostgresDatabaseProps>; expected: Block }>([
    { it: 'one zone', parts: { multiAz: false }, expected: { multi_az: false } },
    { it: 'deletion allowed', parts: { deletionProtection: false }, expected: { deletion_protection: false } },
    {
      it: 'a shorter retention',
      parts: { backupRetention: Duration.days(7) },
      expected: { backup_retention_period: 7 },
    },
    { it: 'operations', parts: { iops: 16_000 }, expected: { iops: 16_000 } },
    {
      it: 'throughput beside the included operations',
      parts: { throughputMibps: 3000 },
      expected: { iops: 12_000, storage_throughput: 3000 },
    },
    {
      it: 'throughput beside more of them',
      parts: { iops: 16_000, throughputMibps: 4000 },
      expected: { iops: 16_000, storage_throughput: 4000 },
    },
    {
      it: 'windows',
      parts: { backupWindow: '07:00-08:00', maintenanceWindow: 'sun:09:00-sun:10:00' },
      expected: { backup_window: '07:00-08:00', maintenance_window: 'sun:09:00-sun:10:00' },
    },
    { it: 'a final snapshot', parts: { finalSnapshot: 'acgs-2' }, expected: { final_snapshot_identifier: 'acgs-2' } },
    {
      it: 'advanced insights, which keep 465 days',
      parts: { insights: 'advanced' },
      expected: { database_insights_mode: 'advanced', performance_insights_retention_period: 465 },
    },
    { it: 'a closer look', parts: { monitoringInterval: Duration.seconds(5) }, expected: { monitoring_interval: 5 } },
    { it: 'a new major', parts: { allowMajorVersionUpgrade: true }, expected: { allow_major_version_upgrade: true } },
    { it: 'a master user', parts: { masterUsername: 'chief' }, expected: { username: 'chief' } },
    {
      it: 'extended support',
      parts: { version: '13', allowExtendedSupport: true },
      expected: { engine_version: '13', engine_lifecycle_support: 'open-source-rds-extended-support' },
    },
  ])('$it', ({ parts, expected }) => {
    expect(instance(parts)).toMatchObject(expected);
  });

  test('neither operations nor growth appear unasked', () => {
    const { maxStorage: _, ...fixed } = INSTANCE;
    const made = onlyResource(
      terraform((stack) => new PostgresDatabase(stack, 'Database', fixed)),
      'aws_db_instance',
    );
    for (const name of ['iops', 'storage_throughput', 'max_allocated_storage']) expect(made).not.toHaveProperty(name);
  });

  test('logs are kept as long as is said', () => {
    for (const group of resources(synth({ logRetention: Duration.days(90) }), 'aws_cloudwatch_log_group')) {
      expect(group.retention_in_days).toBe(90);
    }
    for (const group of resources(synth(), 'aws_cloudwatch_log_group')) expect(group.retention_in_days).toBe(365);
  });

  test('a retention that CloudWatch lacks is found before anything is made', () => {
    const found = PostgresDatabase.inspect('acgs/Database', { ...INSTANCE, logRetention: Duration.days(91) });
    expect(found).toEqual([expect.objectContaining({ check: 'log-retention-is-offered', prop: 'logRetention' })]);
  });

  test('secrets are copied and restored as is said', () => {
    const keyArn = 'arn:aws:kms:us-east-1:111122223333:key/there';
    const replica = { region: 'us-east-1', keyArn };
    const json = synth({ secretReplicas: [replica], secretRecoveryWindow: Duration.days(7), roles: ['auth-service'] });
    const [copied, alone] = [true, false].map((wanted) =>
      resources(json, 'aws_secretsmanager_secret').filter(({ replica: copies }) => (copies !== undefined) === wanted),
    );
    expect(copied).toHaveLength(2);
    for (const secret of copied ?? []) {
      expect(secret).toMatchObject({
        recovery_window_in_days: 7,
        replica: [{ region: 'us-east-1', kms_key_id: keyArn }],
      });
    }
    expect(alone).toEqual([
      expect.objectContaining({ name: 'acgs-production-main/master/password', recovery_window_in_days: 7 }),
    ]);
  });

  test('each region that keeps copies has a key of its own there, one for all secrets', () => {
    const secretReplicas = [{ region: 'us-east-1' }, { region: 'eu-central-1' }];
    const json = synth({ secretReplicas, roles: ['auth-service', 'agent-hitl'] });
    const keys = Object.entries<Block>(json.resource.aws_kms_key);
    const keyIn = (wanted: string | undefined) => {
      const [only, ...others] = keys.filter(([, { region }]) => region === wanted);
      expect(others).toEqual([]);
      return `\${aws_kms_key.${only?.[0]}.arn}`;
    };
    expect(keys).toHaveLength(3);
    expect(onlyResource(json, 'aws_db_instance').kms_key_id).toBe(keyIn(undefined));
    const copied = resources(json, 'aws_secretsmanager_secret').filter(({ replica }) => replica !== undefined);
    expect(copied).toHaveLength(3);
    for (const { replica } of copied) {
      expect(replica).toEqual([
        { region: 'us-east-1', kms_key_id: keyIn('us-east-1') },
        { region: 'eu-central-1', kms_key_id: keyIn('eu-central-1') },
      ]);
    }
    const aliases = resources(json, 'aws_kms_alias').map(({ name, region }) => [name, region]);
    expect(aliases).toHaveLength(3);
    for (const alias of [
      ['alias/rds/acgs-production-main', undefined],
      ['alias/rds/acgs-production-main-secrets', 'us-east-1'],
      ['alias/rds/acgs-production-main-secrets', 'eu-central-1'],
    ]) {
      expect(aliases).toContainEqual(alias);
    }
  });

  test('the keys of copies stay: what was detached in the other region is read with them', () => {
    const none = { deletionProtection: false, finalSnapshot: { noneBecause: 'made anew from fixtures' } } as const;
    for (const parts of [{}, { ...none, secretRecoveryWindow: Duration.days(0) }]) {
      const keys = resources(synth({ ...parts, secretReplicas: [{ region: 'us-east-1' }] }), 'aws_kms_key');
      expect(keys.find(({ region }) => region === 'us-east-1')?.lifecycle).toEqual({ prevent_destroy: true });
    }
  });

  test('another region for copies leaves all else as it was', () => {
    const before = synth({ secretReplicas: [{ region: 'us-east-1' }] });
    const after = synth({ secretReplicas: [{ region: 'eu-central-1' }, { region: 'us-east-1' }] });
    for (const type of ['aws_kms_key', 'aws_kms_alias', 'aws_db_instance']) {
      expect(after.resource[type]).toMatchObject(before.resource[type]);
    }
  });

  test('a given key serves all, and no other is made', () => {
    const json = terraform((stack) => {
      const key = new EncryptionKey(stack, 'Shared', { alias: 'data', description: 'all data', users: ['logs'] });
      new PostgresDatabase(stack, 'Database', { ...INSTANCE, key });
    });
    expect(onlyResource(json, 'aws_kms_alias').name).toBe('alias/data');
    expect(onlyResource(json, 'aws_db_instance').kms_key_id).toContain(Object.keys(json.resource.aws_kms_key)[0]);
  });
});

describe('construction', () => {
  test('two databases share a stack', () => {
    const json = terraform((stack) => {
      new PostgresDatabase(stack, 'One', INSTANCE);
      new PostgresDatabase(stack, 'Two', { ...INSTANCE, identifier: 'acgs-production-two' });
    });
    expect(resources(json, 'aws_db_instance')).toHaveLength(2);
    expect(Object.keys(json.ephemeral.random_password)).toHaveLength(2);
    const passwords = resources(json, 'aws_db_instance').map(({ password_wo }) => password_wo);
    expect(new Set(passwords).size).toBe(2);
    const names = resources(json, 'aws_secretsmanager_secret').map(({ name }) => name);
    expect(new Set(names).size).toBe(4);
  });

  test('the same props give the same bytes', () => {
    expect(JSON.stringify(synth({ roles: ['a', 'b'] }))).toBe(JSON.stringify(synth({ roles: ['a', 'b'] })));
  });

  test('another role adds its secret and leaves all else as it was', () => {
    const [before, after] = [synth({ roles: ['b'] }), synth({ roles: ['a', 'b'] })];
    for (const [type, blocks] of Object.entries<Block>(before.resource)) {
      for (const [name, block] of Object.entries(blocks)) expect(after.resource[type][name]).toEqual(block);
    }
  });

  test('an error names every fault and leaves nothing behind', () => {
    const json = terraform((stack) => {
      expect(
        refused(() => new PostgresDatabase(stack, 'Database', { ...INSTANCE, port: 1, roles: ['public'] })),
      ).toEqual(['postgres-port-is-allowed', 'postgres-roles-are-allowed']);
    });
    expect(json.resource).toBeUndefined();
  });

  test('a warning lets it pass and stays on the construct', () => {
    terraform((stack) => {
      const database = new PostgresDatabase(stack, 'Database', { ...INSTANCE, version: '15.18' });
      expect(ids(database.node.metadata.map(({ data }) => data))).toEqual(['postgres-minor-is-left-to-upgrades']);
    });
  });

  test('the instance is the default child, the way out for what has no prop', () => {
    const json = terraform((stack) => {
      const database = new PostgresDatabase(stack, 'Database', INSTANCE);
      const child = database.node.defaultChild;
      if (child instanceof DbInstance) child.blueGreenUpdate.enabled = true;
      expect(database.key.node.defaultChild).toBeInstanceOf(KmsKey);
    });
    expect(onlyResource(json, 'aws_db_instance').blue_green_update).toEqual({ enabled: true });
  });

  test('what others refer to is there', () => {
    const json = terraform((stack) => {
      const database = new PostgresDatabase(stack, 'Database', INSTANCE);
      new TerraformLocal(stack, 'References', [
        database.endpointAddress,
        database.arn,
        database.resourceId,
        database.securityGroupId,
        database.subnetGroupName,
        database.parameterGroupName,
      ]);
    });
    const [references] = Object.values<string[]>(json.locals);
    expect(references?.map((reference) => reference.replace(/^\$\{(\w+)\.Database_\w+\.(\w+)}$/, '$1 $2'))).toEqual([
      'aws_db_instance address',
      'aws_db_instance arn',
      'aws_db_instance resource_id',
      'aws_security_group id',
      'aws_db_subnet_group name',
      'aws_db_parameter_group name',
    ]);
  });

  test('paths of what holds data never change', () => {
    let paths: string[] = [];
    terraform((stack) => {
      new PostgresDatabase(stack, 'Database', { ...INSTANCE, roles: ['auth-service'] });
      const holdsData = /^aws_(db_instance|kms_key|secretsmanager_secret|cloudwatch_log_group)$/;
      paths = stack.node
        .findAll()
        .filter((node) => TerraformResource.isTerraformResource(node) && holdsData.test(node.terraformResourceType))
        .map(({ node }) => node.path);
    });
    expect(paths.sort()).toEqual([
      'test/Database/Key/Resource',
      'test/Database/Observation/Logs-postgresql/Resource',
      'test/Database/Observation/Logs-upgrade/Resource',
      'test/Database/Resource',
      'test/Database/Secrets/Drawn/Resource',
      'test/Database/Secrets/Master/Resource',
      'test/Database/Secrets/Role-auth-service/Resource',
    ]);
  });
});
