import { SnsTopic } from '@cdktf/provider-aws/lib/sns-topic';
import { SnsTopicPolicy } from '@cdktf/provider-aws/lib/sns-topic-policy';
import { SnsTopicSubscription } from '@cdktf/provider-aws/lib/sns-topic-subscription';
import { Construct } from 'constructs';
import { enforce, type Finding, inspect, withDefaults } from '../../check';
import { AwsAccount } from '../aws-account';
import { policyDocument, type Statement } from '../policy';
import { EncryptionKey } from '../secrets/encryption-key';
import { ALARM_TOPIC_CHECKS } from './alarm-topic-checks';
import {
  ALARM_TOPIC_DEFAULTS,
  type AlarmTopicPlan,
  type AlarmTopicProps,
  type TopicPublisher,
} from './alarm-topic-props';

const planned = (props: AlarmTopicProps): AlarmTopicPlan => withDefaults(ALARM_TOPIC_DEFAULTS, props);

/**
 * Where alarms go: a topic encrypted with a key whose policy names those who publish, without which every message vanishes
 * unseen. It takes nothing over plain HTTP.
 *
 * A new subscription hears nothing before somebody follows the link in its first message. To check the whole way, run
 * `aws cloudwatch set-alarm-state` on one alarm.
 *
 * @example
 * const topic = new AlarmTopic(stack, 'Alarms', {
 *   name: 'acgs-production-alarms',
 *   subscriptions: [{ protocol: 'email', name: 'on-call', address: 'on-call@example.com' }],
 * });
 */
export class AlarmTopic extends Construct {
  /** What is wrong with name, publishers and subscribers; makes nothing. */
  static inspect(path: string, props: AlarmTopicProps): Finding[] {
    const plan = planned(props);
    return [
      ...inspect<AlarmTopicPlan>(path, plan, ALARM_TOPIC_CHECKS),
      ...EncryptionKey.inspect(`${path}/Key`, keyOf(plan)).filter(({ prop }) => prop === 'region'),
    ];
  }

  /** What alarms, rules and budgets are given as the place to publish to. */
  readonly arn: string;
  /** ARN of its key, for others that publish with permissions of their own. */
  readonly keyArn: string;

  /** @throws InvalidPropsError listing every error that `inspect` finds. */
  constructor(scope: Construct, id: string, props: AlarmTopicProps) {
    super(scope, id);
    const plan = planned(props);
    enforce(this, AlarmTopic.inspect(this.node.path, props));

    const elsewhere = plan.region === undefined ? {} : { region: plan.region };
    const key = new EncryptionKey(this, 'Key', keyOf(plan));
    const topic = new SnsTopic(this, 'Resource', {
      ...elsewhere,
      name: plan.name,
      kmsMasterKeyId: key.arn,
      signatureVersion: 2,
    });
    const policy = new SnsTopicPolicy(this, 'Policy', {
      ...elsewhere,
      arn: topic.arn,
      policy: policyDocument(this.statements(topic.arn, plan.publishers)),
    });
    for (const subscription of plan.subscriptions) {
      new SnsTopicSubscription(this, subscription.name, {
        ...elsewhere,
        topicArn: topic.arn,
        protocol: subscription.protocol,
        endpoint: subscription.protocol === 'email' ? subscription.address : subscription.url,
        dependsOn: [policy],
      });
    }
    this.arn = topic.arn;
    this.keyArn = key.arn;
  }

  /** Source for EventBridge: its user guide says that policies of topics take no condition on it. */
  private statements(topicArn: string, publishers: readonly TopicPublisher[]): Statement[] {
    const account = AwsAccount.of(this);
    const publish = { actions: ['sns:Publish'], resources: [topicArn] };
    return [
      {
        ...publish,
        sid: 'DenyPlainText',
        effect: 'Deny',
        principals: { AWS: ['*'] },
        conditions: { Bool: { 'aws:SecureTransport': 'false' } },
      },
      ...publishers.map(
        (publisher): Statement => ({
          ...publish,
          sid: `From${publisher.charAt(0).toUpperCase()}${publisher.slice(1)}`,
          principals: { Service: [`${publisher}.amazonaws.com`] },
          ...(publisher !== 'events' && { conditions: { StringEquals: { 'aws:SourceAccount': account.id } } }),
        }),
      ),
    ];
  }
}

const keyOf = ({ name, publishers, region }: AlarmTopicPlan) => ({
  alias: `sns/${name}`,
  description: `Messages of the topic ${name}`,
  users: publishers,
  ...(region !== undefined && { region }),
});
