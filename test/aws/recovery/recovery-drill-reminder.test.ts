import {
  RECOVERY_DRILL_REMINDER_CHECKS,
  RecoveryDrillReminder,
  type RecoveryDrillReminderProps,
} from '../../../lib/aws/recovery/recovery-drill-reminder';
import { brokenAwsRules } from '../../hardening/aws-rule';
import { AWS_RULES } from '../../hardening/aws-rules';
import { allIds, ids, refused } from '../../support/findings';
import { readable } from '../../support/references';
import { type Block, onlyResource, terraform } from '../../support/terraform';

const valid: RecoveryDrillReminderProps = {
  name: 'acgs-production-recovery-drill',
  runbook: 'Recovery of acgs production',
  topicArn: 'arn:aws:sns:us-west-2:123456789012:alarms',
};

const synth = (overrides: Partial<RecoveryDrillReminderProps> = {}): Block =>
  terraform((stack) => {
    new RecoveryDrillReminder(stack, 'Drill', { ...valid, ...overrides });
  });

const schedule = (overrides: Partial<RecoveryDrillReminderProps> = {}): Block =>
  onlyResource(synth(overrides), 'aws_scheduler_schedule');

const rights = (overrides: Partial<RecoveryDrillReminderProps> = {}): Block[] =>
  JSON.parse(onlyResource(synth(overrides), 'aws_iam_role_policy').policy).Statement;

describe('RecoveryDrillReminder', () => {
  test('sends the name of the runbook on the first Monday of each quarter, at 9', () => {
    expect(schedule()).toMatchObject({
      name: 'acgs-production-recovery-drill',
      schedule_expression: 'cron(0 9 ? 1,4,7,10 2#1 *)',
      schedule_expression_timezone: 'Etc/UTC',
      flexible_time_window: { mode: 'OFF' },
      target: {
        arn: 'arn:aws:sns:us-west-2:123456789012:alarms',
        input: 'A recovery drill is due. Follow the runbook, write down what it measured: Recovery of acgs production',
      },
    });
    expect(readable(schedule().target.role_arn)).toBe('<aws_iam_role.arn>');
    expect(schedule().depends_on).toEqual([expect.stringMatching(/^aws_iam_role_policy\./)]);
  });

  test('comes when told', () => {
    expect(schedule({ months: [2, 5, 8, 11], hour: 0, timeZone: 'America/Los_Angeles' })).toMatchObject({
      schedule_expression: 'cron(0 0 ? 2,5,8,11 2#1 *)',
      schedule_expression_timezone: 'America/Los_Angeles',
    });
  });

  test('may publish to its topic, with the key of that, and nothing else', () => {
    expect(rights()).toEqual([{ Sid: 'Remind', Effect: 'Allow', Action: ['sns:Publish'], Resource: [valid.topicArn] }]);
    const topicKeyArn = 'arn:aws:kms:us-west-2:123456789012:key/1';
    expect(rights({ topicKeyArn })[1]).toEqual({
      Sid: 'UseKeyOfTopic',
      Effect: 'Allow',
      Action: ['kms:GenerateDataKey*', 'kms:Decrypt'],
      Resource: [topicKeyArn],
      Condition: {
        StringEquals: { 'kms:EncryptionContext:aws:sns:topicArn': valid.topicArn },
        StringLike: { 'kms:ViaService': 'sns.*.amazonaws.com' },
      },
    });
    const trust = readable(onlyResource(synth(), 'aws_iam_role').assume_role_policy);
    expect(trust).toContain('scheduler.amazonaws.com');
    expect(trust).toContain('"aws:SourceAccount":"<aws_caller_identity.account_id>"');
    expect(brokenAwsRules('test', synth({ topicKeyArn }), AWS_RULES)).toEqual([]);
  });

  const rows: readonly (readonly [string | undefined, string, Partial<RecoveryDrillReminderProps>])[] = [
    ['recovery-drill-name-is-allowed', 'a space', { name: 'recovery drill' }],
    [undefined, '64 characters', { name: 'a'.repeat(64) }],
    ['recovery-drill-name-is-allowed', '65 characters', { name: 'a'.repeat(65) }],
    ['recovery-drill-runbook-is-named', 'blanks', { runbook: '  ' }],
    [undefined, '256 characters', { runbook: 'a'.repeat(256) }],
    ['recovery-drill-runbook-is-named', '257 characters', { runbook: 'a'.repeat(257) }],
    ['recovery-drill-months-are-months recovery-drill-comes-each-quarter', 'no month', { months: [] }],
    ['recovery-drill-months-are-months', 'a month 0', { months: [0, 1, 4, 7, 10] }],
    ['recovery-drill-months-are-months', 'a month 13', { months: [1, 4, 7, 10, 13] }],
    ['recovery-drill-months-are-months', 'a month twice', { months: [1, 1, 4, 7, 10] }],
    ['recovery-drill-comes-each-quarter', 'three quarters', { months: [1, 4, 7] }],
    [undefined, 'the last of each', { months: [3, 6, 9, 12] }],
    ['recovery-drill-hour-is-of-a-day', 'hour 24', { hour: 24 }],
    [undefined, 'hour 23', { hour: 23 }],
    ['recovery-drill-hour-is-of-a-day', 'no number', { hour: Number.NaN }],
    ['recovery-drill-time-zone-is-named', 'a short name', { timeZone: 'PST' }],
  ];

  test.each(rows)('%s: %s', (check, _, overrides) => {
    expect(ids(RecoveryDrillReminder.inspect('Drill', { ...valid, ...overrides }))).toEqual(check?.split(' ') ?? []);
  });

  test('refuses what it finds, and lets a yearly one pass with a warning', () => {
    expect(refused(() => synth({ hour: 24 }))).toEqual(['recovery-drill-hour-is-of-a-day']);
    expect(refused(() => synth({ months: [1] }))).toEqual([]);
  });

  test('every check has a failing row', () => {
    const failing = rows.flatMap(([check]) => check?.split(' ') ?? []);
    expect([...new Set(failing)].sort()).toEqual(allIds(RECOVERY_DRILL_REMINDER_CHECKS));
  });
});
