import type { WithDefaults } from '../../check';
import { Duration } from '../../units';
import type { VaultRef } from './backup-vault-props';

/** Where a second copy of each backup goes. */
export interface BackupCopy {
  /** Vault in another region, or in another account. */
  readonly to: VaultRef;
  /** How long the copy is kept, from the moment of the backup (whole days, 1 or more). @default - as long as the backup */
  readonly retention?: Duration;
}

/** What is backed up: by name, or by tags that must all be there. */
export interface BackupTarget {
  /** ARNs, with `*` as a wildcard: `arn:aws:rds:us-west-2:123456789012:db:acgs-production-main`, `arn:aws:ec2:*:*:volume/*`. */
  readonly arns: readonly string[];
  /** Tags that narrow them down, all of them. @default - none */
  readonly tags?: Readonly<Record<string, string>>;
}

/** A plan as declared. */
export interface BackupPlanProps {
  /** Name of the plan (1-50 letters, digits, `.`, `-` and `_`). */
  readonly name: string;
  /** Vault of the same region that backups go to. */
  readonly vault: VaultRef;
  /** What is backed up, each under an id that names the selection (1-50 letters, digits, `.`, `-` and `_`). */
  readonly targets: Readonly<Record<string, BackupTarget>>;
  /** Time between backups (1, 2, 3, 4, 6, 8, 12 or 24 hours). @default Duration.hours(6) */
  readonly interval?: Duration;
  /** Time of day of one of them, in UTC: `00:30`. @default '00:00' */
  readonly at?: string;
  /** How long backups are kept (whole days, 1 or more). @default Duration.days(30) */
  readonly retention?: Duration;
  /** Time in which AWS starts a backup, which adds to what may be lost (whole minutes, 60 or more). @default Duration.hours(1) */
  readonly startWithin?: Duration;
  /** Time after which a backup that has not ended is given up (at least `startWithin` and an hour). @default Duration.hours(5) */
  readonly completeWithin?: Duration;
  /** Second copies. @default - none */
  readonly copies?: readonly BackupCopy[];
  /**
   * Whether AWS Backup also keeps what is needed to return to any second, for at most 35 days. It then owns retention and
   * backup window of RDS instances, which Terraform would set back at every run; copies stay snapshots.
   * @default false
   */
  readonly continuous?: boolean;
  /** Windows of the databases to stay out of, as RDS writes them: `07:00-08:00`, `sun:09:00-sun:10:00`. @default - none */
  readonly avoid?: readonly string[];
}

export const BACKUP_PLAN_DEFAULTS = {
  interval: Duration.hours(6),
  at: '00:00',
  retention: Duration.days(30),
  startWithin: Duration.hours(1),
  completeWithin: Duration.hours(5),
  copies: [],
  continuous: false,
  avoid: [],
} as const satisfies Partial<BackupPlanProps>;

/** A declared plan with its defaults. */
export type BackupPlanPlan = WithDefaults<BackupPlanProps, typeof BACKUP_PLAN_DEFAULTS>;
