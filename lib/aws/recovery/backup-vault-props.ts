import type { WithDefaults } from '../../check';
import type { Duration } from '../../units';

/**
 * A hold on every backup of a vault. `governance` can be taken off by whoever may change the vault; `compliance` by nobody
 * once `changeableFor` has passed, AWS and the account's root included.
 */
export interface BackupVaultLock {
  /** Who may still take the lock off. */
  readonly mode: 'governance' | 'compliance';
  /** Shortest retention that the vault takes in (whole days, 1-36500); jobs with less fail. @default - any */
  readonly minRetention?: Duration;
  /** Longest retention that the vault takes in (whole days, at least the shortest); jobs with more fail. @default - any */
  readonly maxRetention?: Duration;
  /** Time in which a lock of mode `compliance` can still be taken off (whole days, 3 or more). @default Duration.days(7) */
  readonly changeableFor?: Duration;
}

/** A vault that backups go to: a `BackupVault`, or one that another account or stack made. */
export interface VaultRef {
  /** Name of the vault. */
  readonly name: string;
  /** Its ARN, by which copies are sent. */
  readonly arn: string;
  /** Its region. @default - the stack's */
  readonly region?: string;
  /** Its account (12 digits), of the same organization. @default - the stack's */
  readonly accountId?: string;
  /** The hold on its backups. @default - none */
  readonly lock?: BackupVaultLock;
}

/** What AWS Backup tells of a vault. The first two say in their text how a job ended: subscriptions filter by `State`. */
export type VaultEvent =
  | 'BACKUP_JOB_COMPLETED'
  | 'RESTORE_JOB_COMPLETED'
  | 'BACKUP_JOB_STARTED'
  | 'RESTORE_JOB_STARTED'
  | 'COPY_JOB_STARTED'
  | 'COPY_JOB_SUCCESSFUL'
  | 'COPY_JOB_FAILED'
  | 'RECOVERY_POINT_MODIFIED'
  | 'S3_BACKUP_OBJECT_FAILED'
  | 'S3_RESTORE_OBJECT_FAILED';

/** A vault as declared. */
export interface BackupVaultProps {
  /** Name of the vault, known at synthesis (2-50 letters, digits, `-` and `_`). Another name is another vault. */
  readonly name: string;
  /** Region to make it in, for copies: `us-east-1`. @default - the stack's */
  readonly region?: string;
  /** ARN of its key, in its region. @default - an own key with the alias `backup/<name>` */
  readonly keyArn?: string;
  /** Hold on its backups. @default - none */
  readonly lock?: BackupVaultLock;
  /** Accounts that may send copies (12 digits each), of the same organization. @default - none but its own */
  readonly copiesFrom?: readonly string[];
  /** ARNs of roles that may delete backups before their time, with `*` and `?` as wildcards. @default - nobody */
  readonly deleters?: readonly string[];
  /** ARN of a topic in its region that hears of its jobs; its policy lets `backup.amazonaws.com` publish. @default - none */
  readonly topicArn?: string;
  /** What the topic hears. @default - jobs that ended, copies that failed, backups that were changed */
  readonly events?: readonly VaultEvent[];
  /**
   * Whether Terraform refuses to destroy vault, key and lock (`prevent_destroy`). AWS keeps a vault that holds anything; to
   * destroy the rest, take them out of the state first, with `terraform state rm`; import them if the stack is made again.
   * @default true
   */
  readonly keptOnDestroy?: boolean;
}

export const BACKUP_VAULT_DEFAULTS = {
  copiesFrom: [],
  deleters: [],
  events: ['BACKUP_JOB_COMPLETED', 'RESTORE_JOB_COMPLETED', 'COPY_JOB_FAILED', 'RECOVERY_POINT_MODIFIED'],
  keptOnDestroy: true,
} as const satisfies Partial<BackupVaultProps>;

/** A declared vault with its defaults. */
export type BackupVaultPlan = WithDefaults<BackupVaultProps, typeof BACKUP_VAULT_DEFAULTS>;
