import { SnsTopic } from '@cdktf/provider-aws/lib/sns-topic';
import { SnsTopicPolicy } from '@cdktf/provider-aws/lib/sns-topic-policy';
import { Construct } from 'constructs';
import { type Check, enforce, type Finding, inspect } from '../../check';
import type { AlarmSpec } from '../../model/operations/alarm';
import { Duration } from '../../units';
import { policyDocument } from '../policy';
import { EncryptionKey } from '../secrets/encryption-key';
import { type AlarmRules, type AlarmSetActions, buildAlarms, inspectSet } from './alarm-set';

/** A topic that must not fall silent. */
export interface HeartbeatProps extends Omit<AlarmSetActions, 'region'> {
  /** Name of the topic (1-240 letters, digits, `_`, `-`); what publishes to it knows it by its ARN. */
  readonly name: string;
}

/** What is asked of the topic. */
export const HEARTBEAT_TOPIC_CHECKS: readonly Check<HeartbeatProps>[] = [
  {
    id: 'heartbeat-topic-name-is-allowed',
    prop: 'name',
    holds: ({ name }) => /^[\w-]{1,240}$/.test(name),
    rule: "must be 1-240 letters, digits, '_' or '-'",
    remedy: 'use one such as acgs-production-heartbeat',
  },
];

/** Source of names: SNS developer guide, "Amazon SNS metrics", which are sent every five minutes. */
const silence = ({ name }: HeartbeatProps): AlarmSpec => ({
  name: `${name}-silent`,
  happened: 'No alert has got out of the cluster for 15 minutes, not even the one that always holds',
  remedy:
    'see whether Prometheus and Alertmanager run, whether Alertmanager may publish, and whether the cluster reaches SNS; ' +
    'until then nothing that Prometheus notices is heard',
  watched: {
    namespace: 'AWS/SNS',
    metric: 'NumberOfMessagesPublished',
    dimensions: { TopicName: name },
    statistic: 'Sum',
  },
  comparison: '<',
  threshold: 1,
  period: Duration.minutes(5),
  periods: 3,
  badPeriods: 3,
  missing: 'breaching',
  missingBecause: 'a topic that nobody publishes to reports nothing, which is the fault that is looked for',
});

const rulesOf = (props: HeartbeatProps): AlarmRules => ({ Silence: silence(props) });

/**
 * Notices from outside that alerts no longer leave a cluster: its Alertmanager publishes an alert that always holds to this
 * topic every minute, and an alarm rings when it stops. Nobody subscribes to the topic.
 *
 * @example
 * new Heartbeat(stack, 'Heartbeat', { name: 'acgs-production-heartbeat', topicArns: [alarms.arn] });
 */
export class Heartbeat extends Construct {
  /** What is wrong with the topic and with whom its silence tells; makes nothing. */
  static inspect(path: string, props: HeartbeatProps): Finding[] {
    return inspectSet(path, inspect<HeartbeatProps>(path, props, HEARTBEAT_TOPIC_CHECKS), () => rulesOf(props), props);
  }

  /** ARN of the topic. */
  readonly arn: string;

  /** @throws InvalidPropsError listing every error that `inspect` finds. */
  constructor(scope: Construct, id: string, props: HeartbeatProps) {
    super(scope, id);
    enforce(this, Heartbeat.inspect(this.node.path, props));

    const key = new EncryptionKey(this, 'Key', {
      alias: `sns/${props.name}`,
      description: `Messages of the topic ${props.name}`,
    });
    const topic = new SnsTopic(this, 'Resource', { name: props.name, kmsMasterKeyId: key.arn, signatureVersion: 2 });
    new SnsTopicPolicy(this, 'Policy', {
      arn: topic.arn,
      policy: policyDocument([
        {
          sid: 'DenyPlainText',
          effect: 'Deny',
          principals: { AWS: ['*'] },
          actions: ['sns:Publish'],
          resources: [topic.arn],
          conditions: { Bool: { 'aws:SecureTransport': 'false' } },
        },
      ]),
    });
    this.arn = topic.arn;
    buildAlarms(this, rulesOf(props), props);
  }
}
