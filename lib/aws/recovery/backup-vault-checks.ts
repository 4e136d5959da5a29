import { type Check, duplicates, isRegion, isWholeWithin } from '../../check';
import { Duration } from '../../units';
import type { BackupVaultPlan } from './backup-vault-props';

/** AWS Backup keeps nothing for longer under a lock (days). Source: AWS Backup API, PutBackupVaultLockConfiguration. */
const LONGEST = 36_500;

const isDays = (length: Duration | undefined, min: number): boolean =>
  length === undefined || isWholeWithin(length.inMillis / Duration.days(1).inMillis, min, LONGEST);

/** What is asked of a vault: its name, who reaches it, and a lock that means what it says. */
export const BACKUP_VAULT_CHECKS: readonly Check<BackupVaultPlan>[] = [
  {
    id: 'backup-vault-name-is-allowed',
    prop: 'name',
    holds: ({ name }) => /^[A-Za-z0-9_-]{2,50}$/.test(name),
    rule: 'must be 2-50 letters, digits, - and _',
    remedy: 'use one such as acgs-production',
  },
  {
    id: 'backup-vault-region-is-well-formed',
    prop: 'region',
    holds: ({ region }) => region === undefined || isRegion(region),
    rule: 'must be an AWS region such as us-east-1',
    remedy: 'leave it out for the region of the stack',
  },
  {
    id: 'backup-vault-lock-is-in-days',
    prop: 'lock',
    holds: ({ lock }) => isDays(lock?.minRetention, 1) && isDays(lock?.maxRetention, 1),
    rule: `must have retentions of 1-${LONGEST} whole days`,
    remedy: 'leave one out to have no bound on that side',
  },
  {
    id: 'backup-vault-lock-has-room',
    prop: 'lock',
    holds: ({ lock: { minRetention, maxRetention } = { mode: 'governance' } }) =>
      minRetention === undefined || maxRetention === undefined || minRetention.isAtMost(maxRetention),
    rule: 'must have a minRetention of at most its maxRetention, or every job fails',
    received: ({ lock }) => `${lock?.minRetention} to ${lock?.maxRetention}`,
    remedy: 'raise the longest or lower the shortest',
  },
  {
    id: 'backup-vault-lock-leaves-time-to-change-it',
    prop: 'lock',
    holds: ({ lock }) => isDays(lock?.changeableFor, 3),
    rule: `must be changeable for 3-${LONGEST} whole days`,
    received: ({ lock }) => lock?.changeableFor,
    remedy: 'use 7 days, and restore from the vault once within them',
  },
  {
    id: 'backup-vault-governance-stays-changeable',
    prop: 'lock',
    holds: ({ lock }) => lock?.mode !== 'governance' || lock.changeableFor === undefined,
    rule: 'must have no changeableFor in mode governance: with one, AWS makes the lock final after that time',
    received: ({ lock }) => lock?.changeableFor,
    remedy: 'use mode compliance if that is meant',
  },
  {
    id: 'backup-vault-final-lock-stays',
    prop: 'keptOnDestroy',
    holds: ({ lock, keptOnDestroy }) => lock?.mode !== 'compliance' || keptOnDestroy,
    rule: 'must be on with a lock of mode compliance, which nobody can destroy',
    remedy: 'leave it out',
  },
  {
    id: 'backup-vault-senders-are-accounts',
    prop: 'copiesFrom',
    holds: ({ copiesFrom }) =>
      copiesFrom.every((account) => /^\d{12}$/.test(account)) && duplicates(copiesFrom).length === 0,
    rule: 'must be accounts of 12 digits, each once',
    remedy: 'name the accounts that the backups come from',
  },
  {
    id: 'backup-vault-deleters-are-roles',
    prop: 'deleters',
    holds: ({ deleters }) => deleters.every((arn) => /^arn:[^:]+:iam::[^:]+:role\/./.test(arn)),
    rule: 'must be ARNs of roles: whoever takes over one more identity deletes no backup',
    remedy: 'use a role that two people are needed for, or none',
  },
  {
    id: 'backup-vault-events-are-heard',
    prop: 'events',
    holds: ({ events }) => events.length > 0 && duplicates(events).length === 0,
    rule: 'must be at least one, each once',
    remedy: 'leave topicArn out to hear nothing',
  },
];
