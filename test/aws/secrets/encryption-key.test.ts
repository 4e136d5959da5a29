import { ENCRYPTION_KEY_CHECKS, EncryptionKey, type EncryptionKeyProps, type KeyUser } from '../../../lib/aws';
import { Duration } from '../../../lib/units';
import { allIds, ids, refused } from '../../support/findings';
import { readable, referred } from '../../support/references';
import { type Block, onlyResource, terraform } from '../../support/terraform';

const valid: EncryptionKeyProps = { alias: 'acgs/production/data', description: 'Data at rest' };

const synth = (overrides: Partial<EncryptionKeyProps> = {}) =>
  terraform((stack) => {
    new EncryptionKey(stack, 'Key', { ...valid, ...overrides });
  });

const statements = (users?: readonly KeyUser[]): Block[] =>
  JSON.parse(readable(onlyResource(synth(users && { users }), 'aws_kms_key').policy)).Statement;

describe('EncryptionKey', () => {
  test('rotates yearly and takes 30 days to die, under its alias', () => {
    const json = synth();

    expect(onlyResource(json, 'aws_kms_key')).toMatchObject({
      description: 'Data at rest',
      enable_key_rotation: true,
      deletion_window_in_days: 30,
    });
    expect(onlyResource(json, 'aws_kms_alias')).toMatchObject({ name: 'alias/acgs/production/data' });
    expect(readable(onlyResource(json, 'aws_kms_alias').target_key_id)).toBe('<aws_kms_key.key_id>');
  });

  test('can die faster if told so', () => {
    expect(onlyResource(synth({ deletionWindow: Duration.days(7) }), 'aws_kms_key').deletion_window_in_days).toBe(7);
  });

  test('can be kept from destruction, where what it encrypted outlives its owner', () => {
    const kept = synth({ keptOnDestroy: true });

    expect(onlyResource(kept, 'aws_kms_key').lifecycle).toEqual({ prevent_destroy: true });
    expect(onlyResource(kept, 'aws_kms_alias').lifecycle).toBeUndefined();
    expect(onlyResource(synth(), 'aws_kms_key').lifecycle).toBeUndefined();
  });

  test('leaves permissions to IAM of its own account, so that it can never lock everybody out', () => {
    expect(statements()).toEqual([
      {
        Sid: 'AccountDecidesThroughIam',
        Effect: 'Allow',
        Principal: { AWS: ['arn:<aws_partition.partition>:iam::<aws_caller_identity.account_id>:root'] },
        Action: ['kms:*'],
        Resource: ['*'],
      },
    ]);
  });

  test.each<KeyUser>(['cloudwatch', 'budgets', 'costalerts', 'backup', 'sns', 'delivery.logs'])(
    'lets %s use it for this account alone',
    (user) => {
      expect(statements([user])[1]).toMatchObject({
        Principal: { Service: [`${user}.amazonaws.com`] },
        Action: ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:DescribeKey'],
        Condition: { StringEquals: { 'aws:SourceAccount': '<aws_caller_identity.account_id>' } },
      });
    },
  );

  test('asks EventBridge for no proof, as it sends none to an encrypted topic and would drop every event', () => {
    expect(statements(['events'])[1]).toEqual({
      Sid: 'ForEvents',
      Effect: 'Allow',
      Principal: { Service: ['events.amazonaws.com'] },
      Action: ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:DescribeKey'],
      Resource: ['*'],
    });
  });

  test('lets CloudWatch Logs of the region use it for log groups of this account alone', () => {
    expect(statements(['logs'])[1]).toMatchObject({
      Sid: 'ForLogs',
      Principal: { Service: ['logs.<aws_region.region>.amazonaws.com'] },
      Condition: {
        ArnLike: {
          'kms:EncryptionContext:aws:logs:arn':
            'arn:<aws_partition.partition>:logs:<aws_region.region>:<aws_caller_identity.account_id>:*',
        },
      },
    });
  });

  test('can stand in another region with its alias, and lets the logs of that region use it', () => {
    const json = synth({ region: 'eu-central-1', users: ['logs'] });
    expect(onlyResource(json, 'aws_kms_key').region).toBe('eu-central-1');
    expect(onlyResource(json, 'aws_kms_alias').region).toBe('eu-central-1');
    expect(readable(onlyResource(json, 'aws_kms_key').policy)).toContain('logs.eu-central-1.amazonaws.com');
    expect(readable(onlyResource(json, 'aws_kms_key').policy)).toContain(':logs:eu-central-1:');
    expect(onlyResource(synth(), 'aws_kms_key')).not.toHaveProperty('region');
    expect(onlyResource(synth(), 'aws_kms_alias')).not.toHaveProperty('region');
  });

  test("lets Auto Scaling's role start instances with encrypted volumes, which needs a grant beside the use", () => {
    const role =
      'arn:<aws_partition.partition>:iam::<aws_caller_identity.account_id>:' +
      'role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling';

    expect(statements(['autoscaling']).slice(1)).toEqual([
      {
        Sid: 'ForAutoscaling',
        Effect: 'Allow',
        Principal: { AWS: [role] },
        Action: ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:DescribeKey'],
        Resource: ['*'],
      },
      {
        Sid: 'ForAutoscalingVolumes',
        Effect: 'Allow',
        Principal: { AWS: [role] },
        Action: ['kms:CreateGrant'],
        Resource: ['*'],
        Condition: { Bool: { 'kms:GrantIsForAWSResource': 'true' } },
      },
    ]);
  });

  test('lets whoever may make volumes use it through EC2 of that region alone, as the key of AWS does', () => {
    const condition = {
      'kms:CallerAccount': '<aws_caller_identity.account_id>',
      'kms:ViaService': 'ec2.<aws_region.region>.amazonaws.com',
    };
    expect(statements(['ebs']).slice(1)).toEqual([
      {
        Sid: 'ForEbs',
        Effect: 'Allow',
        Principal: { AWS: ['*'] },
        Action: ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:DescribeKey'],
        Resource: ['*'],
        Condition: { StringEquals: condition },
      },
      {
        Sid: 'ForEbsVolumes',
        Effect: 'Allow',
        Principal: { AWS: ['*'] },
        Action: ['kms:CreateGrant'],
        Resource: ['*'],
        Condition: { StringEquals: condition, Bool: { 'kms:GrantIsForAWSResource': 'true' } },
      },
    ]);
    expect(readable(onlyResource(synth({ users: ['ebs'], region: 'us-east-1' }), 'aws_kms_key').policy)).toContain(
      'ec2.us-east-1.amazonaws.com',
    );
  });

  test('lets other accounts copy what it encrypts, and lend it to AWS services alone', () => {
    const accounts = [
      'arn:<aws_partition.partition>:iam::111122223333:root',
      'arn:<aws_partition.partition>:iam::012345678901:root',
    ];
    const { policy } = onlyResource(
      synth({ users: ['backup'], sharedWith: ['111122223333', '012345678901'] }),
      'aws_kms_key',
    );
    const [, backup, ...shared]: Block[] = JSON.parse(readable(policy)).Statement;

    expect(backup?.Sid).toBe('ForBackup');
    expect(shared).toEqual([
      {
        Sid: 'ForCopiesElsewhere',
        Effect: 'Allow',
        Principal: { AWS: accounts },
        Action: ['kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:DescribeKey'],
        Resource: ['*'],
      },
      {
        Sid: 'ForServicesThatCopy',
        Effect: 'Allow',
        Principal: { AWS: accounts },
        Action: ['kms:CreateGrant'],
        Resource: ['*'],
        Condition: { Bool: { 'kms:GrantIsForAWSResource': 'true' } },
      },
    ]);
  });

  test('is shared with nobody unless it is told to', () => {
    expect(onlyResource(synth({ sharedWith: [] }), 'aws_kms_key').policy).toBe(
      onlyResource(synth(), 'aws_kms_key').policy,
    );
  });

  test('every statement has an id of its own, of letters and digits, also if a service is named twice', () => {
    const sids = statements(['logs', 'cloudwatch', 'delivery.logs', 'autoscaling', 'logs']).map(({ Sid }) => Sid);

    expect(sids).toEqual([
      'AccountDecidesThroughIam',
      'ForLogs',
      'ForCloudwatch',
      'ForDeliveryLogs',
      'ForAutoscaling',
      'ForAutoscalingVolumes',
    ]);
  });

  test("its default child is the key, and its ARN is the key's", () => {
    const { arn } = referred((stack) => {
      const key = new EncryptionKey(stack, 'Key', valid);
      expect(key.node.defaultChild).toMatchObject({ terraformResourceType: 'aws_kms_key' });
      return { arn: key.arn };
    });
    expect(arn).toBe('<aws_kms_key.arn>');
  });

  const rows: readonly (readonly [check: string | undefined, it: string, overrides: Partial<EncryptionKeyProps>])[] = [
    ['key-alias-is-allowed', 'an empty alias', { alias: '' }],
    [undefined, 'an alias of 250 characters', { alias: 'a'.repeat(250) }],
    ['key-alias-is-allowed', 'an alias of 251 characters', { alias: 'a'.repeat(251) }],
    ['key-alias-is-allowed', 'an alias that AWS keeps', { alias: 'aws/rds' }],
    [undefined, 'an alias that only starts like it', { alias: 'awsome/rds' }],
    ['key-alias-is-allowed', 'an alias with the prefix that is added', { alias: 'alias/rds' }],
    [undefined, 'an alias that only starts like that', { alias: 'aliases/rds' }],
    ['key-alias-is-allowed', 'an alias with a colon', { alias: 'a:b' }],
    ['key-deletion-leaves-time', '6 days', { deletionWindow: Duration.days(6) }],
    [undefined, '7 days', { deletionWindow: Duration.days(7) }],
    [undefined, '30 days', { deletionWindow: Duration.days(30) }],
    ['key-deletion-leaves-time', '31 days', { deletionWindow: Duration.days(31) }],
    ['key-region-is-well-formed', 'a zone', { region: 'us-east-1a' }],
    ['key-region-is-well-formed', 'no region', { region: '' }],
    [undefined, 'a region', { region: 'us-gov-west-1' }],
    ['key-deletion-leaves-time', '7 days and an hour', { deletionWindow: Duration.hours(169) }],
    [undefined, 'two accounts', { sharedWith: ['012345678901', '111122223333'] }],
    ['key-shares-with-account-ids', '11 digits', { sharedWith: ['111122223333', '11112222333'] }],
    ['key-shares-with-account-ids', '13 digits', { sharedWith: ['1111222233334'] }],
    ['key-shares-with-account-ids', 'everybody', { sharedWith: ['*'] }],
    ['key-shares-with-account-ids', 'an ARN', { sharedWith: ['arn:aws:iam::111122223333:root'] }],
    ['key-shares-once-with-each-account', 'an account twice', { sharedWith: ['111122223333', '111122223333'] }],
  ];

  test.each(rows)('%s: %s', (check, _, overrides) => {
    expect(ids(EncryptionKey.inspect('Key', { ...valid, ...overrides }))).toEqual(check ? [check] : []);
  });

  test('refuses what it finds', () => {
    expect(refused(() => synth({ alias: '', deletionWindow: Duration.days(1) }))).toEqual([
      'key-alias-is-allowed',
      'key-deletion-leaves-time',
    ]);
  });

  test('every check has a failing row', () => {
    expect([...new Set(rows.map(([check]) => check))].filter(Boolean).sort()).toEqual(allIds(ENCRYPTION_KEY_CHECKS));
  });
});
