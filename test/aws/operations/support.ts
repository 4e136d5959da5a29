import type { TerraformStack } from 'cdktf';
import { type Block, resources, terraform } from '../../support/terraform';

export const TOPIC = 'arn:aws:sns:us-west-2:123456789012:alarms';

/** Alarms that a build makes, by what stands after a prefix in their names. */
export function alarmsBySuffix(prefix: string, build: (stack: TerraformStack) => void): Record<string, Block> {
  const alarms = resources(terraform(build), 'aws_cloudwatch_metric_alarm');
  return Object.fromEntries(alarms.map((alarm) => [alarm.alarm_name.replace(prefix, ''), alarm]));
}

/** What decides when an alarm rings, in one line. */
export const ringing = (alarm: Block): string =>
  [
    alarm.metric_name ?? alarm.metric_query[0].expression,
    alarm.statistic ?? alarm.extended_statistic ?? '',
    { GreaterThanThreshold: '>', LessThanThreshold: '<' }[alarm.comparison_operator as string],
    alarm.threshold,
    `${alarm.datapoints_to_alarm}/${alarm.evaluation_periods}x${alarm.period ?? alarm.metric_query.at(-1)?.metric?.period ?? alarm.metric_query[0].period}s`,
    alarm.treat_missing_data,
  ]
    .filter((part) => part !== '')
    .join(' ');
