import { S3BucketInventory } from '@cdktf/provider-aws/lib/s3-bucket-inventory';
import { S3BucketMetric } from '@cdktf/provider-aws/lib/s3-bucket-metric';
import { Construct } from 'constructs';
import { enforce, type Finding, inspect, withDefaults } from '../../check';
import { SecureBucket } from '../storage/secure-bucket';
import type { SecureBucketProps } from '../storage/secure-bucket-props';
import {
  BACKUP_BUCKET_CHECKS,
  BACKUP_BUCKET_DEFAULTS,
  type BackupBucketPlan,
  type BackupBucketProps,
} from './backup-bucket-props';

/** What both buckets have in common. */
const shared = ({ retention, tidiedBy, objectLock, keptOnDestroy }: BackupBucketPlan): SecureBucketProps => ({
  keptOnDestroy,
  ...(tidiedBy === 'age' ? { expiration: retention } : { noncurrentExpiration: retention }),
  ...(objectLock && { objectLock }),
});

const originalOf = (plan: BackupBucketPlan): SecureBucketProps => ({
  ...shared(plan),
  name: plan.name,
  ...(plan.accessLogs && { accessLogs: plan.accessLogs }),
});

const copyOf = (plan: BackupBucketPlan): SecureBucketProps => ({
  ...shared(plan),
  name: plan.copyName ?? `${plan.name}-${plan.copyRegion}`,
  region: plan.copyRegion,
  ...(plan.copyAccessLogs && { accessLogs: plan.copyAccessLogs }),
});

/**
 * Backups of application data in two regions: each version is copied, encrypted with a key of its own region, and goes when
 * its time is over. Whoever deletes here early hides a backup at most: the versions stay, and the copy is another bucket.
 *
 * @example
 * const backups = new BackupBucket(stack, 'Cluster', {
 *   name: 'acgs-production-cluster-backups',
 *   copyRegion: 'us-east-1',
 *   tidiedBy: 'writer',
 * });
 */
export class BackupBucket extends Construct {
  /** What is wrong with both buckets; makes nothing. */
  static inspect(path: string, props: BackupBucketProps): Finding[] {
    const plan: BackupBucketPlan = withDefaults(BACKUP_BUCKET_DEFAULTS, props);
    const own = inspect<BackupBucketPlan>(path, plan, BACKUP_BUCKET_CHECKS);
    if (own.length > 0) return own;
    return [
      ...SecureBucket.inspect(`${path}/Original`, originalOf(plan)),
      ...SecureBucket.inspect(`${path}/Copy`, copyOf(plan)),
    ];
  }

  /** Where backups are written. */
  readonly original: SecureBucket;
  /** Where they are read from when the first region is gone. */
  readonly copy: SecureBucket;

  /** @throws InvalidPropsError listing every error that `inspect` finds. */
  constructor(scope: Construct, id: string, props: BackupBucketProps) {
    super(scope, id);
    const plan: BackupBucketPlan = withDefaults(BACKUP_BUCKET_DEFAULTS, props);
    enforce(this, BackupBucket.inspect(this.node.path, props));

    this.copy = new SecureBucket(this, 'Copy', copyOf(plan));
    this.original = new SecureBucket(this, 'Original', {
      ...originalOf(plan),
      replicateTo: this.copy,
      replicateDeletions: plan.tidiedBy === 'writer',
      replicationTimeControl: plan.replicationTimeControl,
    });
    this.observe(plan);
  }

  private observe({ requestMetrics, inventoryBucketArn }: BackupBucketPlan): void {
    const bucket = this.original.name;
    if (requestMetrics) new S3BucketMetric(this, 'Requests', { bucket, name: 'EntireBucket' });
    if (inventoryBucketArn === undefined) return;
    new S3BucketInventory(this, 'Inventory', {
      bucket,
      name: 'versions',
      includedObjectVersions: 'All',
      schedule: { frequency: 'Weekly' },
      optionalFields: ['Size', 'LastModifiedDate', 'EncryptionStatus', 'ReplicationStatus'],
      destination: { bucket: { bucketArn: inventoryBucketArn, format: 'CSV', prefix: 'inventory' } },
    });
  }
}
