import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { TerraformResource } from 'cdktf';
import { RedisReplicationGroup } from '../../../lib/aws/cache/redis-replication-group';
import type { RedisReplicationGroupProps } from '../../../lib/aws/cache/redis-replication-group-props';
import { EncryptionKey } from '../../../lib/aws/secrets/encryption-key';
import { WARNING_METADATA } from '../../../lib/check';
import { Duration, Percent } from '../../../lib/units';
import { CACHE } from '../../support/cache';
import { referred } from '../../support/references';
import { type Block, onlyResource, resources, terraform } from '../../support/terraform';
import { terraformFaults } from '../../support/terraform-faults';

type Parts = Partial<RedisReplicationGroupProps>;

const synth = (parts: Parts = {}): Block =>
  terraform((stack) => {
    new RedisReplicationGroup(stack, 'Cache', { ...CACHE, ...parts });
  });

const groupOf = (parts: Parts = {}): Block => onlyResource(synth(parts), 'aws_elasticache_replication_group');

const CLUSTER: Parts = { shards: 3 };

describe('out of the box', () => {
  const json = synth();
  const group = onlyResource(json, 'aws_elasticache_replication_group');

  test.each([
    ['CKV_AWS_29, data is encrypted at rest', { at_rest_encryption_enabled: 'true' }],
    ['CKV_AWS_30, and on the way', { transit_encryption_enabled: true, transit_encryption_mode: 'required' }],
    ['CKV_AWS_31, nobody enters without a password', { user_group_ids: [expect.stringContaining('user_group')] }],
    ['CKV_AWS_134, snapshots are kept', { snapshot_retention_limit: 7 }],
    ['CKV_AWS_191, the key is a customer key', { kms_key_id: expect.stringContaining('aws_kms_key.') }],
    ['CKV_AWS_322, minors follow', { auto_minor_version_upgrade: 'true' }],
    [
      'CKV_AWS_323, subnets are its own',
      { subnet_group_name: expect.stringContaining('aws_elasticache_subnet_group') },
    ],
    ['CKV2_AWS_50, a replica in another zone takes over', { multi_az_enabled: true, automatic_failover_enabled: true }],
    ['a last snapshot remains', { final_snapshot_identifier: 'acgs-production-cache-final' }],
    ['Terraform refuses to destroy it', { lifecycle: { prevent_destroy: true } }],
    ['changes wait for their window', { apply_immediately: false }],
    ['it is a Valkey', { engine: 'valkey', engine_version: '8.2', node_type: 'cache.r7g.large', port: 6379 }],
    ['it has a primary and a replica', { cluster_mode: 'disabled', num_cache_clusters: 2 }],
    ['Terraform waits long enough', { timeouts: { create: '60m', update: '180m', delete: '60m' } }],
  ])('%s', (_, expected) => {
    expect(group).toMatchObject(expected);
  });

  test('windows are left to the region, and nobody is told', () => {
    for (const argument of ['snapshot_window', 'maintenance_window', 'notification_topic_arn', 'tags']) {
      expect(group).not.toHaveProperty(argument);
    }
    expect(group.lifecycle).not.toHaveProperty('ignore_changes');
  });

  test('CKV_AWS_149 and 158: one key of its own for data, logs and secrets', () => {
    const [name] = Object.keys(json.resource.aws_kms_key);
    const arn = `\${aws_kms_key.${name}.arn}`;
    expect(group.kms_key_id).toBe(arn);
    for (const secret of resources(json, 'aws_secretsmanager_secret')) expect(secret.kms_key_id).toBe(arn);
    for (const log of resources(json, 'aws_cloudwatch_log_group')) expect(log.kms_key_id).toBe(arn);
    expect(onlyResource(json, 'aws_kms_key')).toMatchObject({
      lifecycle: { prevent_destroy: true },
      policy: expect.stringContaining('"Sid":"ForLogs"'),
    });
    expect(onlyResource(json, 'aws_kms_alias').name).toBe('alias/elasticache/acgs-production-cache');
  });

  test('slow commands and engine messages go to encrypted log groups that are there first', () => {
    expect(
      resources(json, 'aws_cloudwatch_log_group').map(({ name, retention_in_days }) => [name, retention_in_days]),
    ).toEqual(
      expect.arrayContaining([
        ['/aws/vendedlogs/elasticache/acgs-production-cache/slow-log', 365],
        ['/aws/vendedlogs/elasticache/acgs-production-cache/engine-log', 365],
      ]),
    );
    const logs: Block[] = group.log_delivery_configuration;
    expect(logs.map(({ destination, ...rest }) => [destination.split('.')[0], rest])).toEqual([
      ['${aws_cloudwatch_log_group', { destination_type: 'cloudwatch-logs', log_format: 'json', log_type: 'slow-log' }],
      [
        '${aws_cloudwatch_log_group',
        { destination_type: 'cloudwatch-logs', log_format: 'json', log_type: 'engine-log' },
      ],
    ]);
    expect(group.depends_on.map((address: string) => address.split('.')[0])).toEqual([
      'aws_cloudwatch_log_group',
      'aws_cloudwatch_log_group',
    ]);
  });

  test('CKV_AWS_23: only the listed clients come in, each with a reason, and nothing goes out', () => {
    expect(onlyResource(json, 'aws_security_group')).toMatchObject({
      description: 'Clients of ElastiCache acgs-production-cache',
      lifecycle: { create_before_destroy: true },
    });
    expect(onlyResource(json, 'aws_vpc_security_group_ingress_rule')).toMatchObject({
      cidr_ipv4: '10.0.0.0/18',
      description: 'pods of the cluster',
      from_port: 6379,
      to_port: 6379,
      ip_protocol: 'tcp',
    });
    expect(resources(json, 'aws_vpc_security_group_egress_rule')).toEqual([]);
  });

  test('it stands in the declared subnets', () => {
    expect(onlyResource(json, 'aws_elasticache_subnet_group')).toMatchObject({
      name: 'acgs-production-cache',
      subnet_ids: ['subnet-0a', 'subnet-0b'],
    });
  });
});

describe('what Terraform reads', () => {
  /** The hand-kept table of ephemeral resources may not have the one of Secrets Manager. */
  const isKnownGap = (fault: string): boolean => fault.includes('ephemeral.aws_secretsmanager_secret_version');

  test.each<[string, Parts]>([
    ['the defaults', {}],
    ['a cluster', CLUSTER],
    [
      'everything',
      {
        ...CLUSTER,
        snapshotWindow: '07:00-08:00',
        maintenanceWindow: 'sun:09:00-sun:10:00',
        notificationTopicArn: 'arn:aws:sns:us-west-2:123456789012:alarms',
        keyspaceEvents: 'Ex',
        minReplicasToWrite: 1,
        replicasPerShard: 2,
        idleTimeout: Duration.seconds(300),
        reservedMemory: Percent.of(30),
        passwordVersion: 2,
        acceptedPasswords: 'current-and-previous',
        tags: { team: 'core' },
      },
    ],
    ['Redis OSS 6.2', { engine: 'redis', version: '6.2' }],
  ])('is known to the provider: %s', (_, parts) => {
    const json = terraform((stack) => {
      new AwsProvider(stack, 'Aws', { region: 'us-west-2' });
      stack.addOverride('terraform.required_providers.aws.source', 'hashicorp/aws');
      new RedisReplicationGroup(stack, 'Cache', { ...CACHE, ...parts });
    });
    expect(terraformFaults(json).filter((fault) => !isKnownGap(fault))).toEqual([]);
  });

  test('two syntheses give the same bytes', () => {
    expect(JSON.stringify(synth(CLUSTER))).toBe(JSON.stringify(synth(CLUSTER)));
  });

  test('props that are given as undefined count as left out', () => {
    const optional = [
      ...['engine', 'version', 'allowExtendedSupport', 'shards', 'clusterMode', 'replicasPerShard', 'port', 'eviction'],
      ...['multiAz', 'minReplicasToWrite', 'reservedMemory', 'idleTimeout', 'keyspaceEvents', 'snapshotRetention'],
      ...['snapshotWindow', 'maintenanceWindow', 'deletionProtection', 'finalSnapshot', 'secretRecoveryWindow', 'key'],
      ...['passwordVersion', 'acceptedPasswords', 'logRetention', 'notificationTopicArn', 'changes', 'tags'],
    ];
    const undefinedProps = Object.fromEntries(optional.map((name) => [name, undefined])) as Parts;
    expect(JSON.stringify(synth(undefinedProps))).toBe(JSON.stringify(synth()));
  });
});

describe('shards and replicas', () => {
  test.each<{ it: string; parts: Parts; expected: Block; absent: string[] }>([
    {
      it: 'a cluster counts shards and their replicas',
      parts: { shards: 3, replicasPerShard: 2 },
      expected: { cluster_mode: 'enabled', num_node_groups: 3, replicas_per_node_group: 2 },
      absent: ['num_cache_clusters'],
    },
    {
      it: 'a cluster of one shard does too',
      parts: { clusterMode: true },
      expected: { cluster_mode: 'enabled', num_node_groups: 1, replicas_per_node_group: 1 },
      absent: ['num_cache_clusters'],
    },
    {
      it: 'without cluster mode nodes are counted',
      parts: { replicasPerShard: 5 },
      expected: { cluster_mode: 'disabled', num_cache_clusters: 6 },
      absent: ['num_node_groups', 'replicas_per_node_group'],
    },
    {
      it: 'a single node has nobody to take over',
      parts: { replicasPerShard: 0, multiAz: false },
      expected: { num_cache_clusters: 1, automatic_failover_enabled: false, multi_az_enabled: false },
      absent: [],
    },
    {
      it: 'a cluster has its failover whatever its replicas, as ElastiCache demands',
      parts: { shards: 3, replicasPerShard: 0, multiAz: false },
      expected: { automatic_failover_enabled: true, multi_az_enabled: false },
      absent: [],
    },
    {
      it: 'replicas in one zone take over too',
      parts: { multiAz: false },
      expected: { automatic_failover_enabled: true, multi_az_enabled: false },
      absent: [],
    },
  ])('$it', ({ parts, expected, absent }) => {
    const group = groupOf(parts);
    expect(group).toMatchObject(expected);
    for (const argument of absent) expect(group).not.toHaveProperty(argument);
  });

  test('more of them change the group and nothing else', () => {
    const changed = (from: Parts, to: Parts): string[] => {
      const [before, after] = [synth(from), synth(to)];
      const types = Object.keys(after.resource).filter(
        (type) => JSON.stringify(after.resource[type]) !== JSON.stringify(before.resource[type]),
      );
      const [one, other] = [before, after].map((json) => onlyResource(json, 'aws_elasticache_replication_group'));
      return [
        ...types,
        ...Object.keys(other).filter((name) => JSON.stringify(other[name]) !== JSON.stringify(one[name])),
      ];
    };
    const group = 'aws_elasticache_replication_group';
    expect(changed({ shards: 3 }, { shards: 5 })).toEqual([group, 'num_node_groups']);
    expect(changed({}, { replicasPerShard: 2 })).toEqual([group, 'num_cache_clusters']);
    expect(changed({}, { nodeType: 'cache.r7g.xlarge' })).toEqual([group, 'node_type']);
  });
});

describe('declared choices', () => {
  test.each<[string, Parts, Block]>([
    [
      'windows',
      { snapshotWindow: '07:00-08:00', maintenanceWindow: 'sun:09:00-sun:10:00' },
      { snapshot_window: '07:00-08:00', maintenance_window: 'sun:09:00-sun:10:00' },
    ],
    ['no snapshots', { snapshotRetention: Duration.days(0) }, { snapshot_retention_limit: 0 }],
    ['changes at once', { changes: 'at-once' }, { apply_immediately: true }],
    [
      'a topic',
      { notificationTopicArn: 'arn:aws:sns:us-west-2:123456789012:t' },
      { notification_topic_arn: 'arn:aws:sns:us-west-2:123456789012:t' },
    ],
    ['tags', { tags: { team: 'core' } }, { tags: { team: 'core' } }],
    [
      'a name for the last snapshot',
      { finalSnapshot: 'before-the-move' },
      { final_snapshot_identifier: 'before-the-move' },
    ],
    ['another port', { port: 6389 }, { port: 6389 }],
    ['Redis OSS', { engine: 'redis' }, { engine: 'redis', engine_version: '7.1', transit_encryption_mode: 'required' }],
  ])('%s', (_, parts, expected) => {
    expect(groupOf(parts)).toMatchObject(expected);
  });

  test('before version 7 TLS is on without a mode, which did not exist', () => {
    const group = groupOf({ engine: 'redis', version: '6.2' });
    expect(group).toMatchObject({ transit_encryption_enabled: true });
    expect(group).not.toHaveProperty('transit_encryption_mode');
  });

  test('a given key takes the place of its own', () => {
    const json = terraform((stack) => {
      const key = new EncryptionKey(stack, 'Key', { alias: 'caches', description: 'Caches', users: ['logs'] });
      new RedisReplicationGroup(stack, 'Cache', { ...CACHE, key });
    });
    const [name] = Object.keys(json.resource.aws_kms_key);
    expect(resources(json, 'aws_kms_key')).toHaveLength(1);
    expect(onlyResource(json, 'aws_elasticache_replication_group').kms_key_id).toBe(`\${aws_kms_key.${name}.arn}`);
  });

  test('what is made anew leaves nothing behind', () => {
    const json = synth({
      deletionProtection: false,
      finalSnapshot: { noneBecause: 'made anew from the database' },
      secretRecoveryWindow: Duration.days(0),
    });
    const group = onlyResource(json, 'aws_elasticache_replication_group');
    expect(group).not.toHaveProperty('final_snapshot_identifier');
    expect(group).not.toHaveProperty('lifecycle');
    expect(onlyResource(json, 'aws_kms_key')).not.toHaveProperty('lifecycle');
    const secrets = resources(json, 'aws_secretsmanager_secret');
    expect(secrets.map(({ recovery_window_in_days }) => recovery_window_in_days)).toEqual([0, 0]);
  });

  test('logs are kept as long as is declared', () => {
    const groups = resources(synth({ logRetention: Duration.days(30) }), 'aws_cloudwatch_log_group');
    expect(groups.map(({ retention_in_days }) => retention_in_days)).toEqual([30, 30]);
  });

  test('a client may be a security group', () => {
    const json = synth({ allowedFrom: [{ securityGroupId: 'sg-1', description: 'nodes' }] });
    const rule = onlyResource(json, 'aws_vpc_security_group_ingress_rule');
    expect(rule).toMatchObject({ referenced_security_group_id: 'sg-1', description: 'nodes' });
    expect(rule).not.toHaveProperty('cidr_ipv4');
  });
});

describe('attributes', () => {
  const attributes = (parts: Parts) => {
    let known: unknown;
    const references = referred((stack) => {
      const cache = new RedisReplicationGroup(stack, 'Cache', { ...CACHE, ...parts });
      const { identifier, port, secretName, primaryEndpoint, configurationEndpoint } = cache;
      const endpoints = [primaryEndpoint, configurationEndpoint].map((endpoint) => endpoint !== undefined);
      known = { identifier, port, secretName, endpoints };
      return {
        host: cache.host,
        arn: cache.arn,
        group: cache.securityGroupId,
        users: cache.userGroupId,
        key: cache.key.arn,
        endpoint: primaryEndpoint ?? configurationEndpoint ?? '',
      };
    });
    return { known, references };
  };

  const shared = {
    arn: '<aws_elasticache_replication_group.arn>',
    group: '<aws_security_group.id>',
    users: '<aws_elasticache_user_group.user_group_id>',
    key: '<aws_kms_key.arn>',
  };
  const identifier = 'acgs-production-cache';
  const secretName = 'acgs/production/cache/auth';

  test('without cluster mode the host follows the primary', () => {
    const host = '<aws_elasticache_replication_group.primary_endpoint_address>';
    expect(attributes({ port: 6389 })).toEqual({
      known: { identifier, port: 6389, secretName, endpoints: [true, false] },
      references: { ...shared, host, endpoint: host },
    });
  });

  test('in cluster mode it is the configuration endpoint', () => {
    const host = '<aws_elasticache_replication_group.configuration_endpoint_address>';
    expect(attributes(CLUSTER)).toEqual({
      known: { identifier, port: 6379, secretName, endpoints: [false, true] },
      references: { ...shared, host, endpoint: host },
    });
  });
});

test('a warning is kept on the construct and stops nothing', () => {
  let warnings: unknown[] = [];
  terraform((stack) => {
    const cache = new RedisReplicationGroup(stack, 'Cache', { ...CACHE, nodeType: 'cache.t4g.small' });
    warnings = cache.node.metadata.filter(({ type }) => type === WARNING_METADATA).map(({ data }) => data.check);
  });
  expect(warnings).toEqual(['replication-group-node-type-is-not-throttled']);
});

test('what holds data stands at paths that never change', () => {
  const holdsData = /^aws_(elasticache_replication_group|secretsmanager_secret|kms_key|cloudwatch_log_group)$/;
  let paths: string[] = [];
  terraform((stack) => {
    new RedisReplicationGroup(stack, 'Cache', CACHE);
    paths = stack.node
      .findAll()
      .filter((node) => TerraformResource.isTerraformResource(node) && holdsData.test(node.terraformResourceType))
      .map(({ node }) => node.path);
  });
  expect(paths.sort()).toEqual([
    'test/Cache/Key/Resource',
    'test/Cache/Login/Password/Resource',
    'test/Cache/Login/Secret/Resource',
    'test/Cache/Logs/Logs-engine-log/Resource',
    'test/Cache/Logs/Logs-slow-log/Resource',
    'test/Cache/Resource',
  ]);
});
