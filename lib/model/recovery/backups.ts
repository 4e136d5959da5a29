import type { Duration } from '../../units';
import type { RecoveryGoal } from './recovery';
import type { MeasuredTimes } from './recovery-times';

/** Hold on every backup of a vault: what it takes in, and who may still take the hold off. */
export interface BackupLockSpec {
  /** `governance` can be taken off by whoever may change the vault; `compliance` by nobody once `changeableFor` has passed. */
  readonly mode: 'governance' | 'compliance';
  /** Shortest retention that the vault takes in (whole days, 1-36500). @default - any */
  readonly minRetention?: Duration;
  /** Longest retention that the vault takes in (whole days, at least the shortest). @default - any */
  readonly maxRetention?: Duration;
  /** Time in which a lock of mode `compliance` can still be taken off (whole days, 3 or more). @default Duration.days(7) */
  readonly changeableFor?: Duration;
}

/**
 * Another account that keeps copies of the databases, out of reach of whoever takes over this one. Both are in one
 * organization, with cross-account backup switched on; the vault lets this account copy into it, which its owner declares.
 */
export interface OtherAccountSpec {
  /** AWS account id (12 digits), another than the environment's. */
  readonly id: string;
  /** Vault there, in the region of the environment (2-50 letters, digits, `-` and `_`). */
  readonly vault: string;
  /** The hold on it; only mode `compliance` counts as a copy that nobody deletes. @default - none */
  readonly lock?: BackupLockSpec;
}

/**
 * What an environment keeps beside its stores, in its region and in another one, and what it promises for a loss. Databases:
 * by AWS Backup, and every second of theirs in the other region. Application data: volumes of pods by AWS Backup once a day,
 * and a bucket for what the cluster knows.
 */
export interface BackupsSpec {
  /** Region of the copies: another one than the environment's, and that of its standby if it has one. */
  readonly copyRegion: string;
  /** Time between backups of databases (1, 2, 3, 4, 6, 8, 12 or 24 hours). @default Duration.hours(6) */
  readonly interval?: Duration;
  /** Time of day of one of them, in UTC: `00:30`; volumes follow once a day. @default '00:00' */
  readonly at?: string;
  /** How long backups of databases are kept, here and there (whole days, 1 or more). @default Duration.days(30) */
  readonly retention?: Duration;
  /** How long backups of application data are kept, here and there (whole days, 1 or more). @default Duration.days(90) */
  readonly applicationRetention?: Duration;
  /** Hold on both vaults; it takes in both retentions. @default - none: nobody deletes early, but for who changes the vaults */
  readonly lock?: BackupLockSpec;
  /** Account that keeps one more copy of each database. @default - none: nothing survives the loss of the account */
  readonly otherAccount?: OtherAccountSpec;
  /** What is promised. @default - less than 4 hours without service, less than 1 hour of data */
  readonly goal?: RecoveryGoal;
  /** Time in which corruption is noticed: backups that reach back less do not help. @default Duration.days(7) */
  readonly noticedWithin?: Duration;
  /** Times that a drill measured, in place of estimates. @default - none */
  readonly measured?: MeasuredTimes;
  /** When people are reminded of the drill. @default - first Monday of each quarter, 09:00 UTC */
  readonly drill?: {
    /** Months (1-12, each once). @default - 1, 4, 7, 10 */
    readonly months?: readonly number[];
    /** Hour of the message (0-23). @default 9 */
    readonly hour?: number;
    /** Zone of that hour, as the tz database names it. @default 'Etc/UTC' */
    readonly timeZone?: string;
  };
  /** Whether Terraform refuses to destroy vaults, buckets and their keys. @default true */
  readonly keptOnDestroy?: boolean;
}
