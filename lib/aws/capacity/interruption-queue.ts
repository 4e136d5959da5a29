import { CloudwatchEventRule } from '@cdktf/provider-aws/lib/cloudwatch-event-rule';
import { CloudwatchEventTarget } from '@cdktf/provider-aws/lib/cloudwatch-event-target';
import { SqsQueue } from '@cdktf/provider-aws/lib/sqs-queue';
import { SqsQueuePolicy } from '@cdktf/provider-aws/lib/sqs-queue-policy';
import { Construct } from 'constructs';
import { policyDocument } from '../policy';
import type { EncryptionKey } from '../secrets/encryption-key';

/** A queue for the notices of one cluster. */
export interface InterruptionQueueProps {
  /** Name of the queue, which the controller is told. */
  readonly name: string;
  /** Key of the messages, whose users include `events`. @default - a key that SQS keeps */
  readonly key?: EncryptionKey;
}

/** What AWS says before a node goes, by the id of its rule. Source: Karpenter, cloudformation.yaml (2026-08-21). */
const NOTICES: Readonly<Record<string, { readonly source: string; readonly detail: string; readonly says: string }>> = {
  SpotInterruption: {
    source: 'aws.ec2',
    detail: 'EC2 Spot Instance Interruption Warning',
    says: 'Spot nodes that are taken back in two minutes',
  },
  Rebalance: {
    source: 'aws.ec2',
    detail: 'EC2 Instance Rebalance Recommendation',
    says: 'Spot nodes that may soon be taken back',
  },
  StateChange: {
    source: 'aws.ec2',
    detail: 'EC2 Instance State-change Notification',
    says: 'Nodes that somebody stops or ends',
  },
  CapacityReservation: {
    source: 'aws.ec2',
    detail: 'EC2 Capacity Reservation Instance Interruption Warning',
    says: 'Nodes in reserved capacity that ends',
  },
  Health: { source: 'aws.health', detail: 'AWS Health Event', says: 'Maintenance and failures of hardware' },
};

/** Notices that are older than this tell of nodes that are gone. */
const RETENTION_SECONDS = 300;

/** Where the notices that nodes will go wait for Karpenter: encrypted, over TLS only, from its own rules alone. */
export class InterruptionQueue extends Construct {
  /** ARN of the queue, for the policy of its reader. */
  readonly arn: string;

  /** Makes queue, policy and rules; checks nothing. */
  constructor(scope: Construct, id: string, { name, key }: InterruptionQueueProps) {
    super(scope, id);
    const queue = new SqsQueue(this, 'Resource', {
      name,
      messageRetentionSeconds: RETENTION_SECONDS,
      ...(key ? { kmsMasterKeyId: key.arn } : { sqsManagedSseEnabled: true }),
    });
    this.arn = queue.arn;
    const rules = Object.entries(NOTICES).map(([notice, { source, detail, says }]) => ({
      notice,
      rule: new CloudwatchEventRule(this, notice, {
        description: says,
        eventPattern: JSON.stringify({ source: [source], 'detail-type': [detail] }),
        tags: { Name: `${name}-${notice}` },
      }),
    }));
    const policy = new SqsQueuePolicy(this, 'Policy', {
      queueUrl: queue.url,
      policy: policyDocument([
        {
          sid: 'FromItsRules',
          principals: { Service: ['events.amazonaws.com'] },
          actions: ['sqs:SendMessage'],
          resources: [queue.arn],
          conditions: { ArnEquals: { 'aws:SourceArn': rules.map(({ rule }) => rule.arn) } },
        },
        {
          sid: 'OnlyOverTls',
          effect: 'Deny',
          principals: { AWS: ['*'] },
          actions: ['sqs:*'],
          resources: [queue.arn],
          conditions: { Bool: { 'aws:SecureTransport': 'false' } },
        },
      ]),
    });
    for (const { notice, rule } of rules) {
      new CloudwatchEventTarget(this, `${notice}ToQueue`, { rule: rule.name, arn: queue.arn, dependsOn: [policy] });
    }
  }
}
