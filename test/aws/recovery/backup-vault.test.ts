import { BackupVault } from '../../../lib/aws/recovery/backup-vault';
import { BACKUP_VAULT_CHECKS } from '../../../lib/aws/recovery/backup-vault-checks';
import type { BackupVaultLock, BackupVaultProps } from '../../../lib/aws/recovery/backup-vault-props';
import { Duration } from '../../../lib/units';
import { brokenAwsRules } from '../../hardening/aws-rule';
import { AWS_RULES } from '../../hardening/aws-rules';
import { allIds, ids, refused } from '../../support/findings';
import { readable, referred } from '../../support/references';
import { type Block, onlyResource, resources, terraform } from '../../support/terraform';

const valid: BackupVaultProps = { name: 'acgs-production' };

const synth = (overrides: Partial<BackupVaultProps> = {}): Block =>
  terraform((stack) => {
    new BackupVault(stack, 'Vault', { ...valid, ...overrides });
  });

const statements = (overrides: Partial<BackupVaultProps> = {}): Block[] =>
  JSON.parse(readable(onlyResource(synth(overrides), 'aws_backup_vault_policy').policy)).Statement;

const lockOf = (lock: BackupVaultLock): Block => onlyResource(synth({ lock }), 'aws_backup_vault_lock_configuration');

const { days } = Duration;

describe('BackupVault', () => {
  test('is encrypted with a key of its own that AWS Backup may use, and stays with it', () => {
    const json = synth();
    expect(onlyResource(json, 'aws_backup_vault')).toMatchObject({
      name: 'acgs-production',
      lifecycle: { prevent_destroy: true },
    });
    expect(readable(onlyResource(json, 'aws_backup_vault').kms_key_arn)).toBe('<aws_kms_key.arn>');
    expect(onlyResource(json, 'aws_backup_vault')).not.toHaveProperty('force_destroy');
    expect(onlyResource(json, 'aws_kms_alias').name).toBe('alias/backup/acgs-production');
    expect(onlyResource(json, 'aws_kms_key')).toMatchObject({ lifecycle: { prevent_destroy: true } });
    expect(onlyResource(json, 'aws_kms_key').policy).toContain('backup.amazonaws.com');
  });

  test('takes a key that is given, and makes none', () => {
    const json = synth({ keyArn: 'arn:aws:kms:us-west-2:123456789012:key/1' });
    expect(onlyResource(json, 'aws_backup_vault').kms_key_arn).toBe('arn:aws:kms:us-west-2:123456789012:key/1');
    expect(resources(json, 'aws_kms_key')).toEqual([]);
  });

  test('may be destroyed if told so, which AWS allows when it is empty', () => {
    const json = synth({ keptOnDestroy: false, lock: { mode: 'governance' } });
    for (const type of ['aws_backup_vault', 'aws_kms_key', 'aws_backup_vault_lock_configuration'])
      expect(onlyResource(json, type)).not.toHaveProperty('lifecycle');
  });

  test('lets nobody delete a backup before its time, nor shorten it', () => {
    expect(statements()).toEqual([
      {
        Sid: 'NobodyDeletesEarly',
        Effect: 'Deny',
        Principal: { AWS: ['*'] },
        Action: ['backup:DeleteRecoveryPoint', 'backup:UpdateRecoveryPointLifecycle'],
        Resource: ['*'],
      },
    ]);
  });

  test('lets only named roles delete, if there are any', () => {
    const deleters = ['arn:aws:iam::123456789012:role/backup-breakglass'];
    expect(statements({ deleters })[0].Condition).toEqual({ ArnNotLike: { 'aws:PrincipalArn': deleters } });
  });

  test('takes copies of named accounts', () => {
    expect(statements({ copiesFrom: ['123456789012', '210987654321'] })[1]).toEqual({
      Sid: 'CopiesComeIn',
      Effect: 'Allow',
      Principal: {
        AWS: [
          'arn:<aws_partition.partition>:iam::123456789012:root',
          'arn:<aws_partition.partition>:iam::210987654321:root',
        ],
      },
      Action: ['backup:CopyIntoBackupVault'],
      Resource: ['*'],
    });
  });

  test('tells a topic how jobs ended', () => {
    const topicArn = 'arn:aws:sns:us-west-2:123456789012:alarms';
    expect(onlyResource(synth({ topicArn }), 'aws_backup_vault_notifications')).toMatchObject({
      sns_topic_arn: topicArn,
      backup_vault_events: [
        'BACKUP_JOB_COMPLETED',
        'RESTORE_JOB_COMPLETED',
        'COPY_JOB_FAILED',
        'RECOVERY_POINT_MODIFIED',
      ],
    });
    const told = synth({ topicArn, events: ['COPY_JOB_FAILED'] });
    expect(onlyResource(told, 'aws_backup_vault_notifications').backup_vault_events).toEqual(['COPY_JOB_FAILED']);
    expect(resources(synth(), 'aws_backup_vault_notifications')).toEqual([]);
  });

  test('a lock of mode governance has no day on which it becomes final', () => {
    const lock = lockOf({ mode: 'governance', minRetention: days(7), maxRetention: days(90) });
    expect(lock).toMatchObject({ min_retention_days: 7, max_retention_days: 90, lifecycle: { prevent_destroy: true } });
    expect(lock).not.toHaveProperty('changeable_for_days');
    expect(readable(lock.backup_vault_name)).toBe('<aws_backup_vault.name>');
  });

  test('a lock of mode compliance becomes final after a week, or as told', () => {
    expect(lockOf({ mode: 'compliance' })).toMatchObject({ changeable_for_days: 7 });
    expect(lockOf({ mode: 'compliance', changeableFor: days(3) })).toMatchObject({ changeable_for_days: 3 });
    expect(resources(synth(), 'aws_backup_vault_lock_configuration')).toEqual([]);
  });

  test('stands in another region with all its parts and its key', () => {
    const parts = [
      'aws_backup_vault',
      'aws_backup_vault_policy',
      'aws_backup_vault_notifications',
      'aws_backup_vault_lock_configuration',
      'aws_kms_key',
    ];
    const more = { topicArn: 'arn:aws:sns:us-east-1:1:a', lock: { mode: 'governance' } } as const;
    for (const part of parts) {
      expect(onlyResource(synth({ ...more, region: 'us-east-1' }), part).region).toBe('us-east-1');
      expect(onlyResource(synth(more), part)).not.toHaveProperty('region');
    }
  });

  test('says what plans and alarms compose with', () => {
    const attributes = referred((stack) => {
      const vault = new BackupVault(stack, 'Vault', { ...valid, region: 'us-east-1', lock: { mode: 'governance' } });
      expect(vault.node.defaultChild).toMatchObject({ terraformResourceType: 'aws_backup_vault' });
      expect(vault.lock).toEqual({ mode: 'governance' });
      const { name, arn, keyArn, region = '' } = vault;
      return { name, arn, keyArn, region };
    });
    expect(attributes).toEqual({
      name: '<aws_backup_vault.name>',
      arn: '<aws_backup_vault.arn>',
      keyArn: '<aws_kms_key.arn>',
      region: 'us-east-1',
    });
  });

  test('is hardened as checkov wants it', () => {
    expect(brokenAwsRules('test', synth({ lock: { mode: 'compliance' } }), AWS_RULES)).toEqual([]);
  });

  const lock = (overrides: Partial<BackupVaultLock>): Partial<BackupVaultProps> => ({
    lock: { mode: 'compliance', ...overrides },
  });

  const rows: readonly (readonly [check: string | undefined, it: string, overrides: Partial<BackupVaultProps>])[] = [
    ['backup-vault-name-is-allowed', '1 character', { name: 'a' }],
    [undefined, '2 characters', { name: 'a_' }],
    [undefined, '50 characters', { name: 'a'.repeat(50) }],
    ['backup-vault-name-is-allowed', '51 characters', { name: 'a'.repeat(51) }],
    ['backup-vault-name-is-allowed', 'a dot', { name: 'acgs.production' }],
    ['backup-vault-region-is-well-formed', 'a zone', { region: 'us-east-1a' }],
    ['backup-vault-lock-is-in-days', 'hours', lock({ minRetention: Duration.hours(5) })],
    ['backup-vault-lock-is-in-days', 'no time', lock({ maxRetention: days(0) })],
    [undefined, 'a day', lock({ minRetention: days(1), maxRetention: days(1) })],
    ['backup-vault-lock-has-room', 'a day less', lock({ minRetention: days(8), maxRetention: days(7) })],
    ['backup-vault-lock-leaves-time-to-change-it', '2 days', lock({ changeableFor: days(2) })],
    [undefined, '3 days', lock({ changeableFor: days(3) })],
    ['backup-vault-governance-stays-changeable', 'days', lock({ mode: 'governance', changeableFor: days(7) })],
    ['backup-vault-final-lock-stays', 'a final lock that goes', { ...lock({}), keptOnDestroy: false }],
    [undefined, 'a lock that can go', { ...lock({ mode: 'governance' }), keptOnDestroy: false }],
    ['backup-vault-senders-are-accounts', 'a name', { copiesFrom: ['production'] }],
    ['backup-vault-senders-are-accounts', 'an account twice', { copiesFrom: ['123456789012', '123456789012'] }],
    ['backup-vault-deleters-are-roles', 'everybody', { deleters: ['*'] }],
    ['backup-vault-deleters-are-roles', 'a user', { deleters: ['arn:aws:iam::123456789012:user/root'] }],
    ['backup-vault-events-are-heard', 'none', { events: [] }],
    ['backup-vault-events-are-heard', 'one twice', { events: ['COPY_JOB_FAILED', 'COPY_JOB_FAILED'] }],
  ];

  test.each(rows)('%s: %s', (check, _, overrides) => {
    expect(ids(BackupVault.inspect('Vault', { ...valid, ...overrides }))).toEqual(check ? [check] : []);
  });

  test('refuses what it finds', () => {
    expect(refused(() => synth({ name: '' }))).toEqual(['backup-vault-name-is-allowed']);
  });

  test('every check has a failing row', () => {
    expect([...new Set(rows.map(([check]) => check))].filter(Boolean).sort()).toEqual(allIds(BACKUP_VAULT_CHECKS));
  });
});
