import { HEARTBEAT_TOPIC_CHECKS, Heartbeat, type HeartbeatProps } from '../../../lib/aws';
import { allIds, ids, refused } from '../../support/findings';
import { resources, terraform } from '../../support/terraform';

const props: HeartbeatProps = {
  name: 'shop-production-heartbeat',
  topicArns: ['arn:aws:sns:eu-west-1:123456789012:shop-production-alarms'],
};
const build = (overrides: Partial<HeartbeatProps> = {}) =>
  terraform((stack) => new Heartbeat(stack, 'Heartbeat', { ...props, ...overrides }));

test('silence of a quarter of an hour rings, and so does a topic that reports nothing at all', () => {
  const [alarm] = resources(build(), 'aws_cloudwatch_metric_alarm');
  expect(alarm).toMatchObject({
    alarm_name: 'shop-production-heartbeat-silent',
    namespace: 'AWS/SNS',
    metric_name: 'NumberOfMessagesPublished',
    dimensions: { TopicName: 'shop-production-heartbeat' },
    statistic: 'Sum',
    comparison_operator: 'LessThanThreshold',
    threshold: 1,
    period: 300,
    evaluation_periods: 3,
    datapoints_to_alarm: 3,
    treat_missing_data: 'breaching',
    alarm_actions: props.topicArns,
  });
});

test('the topic is encrypted, takes nothing in plain text, and has no subscriber', () => {
  const stack = build();
  const [topic] = resources(stack, 'aws_sns_topic');
  expect(topic.name).toBe('shop-production-heartbeat');
  expect(topic.kms_master_key_id).toMatch(/aws_kms_key/);
  const [{ policy }] = resources(stack, 'aws_sns_topic_policy');
  expect(JSON.parse(policy).Statement).toEqual([
    expect.objectContaining({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
  ]);
  expect(resources(stack, 'aws_sns_topic_subscription')).toEqual([]);
});

test('whoever is told reads on where it is written what to do', () => {
  const [alarm] = resources(
    build({ runbooks: { Silence: 'https://runbooks.example.com/alerts.md#watchdog' } }),
    'aws_cloudwatch_metric_alarm',
  );
  expect(alarm.alarm_description).toContain('https://runbooks.example.com/alerts.md#watchdog');
});

const rows: readonly (readonly [it: string, given: Partial<HeartbeatProps>, expected: readonly string[]])[] = [
  ['takes what is sound', {}, []],
  ['refuses a topic without a name', { name: '' }, ['heartbeat-topic-name-is-allowed']],
  ['takes a name of 240 characters', { name: 'a'.repeat(240) }, []],
  ['refuses one of 241', { name: 'a'.repeat(241) }, ['heartbeat-topic-name-is-allowed']],
];

test.each(rows)('%s', (_, given, expected) => {
  expect(ids(Heartbeat.inspect('Heartbeat', { ...props, ...given }))).toEqual(expected);
  expect(refused(() => build(given))).toEqual(expected);
});

test('an alarm that tells nobody, or leads to a runbook of another, is refused', () => {
  expect(ids(Heartbeat.inspect('Heartbeat', { ...props, topicArns: [] }))).toEqual(['alarm-tells-somebody']);
  expect(ids(Heartbeat.inspect('Heartbeat', { ...props, runbooks: { Noise: 'a.md' } }))).toEqual([
    'alarm-runbooks-belong-to-alarms',
  ]);
});

test('every check has a failing row', () => {
  expect([...new Set(rows.flatMap(([, , expected]) => expected))].sort()).toEqual(allIds(HEARTBEAT_TOPIC_CHECKS));
});
