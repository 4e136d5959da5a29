import type { ITerraformDependable } from 'cdktf';
import type { WithDefaults } from '../../check';
import type { Duration } from '../../units';
import type { Statement } from '../policy';
import type { KeyUser } from '../secrets/key-statements';

/** One more statement of the bucket's policy, of which there is one only; what it is about is said from within the bucket. */
export interface BucketStatement extends Omit<Statement, 'resources'> {
  /** Parts of the bucket: `''` is the bucket itself, `/*` every object, `/AWSLogs/*` those below a prefix. */
  readonly paths: readonly string[];
}

/** Where the records of who asked what of the bucket go: a bucket of the same region and account. */
export interface AccessLogs {
  /** Name of the bucket that keeps them; it takes SSE-S3 only, and lets `logging.s3.amazonaws.com` write. */
  readonly bucket: string;
  /** What their keys start with, ending with `/`. @default - name or prefix of the bucket that is recorded, and `/` */
  readonly prefix?: string;
}

/** A bucket that keeps copies of what another bucket holds. A `SecureBucket` is one. */
export interface ReplicaBucket {
  /** ARN of the bucket; its versioning is on. */
  readonly arn: string;
  /** Its region. @default - the stack's */
  readonly region?: string;
  /** ARN of the key that copies are encrypted with. @default - none, SSE-S3 */
  readonly keyArn?: string;
  /** Account it belongs to (12 digits), whose policy lets our role write. @default - the stack's own */
  readonly accountId?: string;
  /** What must stand before the first copy: its versioning. @default - it stands already */
  readonly ready?: readonly ITerraformDependable[];
}

/** How each version is held against everybody (`compliance`) or all but those with a special right (`governance`). */
export interface ObjectLock {
  /** `compliance` cannot be shortened by anyone, the account's root included; `governance` can, with `s3:BypassGovernanceRetention`. */
  readonly mode: 'governance' | 'compliance';
  /** How long each new version is held (whole days, 1 or more). */
  readonly retention: Duration;
}

/** A bucket as declared. */
export interface SecureBucketProps {
  /**
   * Name of the bucket, one in all of AWS and known at synthesis: 3-63 lower-case letters, digits and hyphens. Changing it
   * makes another bucket. @default - drawn from `namePrefix`
   */
  readonly name?: string;
  /** What Terraform's name for it starts with (1-37 lower-case letters, digits and hyphens). @default - `name` is given */
  readonly namePrefix?: string;
  /** Region to make it in, `us-east-1`. @default - the stack's */
  readonly region?: string;
  /** `sse-s3` only for what AWS writes with no key of ours: logs of load balancers, access logs of buckets. @default 'kms' */
  readonly encryption?: 'kms' | 'sse-s3';
  /** ARN of the key, in the bucket's region. @default - an own key with the alias `s3/<name or prefix>` */
  readonly keyArn?: string;
  /** Services that use the own key themselves, such as `delivery.logs`. @default - none */
  readonly keyUsers?: readonly KeyUser[];
  /** Age at which objects go (whole days, 1 or more). @default - they stay */
  readonly expiration?: Duration;
  /** How long replaced and deleted versions are kept (whole days, 1 or more). @default Duration.days(30) */
  readonly noncurrentExpiration?: Duration;
  /** When uploads that never ended go (whole days, 1 or more). @default Duration.days(7) */
  readonly abortUploads?: Duration;
  /** Where requests are recorded. @default - nowhere */
  readonly accessLogs?: AccessLogs;
  /** Bucket that gets a copy of each version. @default - none */
  readonly replicateTo?: ReplicaBucket;
  /**
   * Whether a deletion here hides the object there too, for repositories that tidy up themselves; the copy keeps the version
   * for its own `noncurrentExpiration`. Deletions of a single version never travel. @default false
   */
  readonly replicateDeletions?: boolean;
  /** Whether S3 promises the copy within 15 minutes, and measures it, for a price per GB. @default false */
  readonly replicationTimeControl?: boolean;
  /** Hold on every new version. It can be added to a bucket, never taken off again. @default - none */
  readonly objectLock?: ObjectLock;
  /** What else the policy says: who may write logs, for example. @default - nothing */
  readonly statements?: readonly BucketStatement[];
  /**
   * Whether Terraform refuses to destroy it (`prevent_destroy`), and its own key. To destroy the rest, take both out of the
   * state first, with `terraform state rm`; import them if the same stack is made again. @default false
   */
  readonly keptOnDestroy?: boolean;
  /** Whether its objects go with it. Without, S3 refuses to delete a bucket that holds anything. @default false */
  readonly emptiedOnDestroy?: boolean;
}

export const SECURE_BUCKET_DEFAULTS = {
  encryption: 'kms',
  keyUsers: [],
  replicateDeletions: false,
  replicationTimeControl: false,
  statements: [],
  keptOnDestroy: false,
  emptiedOnDestroy: false,
} as const satisfies Partial<SecureBucketProps>;

/** A declared bucket with its defaults; lengths of time have theirs where they are written. */
export type SecureBucketPlan = WithDefaults<SecureBucketProps, typeof SECURE_BUCKET_DEFAULTS> &
  Required<Pick<SecureBucketProps, 'noncurrentExpiration' | 'abortUploads'>>;

/** What aliases, descriptions and log prefixes call the bucket: its name, or what that starts with. */
export const bucketLabel = ({ name, namePrefix }: Pick<SecureBucketProps, 'name' | 'namePrefix'>): string =>
  name ?? (namePrefix ?? '').replace(/-+$/, '');
