import type { BackupsSpec, EnvironmentSpec, PostgresSpec } from '../../lib/model';
import { Duration } from '../../lib/units';
import { following, inDatabase, type Misuse } from './rows';

const WINDOWS: Partial<PostgresSpec> = { backupWindow: '08:00-09:00', maintenanceWindow: 'sun:09:00-sun:10:00' };
/** Backups with a slip in them. */
const backups =
  (part: Partial<BackupsSpec>, database: Partial<PostgresSpec> = WINDOWS) =>
  (valid: EnvironmentSpec): EnvironmentSpec => ({
    ...inDatabase(database)(valid),
    backups: { copyRegion: 'us-east-1', ...part },
  });

const OTHER = { id: '999999999999', vault: 'copies' } as const;

/** What nobody watches is told, and so is losing the account: what nobody else keeps is gone, what somebody keeps is hours old. */
const UNHEARD = ['backups-are-heard-of'];
const ALONE = [...UNHEARD, 'recovery-survives-its-account'];

/** Slips in backups. */
export const BACKUP_ROWS: readonly Misuse[] = [
  {
    fault: 'copies beside the original',
    slip: backups({ copyRegion: 'eu-west-1' }),
    errors: ['backups-copies-leave-the-region'],
    warnings: UNHEARD,
  },
  {
    fault: 'copies in a zone',
    slip: backups({ copyRegion: 'us-east-1a' }),
    errors: ['backups-copy-region-is-well-formed'],
    warnings: UNHEARD,
  },
  {
    fault: 'copies that pass the standby by',
    slip: (valid, twin) => [backups({ copyRegion: 'us-east-2' })(valid), following(valid, twin)],
    errors: [],
    warnings: ['backups-copies-go-to-the-standby', ...ALONE],
  },
  {
    fault: 'its own account as the other one',
    slip: backups({ otherAccount: { ...OTHER, id: '123456789012' } }),
    errors: ['backups-other-account-is-another'],
    warnings: UNHEARD,
  },
  {
    fault: 'a vault that is an ARN',
    slip: backups({ otherAccount: { ...OTHER, vault: 'arn:aws:backup:us-east-1:999999999999:backup-vault:copies' } }),
    errors: ['backups-other-vault-is-a-vault'],
    warnings: UNHEARD,
  },
  {
    fault: 'copies in another account that anybody there deletes',
    slip: backups({ otherAccount: OTHER }),
    errors: [],
    warnings: ALONE,
  },
  {
    fault: 'copies in another account as a promise of an hour',
    slip: backups({ otherAccount: { ...OTHER, lock: { mode: 'compliance' } } }),
    errors: [],
    warnings: ['recovery-account-rpo-is-met', ...UNHEARD],
  },
  {
    fault: 'an interval that drifts through the day',
    slip: backups({ interval: Duration.hours(5) }),
    errors: ['backup-plan-comes-at-the-same-times'],
    warnings: ALONE,
  },
  {
    fault: 'backups in the window of the database',
    slip: backups({ at: '02:30' }),
    errors: [],
    warnings: ['backup-plan-stays-out-of-windows', ...ALONE],
  },
  {
    fault: 'backups at no time of day',
    slip: backups({ at: '24:30' }),
    errors: ['backup-plan-starts-at-a-time'],
    warnings: ALONE,
  },
  {
    fault: 'windows that nobody knows',
    slip: backups({}, {}),
    errors: [],
    warnings: ['backups-stay-out-of-known-windows', ...ALONE],
  },
  {
    fault: 'half a day of retention',
    slip: backups({ retention: Duration.hours(12) }),
    errors: ['backup-plan-keeps-for-days'],
    warnings: ALONE,
  },
  {
    fault: 'application data for half a day',
    slip: backups({ applicationRetention: Duration.hours(36) }),
    errors: ['backup-bucket-keeps-for-days', 'backup-plan-keeps-for-days'],
    warnings: ALONE,
  },
  {
    fault: 'a lock that refuses what the plan sends',
    slip: backups({ lock: { mode: 'governance', minRetention: Duration.days(60) } }),
    errors: ['backup-plan-locks-take-it-in'],
    warnings: ALONE,
  },
  {
    fault: 'a final lock on what Terraform destroys',
    slip: backups({ lock: { mode: 'compliance' }, keptOnDestroy: false }),
    errors: ['backup-vault-final-lock-stays'],
    warnings: ALONE,
  },
  {
    fault: 'a promise of ten minutes',
    slip: backups({ goal: { rpo: Duration.minutes(10) } }),
    errors: ['recovery-rpo-is-met'],
    warnings: ALONE,
  },
  {
    fault: 'a promise that leaves no time',
    slip: backups({ goal: { rto: Duration.minutes(0) } }),
    errors: ['recovery-goal-leaves-time', 'recovery-rto-is-met'],
    warnings: ALONE,
  },
  {
    fault: 'damage that is noticed after the last backup is gone',
    slip: backups({ noticedWithin: Duration.days(31) }),
    errors: ['recovery-is-possible'],
    warnings: ALONE,
  },
  {
    fault: 'a restore that was measured to take half a day',
    slip: backups({ measured: { restore: Duration.hours(12) } }),
    errors: ['recovery-rto-is-met'],
    warnings: ALONE,
  },
  {
    fault: 'a drill that is never due',
    slip: (valid) => ({
      ...backups({ drill: { months: [] } })(valid),
      // quotas are counted by account, and nobody else is in this one
      account: '210987654321',
      operations: {
        subscriptions: [{ protocol: 'email', name: 'on-call', address: 'on-call@example.com' }],
        quotas: { onDemandVcpus: 1000 },
      },
    }),
    errors: ['recovery-drill-months-are-months'],
    warnings: ['recovery-drill-comes-each-quarter', 'recovery-survives-its-account'],
  },
];
