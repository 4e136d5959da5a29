import { S3Bucket } from '@cdktf/provider-aws/lib/s3-bucket';
import { S3BucketLifecycleConfiguration } from '@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration';
import { S3BucketLoggingA } from '@cdktf/provider-aws/lib/s3-bucket-logging';
import { S3BucketObjectLockConfigurationA } from '@cdktf/provider-aws/lib/s3-bucket-object-lock-configuration';
import { S3BucketOwnershipControls } from '@cdktf/provider-aws/lib/s3-bucket-ownership-controls';
import { S3BucketPolicy } from '@cdktf/provider-aws/lib/s3-bucket-policy';
import { S3BucketPublicAccessBlock } from '@cdktf/provider-aws/lib/s3-bucket-public-access-block';
import { S3BucketServerSideEncryptionConfigurationA } from '@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration';
import { S3BucketVersioningA } from '@cdktf/provider-aws/lib/s3-bucket-versioning';
import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import { enforce, type Finding, inspect, withDefaults } from '../../check';
import { Duration } from '../../units';
import { EncryptionKey } from '../secrets/encryption-key';
import { bucketPolicy } from './bucket-policy';
import { BucketReplication } from './bucket-replication';
import { SECURE_BUCKET_CHECKS } from './secure-bucket-checks';
import {
  bucketLabel,
  type ReplicaBucket,
  SECURE_BUCKET_DEFAULTS,
  type SecureBucketPlan,
  type SecureBucketProps,
} from './secure-bucket-props';

/** What every resource of the bucket is told: which bucket, and where. */
type Place = { readonly bucket: string; readonly region?: string };

const planned = (props: SecureBucketProps): SecureBucketPlan => ({
  ...withDefaults(SECURE_BUCKET_DEFAULTS, props),
  noncurrentExpiration: props.noncurrentExpiration ?? Duration.days(30),
  abortUploads: props.abortUploads ?? Duration.days(7),
});

/**
 * A bucket that nobody opens by accident: no public access, no access lists, encrypted at rest and under way, with
 * versions, so that nothing is lost at once, and an end to what piles up.
 *
 * @example
 * const copies = new SecureBucket(stack, 'Copies', { name: 'acgs-production-models-us-east-1', region: 'us-east-1' });
 * new SecureBucket(stack, 'Models', { name: 'acgs-production-models', keptOnDestroy: true, replicateTo: copies });
 */
export class SecureBucket extends Construct implements ReplicaBucket {
  /** What is wrong with name, key, times and policy; makes nothing. */
  static inspect(path: string, props: SecureBucketProps): Finding[] {
    return inspect<SecureBucketPlan>(path, planned(props), SECURE_BUCKET_CHECKS);
  }

  /** A reference to the name: what uses it comes after the bucket. */
  readonly name: string;
  readonly arn: string;
  /** `<name>.s3.<region>.amazonaws.com`, for origins and endpoints. */
  readonly domainName: string;
  /** Region it was declared in, if that is not the stack's. */
  readonly region?: string;
  /** ARN of its key, own or given; none with SSE-S3. */
  readonly keyArn?: string;
  /** Policy, versioning and encryption: what writes to the bucket should depend on them. */
  readonly ready: readonly ITerraformDependable[];

  /** @throws InvalidPropsError listing every error that `inspect` finds. */
  constructor(scope: Construct, id: string, props: SecureBucketProps) {
    super(scope, id);
    const plan = planned(props);
    enforce(this, SecureBucket.inspect(this.node.path, props));

    const { region, name, namePrefix } = plan;
    const elsewhere = region === undefined ? {} : { region };
    const bucket = new S3Bucket(this, 'Resource', {
      ...elsewhere,
      ...(name === undefined ? { bucketPrefix: namePrefix ?? '' } : { bucket: name }),
      ...(plan.objectLock && { objectLockEnabled: true }),
      ...(plan.emptiedOnDestroy && { forceDestroy: true }),
      ...(plan.keptOnDestroy && { lifecycle: { preventDestroy: true } }),
    });
    const place: Place = { ...elsewhere, bucket: bucket.id };
    const keyArn = plan.encryption === 'kms' ? (plan.keyArn ?? this.ownKey(plan).arn) : undefined;
    this.name = bucket.bucket;
    this.arn = bucket.arn;
    this.domainName = bucket.bucketRegionalDomainName;
    if (region !== undefined) this.region = region;
    if (keyArn !== undefined) this.keyArn = keyArn;

    const versioning = new S3BucketVersioningA(this, 'Versioning', {
      ...place,
      versioningConfiguration: { status: 'Enabled' },
    });
    this.ready = [versioning, this.encrypt(place, keyArn), this.close(place, plan, bucket.arn)];
    this.forget(place, plan, versioning);
    this.record(place, plan);
    this.hold(place, plan, versioning);
    if (plan.replicateTo !== undefined) {
      new BucketReplication(this, 'Replication', {
        label: bucketLabel(plan),
        from: { id: bucket.id, arn: bucket.arn, ...elsewhere, ...(keyArn !== undefined && { keyArn }) },
        to: plan.replicateTo,
        deletions: plan.replicateDeletions,
        timeControl: plan.replicationTimeControl,
        after: [versioning],
      });
    }
  }

  private ownKey(plan: SecureBucketPlan): EncryptionKey {
    return new EncryptionKey(this, 'Key', {
      alias: `s3/${bucketLabel(plan)}`,
      description: `Objects of the bucket ${bucketLabel(plan)}`,
      users: plan.keyUsers,
      keptOnDestroy: plan.keptOnDestroy,
      ...(plan.region !== undefined && { region: plan.region }),
    });
  }

  /** One key per bucket instead of one call per object, and no key that a request brings along and takes away. */
  private encrypt(place: Place, keyArn: string | undefined): ITerraformDependable {
    return new S3BucketServerSideEncryptionConfigurationA(this, 'Encryption', {
      ...place,
      rule: [
        {
          applyServerSideEncryptionByDefault:
            keyArn === undefined ? { sseAlgorithm: 'AES256' } : { sseAlgorithm: 'aws:kms', kmsMasterKeyId: keyArn },
          bucketKeyEnabled: keyArn !== undefined,
          blockedEncryptionTypes: ['SSE-C'],
        },
      ],
    });
  }

  /** One after the other: S3 refuses two changes of a bucket's access at the same time. */
  private close(place: Place, { statements }: SecureBucketPlan, arn: string): ITerraformDependable {
    const ownership = new S3BucketOwnershipControls(this, 'Ownership', {
      ...place,
      rule: { objectOwnership: 'BucketOwnerEnforced' },
    });
    const block = new S3BucketPublicAccessBlock(this, 'PublicAccessBlock', {
      ...place,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
      dependsOn: [ownership],
    });
    return new S3BucketPolicy(this, 'Policy', {
      ...place,
      policy: bucketPolicy(arn, statements),
      dependsOn: [block],
    });
  }

  private forget(place: Place, plan: SecureBucketPlan, versioning: ITerraformDependable): void {
    new S3BucketLifecycleConfiguration(this, 'Lifecycle', {
      ...place,
      rule: [
        {
          id: 'housekeeping',
          status: 'Enabled',
          filter: [{ prefix: '' }],
          expiration: [plan.expiration ? { days: plan.expiration.toDays() } : { expiredObjectDeleteMarker: true }],
          noncurrentVersionExpiration: [{ noncurrentDays: plan.noncurrentExpiration.toDays() }],
          abortIncompleteMultipartUpload: [{ daysAfterInitiation: plan.abortUploads.toDays() }],
        },
      ],
      dependsOn: [versioning],
    });
  }

  private record(place: Place, plan: SecureBucketPlan): void {
    if (plan.accessLogs === undefined) return;
    const { bucket, prefix = `${bucketLabel(plan)}/` } = plan.accessLogs;
    new S3BucketLoggingA(this, 'AccessLogs', { ...place, targetBucket: bucket, targetPrefix: prefix });
  }

  private hold(place: Place, { objectLock }: SecureBucketPlan, versioning: ITerraformDependable): void {
    if (objectLock === undefined) return;
    new S3BucketObjectLockConfigurationA(this, 'ObjectLock', {
      ...place,
      rule: { defaultRetention: { mode: objectLock.mode.toUpperCase(), days: objectLock.retention.toDays() } },
      dependsOn: [versioning],
    });
  }
}
