import { SchedulerSchedule } from '@cdktf/provider-aws/lib/scheduler-schedule';
import { Construct } from 'constructs';
import { type Check, duplicates, enforce, type Finding, inspect, isWholeWithin, withDefaults } from '../../check';
import { ServiceRole } from '../service-role';

/** Who is reminded of what, and when. */
export interface RecoveryDrillReminderProps {
  /** Name of the schedule (1-64 letters, digits, `.`, `-` and `_`). */
  readonly name: string;
  /** What is to be done, and where it is written down: the title or address of the runbook (1-256 characters). */
  readonly runbook: string;
  /** ARN of the topic that reaches those who do it. */
  readonly topicArn: string;
  /** ARN of the topic's key; `key/*` where that is not known yet: only this topic's messages can be encrypted with it. @default - it has none */
  readonly topicKeyArn?: string;
  /** Months in which it is done (1-12, each once). @default - each quarter's first: 1, 4, 7, 10 */
  readonly months?: readonly number[];
  /** Hour at which the message is sent, on the first Monday (0-23). @default 9 */
  readonly hour?: number;
  /** Zone of that hour, as the tz database names it: `America/Los_Angeles`. @default 'Etc/UTC' */
  readonly timeZone?: string;
}

type Plan = RecoveryDrillReminderProps & Required<Pick<RecoveryDrillReminderProps, 'months' | 'hour' | 'timeZone'>>;

/** What EventBridge Scheduler asks, and that a drill is not a yearly one. */
export const RECOVERY_DRILL_REMINDER_CHECKS: readonly Check<Plan>[] = [
  {
    id: 'recovery-drill-name-is-allowed',
    prop: 'name',
    holds: ({ name }) => /^[\w.-]{1,64}$/.test(name),
    rule: 'must be 1-64 letters, digits, ., - and _',
    remedy: 'use one such as acgs-production-recovery-drill',
  },
  {
    id: 'recovery-drill-runbook-is-named',
    prop: 'runbook',
    holds: ({ runbook }) => /^[^\n]{1,256}$/.test(runbook.trim()),
    rule: 'must be one line of 1-256 characters',
    remedy: 'give its title or address',
  },
  {
    id: 'recovery-drill-months-are-months',
    prop: 'months',
    holds: ({ months }) =>
      months.length > 0 && months.every((month) => isWholeWithin(month, 1, 12)) && duplicates(months).length === 0,
    rule: 'must be months from 1 to 12, each once',
    remedy: 'use 1, 4, 7 and 10',
  },
  {
    id: 'recovery-drill-comes-each-quarter',
    prop: 'months',
    severity: 'warning',
    holds: ({ months }) => [1, 4, 7, 10].every((first) => months.some((month) => month >= first && month < first + 3)),
    rule: 'must be at least one of each quarter',
    remedy: 'use 1, 4, 7 and 10: what is not rehearsed is not known to work',
  },
  {
    id: 'recovery-drill-hour-is-of-a-day',
    prop: 'hour',
    holds: ({ hour }) => isWholeWithin(hour, 0, 23),
    rule: 'must be a whole number from 0 to 23',
    remedy: 'use an hour at which everybody is there',
  },
  {
    id: 'recovery-drill-time-zone-is-named',
    prop: 'timeZone',
    holds: ({ timeZone }) => /^[A-Za-z]+(\/[A-Za-z0-9_+-]+)+$/.test(timeZone),
    rule: 'must be a name of the tz database such as America/Los_Angeles',
    remedy: 'use Etc/UTC',
  },
];

const DEFAULTS = { months: [1, 4, 7, 10], hour: 9, timeZone: 'Etc/UTC' } as const;

/**
 * A message each quarter to those who rehearse recovery, with the runbook that they follow. It starts nothing by itself: a
 * drill promotes nothing and needs people, who also write down what it measured.
 *
 * @example
 * new RecoveryDrillReminder(stack, 'Drill', {
 *   name: 'acgs-production-recovery-drill',
 *   runbook: 'Recovery of acgs production',
 *   topicArn: topic.arn,
 *   topicKeyArn: key.arn,
 * });
 */
export class RecoveryDrillReminder extends Construct {
  /** What is wrong with name and times; makes nothing. */
  static inspect(path: string, props: RecoveryDrillReminderProps): Finding[] {
    return inspect<Plan>(path, withDefaults(DEFAULTS, props), RECOVERY_DRILL_REMINDER_CHECKS);
  }

  /** @throws InvalidPropsError listing every error that `inspect` finds. */
  constructor(scope: Construct, id: string, props: RecoveryDrillReminderProps) {
    super(scope, id);
    const plan: Plan = withDefaults(DEFAULTS, props);
    enforce(this, RecoveryDrillReminder.inspect(this.node.path, props));

    const role = new ServiceRole(this, 'Role', {
      service: 'scheduler.amazonaws.com',
      ownAccountOnly: true,
      description: `Sends the reminder ${plan.name}`,
      statements: [
        { sid: 'Remind', actions: ['sns:Publish'], resources: [plan.topicArn] },
        ...(plan.topicKeyArn === undefined
          ? []
          : [
              {
                sid: 'UseKeyOfTopic',
                actions: ['kms:GenerateDataKey*', 'kms:Decrypt'],
                resources: [plan.topicKeyArn],
                conditions: {
                  StringEquals: { 'kms:EncryptionContext:aws:sns:topicArn': plan.topicArn },
                  StringLike: { 'kms:ViaService': 'sns.*.amazonaws.com' },
                },
              },
            ]),
      ],
    });
    new SchedulerSchedule(this, 'Resource', {
      name: plan.name,
      description: 'Recovery is rehearsed each quarter',
      // the first Monday: 1 is Sunday
      scheduleExpression: `cron(0 ${plan.hour} ? ${plan.months.join(',')} 2#1 *)`,
      scheduleExpressionTimezone: plan.timeZone,
      flexibleTimeWindow: { mode: 'OFF' },
      target: {
        arn: plan.topicArn,
        roleArn: role.arn,
        input: `A recovery drill is due. Follow the runbook, write down what it measured: ${plan.runbook.trim()}`,
        retryPolicy: { maximumEventAgeInSeconds: 86_400, maximumRetryAttempts: 185 },
      },
      dependsOn: [...role.grants],
    });
  }
}
