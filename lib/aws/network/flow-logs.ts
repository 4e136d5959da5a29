import { FlowLog } from '@cdktf/provider-aws/lib/flow-log';
import { Construct } from 'constructs';
import type { Duration } from '../../units';
import { LogGroup } from '../log-group';
import { EncryptionKey } from '../secrets/encryption-key';
import { ServiceRole } from '../service-role';

/** The VPC to record, and how closely and how long. */
export interface FlowLogsProps {
  /** Name of the network, part of the log group's name. */
  readonly network: string;
  /** VPC whose interfaces are all recorded. */
  readonly vpcId: string;
  /** Time that a record sums up (60 or 600 seconds). */
  readonly interval: Duration;
  /** How long records are kept (days that CloudWatch Logs offers). */
  readonly retention: Duration;
  /** Key whose users include `logs`. @default - an own key with the alias `<network>-flow-logs` */
  readonly key?: EncryptionKey;
}

/** A record of every connection that the network accepted or refused, encrypted, written by a role that can do no more. */
export class FlowLogs extends Construct {
  /** Group of the records, `/aws/vpc-flow-logs/<network>`. */
  readonly logGroup: LogGroup;

  /** @throws InvalidPropsError for a retention that CloudWatch Logs does not offer. */
  constructor(scope: Construct, id: string, props: FlowLogsProps) {
    super(scope, id);
    const { network, vpcId, interval, retention, key = this.ownKey(network) } = props;
    this.logGroup = new LogGroup(this, 'LogGroup', { name: `/aws/vpc-flow-logs/${network}`, key, retention });

    const role = new ServiceRole(this, 'Role', {
      service: 'vpc-flow-logs.amazonaws.com',
      ownAccountOnly: true,
      description: `Writes flow logs of ${network}`,
      statements: [
        {
          sid: 'WriteStreams',
          actions: ['logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents'],
          resources: [`${this.logGroup.arn}:*`],
        },
      ],
    });
    new FlowLog(this, 'Resource', {
      vpcId,
      trafficType: 'ALL',
      maxAggregationInterval: interval.toSeconds(),
      logDestinationType: 'cloud-watch-logs',
      logDestination: this.logGroup.arn,
      iamRoleArn: role.arn,
      tags: { Name: `${network}-flow-logs` },
      dependsOn: [...role.grants],
    });
  }

  private ownKey(network: string): EncryptionKey {
    return new EncryptionKey(this, 'Key', {
      alias: `${network}-flow-logs`,
      description: `Flow logs of ${network}`,
      users: ['logs'],
    });
  }
}
