import { AlarmTopic } from '../../../lib/aws/operations/alarm-topic';
import { ALARM_TOPIC_CHECKS } from '../../../lib/aws/operations/alarm-topic-checks';
import type { AlarmTopicProps, Subscription } from '../../../lib/aws/operations/alarm-topic-props';
import { isError } from '../../../lib/check';
import { brokenAwsRules } from '../../hardening/aws-rule';
import { AWS_RULES } from '../../hardening/aws-rules';
import { allIds, ids, refused } from '../../support/findings';
import { readable, referred } from '../../support/references';
import { type Block, onlyResource, resources, terraform } from '../../support/terraform';

const EMAIL: Subscription = { protocol: 'email', name: 'on-call', address: 'on-call@example.com' };
const PROPS: AlarmTopicProps = { name: 'acgs-production-alarms', subscriptions: [EMAIL] };

const synth = (overrides: Partial<AlarmTopicProps> = {}) =>
  terraform((stack) => {
    new AlarmTopic(stack, 'Topic', { ...PROPS, ...overrides });
  });

const statements = (json: Block, type: string): Block[] =>
  JSON.parse(readable(onlyResource(json, type).policy)).Statement;

describe('AlarmTopic', () => {
  test('is encrypted with a key whose policy names those who publish', () => {
    const json = synth({ publishers: ['cloudwatch', 'events', 'budgets', 'backup'] });

    expect(readable(onlyResource(json, 'aws_sns_topic').kms_master_key_id)).toBe('<aws_kms_key.arn>');
    expect(onlyResource(json, 'aws_sns_topic')).toMatchObject({ name: 'acgs-production-alarms', signature_version: 2 });
    expect(
      statements(json, 'aws_kms_key')
        .slice(1)
        .map(({ Principal }) => Principal.Service),
    ).toEqual([
      ['cloudwatch.amazonaws.com'],
      ['events.amazonaws.com'],
      ['budgets.amazonaws.com'],
      ['backup.amazonaws.com'],
    ]);
  });

  test('what costs are found out by may publish: the key lets it in as the topic does, for this account alone', () => {
    const json = synth({ region: 'us-east-1', publishers: ['budgets', 'costalerts'] });
    const own = { StringEquals: { 'aws:SourceAccount': '<aws_caller_identity.account_id>' } };
    const publishers = ['budgets.amazonaws.com', 'costalerts.amazonaws.com'];

    for (const type of ['aws_kms_key', 'aws_sns_topic_policy']) {
      const admitted = statements(json, type).filter(({ Principal }) => Principal.Service);
      expect(admitted.map(({ Principal, Condition }) => [Principal.Service, Condition])).toEqual(
        publishers.map((service) => [[service], own]),
      );
    }
  });

  test('takes nothing over plain HTTP, and messages of this account only; EventBridge sends no proof', () => {
    const json = synth();
    const [deny, cloudwatch, events, ...others] = statements(json, 'aws_sns_topic_policy');

    expect(deny).toEqual({
      Sid: 'DenyPlainText',
      Effect: 'Deny',
      Principal: { AWS: ['*'] },
      Action: ['sns:Publish'],
      Resource: ['<aws_sns_topic.arn>'],
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    });
    expect(cloudwatch).toEqual({
      Sid: 'FromCloudwatch',
      Effect: 'Allow',
      Principal: { Service: ['cloudwatch.amazonaws.com'] },
      Action: ['sns:Publish'],
      Resource: ['<aws_sns_topic.arn>'],
      Condition: { StringEquals: { 'aws:SourceAccount': '<aws_caller_identity.account_id>' } },
    });
    expect(events).toEqual({
      Sid: 'FromEvents',
      Effect: 'Allow',
      Principal: { Service: ['events.amazonaws.com'] },
      Action: ['sns:Publish'],
      Resource: ['<aws_sns_topic.arn>'],
    });
    expect(others).toEqual([]);
  });

  test('tells everybody who is subscribed, after the policy stands', () => {
    const json = synth({
      subscriptions: [EMAIL, { protocol: 'https', name: 'relay', url: 'https://relay.example.com/alarms' }],
    });
    const told = resources(json, 'aws_sns_topic_subscription');

    expect(told.map(({ protocol, endpoint }) => [protocol, endpoint])).toEqual([
      ['email', 'on-call@example.com'],
      ['https', 'https://relay.example.com/alarms'],
    ]);
    for (const { depends_on, topic_arn } of told) {
      expect(depends_on).toEqual([expect.stringMatching(/^aws_sns_topic_policy\./)]);
      expect(readable(topic_arn)).toBe('<aws_sns_topic.arn>');
    }
  });

  test('can stand in another region with all that belongs to it', () => {
    const json = synth({ region: 'us-east-1' });
    for (const type of ['aws_sns_topic', 'aws_sns_topic_policy', 'aws_sns_topic_subscription', 'aws_kms_key'])
      expect(onlyResource(json, type).region).toBe('us-east-1');
  });

  test('is hardened as checkov wants it', () => {
    expect(brokenAwsRules('test', synth(), AWS_RULES)).toEqual([]);
  });

  test('its default child is the topic, and its attributes are references', () => {
    const attributes = referred((stack) => {
      const topic = new AlarmTopic(stack, 'Topic', PROPS);
      expect(topic.node.defaultChild).toMatchObject({ terraformResourceType: 'aws_sns_topic' });
      return { arn: topic.arn, keyArn: topic.keyArn };
    });
    expect(attributes).toEqual({ arn: '<aws_sns_topic.arn>', keyArn: '<aws_kms_key.arn>' });
  });

  const url = (text: string): Partial<AlarmTopicProps> => ({
    subscriptions: [{ protocol: 'https', name: 'relay', url: text }],
  });
  const address = (text: string): Partial<AlarmTopicProps> => ({ subscriptions: [{ ...EMAIL, address: text }] });
  const TELLING = 'alarm-topic-endpoints-hold-no-keys';

  const rows: readonly (readonly [checks: readonly string[], it: string, overrides: Partial<AlarmTopicProps>])[] = [
    [['alarm-topic-name-is-allowed'], 'no name', { name: '' }],
    [[], 'a name of 240 characters', { name: 'a'.repeat(240) }],
    [['alarm-topic-name-is-allowed'], 'a name of 241 characters', { name: 'a'.repeat(241) }],
    [['alarm-topic-name-is-allowed'], 'a name with a dot', { name: 'a.fifo' }],
    [['alarm-topic-has-publishers'], 'nobody who publishes', { publishers: [] }],
    [['alarm-topic-has-publishers'], 'one who publishes twice', { publishers: ['events', 'events'] }],
    [['alarm-topic-has-subscribers'], 'nobody who hears', { subscriptions: [] }],
    [['alarm-topic-subscriptions-have-names'], 'a name twice', { subscriptions: [EMAIL, EMAIL] }],
    [
      ['alarm-topic-subscriptions-have-names'],
      'a name that is no label',
      { subscriptions: [{ ...EMAIL, name: 'On Call' }] },
    ],
    [['alarm-topic-endpoints-are-well-formed'], 'an address without a domain', address('on-call')],
    [['alarm-topic-endpoints-are-well-formed'], 'an address with a blank', address('on call@example.com')],
    [['alarm-topic-endpoints-are-well-formed'], 'a URL without TLS', url('http://relay.example.com/')],
    [[], 'a URL with a readable path', url('https://relay.example.com/teams/platform-engineering/alarms')],
    [[TELLING], 'a URL with a query', url('https://relay.example.com/alarms?key=1')],
    [[TELLING], 'a URL with a user', url('https://me:secret@relay.example.com/alarms')],
    [
      [TELLING],
      'a URL with a key of a paging service',
      url('https://events.example.com/integration/0123456789abcdef0123/enqueue'),
    ],
    [[], 'a part of 19 characters with digits', url('https://events.example.com/0123456789abcdef012')],
    [['key-region-is-well-formed'], 'a zone as region', { region: 'us-east-1a' }],
  ];

  test.each(rows)('%s: %s', (checks, _, overrides) => {
    expect(ids(AlarmTopic.inspect('Topic', { ...PROPS, ...overrides }))).toEqual(checks);
  });

  test('nobody who hears is a warning, everything else an error', () => {
    expect(AlarmTopic.inspect('Topic', { name: 'alarms' }).map(isError)).toEqual([false]);
    expect(refused(() => synth({ name: '', subscriptions: [] }))).toEqual(['alarm-topic-name-is-allowed']);
  });

  test('every check has a failing row', () => {
    const found = new Set(rows.flatMap(([checks]) => checks));
    expect(allIds(ALARM_TOPIC_CHECKS).filter((id) => !found.has(id))).toEqual([]);
  });
});
