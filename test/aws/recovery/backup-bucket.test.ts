import { BackupBucket } from '../../../lib/aws/recovery/backup-bucket';
import { BACKUP_BUCKET_CHECKS, type BackupBucketProps } from '../../../lib/aws/recovery/backup-bucket-props';
import { Duration } from '../../../lib/units';
import { brokenAwsRules } from '../../hardening/aws-rule';
import { AWS_RULES } from '../../hardening/aws-rules';
import { allIds, ids, refused } from '../../support/findings';
import { type Block, onlyResource, resources, terraform } from '../../support/terraform';

const valid: BackupBucketProps = { name: 'acgs-cluster-backups', copyRegion: 'us-east-1' };

const synth = (overrides: Partial<BackupBucketProps> = {}): Block =>
  terraform((stack) => {
    new BackupBucket(stack, 'Backups', { ...valid, ...overrides });
  });

/** The resource of a type that belongs to one of both buckets. */
const part = (json: Block, type: string, of: 'Original' | 'Copy'): Block =>
  Object.entries<Block>(json.resource?.[type] ?? {}).find(([id]) => id.startsWith(`Backups_${of}_`))?.[1];

const housekeeping = (json: Block, of: 'Original' | 'Copy'): Block =>
  part(json, 'aws_s3_bucket_lifecycle_configuration', of).rule[0];

const replication = (json: Block): Block => onlyResource(json, 'aws_s3_bucket_replication_configuration').rule[0];

const EACH = ['Original', 'Copy'] as const;

describe('BackupBucket', () => {
  test('keeps backups for 90 days in two regions, each with a key of its own, and both stay', () => {
    const json = synth();
    expect(part(json, 'aws_s3_bucket', 'Original')).toMatchObject({ bucket: 'acgs-cluster-backups' });
    expect(part(json, 'aws_s3_bucket', 'Copy')).toMatchObject({
      bucket: 'acgs-cluster-backups-us-east-1',
      region: 'us-east-1',
    });
    for (const of of EACH) {
      expect(housekeeping(json, of).expiration).toEqual([{ days: 90 }]);
      expect(part(json, 'aws_s3_bucket', of).lifecycle).toEqual({ prevent_destroy: true });
      expect(part(json, 'aws_kms_key', of).lifecycle).toEqual({ prevent_destroy: true });
    }
    expect(part(json, 'aws_kms_key', 'Copy').region).toBe('us-east-1');
    expect(part(json, 'aws_kms_key', 'Original')).not.toHaveProperty('region');
  });

  test('copies from the one to the other, and deletions stay where they were made', () => {
    const rule = replication(synth());
    expect(rule.destination.bucket).toMatch(/^\$\{aws_s3_bucket\.Backups_Copy_/);
    expect(rule.delete_marker_replication).toEqual({ status: 'Disabled' });
    expect(rule.destination).not.toHaveProperty('metrics');
    expect(replication(synth({ replicationTimeControl: true })).destination.metrics.status).toBe('Enabled');
  });

  test('removes nothing by age from a repository that its writer tidies up, and keeps what that deletes', () => {
    const json = synth({ tidiedBy: 'writer', retention: Duration.days(45) });
    for (const of of EACH) {
      expect(housekeeping(json, of).expiration).toEqual([{ expired_object_delete_marker: true }]);
      expect(housekeeping(json, of).noncurrent_version_expiration).toEqual([{ noncurrent_days: 45 }]);
    }
    expect(replication(json).delete_marker_replication).toEqual({ status: 'Enabled' });
  });

  test('holds versions in both if told so', () => {
    const json = synth({ objectLock: { mode: 'governance', retention: Duration.days(30) } });
    for (const of of EACH)
      expect(part(json, 'aws_s3_bucket_object_lock_configuration', of).rule.default_retention).toEqual({
        mode: 'GOVERNANCE',
        days: 30,
      });
  });

  test('records requests of each in a bucket of its region, if told so', () => {
    const json = synth({ accessLogs: { bucket: 'logs-west' }, copyAccessLogs: { bucket: 'logs-east' } });
    expect(part(json, 'aws_s3_bucket_logging', 'Original').target_bucket).toBe('logs-west');
    expect(part(json, 'aws_s3_bucket_logging', 'Copy').target_bucket).toBe('logs-east');
    expect(resources(synth(), 'aws_s3_bucket_logging')).toEqual([]);
  });

  test('is counted and listed only if told so', () => {
    const json = synth({ requestMetrics: true, inventoryBucketArn: 'arn:aws:s3:::lists' });
    expect(onlyResource(json, 'aws_s3_bucket_metric').name).toBe('EntireBucket');
    expect(onlyResource(json, 'aws_s3_bucket_inventory')).toMatchObject({
      included_object_versions: 'All',
      schedule: { frequency: 'Weekly' },
      destination: { bucket: { bucket_arn: 'arn:aws:s3:::lists', format: 'CSV', prefix: 'inventory' } },
    });
    expect(onlyResource(json, 'aws_s3_bucket_inventory').optional_fields).toContain('ReplicationStatus');
    for (const type of ['aws_s3_bucket_metric', 'aws_s3_bucket_inventory'])
      expect(resources(synth(), type)).toEqual([]);
  });

  test('takes another name for the copy, and goes if told so', () => {
    const json = synth({ copyName: 'acgs-copies', keptOnDestroy: false });
    expect(part(json, 'aws_s3_bucket', 'Copy').bucket).toBe('acgs-copies');
    expect(part(json, 'aws_s3_bucket', 'Copy')).not.toHaveProperty('lifecycle');
  });

  test('is hardened as checkov wants it, but for notices', () => {
    const json = synth({ accessLogs: { bucket: 'logs-west' }, copyAccessLogs: { bucket: 'logs-east' } });
    const broken = brokenAwsRules('test', json, AWS_RULES).map(({ check, on }) => [
      check,
      /_(Copy|Original)_/.exec(on)?.[1],
    ]);
    expect(broken.sort()).toEqual([
      ['CKV2_AWS_62', 'Copy'],
      ['CKV2_AWS_62', 'Original'],
    ]);
  });

  const lock = (days: number): Partial<BackupBucketProps> => ({
    objectLock: { mode: 'governance', retention: Duration.days(days) },
  });
  const rows: readonly (readonly [string | undefined, string, Partial<BackupBucketProps>])[] = [
    ['backup-bucket-keeps-for-days', 'no time', { retention: Duration.days(0) }],
    [undefined, 'a day', { retention: Duration.days(1) }],
    ['backup-bucket-keeps-for-days', 'hours', { retention: Duration.hours(36) }],
    [undefined, 'as long as backups', lock(90)],
    ['backup-bucket-lock-ends-in-time', 'longer than backups', lock(91)],
    ['secure-bucket-name-is-allowed', 'a dot', { name: 'acgs.backups', copyName: 'acgs-copies' }],
    ['secure-bucket-region-is-well-formed', 'a zone', { copyRegion: 'us-east-1a' }],
    ['secure-bucket-name-is-allowed', 'a name that leaves no room for the region', { name: 'a'.repeat(54) }],
  ];

  test.each(rows)('%s: %s', (check, _, overrides) => {
    expect(ids(BackupBucket.inspect('Backups', { ...valid, ...overrides }))).toEqual(check ? [check] : []);
  });

  test('says which of both is wrong', () => {
    expect(BackupBucket.inspect('Backups', { ...valid, copyRegion: 'moon' }).map(({ path }) => path)).toEqual([
      'Backups/Copy',
    ]);
    expect(refused(() => synth({ copyRegion: 'moon' }))).toEqual(['secure-bucket-region-is-well-formed']);
  });

  test('every check has a failing row', () => {
    const own = rows.flatMap(([check]) => (check?.startsWith('backup-bucket-') ? [check] : []));
    expect([...new Set(own)].sort()).toEqual(allIds(BACKUP_BUCKET_CHECKS));
  });
});
