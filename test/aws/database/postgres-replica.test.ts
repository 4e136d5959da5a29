import { DbInstance } from '@cdktf/provider-aws/lib/db-instance';
import { TerraformResource } from 'cdktf';
import { PostgresDatabase } from '../../../lib/aws/database/postgres-database';
import { PostgresReplica } from '../../../lib/aws/database/postgres-replica';
import type { PostgresReplicaProps } from '../../../lib/aws/database/postgres-replica-props';
import { EncryptionKey } from '../../../lib/aws/secrets/encryption-key';
import { Duration, Memory } from '../../../lib/units';
import { ids, refused } from '../../support/findings';
import { ALFRED, DECLARED, INSTANCE } from '../../support/postgres';
import { STANDBY } from '../../support/postgres-replica';
import { readable, referred } from '../../support/references';
import { type Block, onlyResource, resources, terraform } from '../../support/terraform';
import { terraformFaults } from '../../support/terraform-faults';

const synth = (parts: Partial<PostgresReplicaProps> = {}): Block =>
  terraform((stack) => {
    new PostgresReplica(stack, 'Database', { ...STANDBY, ...parts });
  });

/** In the region of its source, under the source's key. */
const neighbour = (parts: Partial<PostgresReplicaProps> = {}): Block =>
  terraform((stack) => {
    const key = new EncryptionKey(stack, 'Shared', { alias: 'data', description: 'all data', users: ['logs'] });
    new PostgresReplica(stack, 'Database', { ...STANDBY, region: 'us-west-2', key, ...parts });
  });

const instance = (parts: Partial<PostgresReplicaProps> = {}): Block => onlyResource(synth(parts), 'aws_db_instance');

/** What Terraform or the provider would refuse, but for the provider itself, which a bare stack does not configure. */
const faults = (json: Block): string[] =>
  terraformFaults(json).filter((fault) => fault !== 'required_providers.aws is required');

describe('what it follows', () => {
  test('is known by its name, in its own region and the account of the stack', () => {
    expect(readable(instance().replicate_source_db)).toBe(
      'arn:<aws_partition.partition>:rds:us-west-2:<aws_caller_identity.account_id>:db:acgs-production-main',
    );
  });

  test('is known by its ARN in the same region too, or RDS would refuse the subnet group', () => {
    const json = onlyResource(neighbour(), 'aws_db_instance');
    expect(readable(json.replicate_source_db)).toMatch(/^arn:.*:rds:us-west-2:.*:db:acgs-production-main$/);
    expect(json.db_subnet_group_name).toContain('aws_db_subnet_group.');
  });

  test.each(['username', 'password', 'password_wo', 'manage_master_user_password', 'db_name', 'engine'])(
    'gives it %s, which nobody declares again',
    (name) => expect(instance()).not.toHaveProperty(name),
  );

  test('gives it the storage of the start', () => expect(instance()).not.toHaveProperty('allocated_storage'));

  test('decides its version: the major stands there for promotion, and is left alone', () => {
    expect(instance()).toMatchObject({ engine_version: '15', lifecycle: { ignore_changes: ['engine_version'] } });
  });

  test('gives it the family of its parameters, and their values', () => {
    const json = synth({ primary: { ...DECLARED, ...ALFRED, version: '16' } });
    const group = onlyResource(json, 'aws_db_parameter_group');
    expect(group.family).toBe('postgres16');
    expect(group.parameter).toContainEqual({ name: 'work_mem', value: '4096', apply_method: 'immediate' });
    expect(onlyResource(json, 'aws_db_instance').engine_version).toBe('16');
  });

  test.each<{ it: string; primary: Partial<typeof DECLARED>; expected: Block }>([
    { it: 'growth', primary: {}, expected: { max_allocated_storage: 1000 } },
    { it: 'operations', primary: { iops: 16_000 }, expected: { iops: 16_000 } },
    { it: 'throughput', primary: { throughputMibps: 3000 }, expected: { iops: 12_000, storage_throughput: 3000 } },
    { it: 'port', primary: { port: 5439 }, expected: { port: 5439 } },
    { it: 'one zone', primary: { multiAz: false }, expected: { multi_az: false } },
  ])('gives it $it unless it says otherwise', ({ primary, expected }) => {
    expect(instance({ primary: { ...DECLARED, ...primary } })).toMatchObject(expected);
  });

  test('gives no argument that the provider does not take', () => {
    expect(faults(synth())).toEqual([]);
    expect(faults(neighbour())).toEqual([]);
  });
});

describe('what stands in its region', () => {
  const json = synth();
  const bare = onlyResource(json, 'aws_db_instance');

  test.each<[string, Block]>([
    ['CKV_AWS_16, storage is encrypted', { storage_encrypted: true }],
    ['CKV_AWS_17, nobody reaches it from outside', { publicly_accessible: false }],
    ['CKV_AWS_118, the system is measured', { monitoring_interval: 60 }],
    ['CKV_AWS_129, logs leave the instance', { enabled_cloudwatch_logs_exports: ['postgresql', 'upgrade'] }],
    ['CKV_AWS_133, backups are kept, as promotion and further replicas need', { backup_retention_period: 30 }],
    ['CKV_AWS_157, a standby runs in another zone', { multi_az: true }],
    ['CKV_AWS_161, IAM may authenticate', { iam_database_authentication_enabled: true }],
    ['CKV_AWS_211, the CA is a current one', { ca_cert_identifier: 'rds-ca-rsa2048-g1' }],
    ['CKV_AWS_226, minors follow', { auto_minor_version_upgrade: true }],
    ['CKV_AWS_293, deletion is refused', { deletion_protection: true }],
    ['CKV_AWS_353, insights are on', { performance_insights_enabled: true, performance_insights_retention_period: 7 }],
    ['CKV2_AWS_60, snapshots carry the tags', { copy_tags_to_snapshot: true }],
    ['storage is gp3', { storage_type: 'gp3' }],
    ['changes wait for their window', { apply_immediately: false }],
    ['Terraform waits for the snapshot to travel', { timeouts: { create: '240m', update: '120m', delete: '120m' } }],
  ])('%s', (_, expected) => {
    expect(bare).toMatchObject(expected);
  });

  test('CKV2_AWS_69, connections are encrypted', () => {
    expect(onlyResource(json, 'aws_db_parameter_group').parameter).toContainEqual(
      expect.objectContaining({ name: 'rds.force_ssl', value: '1' }),
    );
    expect(bare.parameter_group_name).toContain('aws_db_parameter_group.');
  });

  test('CKV_AWS_354, 149 and 158: a key of this region for storage, insights, endpoint and logs', () => {
    const arn = `\${aws_kms_key.${Object.keys(json.resource.aws_kms_key)[0]}.arn}`;
    expect(bare).toMatchObject({ kms_key_id: arn, performance_insights_kms_key_id: arn });
    expect(onlyResource(json, 'aws_secretsmanager_secret').kms_key_id).toBe(arn);
    for (const group of resources(json, 'aws_cloudwatch_log_group')) expect(group.kms_key_id).toBe(arn);
    expect(onlyResource(json, 'aws_kms_key')).not.toHaveProperty('region');
    expect(onlyResource(json, 'aws_kms_alias').name).toBe('alias/rds/acgs-production-dr-main');
  });

  test('in the region of its source RDS picks the key, and no other is named', () => {
    const near = neighbour();
    expect(onlyResource(near, 'aws_db_instance')).not.toHaveProperty('kms_key_id');
    expect(onlyResource(near, 'aws_db_instance').performance_insights_kms_key_id).toContain('aws_kms_key.');
    expect(resources(near, 'aws_kms_key')).toHaveLength(1);
  });

  test('it stands in subnets of its own behind a group of its own, on one port', () => {
    expect(onlyResource(json, 'aws_db_subnet_group')).toMatchObject({
      name: 'acgs-production-dr-main',
      subnet_ids: ['subnet-0c', 'subnet-0d'],
    });
    expect(onlyResource(json, 'aws_security_group').vpc_id).toBe('vpc-0c1d');
    expect(onlyResource(json, 'aws_vpc_security_group_ingress_rule')).toMatchObject({
      cidr_ipv4: '10.1.0.0/18',
      from_port: 5432,
      to_port: 5432,
    });
    expect(bare.db_subnet_group_name).toContain('aws_db_subnet_group.');
    expect(bare.vpc_security_group_ids).toEqual([expect.stringContaining('aws_security_group.')]);
  });

  test('log groups and the right to measure exist before it', () => {
    expect(bare.depends_on).toHaveLength(3);
    const names = resources(json, 'aws_cloudwatch_log_group').map(({ name }) => name);
    expect(names.sort()).toEqual([
      '/aws/rds/instance/acgs-production-dr-main/postgresql',
      '/aws/rds/instance/acgs-production-dr-main/upgrade',
    ]);
  });

  test.each<{ it: string; parts: Partial<PostgresReplicaProps>; expected: Block }>([
    { it: 'a class', parts: { instanceClass: 'db.r5.2xlarge' }, expected: { instance_class: 'db.r5.2xlarge' } },
    { it: 'a port', parts: { port: 5440 }, expected: { port: 5440 } },
    { it: 'one zone', parts: { multiAz: false }, expected: { multi_az: false } },
    { it: 'growth', parts: { maxStorage: Memory.gib(2000) }, expected: { max_allocated_storage: 2000 } },
    { it: 'a week of backups', parts: { backupRetention: Duration.days(7) }, expected: { backup_retention_period: 7 } },
    { it: 'deletion', parts: { deletionProtection: false }, expected: { deletion_protection: false } },
    {
      it: 'windows',
      parts: { backupWindow: '07:00-08:00', maintenanceWindow: 'sun:09:00-sun:10:00' },
      expected: { backup_window: '07:00-08:00', maintenance_window: 'sun:09:00-sun:10:00' },
    },
    { it: 'advanced insights', parts: { insights: 'advanced' }, expected: { database_insights_mode: 'advanced' } },
    { it: 'a closer look', parts: { monitoringInterval: Duration.seconds(5) }, expected: { monitoring_interval: 5 } },
  ])('$it is its own to declare', ({ parts, expected }) => {
    expect(instance(parts)).toMatchObject(expected);
  });

  test('connections reach the parameter group', () => {
    expect(onlyResource(synth({ maxConnections: 1200 }), 'aws_db_parameter_group').parameter).toContainEqual({
      name: 'max_connections',
      value: '1200',
      apply_method: 'pending-reboot',
    });
  });

  test.each([
    { prop: 'maxWorkerProcesses', name: 'max_worker_processes' },
    { prop: 'maxWalSenders', name: 'max_wal_senders' },
    { prop: 'maxPreparedTransactions', name: 'max_prepared_transactions' },
    { prop: 'maxLocksPerTransaction', name: 'max_locks_per_transaction' },
  ])("$name is the primary's $prop, and waits for a restart", ({ prop, name }) => {
    const json = synth({ primary: { ...DECLARED, parameters: { [prop]: 99 } }, established: true });
    expect(onlyResource(json, 'aws_db_parameter_group').parameter).toContainEqual({
      name,
      value: '99',
      apply_method: 'pending-reboot',
    });
  });

  test('logs are kept as long as is said', () => {
    for (const group of resources(synth({ logRetention: Duration.days(90) }), 'aws_cloudwatch_log_group')) {
      expect(group.retention_in_days).toBe(90);
    }
  });
});

describe('the endpoint', () => {
  const endpoint = (parts: Partial<PostgresReplicaProps> = {}) => {
    const json = synth(parts);
    return {
      secret: onlyResource(json, 'aws_secretsmanager_secret'),
      content: readable(onlyResource(json, 'aws_secretsmanager_secret_version').secret_string),
    };
  };

  test('is everything of a connection but who enters', () => {
    expect(endpoint({ endpointSecretName: 'acgs/production-dr/main/endpoint' }).content).toMatch(
      /^\$\{jsonencode\(\{"engine" = "postgres", "host" = aws_db_instance\.\w+\.address, "port" = 5432, "dbname" = "acgs"\}\)\}$/,
    );
  });

  test('has a declared name and time to be restored', () => {
    expect(endpoint({ endpointSecretName: 'acgs/production-dr/main/endpoint' }).secret).toMatchObject({
      name: 'acgs/production-dr/main/endpoint',
      recovery_window_in_days: 30,
    });
    expect(endpoint({ secretRecoveryWindow: Duration.days(0) }).secret.recovery_window_in_days).toBe(0);
    expect(endpoint().secret.name).toBe('acgs-production-dr-main/endpoint');
  });

  test('says the port and the database that are declared', () => {
    const { content } = endpoint({ port: 5439, primary: { ...DECLARED, databaseName: 'alfred' } });
    expect(content).toContain('"port" = 5439');
    expect(content).toContain('"dbname" = "alfred"');
  });

  test("replaces fields that a copy of the primary's secret has, and adds none", () => {
    const primary = terraform((stack) => {
      new PostgresDatabase(stack, 'Database', { ...INSTANCE, roles: ['auth-service'] });
    });
    const fieldsOf = (content: string) => [...content.matchAll(/"(\w+)" = /g)].map(([, field]) => field);
    const [role] = resources(primary, 'aws_secretsmanager_secret_version')
      .map(({ secret_string_wo: content }) => content)
      .filter((content) => content.includes('auth-service'));
    const own = fieldsOf(endpoint().content);
    expect(fieldsOf(role).filter((field) => !own.includes(field))).toEqual(['username', 'password']);
    expect(own.filter((field) => !fieldsOf(role).includes(field))).toEqual([]);
  });

  test('draws no password: a replica needs neither Terraform 1.11 nor another provider', () => {
    const json = synth();
    expect(json.ephemeral).toBeUndefined();
    expect(json.terraform?.required_version).toBeUndefined();
  });
});

describe('what is left of it', () => {
  const lifecycle = (parts: Partial<PostgresReplicaProps>) => onlyResource(synth(parts), 'aws_kms_key').lifecycle;
  const none = { noneBecause: 'made anew from the primary' } as const;

  test('is nothing while it follows: RDS refuses a final snapshot of a replica', () => {
    for (const parts of [{}, { finalSnapshot: 'acgs-2026' }]) {
      expect(instance(parts)).toMatchObject({ skip_final_snapshot: true, delete_automated_backups: true });
      expect(instance(parts)).not.toHaveProperty('final_snapshot_identifier');
      expect(lifecycle(parts)).toBeUndefined();
    }
  });

  test('is what a database leaves once it is promoted', () => {
    expect(instance({ promoted: true })).toMatchObject({
      skip_final_snapshot: false,
      final_snapshot_identifier: 'acgs-production-dr-main-final',
      delete_automated_backups: false,
    });
    expect(instance({ promoted: true, finalSnapshot: 'acgs-2026' }).final_snapshot_identifier).toBe('acgs-2026');
    expect(lifecycle({ promoted: true })).toEqual({ prevent_destroy: true });
  });

  test('is nothing of a promoted one either, if that is declared', () => {
    const parts = { promoted: true, deletionProtection: false, finalSnapshot: none };
    expect(instance(parts)).toMatchObject({ skip_final_snapshot: true, delete_automated_backups: true });
    expect(lifecycle(parts)).toBeUndefined();
  });
});

describe('promotion', () => {
  const before = instance();

  test('ends replication in place and changes nothing that clients see', () => {
    const after = instance({ promoted: true });
    const changed = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
      (name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]),
    );
    expect(changed.sort()).toEqual([
      'delete_automated_backups',
      'final_snapshot_identifier',
      'replicate_source_db',
      'skip_final_snapshot',
    ]);
    expect(after).not.toHaveProperty('replicate_source_db');
  });

  test('has only a replica to start from: Terraform is told too little to make an empty database', () => {
    const missing = faults(synth({ promoted: true })).map((fault) => fault.replace(/^.*: /, ''));
    expect(missing).toEqual([
      'engine is required unless it copies another database',
      'username is required unless it copies another database',
      'allocated_storage is required unless it copies another database',
    ]);
  });

  test('ends as a database of the same id, at the same addresses and under the same key', () => {
    const database = terraform((stack) => {
      new PostgresDatabase(stack, 'Database', {
        ...INSTANCE,
        identifier: STANDBY.identifier,
        vpcId: STANDBY.vpcId,
        subnetIds: STANDBY.subnetIds,
        allowedFrom: STANDBY.allowedFrom,
      });
    });
    const replica = synth({ promoted: true });
    const own = ['aws_secretsmanager_secret', 'aws_secretsmanager_secret_version'];
    for (const type of Object.keys(replica.resource).filter((name) => !own.includes(name))) {
      expect([type, Object.keys(database.resource[type])]).toEqual([type, Object.keys(replica.resource[type])]);
    }
    // the provider replaces an instance when one of these changes
    const [now, then] = [replica, database].map((json) => onlyResource(json, 'aws_db_instance'));
    for (const name of ['kms_key_id', 'storage_encrypted', 'identifier', 'engine_version', 'db_subnet_group_name']) {
      expect([name, then?.[name]]).toEqual([name, now?.[name]]);
    }
  });
});

describe('construction', () => {
  test('what others refer to is there', () => {
    let known: unknown;
    const attributes = referred((stack) => {
      const replica = new PostgresReplica(stack, 'Database', STANDBY);
      known = [replica.identifier, replica.port, replica.endpointSecretName];
      expect(replica.node.defaultChild).toBeInstanceOf(DbInstance);
      expect(replica.key).toBeInstanceOf(EncryptionKey);
      return {
        endpointAddress: replica.endpointAddress,
        arn: replica.arn,
        resourceId: replica.resourceId,
        securityGroupId: replica.securityGroupId,
        subnetGroupName: replica.subnetGroupName,
        parameterGroupName: replica.parameterGroupName,
      };
    });
    expect(known).toEqual(['acgs-production-dr-main', 5432, 'acgs-production-dr-main/endpoint']);
    expect(attributes).toEqual({
      endpointAddress: '<aws_db_instance.address>',
      arn: '<aws_db_instance.arn>',
      resourceId: '<aws_db_instance.resource_id>',
      securityGroupId: '<aws_security_group.id>',
      subnetGroupName: '<aws_db_subnet_group.name>',
      parameterGroupName: '<aws_db_parameter_group.name>',
    });
  });

  test('an error names every fault and leaves nothing behind', () => {
    const json = terraform((stack) => {
      const wrong = { ...STANDBY, maxConnections: 900, region: 'east', port: 1 };
      expect(refused(() => new PostgresReplica(stack, 'Database', wrong)).sort()).toEqual([
        'postgres-port-is-allowed',
        'postgres-replica-has-its-primarys-room',
        'postgres-replica-regions-are-well-formed',
      ]);
    });
    expect(json.resource).toBeUndefined();
  });

  test('a warning lets it pass and stays on the construct', () => {
    terraform((stack) => {
      const replica = new PostgresReplica(stack, 'Database', { ...STANDBY, maxConnections: 5000 });
      expect(ids(replica.node.metadata.map(({ data }) => data))).toContain('postgres-connections-fit-memory');
    });
  });

  test('the same props give the same bytes', () => {
    expect(JSON.stringify(synth())).toBe(JSON.stringify(synth()));
  });

  test('paths of what holds data never change', () => {
    let paths: string[] = [];
    terraform((stack) => {
      new PostgresReplica(stack, 'Database', STANDBY);
      const holdsData = /^aws_(db_instance|kms_key|secretsmanager_secret|cloudwatch_log_group)$/;
      paths = stack.node
        .findAll()
        .filter((node) => TerraformResource.isTerraformResource(node) && holdsData.test(node.terraformResourceType))
        .map(({ node }) => node.path);
    });
    expect(paths.sort()).toEqual([
      'test/Database/Endpoint/Resource',
      'test/Database/Key/Resource',
      'test/Database/Observation/Logs-postgresql/Resource',
      'test/Database/Observation/Logs-upgrade/Resource',
      'test/Database/Resource',
    ]);
  });
});
