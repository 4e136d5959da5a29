import { ALARM_ACTION_CHECKS, Alarm, type AlarmProps } from '../../../lib/aws/operations/alarm';
import { Duration } from '../../../lib/units';
import { allIds, ids, refused } from '../../support/findings';
import { readable, referred } from '../../support/references';
import { onlyResource, terraform } from '../../support/terraform';

const TOPIC = 'arn:aws:sns:us-west-2:123456789012:alarms';

const PROPS: AlarmProps = {
  name: 'acgs-production-main-cpu',
  happened: 'The processor is busy',
  remedy: 'find the statement',
  watched: {
    namespace: 'AWS/RDS',
    metric: 'CPUUtilization',
    dimensions: { DBInstanceIdentifier: 'main' },
    statistic: 'Average',
  },
  comparison: '>',
  threshold: 90,
  period: Duration.minutes(1),
  periods: 5,
  badPeriods: 4,
  missing: 'breaching',
  missingBecause: 'silence means that it is down',
  topicArns: [TOPIC],
};

const synth = (overrides: Partial<AlarmProps> = {}) =>
  onlyResource(
    terraform((stack) => {
      new Alarm(stack, 'Alarm', { ...PROPS, ...overrides });
    }),
    'aws_cloudwatch_metric_alarm',
  );

describe('Alarm', () => {
  test('rings for its metric, tells when it is over, and says what to do', () => {
    expect(synth()).toMatchObject({
      alarm_name: 'acgs-production-main-cpu',
      alarm_description:
        'The processor is busy. What to do: find the statement. ' +
        'No data counts as breaching: silence means that it is down.',
      namespace: 'AWS/RDS',
      metric_name: 'CPUUtilization',
      dimensions: { DBInstanceIdentifier: 'main' },
      statistic: 'Average',
      comparison_operator: 'GreaterThanThreshold',
      threshold: 90,
      period: 60,
      evaluation_periods: 5,
      datapoints_to_alarm: 4,
      treat_missing_data: 'breaching',
      alarm_actions: [TOPIC],
      ok_actions: [TOPIC],
    });
    expect(synth()).not.toHaveProperty('region');
    expect(synth()).not.toHaveProperty('metric_query');
  });

  test.each([
    ['>', 'GreaterThanThreshold'],
    ['>=', 'GreaterThanOrEqualToThreshold'],
    ['<', 'LessThanThreshold'],
    ['<=', 'LessThanOrEqualToThreshold'],
  ] as const)('%s is %s', (comparison, operator) => {
    expect(synth({ comparison }).comparison_operator).toBe(operator);
  });

  test('of a percentile, a handful of samples says nothing', () => {
    const alarm = synth({ watched: { ...PROPS.watched, statistic: 'p95' } as AlarmProps['watched'] });
    expect(alarm).toMatchObject({ extended_statistic: 'p95', evaluate_low_sample_count_percentiles: 'ignore' });
    expect(alarm).not.toHaveProperty('statistic');
  });

  test('a formula returns one number over the series it names', () => {
    const series = PROPS.watched as Extract<AlarmProps['watched'], { metric: string }>;
    const alarm = synth({ watched: { formula: '100 * bad / all', series: { bad: series, all: series } } });
    const metric = {
      namespace: 'AWS/RDS',
      metric_name: 'CPUUtilization',
      dimensions: { DBInstanceIdentifier: 'main' },
      period: 60,
      stat: 'Average',
    };
    expect(alarm.metric_query).toEqual([
      { id: 'result', expression: '100 * bad / all', return_data: true },
      { id: 'bad', metric },
      { id: 'all', metric },
    ]);
    for (const argument of ['metric_name', 'namespace', 'statistic', 'period', 'dimensions'])
      expect(alarm).not.toHaveProperty(argument);
  });

  test('a query has a period of its own', () => {
    const alarm = synth({ watched: { formula: 'SELECT SUM(x) FROM "AWS/Backup"', series: {} } });
    expect(alarm.metric_query).toEqual([
      { id: 'result', expression: 'SELECT SUM(x) FROM "AWS/Backup"', return_data: true, period: 60 },
    ]);
  });

  test('can watch another region', () => {
    expect(synth({ region: 'us-east-1' }).region).toBe('us-east-1');
  });

  test('its default child is the alarm, and its attributes are references', () => {
    const attributes = referred((stack) => {
      const alarm = new Alarm(stack, 'Alarm', PROPS);
      expect(alarm.node.defaultChild).toMatchObject({ terraformResourceType: 'aws_cloudwatch_metric_alarm' });
      return { arn: alarm.arn, name: alarm.name };
    });
    expect(attributes).toEqual({
      arn: '<aws_cloudwatch_metric_alarm.arn>',
      name: '<aws_cloudwatch_metric_alarm.alarm_name>',
    });
    expect(readable(synth().alarm_name)).toBe('acgs-production-main-cpu');
  });

  const rows: readonly (readonly [check: string | undefined, it: string, overrides: Partial<AlarmProps>])[] = [
    ['alarm-tells-somebody', 'no topic', { topicArns: [] }],
    ['alarm-tells-somebody', 'an empty topic', { topicArns: [''] }],
    [undefined, '5 topics', { topicArns: Array(5).fill(TOPIC) }],
    ['alarm-tells-somebody', '6 topics', { topicArns: Array(6).fill(TOPIC) }],
    ['alarm-region-is-well-formed', 'a zone', { region: 'us-east-1a' }],
    ['alarm-name-is-allowed', 'what the alarm itself is asked', { name: '' }],
  ];

  test.each(rows)('%s: %s', (check, _, overrides) => {
    expect(ids(Alarm.inspect('Alarm', { ...PROPS, ...overrides }))).toEqual(check ? [check] : []);
  });

  test('refuses what it finds', () => {
    expect(refused(() => synth({ topicArns: [], threshold: Number.NaN }))).toEqual([
      'alarm-threshold-is-a-number',
      'alarm-tells-somebody',
    ]);
  });

  test('every check has a failing row', () => {
    const found = new Set(rows.map(([check]) => check));
    expect(allIds(ALARM_ACTION_CHECKS).filter((id) => !found.has(id))).toEqual([]);
  });
});
