import { SecureBucket } from '../../../lib/aws/storage/secure-bucket';
import { SECURE_BUCKET_CHECKS } from '../../../lib/aws/storage/secure-bucket-checks';
import type { BucketStatement, SecureBucketProps } from '../../../lib/aws/storage/secure-bucket-props';
import { Duration } from '../../../lib/units';
import { brokenAwsRules } from '../../hardening/aws-rule';
import { AWS_RULES } from '../../hardening/aws-rules';
import { allIds, ids, refused } from '../../support/findings';
import { readable, referred } from '../../support/references';
import { type Block, onlyResource, resources, terraform } from '../../support/terraform';

const valid: SecureBucketProps = { name: 'acgs-production-models' };

const synth = (props: SecureBucketProps = valid): Block =>
  terraform((stack) => {
    new SecureBucket(stack, 'Models', props);
  });

const statements = (props?: SecureBucketProps): Block[] =>
  JSON.parse(readable(onlyResource(synth(props), 'aws_s3_bucket_policy').policy)).Statement;

const housekeeping = (props: Partial<SecureBucketProps> = {}): Block =>
  onlyResource(synth({ ...valid, ...props }), 'aws_s3_bucket_lifecycle_configuration').rule[0];

const encryption = (props?: SecureBucketProps): Block =>
  onlyResource(synth(props), 'aws_s3_bucket_server_side_encryption_configuration').rule[0];

const PARTS = [
  'aws_s3_bucket',
  'aws_s3_bucket_lifecycle_configuration',
  'aws_s3_bucket_logging',
  'aws_s3_bucket_object_lock_configuration',
  'aws_s3_bucket_ownership_controls',
  'aws_s3_bucket_policy',
  'aws_s3_bucket_public_access_block',
  'aws_s3_bucket_replication_configuration',
  'aws_s3_bucket_server_side_encryption_configuration',
  'aws_s3_bucket_versioning',
];

const loadBalancers: BucketStatement = {
  sid: 'LoadBalancersWrite',
  principals: { Service: ['logdelivery.elasticloadbalancing.amazonaws.com'] },
  actions: ['s3:PutObject'],
  paths: ['/alb/AWSLogs/*'],
};

describe('SecureBucket', () => {
  test('is closed to the public, knows no access lists and keeps versions', () => {
    const json = synth();
    expect(onlyResource(json, 'aws_s3_bucket')).toMatchObject({ bucket: 'acgs-production-models' });
    expect(onlyResource(json, 'aws_s3_bucket_public_access_block')).toMatchObject({
      block_public_acls: true,
      block_public_policy: true,
      ignore_public_acls: true,
      restrict_public_buckets: true,
    });
    expect(onlyResource(json, 'aws_s3_bucket_ownership_controls').rule).toEqual({
      object_ownership: 'BucketOwnerEnforced',
    });
    expect(onlyResource(json, 'aws_s3_bucket_versioning').versioning_configuration).toEqual({ status: 'Enabled' });
  });

  test('refuses everybody without TLS 1.2, for itself and its objects', () => {
    const everything = {
      Effect: 'Deny',
      Principal: { AWS: ['*'] },
      Action: ['s3:*'],
      Resource: ['<aws_s3_bucket.arn>', '<aws_s3_bucket.arn>/*'],
    };
    expect(statements()).toEqual([
      { Sid: 'DenyPlainText', ...everything, Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
      { Sid: 'DenyOldTls', ...everything, Condition: { NumericLessThan: { 's3:TlsVersion': '1.2' } } },
    ]);
  });

  test('encrypts with a key of its own, one call for many objects, and takes no key that a request brings', () => {
    expect(onlyResource(synth(), 'aws_kms_alias').name).toBe('alias/s3/acgs-production-models');
    const rule = encryption();
    expect(rule).toMatchObject({ bucket_key_enabled: true, blocked_encryption_types: ['SSE-C'] });
    expect(rule.apply_server_side_encryption_by_default.sse_algorithm).toBe('aws:kms');
    expect(readable(rule.apply_server_side_encryption_by_default.kms_master_key_id)).toBe('<aws_kms_key.arn>');
  });

  test('lets services use that key if told so', () => {
    const json = synth({ ...valid, keyUsers: ['delivery.logs'] });
    expect(onlyResource(json, 'aws_kms_key').policy).toContain('delivery.logs.amazonaws.com');
  });

  test('takes a key that is given, and makes none', () => {
    const props = { ...valid, keyArn: 'arn:aws:kms:us-west-2:123456789012:key/1' };
    expect(resources(synth(props), 'aws_kms_key')).toEqual([]);
    expect(encryption(props).apply_server_side_encryption_by_default).toEqual({
      sse_algorithm: 'aws:kms',
      kms_master_key_id: 'arn:aws:kms:us-west-2:123456789012:key/1',
    });
  });

  test('needs no key where AWS writes with none', () => {
    const props: SecureBucketProps = { ...valid, encryption: 'sse-s3' };
    expect(resources(synth(props), 'aws_kms_key')).toEqual([]);
    expect(encryption(props)).toMatchObject({
      apply_server_side_encryption_by_default: { sse_algorithm: 'AES256' },
      bucket_key_enabled: false,
    });
  });

  test('forgets old versions after 30 days, uploads after 7, and objects never', () => {
    expect(housekeeping()).toMatchObject({
      status: 'Enabled',
      filter: [{ prefix: '' }],
      expiration: [{ expired_object_delete_marker: true }],
      noncurrent_version_expiration: [{ noncurrent_days: 30 }],
      abort_incomplete_multipart_upload: [{ days_after_initiation: 7 }],
    });
  });

  test('forgets as told', () => {
    const told = {
      expiration: Duration.days(90),
      noncurrentExpiration: Duration.days(1),
      abortUploads: Duration.days(2),
    };
    expect(housekeeping(told)).toMatchObject({
      expiration: [{ days: 90 }],
      noncurrent_version_expiration: [{ noncurrent_days: 1 }],
      abort_incomplete_multipart_upload: [{ days_after_initiation: 2 }],
    });
  });

  test('records requests in the bucket that is named, below its own name', () => {
    const logged = (accessLogs: SecureBucketProps['accessLogs']) =>
      onlyResource(synth({ ...valid, ...(accessLogs && { accessLogs }) }), 'aws_s3_bucket_logging');
    expect(logged({ bucket: 'acgs-logs' })).toMatchObject({
      target_bucket: 'acgs-logs',
      target_prefix: 'acgs-production-models/',
    });
    expect(logged({ bucket: 'acgs-logs', prefix: 's3/models/' }).target_prefix).toBe('s3/models/');
    expect(resources(synth(), 'aws_s3_bucket_logging')).toEqual([]);
  });

  test('holds new versions as told, and is made ready for that from its first day', () => {
    const json = synth({ ...valid, objectLock: { mode: 'compliance', retention: Duration.days(35) } });
    expect(onlyResource(json, 'aws_s3_bucket').object_lock_enabled).toBe(true);
    expect(onlyResource(json, 'aws_s3_bucket_object_lock_configuration').rule).toEqual({
      default_retention: { mode: 'COMPLIANCE', days: 35 },
    });
    expect(onlyResource(synth(), 'aws_s3_bucket')).not.toHaveProperty('object_lock_enabled');
    expect(resources(synth(), 'aws_s3_bucket_object_lock_configuration')).toEqual([]);
  });

  test('adds declared statements to its one policy, with their paths below its own', () => {
    expect(statements({ ...valid, statements: [loadBalancers] })[2]).toEqual({
      Sid: 'LoadBalancersWrite',
      Effect: 'Allow',
      Principal: { Service: ['logdelivery.elasticloadbalancing.amazonaws.com'] },
      Action: ['s3:PutObject'],
      Resource: ['<aws_s3_bucket.arn>/alb/AWSLogs/*'],
    });
    expect(statements({ ...valid, statements: [{ ...loadBalancers, paths: ['', '/a'] }] })[2]).toMatchObject({
      Resource: ['<aws_s3_bucket.arn>', '<aws_s3_bucket.arn>/a'],
    });
  });

  test('changes access one step after the other, which S3 asks for', () => {
    const json = synth();
    expect(onlyResource(json, 'aws_s3_bucket_policy').depends_on).toEqual([
      expect.stringMatching(/^aws_s3_bucket_public_access_block\./),
    ]);
    expect(onlyResource(json, 'aws_s3_bucket_public_access_block').depends_on).toEqual([
      expect.stringMatching(/^aws_s3_bucket_ownership_controls\./),
    ]);
    expect(onlyResource(json, 'aws_s3_bucket_lifecycle_configuration').depends_on).toEqual([
      expect.stringMatching(/^aws_s3_bucket_versioning\./),
    ]);
  });

  test('stands in another region with all its parts and its key', () => {
    const json = synth({
      ...valid,
      region: 'us-east-1',
      accessLogs: { bucket: 'logs' },
      objectLock: { mode: 'governance', retention: Duration.days(1) },
      replicateTo: { arn: 'arn:aws:s3:::copies' },
    });
    for (const type of [...PARTS, 'aws_kms_key']) expect(onlyResource(json, type).region).toBe('us-east-1');
    for (const type of ['aws_s3_bucket', 'aws_s3_bucket_policy', 'aws_kms_key'])
      expect(onlyResource(synth(), type)).not.toHaveProperty('region');
  });

  test('each part is of this bucket', () => {
    const json = synth({ ...valid, accessLogs: { bucket: 'logs' } });
    for (const type of PARTS.slice(1).filter((part) => resources(json, part).length > 0))
      expect([type, readable(onlyResource(json, type).bucket)]).toEqual([type, '<aws_s3_bucket.id>']);
  });

  test('takes a name that Terraform draws, if only its start matters', () => {
    const json = synth({ namePrefix: 'acgs-logs-' });
    expect(onlyResource(json, 'aws_s3_bucket').bucket_prefix).toBe('acgs-logs-');
    expect(onlyResource(json, 'aws_s3_bucket')).not.toHaveProperty('bucket');
    expect(onlyResource(json, 'aws_kms_alias').name).toBe('alias/s3/acgs-logs');
  });

  test('is kept from destruction with its key if told so, and loses its objects only if told so', () => {
    const kept = synth({ ...valid, keptOnDestroy: true });
    expect(onlyResource(kept, 'aws_s3_bucket').lifecycle).toEqual({ prevent_destroy: true });
    expect(onlyResource(kept, 'aws_kms_key').lifecycle).toEqual({ prevent_destroy: true });
    expect(onlyResource(synth({ ...valid, emptiedOnDestroy: true }), 'aws_s3_bucket').force_destroy).toBe(true);
    for (const argument of ['lifecycle', 'force_destroy'])
      expect(onlyResource(synth(), 'aws_s3_bucket')).not.toHaveProperty(argument);
  });

  test('says what others compose with', () => {
    const attributes = referred((stack) => {
      const bucket = new SecureBucket(stack, 'Models', { ...valid, region: 'us-east-1' });
      expect(bucket.node.defaultChild).toMatchObject({ terraformResourceType: 'aws_s3_bucket' });
      expect(bucket.ready).toHaveLength(3);
      const { name, arn, domainName, region = '', keyArn = '' } = bucket;
      return { name, arn, domainName, region, keyArn };
    });
    expect(attributes).toEqual({
      name: '<aws_s3_bucket.bucket>',
      arn: '<aws_s3_bucket.arn>',
      domainName: '<aws_s3_bucket.bucket_regional_domain_name>',
      region: 'us-east-1',
      keyArn: '<aws_kms_key.arn>',
    });
  });

  test('is hardened as checkov wants it, but for what only its user can add', () => {
    const broken = brokenAwsRules('test', synth(), AWS_RULES).map(({ check }) => check);
    expect(broken.sort()).toEqual(['CKV2_AWS_62', 'CKV_AWS_144', 'CKV_AWS_18']);
    const full = synth({ ...valid, accessLogs: { bucket: 'logs' }, replicateTo: { arn: 'arn:aws:s3:::copies' } });
    expect(brokenAwsRules('test', full, AWS_RULES).map(({ check }) => check)).toEqual(['CKV2_AWS_62']);
  });
});

describe('replication of a bucket', () => {
  const copied = (overrides: Partial<SecureBucketProps> = {}): Block =>
    terraform((stack) => {
      const replicateTo = new SecureBucket(stack, 'Copies', { name: 'acgs-copies', region: 'us-east-1' });
      new SecureBucket(stack, 'Models', { ...valid, replicateTo, ...overrides });
    });
  const rule = (json: Block): Block => onlyResource(json, 'aws_s3_bucket_replication_configuration').rule[0];
  const rights = (json: Block): Block[] => JSON.parse(onlyResource(json, 'aws_iam_role_policy').policy).Statement;

  test('copies every version, encrypted with the key of the other region, and no deletion', () => {
    const json = copied();
    expect(rule(json)).toMatchObject({
      status: 'Enabled',
      filter: { prefix: '' },
      delete_marker_replication: { status: 'Disabled' },
      source_selection_criteria: { sse_kms_encrypted_objects: { status: 'Enabled' } },
    });
    expect(rule(json).destination.bucket).toMatch(/^\$\{aws_s3_bucket\.Copies_/);
    expect(rule(json).destination.encryption_configuration.replica_kms_key_id).toMatch(/^\$\{aws_kms_key\.Copies_/);
    expect(rule(json).destination).not.toHaveProperty('replication_time');
  });

  test('waits for versioning of both, and for the rights of its role', () => {
    const { depends_on: after } = onlyResource(copied(), 'aws_s3_bucket_replication_configuration');
    expect(after).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^aws_iam_role_policy\./),
        expect.stringMatching(/^aws_s3_bucket_versioning\.Models_/),
        expect.stringMatching(/^aws_s3_bucket_versioning\.Copies_/),
      ]),
    );
  });

  test('may read here, write there, decrypt here and encrypt there, and nothing else', () => {
    const statement = (sid: string) => rights(copied()).find(({ Sid }) => Sid === sid);
    expect(rights(copied()).map(({ Sid }) => Sid)).toEqual([
      'ReadRules',
      'ReadVersions',
      'WriteCopies',
      'Decrypt',
      'Encrypt',
    ]);
    expect(statement('ReadVersions').Resource).toEqual([expect.stringMatching(/^\$\{aws_s3_bucket\.Models_.*\}\/\*$/)]);
    expect(statement('WriteCopies')).toMatchObject({
      Action: ['s3:ReplicateObject', 's3:ReplicateTags'],
      Resource: [expect.stringMatching(/^\$\{aws_s3_bucket\.Copies_.*\}\/\*$/)],
    });
    expect(statement('Decrypt')).toMatchObject({
      Action: ['kms:Decrypt'],
      Resource: [expect.stringMatching(/^\$\{aws_kms_key\.Models_/)],
      Condition: { StringLike: { 'kms:ViaService': expect.stringMatching(/^s3\.\$\{data\.aws_region\./) } },
    });
    expect(statement('Encrypt')).toMatchObject({
      Action: ['kms:Encrypt', 'kms:GenerateDataKey'],
      Resource: [expect.stringMatching(/^\$\{aws_kms_key\.Copies_/)],
      Condition: { StringLike: { 'kms:ViaService': 's3.us-east-1.amazonaws.com' } },
    });
    expect(onlyResource(copied(), 'aws_iam_role').assume_role_policy).toContain('s3.amazonaws.com');
  });

  test('asks for no keys between buckets that have none', () => {
    const json = synth({ ...valid, encryption: 'sse-s3', replicateTo: { arn: 'arn:aws:s3:::copies' } });
    expect(rights(json).map(({ Sid }) => Sid)).toEqual(['ReadRules', 'ReadVersions', 'WriteCopies']);
    expect(rule(json)).not.toHaveProperty('source_selection_criteria');
    expect(rule(json).destination).toEqual({ bucket: 'arn:aws:s3:::copies' });
  });

  test('hides there what is deleted here only if told so', () => {
    const json = copied({ replicateDeletions: true });
    expect(rule(json).delete_marker_replication).toEqual({ status: 'Enabled' });
    expect(rights(json).find(({ Sid }) => Sid === 'WriteCopies').Action).toContain('s3:ReplicateDelete');
  });

  test('gives copies in another account to their keeper', () => {
    const json = copied({ replicateTo: { arn: 'arn:aws:s3:::copies', accountId: '444455556666' } });
    expect(rule(json).destination).toMatchObject({
      account: '444455556666',
      access_control_translation: { owner: 'Destination' },
    });
    expect(rights(json).find(({ Sid }) => Sid === 'WriteCopies').Action).toEqual([
      's3:ReplicateObject',
      's3:ReplicateTags',
      's3:ObjectOwnerOverrideToBucketOwner',
    ]);
  });

  test('is promised within 15 minutes and measured if paid for', () => {
    expect(rule(copied({ replicationTimeControl: true })).destination).toMatchObject({
      replication_time: { status: 'Enabled', time: { minutes: 15 } },
      metrics: { status: 'Enabled', event_threshold: { minutes: 15 } },
    });
  });
});

describe('checks of a bucket', () => {
  const lock = (retention: Duration): Partial<SecureBucketProps> => ({ objectLock: { mode: 'governance', retention } });
  const named = (name: string): SecureBucketProps => ({ name });
  const more = (overrides: Partial<BucketStatement>): Partial<SecureBucketProps> => ({
    statements: [{ ...loadBalancers, ...overrides }],
  });
  const key = 'arn:aws:kms:us-west-2:123456789012:key/1';

  const rows: readonly (readonly [check: string | undefined, it: string, props: Partial<SecureBucketProps>])[] = [
    ['secure-bucket-is-named-once', 'a name and a prefix', { namePrefix: 'a-' }],
    ['secure-bucket-name-is-allowed', '2 characters', named('ab')],
    [undefined, '3 characters', named('abc')],
    [undefined, '63 characters', named('a'.repeat(63))],
    ['secure-bucket-name-is-allowed', '64 characters', named('a'.repeat(64))],
    ['secure-bucket-name-is-allowed', 'a dot', named('acgs.models')],
    ['secure-bucket-name-is-allowed', 'capitals', named('Acgs-models')],
    ['secure-bucket-name-is-allowed', 'a hyphen at its end', named('acgs-')],
    ['secure-bucket-name-is-allowed', 'a prefix that S3 keeps', named('xn--acgs')],
    ['secure-bucket-name-is-allowed', 'a suffix that S3 keeps', named('acgs-s3alias')],
    ['secure-bucket-region-is-well-formed', 'a zone', { region: 'us-east-1a' }],
    [undefined, 'a region', { region: 'us-gov-west-1' }],
    ['secure-bucket-key-has-a-use', 'a key beside SSE-S3', { encryption: 'sse-s3', keyArn: key }],
    ['secure-bucket-key-has-a-use', 'users of no key', { encryption: 'sse-s3', keyUsers: ['delivery.logs'] }],
    ['secure-bucket-key-has-a-use', "users of others' key", { keyArn: key, keyUsers: ['delivery.logs'] }],
    ['secure-bucket-expiration-is-in-days', 'no time', { expiration: Duration.days(0) }],
    [undefined, 'a day', { expiration: Duration.days(1) }],
    ['secure-bucket-expiration-is-in-days', 'half a day more', { expiration: Duration.hours(36) }],
    ['secure-bucket-versions-are-kept-in-days', 'hours', { noncurrentExpiration: Duration.hours(6) }],
    [undefined, 'a day for versions', { noncurrentExpiration: Duration.days(1) }],
    ['secure-bucket-uploads-end-in-days', 'no time for uploads', { abortUploads: Duration.days(0) }],
    [undefined, 'a day for uploads', { abortUploads: Duration.days(1) }],
    ['secure-bucket-lock-is-in-days', 'hours of lock', lock(Duration.hours(1))],
    [undefined, 'a day of lock', lock(Duration.days(1))],
    ['secure-bucket-log-prefix-is-a-folder', 'no slash', { accessLogs: { bucket: 'logs', prefix: 'models' } }],
    ['secure-bucket-log-prefix-is-a-folder', 'a slash before', { accessLogs: { bucket: 'logs', prefix: '/models/' } }],
    ['secure-bucket-replication-has-a-copy', 'a promise about no copy', { replicationTimeControl: true }],
    ['secure-bucket-replication-has-a-copy', 'deletions of no copy', { replicateDeletions: true }],
    ['secure-bucket-copy-is-somebodys', 'a name', { replicateTo: { arn: 'arn:aws:s3:::a', accountId: 'backups' } }],
    [undefined, 'an account', { replicateTo: { arn: 'arn:aws:s3:::a', accountId: '444455556666' } }],
    ['secure-bucket-statements-have-ids', 'a sid with a hyphen', more({ sid: 'load-balancers' })],
    ['secure-bucket-statements-have-ids', 'a sid of ours', more({ sid: 'DenyPlainText' })],
    ['secure-bucket-statements-stay-inside', 'an ARN', more({ paths: ['arn:aws:s3:::other/*'] })],
    ['secure-bucket-statements-stay-inside', 'an empty folder', more({ paths: ['/'] })],
    ['secure-bucket-statements-stay-inside', 'no paths', more({ paths: [] })],
    ['secure-bucket-statements-stay-inside', 'no actions', more({ actions: [] })],
    ['secure-bucket-names-its-users', 'everybody', more({ principals: { AWS: ['*'] } })],
    ['secure-bucket-names-its-users', 'nobody', more({ principals: {} })],
    [
      undefined,
      'everybody of an organisation',
      more({ principals: { AWS: ['*'] }, conditions: { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } } }),
    ],
    [undefined, 'nobody at all', more({ effect: 'Deny', principals: { AWS: ['*'] } })],
    ['secure-bucket-goes-or-stays', 'both', { keptOnDestroy: true, emptiedOnDestroy: true }],
    ['secure-bucket-goes-or-stays', 'held versions', { ...lock(Duration.days(1)), emptiedOnDestroy: true }],
  ];

  test.each(rows)('%s: %s', (check, _, props) => {
    expect(ids(SecureBucket.inspect('Models', { ...valid, ...props }))).toEqual(check ? [check] : []);
  });

  const drawn = [
    [undefined, 37],
    ['secure-bucket-prefix-is-allowed', 38],
    ['secure-bucket-prefix-is-allowed', 0],
  ] as const;

  test.each(drawn)('%s: a prefix of %d characters', (check, length) => {
    expect(ids(SecureBucket.inspect('Models', { namePrefix: 'a'.repeat(length) }))).toEqual(check ? [check] : []);
  });

  test('no name at all is refused', () => {
    expect(refused(() => synth({}))).toEqual(['secure-bucket-is-named-once']);
  });

  test('every check has a failing row', () => {
    expect([...new Set([...rows, ...drawn].map(([check]) => check))].filter(Boolean).sort()).toEqual(
      allIds(SECURE_BUCKET_CHECKS),
    );
  });
});
