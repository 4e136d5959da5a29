import { type Check, isWholeWithin, type WithDefaults } from '../../check';
import { Duration } from '../../units';
import type { AccessLogs, ObjectLock } from '../storage/secure-bucket-props';

/** A bucket of backups as declared, and its copy. */
export interface BackupBucketProps {
  /** Name of the bucket, one in all of AWS (3-63 lower-case letters, digits and hyphens). */
  readonly name: string;
  /** Region of the copy, another than the stack's. */
  readonly copyRegion: string;
  /** Name of the copy. @default - `<name>-<copyRegion>` */
  readonly copyName?: string;
  /** How long backups are kept (whole days, 1 or more). @default Duration.days(90) */
  readonly retention?: Duration;
  /**
   * Who removes what is older. `age`: the bucket, object by object, here and there. `writer`: the program that writes, whose
   * objects are parts of many backups, as in the repositories of Velero, restic and Kopia; a bucket that removed them by age
   * would break backups that are still wanted. What the writer deletes is hidden in both and kept for `retention`.
   * @default 'age'
   */
  readonly tidiedBy?: 'age' | 'writer';
  /** Hold on every new version, here and there, of at most `retention`. @default - none */
  readonly objectLock?: ObjectLock;
  /** Where requests are recorded. @default - nowhere */
  readonly accessLogs?: AccessLogs;
  /** Where requests of the copy are recorded: a bucket of its region. @default - nowhere */
  readonly copyAccessLogs?: AccessLogs;
  /** Whether S3 promises the copy within 15 minutes, and measures it, for a price per GB. @default false */
  readonly replicationTimeControl?: boolean;
  /** Whether CloudWatch counts requests and errors, for the price of its metrics. @default false */
  readonly requestMetrics?: boolean;
  /** ARN of a bucket that gets a weekly list of all versions, and which of them were copied. @default - no list */
  readonly inventoryBucketArn?: string;
  /** Whether Terraform refuses to destroy buckets and keys. @default true */
  readonly keptOnDestroy?: boolean;
}

export const BACKUP_BUCKET_DEFAULTS = {
  retention: Duration.days(90),
  tidiedBy: 'age',
  replicationTimeControl: false,
  requestMetrics: false,
  keptOnDestroy: true,
} as const satisfies Partial<BackupBucketProps>;

/** A declared bucket of backups with its defaults. */
export type BackupBucketPlan = WithDefaults<BackupBucketProps, typeof BACKUP_BUCKET_DEFAULTS>;

/** What is asked of a bucket of backups beside what any bucket is asked. */
export const BACKUP_BUCKET_CHECKS: readonly Check<BackupBucketPlan>[] = [
  {
    id: 'backup-bucket-keeps-for-days',
    prop: 'retention',
    holds: ({ retention }) => isWholeWithin(retention.inMillis / Duration.days(1).inMillis, 1, Number.MAX_SAFE_INTEGER),
    rule: 'must be whole days, at least 1',
    remedy: 'use 90 days',
  },
  {
    id: 'backup-bucket-lock-ends-in-time',
    prop: 'objectLock',
    holds: ({ objectLock, retention }) => objectLock === undefined || objectLock.retention.isAtMost(retention),
    rule: ({ retention }) => `must hold versions for at most the retention, ${retention}: nothing could go in time`,
    received: ({ objectLock }) => objectLock?.retention,
    remedy: 'shorten it, or keep backups for longer',
  },
];
