import { BackupPlan } from '../../../lib/aws/recovery/backup-plan';
import { BACKUP_PLAN_CHECKS } from '../../../lib/aws/recovery/backup-plan-checks';
import type { BackupPlanProps } from '../../../lib/aws/recovery/backup-plan-props';
import { BackupVault } from '../../../lib/aws/recovery/backup-vault';
import type { VaultRef } from '../../../lib/aws/recovery/backup-vault-props';
import { Duration } from '../../../lib/units';
import { brokenAwsRules } from '../../hardening/aws-rule';
import { AWS_RULES } from '../../hardening/aws-rules';
import { allIds, ids, refused } from '../../support/findings';
import { readable, referred } from '../../support/references';
import { type Block, onlyResource, resources, terraform } from '../../support/terraform';

const { minutes, hours, days } = Duration;

const arnOf = (region: string, account: string, name: string): string =>
  `arn:aws:backup:${region}:${account}:backup-vault:${name}`;

const own: VaultRef = { name: 'own', arn: arnOf('us-west-2', '123456789012', 'own') };
const away: VaultRef = { name: 'away', arn: arnOf('us-east-1', '123456789012', 'away'), region: 'us-east-1' };
const theirs: VaultRef = {
  name: 'theirs',
  arn: arnOf('us-west-2', '444455556666', 'theirs'),
  accountId: '444455556666',
  lock: { mode: 'compliance', minRetention: days(30), maxRetention: days(90) },
};
const database = 'arn:aws:rds:us-west-2:123456789012:db:acgs-production-main';

const valid: BackupPlanProps = {
  name: 'acgs-production',
  vault: own,
  targets: { Databases: { arns: [database] } },
};

const synth = (overrides: Partial<BackupPlanProps> = {}): Block =>
  terraform((stack) => {
    new BackupPlan(stack, 'Backups', { ...valid, ...overrides });
  });

const rule = (overrides: Partial<BackupPlanProps> = {}): Block =>
  onlyResource(synth(overrides), 'aws_backup_plan').rule[0];

describe('BackupPlan', () => {
  test('takes a backup every 6 hours, each within an hour, and keeps it for 30 days', () => {
    expect(rule()).toEqual({
      rule_name: 'scheduled',
      target_vault_name: 'own',
      schedule: 'cron(0 0,6,12,18 * * ? *)',
      schedule_expression_timezone: 'Etc/UTC',
      start_window: 60,
      completion_window: 300,
      lifecycle: { delete_after: 30 },
      recovery_point_tags: { plan: 'acgs-production' },
      copy_action: [],
    });
  });

  test('copies to another region and to another account, as long as the backup or as told', () => {
    expect(rule({ copies: [{ to: away }, { to: theirs, retention: days(60) }] }).copy_action).toEqual([
      {
        destination_vault_arn: 'arn:aws:backup:us-east-1:123456789012:backup-vault:away',
        lifecycle: { delete_after: 30 },
      },
      {
        destination_vault_arn: 'arn:aws:backup:us-west-2:444455556666:backup-vault:theirs',
        lifecycle: { delete_after: 60 },
      },
    ]);
  });

  test.each<readonly [string, Partial<BackupPlanProps>]>([
    ['cron(30 1,7,13,19 * * ? *)', { at: '19:30' }],
    ['cron(15 3 * * ? *)', { at: '03:15', interval: hours(24) }],
    ['cron(0 5,17 * * ? *)', { at: '05:00', interval: hours(12) }],
    [
      'cron(59 0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23 * * ? *)',
      { at: '07:59', interval: hours(1) },
    ],
  ])('%s says %j', (schedule, overrides) => {
    expect(rule({ completeWithin: hours(2), startWithin: hours(1), ...overrides }).schedule).toBe(schedule);
  });

  test('keeps what returns to any second only if told so', () => {
    expect(rule({ continuous: true }).enable_continuous_backup).toBe(true);
    expect(rule()).not.toHaveProperty('enable_continuous_backup');
  });

  test('selects by name, and by tags that must all be there', () => {
    const json = synth({
      targets: {
        Databases: { arns: [database] },
        Volumes: {
          arns: ['arn:aws:ec2:*:*:volume/*'],
          tags: { 'kubernetes.io/cluster/acgs-production': 'owned', backup: 'true' },
        },
      },
    });
    const [databases, volumes] = resources(json, 'aws_backup_selection');
    expect(databases).toMatchObject({ name: 'Databases', resources: [database] });
    expect(databases).not.toHaveProperty('condition');
    expect(volumes).toMatchObject({
      name: 'Volumes',
      resources: ['arn:aws:ec2:*:*:volume/*'],
      condition: [
        {
          string_equals: [
            { key: 'aws:ResourceTag/kubernetes.io/cluster/acgs-production', value: 'owned' },
            { key: 'aws:ResourceTag/backup', value: 'true' },
          ],
        },
      ],
    });
    expect(volumes).not.toHaveProperty('selection_tag');
  });

  test('the role that takes backups restores none, and the other way round', () => {
    const json = synth();
    const attached = resources(json, 'aws_iam_role_policy_attachment').map(({ role, policy_arn: arn }) => [
      role.includes('RestoreRole') ? 'restore' : 'backup',
      readable(arn).split('/').at(-1),
    ]);
    expect(attached.sort()).toEqual([
      ['backup', 'AWSBackupServiceRolePolicyForBackup'],
      ['restore', 'AWSBackupServiceRolePolicyForRestores'],
    ]);
    const [selection] = resources(json, 'aws_backup_selection');
    expect(selection.iam_role_arn).not.toContain('RestoreRole');
    expect(selection.depends_on).toEqual([expect.stringMatching(/AWSBackupServiceRolePolicyForBackup/)]);
    expect(readable(onlyResource(json, 'aws_backup_selection').plan_id)).toBe('<aws_backup_plan.id>');
  });

  test('stands where its vault stands', () => {
    const json = synth({ vault: away });
    for (const type of ['aws_backup_plan', 'aws_backup_selection'])
      expect(onlyResource(json, type).region).toBe('us-east-1');
    for (const type of ['aws_backup_plan', 'aws_backup_selection'])
      expect(onlyResource(synth(), type)).not.toHaveProperty('region');
  });

  test('comes after the vaults that it names', () => {
    const json = terraform((stack) => {
      const vault = new BackupVault(stack, 'Vault', { name: 'own' });
      const copies = [{ to: new BackupVault(stack, 'Copies', { name: 'away', region: 'us-east-1' }) }];
      new BackupPlan(stack, 'Backups', { ...valid, vault, copies });
    });
    const [made] = onlyResource(json, 'aws_backup_plan').rule;
    expect(made.target_vault_name).toMatch(/^\$\{aws_backup_vault\.Vault_.*\.name\}$/);
    expect(made.copy_action[0].destination_vault_arn).toMatch(/^\$\{aws_backup_vault\.Copies_.*\.arn\}$/);
    expect(brokenAwsRules('test', json, AWS_RULES)).toEqual([]);
  });

  test('says what others compose with', () => {
    const attributes = referred((stack) => {
      const plan = new BackupPlan(stack, 'Backups', valid);
      expect(plan.node.defaultChild).toMatchObject({ terraformResourceType: 'aws_backup_plan' });
      return { arn: plan.arn, restoreRoleArn: plan.restoreRoleArn };
    });
    expect(attributes).toEqual({ arn: '<aws_backup_plan.arn>', restoreRoleArn: '<aws_iam_role.arn>' });
  });

  const both: VaultRef = { ...theirs, region: 'us-east-1' };
  const locked: VaultRef = { ...own, lock: { mode: 'governance', minRetention: days(30), maxRetention: days(30) } };
  const short = { interval: hours(24), at: '06:00' };

  const rows: readonly (readonly [check: string | undefined, it: string, overrides: Partial<BackupPlanProps>])[] = [
    ['backup-plan-name-is-allowed', 'a space', { name: 'acgs production' }],
    [undefined, '50 characters', { name: 'a'.repeat(50) }],
    ['backup-plan-name-is-allowed', '51 characters', { name: 'a'.repeat(51) }],
    ['backup-plan-covers-something', 'no targets', { targets: {} }],
    ['backup-plan-covers-something', 'an empty target', { targets: { Databases: { arns: [] } } }],
    ['backup-plan-targets-are-named', 'a slash', { targets: { 'a/b': { arns: [database] } } }],
    ['backup-plan-comes-at-the-same-times', '5 hours', { interval: hours(5) }],
    [
      'backup-plan-comes-at-the-same-times backup-plan-ends-before-the-next',
      '90 minutes',
      { interval: minutes(90), completeWithin: hours(2), startWithin: hours(1) },
    ],
    [undefined, '8 hours', { interval: hours(8) }],
    ['backup-plan-starts-at-a-time', 'midnight of tomorrow', { at: '24:00' }],
    [undefined, 'the last minute', { at: '23:59' }],
    ['backup-plan-keeps-for-days', 'no time', { retention: days(0) }],
    [undefined, 'a day', { retention: days(1) }],
    ['backup-plan-keeps-for-days', 'a copy for hours', { copies: [{ to: away, retention: hours(30) }] }],
    ['backup-plan-continuous-is-short backup-plan-has-one-owner', '36 days', { continuous: true, retention: days(36) }],
    ['backup-plan-has-time-to-start', '59 minutes', { startWithin: minutes(59) }],
    ['backup-plan-has-time-to-start', 'half a minute', { startWithin: Duration.seconds(3630) }],
    ['backup-plan-has-time-to-end', '119 minutes', { completeWithin: minutes(119) }],
    [undefined, '120 minutes', { completeWithin: minutes(120) }],
    [undefined, 'all of the interval', { completeWithin: hours(6) }],
    ['backup-plan-ends-before-the-next', 'more than the interval', { completeWithin: minutes(361) }],
    ['backup-plan-copies-leave', 'a vault beside it', { copies: [{ to: { ...own, name: 'b', arn: `${own.arn}b` } }] }],
    [undefined, 'another region', { copies: [{ to: away }] }],
    [undefined, 'another account', { copies: [{ to: theirs }] }],
    ['backup-plan-copies-change-one-thing', 'both', { copies: [{ to: both }] }],
    ['backup-plan-locks-take-it-in', 'a day less', { vault: locked, retention: days(29) }],
    [undefined, 'what the lock asks', { vault: locked }],
    ['backup-plan-locks-take-it-in', 'a day more', { vault: locked, retention: days(31) }],
    ['backup-plan-locks-take-it-in', 'a copy that goes early', { copies: [{ to: theirs, retention: days(29) }] }],
    ['backup-plan-locks-take-it-in', 'a copy that stays', { copies: [{ to: theirs, retention: days(91) }] }],
    ['backup-plan-windows-are-read', 'words', { avoid: ['at night'] }],
    ['backup-plan-stays-out-of-windows', 'the backup window', { ...short, avoid: ['06:30-07:30'] }],
    [undefined, 'a window that begins when the start is over', { ...short, avoid: ['07:00-08:00'] }],
    [undefined, 'a window that has just ended', { ...short, avoid: ['05:00-06:00'] }],
    ['backup-plan-stays-out-of-windows', 'maintenance once a week', { ...short, avoid: ['sun:06:30-sun:07:30'] }],
    ['backup-plan-stays-out-of-windows', 'the fourth of the day', { avoid: ['18:30-19:30'] }],
    [
      'backup-plan-stays-out-of-windows',
      'a start over midnight',
      { interval: hours(24), at: '23:30', avoid: ['00:00-00:30'] },
    ],
  ];

  test.each(rows)('%s: %s', (check, _, overrides) => {
    expect(ids(BackupPlan.inspect('Backups', { ...valid, ...overrides }))).toEqual(check?.split(' ') ?? []);
  });

  test('two owners of one retention are a warning', () => {
    expect(BackupPlan.inspect('Backups', { ...valid, continuous: true, retention: days(35) })).toMatchObject([
      { check: 'backup-plan-has-one-owner', severity: 'warning' },
    ]);
  });

  test('refuses what it finds', () => {
    expect(refused(() => synth({ name: '', interval: hours(5) }))).toEqual([
      'backup-plan-name-is-allowed',
      'backup-plan-comes-at-the-same-times',
    ]);
  });

  test('every check has a failing row', () => {
    const failing = rows.flatMap(([check]) => check?.split(' ') ?? []);
    expect([...new Set(failing)].sort()).toEqual(allIds(BACKUP_PLAN_CHECKS));
  });
});
