import {
  CloudwatchMetricAlarm,
  type CloudwatchMetricAlarmConfig,
} from '@cdktf/provider-aws/lib/cloudwatch-metric-alarm';
import { Construct } from 'constructs';
import { type Check, enforce, type Finding, inspect, isRegion } from '../../check';
import {
  type AlarmComparison,
  type AlarmSpec,
  alarmDescription,
  FORMULA_RESULT,
  inspectAlarm,
  isFormula,
  type MetricFormula,
  type MetricSeries,
} from '../../model/operations/alarm';

/** Whom alarms tell, and where. */
export interface AlarmActions {
  /** ARNs of topics that hear when it rings and when it is over (1-5), in the region of the alarm. */
  readonly topicArns: readonly string[];
  /** Region of what is watched: that of CloudFront, Route 53 and global quotas is us-east-1. @default - the stack's */
  readonly region?: string;
}

/** An alarm as declared, and whom it tells. */
export interface AlarmProps extends AlarmSpec, AlarmActions {}

/** What is asked of whom an alarm tells. */
export const ALARM_ACTION_CHECKS: readonly Check<AlarmActions>[] = [
  {
    id: 'alarm-tells-somebody',
    prop: 'topicArns',
    holds: ({ topicArns }) => topicArns.length >= 1 && topicArns.length <= 5 && !topicArns.includes(''),
    rule: 'must be 1 to 5 topics',
    remedy: 'give the ARN of an AlarmTopic',
  },
  {
    id: 'alarm-region-is-well-formed',
    prop: 'region',
    holds: ({ region }) => region === undefined || isRegion(region),
    rule: 'must be an AWS region such as us-east-1',
    remedy: 'leave it out for the region of the stack',
  },
];

const OPERATORS: Readonly<Record<AlarmComparison, string>> = {
  '>': 'GreaterThanThreshold',
  '>=': 'GreaterThanOrEqualToThreshold',
  '<': 'LessThanThreshold',
  '<=': 'LessThanOrEqualToThreshold',
};

/**
 * A CloudWatch alarm that says what happened and what to do, tells somebody when it rings and when it is over, and has an
 * answer to missing data.
 *
 * @example
 * new Alarm(stack, 'Requests', {
 *   name: 'acgs-production-queue-age',
 *   happened: 'Messages wait for more than 5 minutes',
 *   remedy: 'look for failing consumers, then add consumers',
 *   watched: { namespace: 'AWS/SQS', metric: 'ApproximateAgeOfOldestMessage', dimensions: { QueueName: 'jobs' }, statistic: 'Maximum' },
 *   comparison: '>', threshold: 300, period: Duration.minutes(1), periods: 5, badPeriods: 3,
 *   missing: 'notBreaching', missingBecause: 'an empty queue reports nothing',
 *   topicArns: [topic.arn],
 * });
 */
export class Alarm extends Construct {
  /** What is wrong with the alarm and with whom it tells; makes nothing. */
  static inspect(path: string, props: AlarmProps): Finding[] {
    return [...inspectAlarm(path, props), ...inspect<AlarmActions>(path, props, ALARM_ACTION_CHECKS)];
  }

  /** ARN of the alarm, for composite alarms and health checks. */
  readonly arn: string;
  /** A reference to its name, as Route 53 health checks take it. */
  readonly name: string;

  /** @throws InvalidPropsError listing every error that `inspect` finds. */
  constructor(scope: Construct, id: string, props: AlarmProps) {
    super(scope, id);
    enforce(this, Alarm.inspect(this.node.path, props));

    const alarm = new CloudwatchMetricAlarm(this, 'Resource', {
      ...(props.region !== undefined && { region: props.region }),
      alarmName: props.name,
      alarmDescription: alarmDescription(props),
      comparisonOperator: OPERATORS[props.comparison],
      threshold: props.threshold,
      evaluationPeriods: props.periods,
      datapointsToAlarm: props.badPeriods,
      treatMissingData: props.missing,
      alarmActions: [...props.topicArns],
      okActions: [...props.topicArns],
      ...(isFormula(props.watched)
        ? worked(props.watched, props.period.toSeconds())
        : watched(props.watched, props.period.toSeconds())),
    });
    this.arn = alarm.arn;
    this.name = alarm.alarmName;
  }
}

const isPercentile = (statistic: string): boolean => statistic.startsWith('p');

/** A percentile of a handful of requests says nothing: then the state stays. */
function watched({ namespace, metric, dimensions, statistic }: MetricSeries, period: number) {
  return {
    namespace,
    metricName: metric,
    dimensions: { ...dimensions },
    period,
    ...(isPercentile(statistic)
      ? { extendedStatistic: statistic, evaluateLowSampleCountPercentiles: 'ignore' }
      : { statistic }),
  };
}

function worked({ formula, series }: MetricFormula, period: number): Pick<CloudwatchMetricAlarmConfig, 'metricQuery'> {
  return {
    metricQuery: [
      {
        id: FORMULA_RESULT,
        expression: formula,
        returnData: true,
        ...(Object.keys(series).length === 0 && { period }),
      },
      ...Object.entries(series).map(([id, { namespace, metric, dimensions, statistic }]) => ({
        id,
        metric: { namespace, metricName: metric, dimensions: { ...dimensions }, period, stat: statistic },
      })),
    ],
  };
}
