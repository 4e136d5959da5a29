import type { ElasticacheReplicationGroupConfig } from '@cdktf/provider-aws/lib/elasticache-replication-group';
import { TerraformElement } from 'cdktf';
import { Construct } from 'constructs';
import type { Finding } from '../../check';
import { LogGroup } from '../log-group';
import type { EncryptionKey } from '../secrets/encryption-key';
import type { CachePlan } from './redis-replication-group-props';

/** Logs that ElastiCache delivers. */
const LOGS = ['slow-log', 'engine-log'] as const;

/** Below this prefix AWS keeps one resource policy for all deliveries, which would otherwise outgrow its limit. */
const logGroupName = (identifier: string, log: string): string => `/aws/vendedlogs/elasticache/${identifier}/${log}`;

/** Slow commands and what the engine says, encrypted and kept for a declared time. */
export class CacheLogs extends Construct {
  /** The log groups' own check of their retention, before anything is made. */
  static inspect(path: string, { identifier, logRetention }: CachePlan): Finding[] {
    const logs = { name: logGroupName(identifier, LOGS[0]), retention: logRetention };
    return LogGroup.inspect(path, logs)
      .filter(({ prop }) => prop === 'retention')
      .map((finding) => ({ ...finding, prop: 'logRetention' }));
  }

  /** Arguments of the group, and the log groups that must be there before it writes. */
  readonly arguments: Pick<ElasticacheReplicationGroupConfig, 'logDeliveryConfiguration' | 'dependsOn'>;

  /** Makes the log groups; `inspect` must have been asked before. */
  constructor(scope: Construct, id: string, { identifier, logRetention }: CachePlan, key: EncryptionKey) {
    super(scope, id);
    const groups = LOGS.map((log) => ({
      log,
      group: new LogGroup(this, `Logs-${log}`, { name: logGroupName(identifier, log), key, retention: logRetention }),
    }));

    this.arguments = {
      logDeliveryConfiguration: groups.map(({ log, group }) => ({
        logType: log,
        logFormat: 'json',
        destinationType: 'cloudwatch-logs',
        destination: group.name,
      })),
      dependsOn: groups.map(({ group }) => group.node.defaultChild).filter(TerraformElement.isTerraformElement),
    };
  }
}
