import type { Block } from '../support/terraform';
import { type AwsRule, at, isLeftOn, isOn, isSet, list, rule } from './aws-rule';

const KEY = 'aws_kms_key';
const LOGS = 'aws_cloudwatch_log_group';
const BUCKET = 'aws_s3_bucket';
const TOPIC = 'aws_sns_topic';

export const statements = (policy: unknown): Block[] => {
  try {
    return list(JSON.parse(String(policy)).Statement);
  } catch {
    return []; // a reference to a document that is elsewhere
  }
};

const principals = ({ Principal }: Block): string[] =>
  Principal === '*' ? ['*'] : Object.values<Block>(Principal ?? {}).flatMap(list);

/** Whether somebody is allowed whom the policy does not name. */
const isForAnybody = (statement: Block): boolean =>
  statement.Effect === 'Allow' && principals(statement).includes('*') && !isSet(statement.Condition);

/** A rule about a bucket that another resource beside it fulfils. */
const beside = (id: string, type: string, asks: string, holds: (body: Block) => boolean = () => true): AwsRule =>
  rule(id, BUCKET, asks, (_body, bucket, stack) => stack.users(bucket, type).some(({ body }) => holds(body)));

const encryption = (body: Block): string =>
  at(body, 'rule.apply_server_side_encryption_by_default.sse_algorithm') ?? '';

const blocked = (id: string, argument: string): AwsRule =>
  rule(id, 'aws_s3_bucket_public_access_block', `${argument} on`, (body) => isOn(body[argument]));

const notPublic = (id: string, right: string): AwsRule =>
  rule(id, 'aws_s3_bucket aws_s3_bucket_acl', `no ${right} for everybody`, ({ acl = 'private' }) =>
    right === 'READ' ? !/^public-read|^authenticated-read$/.test(acl) : acl !== 'public-read-write',
  );

/** Keys, logs, secrets, topics, buckets and backups. */
export const STORAGE_RULES: readonly AwsRule[] = [
  rule('CKV_AWS_7', KEY, 'rotation', ({ customer_master_key_spec: spec = 'SYMMETRIC_DEFAULT', enable_key_rotation }) =>
    spec === 'SYMMETRIC_DEFAULT' ? isOn(enable_key_rotation) : true,
  ),
  rule('CKV_AWS_33', KEY, 'no principal that is everybody', ({ policy }) => !statements(policy).some(isForAnybody)),
  rule('CKV_AWS_227', KEY, 'a key in use', (body) => isLeftOn(body.is_enabled)),
  rule(
    'CKV2_AWS_64',
    KEY,
    'a policy of its own',
    (body, key, stack) => isSet(body.policy) || stack.users(key, 'aws_kms_key_policy').length > 0,
  ),
  rule('CKV_AWS_66', LOGS, 'an end to what is kept', ({ retention_in_days: days = 0 }) => days > 0),
  rule('CKV_AWS_338', LOGS, 'at least a year', ({ retention_in_days: days = 0 }) => days === 0 || days >= 365),
  rule('CKV_AWS_158', LOGS, 'a key of ours', (body) => isSet(body.kms_key_id)),
  rule(
    'CKV_AWS_149',
    'aws_secretsmanager_secret',
    'a key of ours',
    ({ kms_key_id: key = 'aws/' }) => !String(key).includes('aws/'),
  ),
  rule('CKV_AWS_304', 'aws_secretsmanager_secret_rotation', 'a new secret every 90 days', (body) => {
    const days = at(body, 'rotation_rules.automatically_after_days');
    return days > 0 && days <= 90;
  }),
  rule('CKV_AWS_26', TOPIC, 'a key of ours', (body) => isSet(body.kms_master_key_id)),
  rule(
    'CKV_AWS_169',
    'aws_sns_topic aws_sns_topic_policy',
    'publishers that are named',
    ({ policy }) => !statements(policy).some(isForAnybody),
  ),
  rule('CKV_AWS_385', 'aws_sns_topic aws_sns_topic_policy', 'publishers of this account', ({ policy }) =>
    statements(policy)
      .filter(({ Effect }) => Effect === 'Allow')
      .flatMap(principals)
      .every((principal) => !/^\d{12}$|^arn:aws[\w-]*:iam::\d{12}:/.test(principal)),
  ),

  beside('CKV_AWS_18', 'aws_s3_bucket_logging', 'access logs'),
  beside('CKV_AWS_19', 'aws_s3_bucket_server_side_encryption_configuration', 'encryption', (body) =>
    /^(AES256|aws:kms(:dsse)?)$/.test(encryption(body)),
  ),
  beside('CKV_AWS_145', 'aws_s3_bucket_server_side_encryption_configuration', 'a key of ours', (body) =>
    encryption(body).startsWith('aws:kms'),
  ),
  notPublic('CKV_AWS_20', 'READ'),
  notPublic('CKV_AWS_57', 'WRITE'),
  beside(
    'CKV_AWS_21',
    'aws_s3_bucket_versioning',
    'versions',
    (body) => at(body, 'versioning_configuration.status') === 'Enabled',
  ),
  blocked('CKV_AWS_53', 'block_public_acls'),
  blocked('CKV_AWS_54', 'block_public_policy'),
  blocked('CKV_AWS_55', 'ignore_public_acls'),
  blocked('CKV_AWS_56', 'restrict_public_buckets'),
  beside('CKV_AWS_144', 'aws_s3_bucket_replication_configuration', 'a copy in another region', (body) =>
    list(body.rule).some(({ status }) => status === 'Enabled'),
  ),
  rule('CKV_AWS_300', 'aws_s3_bucket_lifecycle_configuration', 'an end to failed uploads', (body) =>
    list(body.rule).some((one) => isSet(at(one, 'abort_incomplete_multipart_upload.days_after_initiation'))),
  ),
  beside('CKV2_AWS_6', 'aws_s3_bucket_public_access_block', 'a block on public access'),
  beside('CKV2_AWS_61', 'aws_s3_bucket_lifecycle_configuration', 'an end to what is kept'),
  beside('CKV2_AWS_62', 'aws_s3_bucket_notification', 'notice of what happens'),
  beside(
    'CKV2_AWS_65',
    'aws_s3_bucket_ownership_controls',
    'no access lists',
    (body) => at(body, 'rule.object_ownership') === 'BucketOwnerEnforced',
  ),
  rule('CKV_AWS_166', 'aws_backup_vault', 'a key of ours', (body) => isSet(body.kms_key_arn)),
];
