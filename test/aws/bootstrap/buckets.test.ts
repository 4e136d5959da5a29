import {
  LOG_BUCKET_CHECKS,
  LOG_WRITERS,
  LogBuckets,
  type LogBucketsProps,
  type LogWriter,
} from '../../../lib/aws/bootstrap/log-buckets';
import { STATE_BUCKET_CHECKS, StateBucket, type StateBucketProps } from '../../../lib/aws/bootstrap/state-bucket';
import { isError } from '../../../lib/check';
import { Duration } from '../../../lib/units';
import { brokenAwsRules } from '../../hardening/aws-rule';
import { AWS_RULES } from '../../hardening/aws-rules';
import { allIds, ids, refused } from '../../support/findings';
import { readable, referred } from '../../support/references';
import { type Block, resources, terraform } from '../../support/terraform';

/** Rules about buckets that a finding of which names, each once. */
const broken = (json: Block): string[] =>
  [...new Set(brokenAwsRules('test', json, AWS_RULES).map(({ check }) => check))].sort();

const bucketNamed = (json: Block, name: string): string =>
  Object.entries<Block>(json.resource.aws_s3_bucket).find(([, { bucket }]) => bucket === name)?.[0] ?? 'none';

/** What belongs to the bucket of that name. */
const besides = (json: Block, type: string, name: string): Block =>
  resources(json, type).find(({ bucket }) => bucket.includes(`aws_s3_bucket.${bucketNamed(json, name)}.`));

const statements = (json: Block, name: string): Block[] =>
  JSON.parse(readable(besides(json, 'aws_s3_bucket_policy', name).policy)).Statement;

describe('StateBucket', () => {
  const NAME = 'acgs-state-123456789012';
  const PROPS: StateBucketProps = { name: NAME, replicaRegion: 'us-east-1' };

  const synth = (overrides: Partial<StateBucketProps> = {}) =>
    terraform((stack) => {
      new StateBucket(stack, 'State', { ...PROPS, ...overrides });
    });

  test('keeps every state for a year after it was replaced, encrypted, here and in another region', () => {
    const json = synth();
    for (const [name, region] of [
      [NAME, undefined],
      [`${NAME}-us-east-1`, 'us-east-1'],
    ] as const) {
      const parts = (type: string) => besides(json, type, name);
      expect(parts('aws_s3_bucket_versioning')).toMatchObject({ versioning_configuration: { status: 'Enabled' } });
      expect(parts('aws_s3_bucket_lifecycle_configuration').rule[0]).toMatchObject({
        noncurrent_version_expiration: [{ noncurrent_days: 365 }],
      });
      expect(JSON.stringify(parts('aws_s3_bucket_server_side_encryption_configuration'))).toContain('aws:kms');
      expect(json.resource.aws_s3_bucket[bucketNamed(json, name)]).toMatchObject({
        lifecycle: { prevent_destroy: true },
      });
      expect(json.resource.aws_s3_bucket[bucketNamed(json, name)].region).toBe(region);
    }
    expect(besides(json, 'aws_s3_bucket_replication_configuration', NAME).rule[0].destination.bucket).toContain(
      `aws_s3_bucket.${bucketNamed(json, `${NAME}-us-east-1`)}.`,
    );
    expect(resources(json, 'aws_kms_key').map(({ lifecycle }) => lifecycle)).toEqual([
      { prevent_destroy: true },
      { prevent_destroy: true },
    ]);
  });

  test('the copy may have a name of its own, and records of its own', () => {
    const json = synth({
      replicaName: `${NAME}-copy`,
      accessLogs: { bucket: 'logs-here' },
      replicaAccessLogs: { bucket: 'logs-there' },
    });
    expect(resources(json, 'aws_s3_bucket').map(({ bucket }) => bucket)).toEqual([`${NAME}-copy`, NAME]);
    expect(besides(json, 'aws_s3_bucket_logging', NAME)).toMatchObject({ target_bucket: 'logs-here' });
    expect(besides(json, 'aws_s3_bucket_logging', `${NAME}-copy`)).toMatchObject({
      target_bucket: 'logs-there',
      target_prefix: `${NAME}-copy/`,
      region: 'us-east-1',
    });
  });

  test('speaks TLS only, and nobody deletes a version', () => {
    const json = synth();
    for (const name of [NAME, `${NAME}-us-east-1`]) {
      const denied = statements(json, name).filter(({ Effect }) => Effect === 'Deny');
      expect(denied.map(({ Action }) => Action)).toEqual([['s3:*'], ['s3:*'], ['s3:DeleteObjectVersion']]);
      expect(denied.at(-1)?.Principal).toEqual({ AWS: ['*'] });
      expect(statements(json, name).filter(({ Effect }) => Effect === 'Allow')).toEqual([]);
    }
  });

  test('lock files can be deleted: only versions are held', () => {
    const actions = statements(synth(), NAME).flatMap(({ Action }) => Action);
    expect(actions).not.toContain('s3:DeleteObject');
  });

  test('is hardened as checkov wants it, but for logs and notices that an account decides on', () => {
    expect(broken(synth())).toEqual(['CKV2_AWS_62', 'CKV_AWS_18']);
  });

  test('offers what a backend takes', () => {
    const attributes = referred((stack) => {
      const state = new StateBucket(stack, 'State', PROPS);
      return {
        name: state.name,
        alias: state.keyAlias,
        key: state.keyArn,
        replica: state.replicaName ?? '',
        arn: state.arn,
      };
    });
    expect(attributes).toEqual({
      name: '<aws_s3_bucket.bucket>',
      alias: 'alias/s3/acgs-state-123456789012',
      key: '<aws_kms_key.arn>',
      replica: '<aws_s3_bucket.bucket>',
      arn: '<aws_s3_bucket.arn>',
    });
    expect(
      resources(synth(), 'aws_kms_alias')
        .map(({ name }) => name)
        .sort(),
    ).toEqual(['alias/s3/acgs-state-123456789012', 'alias/s3/acgs-state-123456789012-us-east-1']);
  });

  test('can be recorded, and stand in a region of its own', () => {
    const json = synth({ accessLogs: { bucket: 'logs' }, region: 'eu-west-1' });
    expect(besides(json, 'aws_s3_bucket_logging', NAME)).toMatchObject({ target_bucket: 'logs' });
    expect(json.resource.aws_s3_bucket[bucketNamed(json, NAME)].region).toBe('eu-west-1');
  });

  const rows: readonly (readonly [check: string | undefined, it: string, overrides: Partial<StateBucketProps>])[] = [
    ['state-bucket-replica-is-elsewhere', 'the same region', { region: 'us-east-1' }],
    [undefined, 'another region', { region: 'us-west-2' }],
    ['state-bucket-keeps-old-states', '29 days', { oldStates: Duration.days(29) }],
    [undefined, '30 days', { oldStates: Duration.days(30) }],
  ];

  test.each(rows)('%s: %s', (check, _, overrides) => {
    expect(ids(StateBucket.inspect('State', { ...PROPS, ...overrides }))).toEqual(check ? [check] : []);
  });

  test('without another region it warns, and makes one bucket', () => {
    const findings = StateBucket.inspect('State', { name: NAME });
    expect(ids(findings)).toEqual(['state-bucket-outlives-its-region']);
    expect(findings.map(isError)).toEqual([false]);
    const json = terraform((stack) => {
      expect(new StateBucket(stack, 'State', { name: NAME }).replicaName).toBeUndefined();
    });
    expect(resources(json, 'aws_s3_bucket')).toHaveLength(1);
  });

  test('a name that fits alone, and not with its region, is found', () => {
    expect(ids(StateBucket.inspect('State', { ...PROPS, name: 'a'.repeat(53) }))).toEqual([]);
    expect(ids(StateBucket.inspect('State', { ...PROPS, name: 'a'.repeat(54) }))).toEqual([
      'secure-bucket-name-is-allowed',
    ]);
  });

  test('refuses what it finds', () => {
    expect(refused(() => synth({ oldStates: Duration.days(1) }))).toEqual(['state-bucket-keeps-old-states']);
  });

  test('every check has a failing row', () => {
    const found = [...rows.map(([check]) => check), 'state-bucket-outlives-its-region'];
    expect(allIds(STATE_BUCKET_CHECKS).filter((id) => !found.includes(id))).toEqual([]);
  });
});

describe('LogBuckets', () => {
  const NAME = 'acgs-logs-123456789012';

  const synth = (overrides: Partial<LogBucketsProps> = {}) =>
    terraform((stack) => {
      new LogBuckets(stack, 'Logs', { name: NAME, ...overrides });
    });

  const added = (json: Block, name: string): Block[] =>
    statements(json, name).filter(({ Effect }) => Effect === 'Allow');

  test('each service has a bucket of its own, which forgets after a year', () => {
    const json = synth();
    expect(
      resources(json, 'aws_s3_bucket')
        .map(({ bucket }) => bucket)
        .sort(),
    ).toEqual([
      'acgs-logs-123456789012-cloudfront',
      'acgs-logs-123456789012-load-balancers',
      'acgs-logs-123456789012-s3',
      'aws-waf-logs-acgs-logs-123456789012',
    ]);
    for (const { rule } of resources(json, 'aws_s3_bucket_lifecycle_configuration'))
      expect(rule[0]).toMatchObject({ expiration: [{ days: 365 }] });
  });

  test('load balancers write with the keys of S3, for this account only', () => {
    const json = synth({ writers: ['load-balancers'] });
    const account = '<aws_caller_identity.account_id>';

    expect(JSON.stringify(resources(json, 'aws_s3_bucket_server_side_encryption_configuration'))).toContain('AES256');
    expect(resources(json, 'aws_kms_key')).toEqual([]);
    expect(added(json, `${NAME}-load-balancers`)).toEqual([
      {
        Sid: 'LoadBalancersWrite',
        Effect: 'Allow',
        Principal: { Service: ['logdelivery.elasticloadbalancing.amazonaws.com'] },
        Action: ['s3:PutObject'],
        Resource: [
          expect.stringMatching(`^\\$\\{aws_s3_bucket\\.[\\w-]+\\.arn\\}/AWSLogs/${account}/\\*$`),
          expect.stringMatching(`^\\$\\{aws_s3_bucket\\.[\\w-]+\\.arn\\}/\\*/AWSLogs/${account}/\\*$`),
        ],
      },
    ]);
  });

  test('S3 records buckets of this account only', () => {
    const json = synth({ writers: ['s3'] });
    expect(added(json, `${NAME}-s3`)).toMatchObject([
      {
        Principal: { Service: ['logging.s3.amazonaws.com'] },
        Action: ['s3:PutObject'],
        Condition: { StringEquals: { 'aws:SourceAccount': '<aws_caller_identity.account_id>' } },
      },
    ]);
  });

  test.each(['cloudfront', 'waf'] as const)(
    'what CloudWatch delivers of %s is encrypted with a key that it may use',
    (writer) => {
      const json = synth({ writers: [writer] });
      const name = writer === 'waf' ? `aws-waf-logs-${NAME}` : `${NAME}-${writer}`;
      const [write, look] = added(json, name);

      expect(readable(resources(json, 'aws_kms_key')[0].policy)).toContain('delivery.logs.amazonaws.com');
      expect(write).toMatchObject({
        Principal: { Service: ['delivery.logs.amazonaws.com'] },
        Action: ['s3:PutObject'],
        Condition: {
          StringEquals: {
            'aws:SourceAccount': '<aws_caller_identity.account_id>',
            's3:x-amz-acl': 'bucket-owner-full-control',
          },
          ArnLike: { 'aws:SourceArn': 'arn:<aws_partition.partition>:logs:*:<aws_caller_identity.account_id>:*' },
        },
      });
      expect(look).toMatchObject({ Action: ['s3:GetBucketAcl', 's3:ListBucket'], Resource: ['<aws_s3_bucket.arn>'] });
    },
  );

  test('stay when the stack goes, unless told otherwise', () => {
    const kept = (json: Block) => resources(json, 'aws_s3_bucket').map(({ lifecycle }) => lifecycle);
    expect(kept(synth({ writers: ['s3'] }))).toEqual([{ prevent_destroy: true }]);
    expect(kept(synth({ writers: ['s3'], keptOnDestroy: false }))).toEqual([undefined]);
  });

  test('can stand in another region', () => {
    for (const { region } of resources(synth({ region: 'us-east-1' }), 'aws_s3_bucket'))
      expect(region).toBe('us-east-1');
  });

  test('break only the rules that a bucket for logs cannot keep', () => {
    expect(broken(synth())).toEqual(['CKV2_AWS_62', 'CKV_AWS_144', 'CKV_AWS_145', 'CKV_AWS_18']);
    const keyless = brokenAwsRules('test', synth(), AWS_RULES).filter(({ check }) => check === 'CKV_AWS_145');
    expect(keyless).toHaveLength(2);
  });

  test('offers names and ARNs by writer, and says who has none', () => {
    const attributes = referred((stack) => {
      const logs = new LogBuckets(stack, 'Logs', { name: NAME, writers: ['s3'] });
      expect(() => logs.nameOf('waf')).toThrow(new RangeError('there is no log bucket for waf'));
      return { name: logs.nameOf('s3'), arn: logs.arnOf('s3') };
    });
    expect(attributes).toEqual({ name: '<aws_s3_bucket.bucket>', arn: '<aws_s3_bucket.arn>' });
  });

  const rows: readonly (readonly [check: string | undefined, it: string, overrides: Partial<LogBucketsProps>])[] = [
    [undefined, 'a name of 42 characters', { name: 'a'.repeat(42) }],
    ['log-buckets-name-is-a-prefix', 'a name of 43 characters', { name: 'a'.repeat(43) }],
    ['log-buckets-name-is-a-prefix', 'a capital letter', { name: 'Logs' }],
    ['log-buckets-name-is-a-prefix', 'a hyphen at its end', { name: 'logs-' }],
    ['log-buckets-have-writers', 'nobody', { writers: [] }],
    ['log-buckets-have-writers', 'somebody twice', { writers: ['s3', 's3'] }],
    ['log-buckets-have-writers', 'somebody else', { writers: ['kinesis' as LogWriter] }],
    ['secure-bucket-expiration-is-in-days', 'an hour', { retention: Duration.hours(1) }],
  ];

  test.each(rows)('%s: %s', (check, _, overrides) => {
    expect(ids(LogBuckets.inspect('Logs', { name: NAME, ...overrides }))).toEqual(check ? [check] : []);
  });

  test('every name that is allowed is allowed with every ending', () => {
    expect(ids(LogBuckets.inspect('Logs', { name: 'a'.repeat(42), writers: LOG_WRITERS }))).toEqual([]);
  });

  test('refuses what it finds', () => {
    expect(refused(() => synth({ writers: [] }))).toEqual(['log-buckets-have-writers']);
  });

  test('every check has a failing row', () => {
    const found = rows.map(([check]) => check);
    expect(allIds(LOG_BUCKET_CHECKS).filter((id) => !found.includes(id))).toEqual([]);
  });
});
