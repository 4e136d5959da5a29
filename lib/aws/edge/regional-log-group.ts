import { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group';
import { CloudwatchLogResourcePolicy } from '@cdktf/provider-aws/lib/cloudwatch-log-resource-policy';
import { Construct } from 'constructs';
import type { Finding } from '../../check';
import type { Duration } from '../../units';
import { AwsAccount } from '../aws-account';
import { LogGroup } from '../log-group';
import { policyDocument } from '../policy';
import { EncryptionKey } from '../secrets/encryption-key';

/** A log group that a service of AWS writes to, possibly in a region that is not the stack's. */
export interface RegionalLogGroupProps {
  /** Name as the service demands it; its key has it as alias. */
  readonly name: string;
  /** Region to make it in. @default - the stack's */
  readonly region?: string | undefined;
  /** How long events are kept. */
  readonly retention: Duration;
  /** Service that writes, and what it writes about. */
  readonly writer: { readonly service: string; readonly sourceArn: string };
}

/**
 * An encrypted log group and the leave to write to it, where its service looks for both. CloudWatch takes 10 such policies
 * for a region, and each of these is one.
 */
export class RegionalLogGroup extends Construct {
  /** What is wrong with name and retention; makes nothing. */
  static inspect(path: string, props: Pick<RegionalLogGroupProps, 'name' | 'retention'>): Finding[] {
    return LogGroup.inspect(path, props).map((finding) =>
      finding.prop === 'retention' ? { ...finding, prop: 'logRetention' } : finding,
    );
  }

  /** Without the `:*` at its end that policies need for the streams in it. */
  readonly arn: string;
  /** What must stand before the first event. */
  readonly policy: CloudwatchLogResourcePolicy;

  /** Makes key, group and policy; checks nothing. */
  constructor(scope: Construct, id: string, { name, region, retention, writer }: RegionalLogGroupProps) {
    super(scope, id);
    const elsewhere = region === undefined ? {} : { region };
    const key = new EncryptionKey(this, 'Key', {
      ...elsewhere,
      alias: `logs/${name.replace(/[^A-Za-z0-9/_-]/g, '-').replace(/^\//, '')}`,
      description: `Events of ${name}`,
      users: ['logs'],
    });
    const group = new CloudwatchLogGroup(this, 'Resource', {
      ...elsewhere,
      name,
      kmsKeyId: key.arn,
      retentionInDays: retention.toDays(),
    });
    this.arn = group.arn;
    this.policy = new CloudwatchLogResourcePolicy(this, 'Policy', {
      ...elsewhere,
      policyName: name.replace(/[^A-Za-z0-9_-]/g, '-').replace(/^-+/, ''),
      policyDocument: policyDocument([
        {
          sid: 'Write',
          principals: { Service: [writer.service] },
          actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
          resources: [`${group.arn}:*`],
          conditions: {
            StringEquals: { 'aws:SourceAccount': AwsAccount.of(this).id },
            ArnLike: { 'aws:SourceArn': writer.sourceArn },
          },
        },
      ]),
    });
  }
}
