import type { DbInstanceConfig } from '@cdktf/provider-aws/lib/db-instance';
import { TerraformElement } from 'cdktf';
import { Construct } from 'constructs';
import type { Finding } from '../../check';
import { LogGroup } from '../log-group';
import type { EncryptionKey } from '../secrets/encryption-key';
import { ServiceRole } from '../service-role';
import type { InstancePlan } from './postgres-instance-props';

/** Logs that RDS for PostgreSQL exports. */
const EXPORTED_LOGS = ['postgresql', 'upgrade'] as const;

/** How long insights are kept (days): what is free, and what the advanced mode demands. */
const INSIGHTS_DAYS = { standard: 7, advanced: 465 } as const;

const logGroupName = (identifier: string, log: string): string => `/aws/rds/instance/${identifier}/${log}`;

type Watched = Pick<InstancePlan, 'identifier' | 'insights' | 'monitoringInterval' | 'logRetention'>;

/** What is seen of a database: logs, insights and the operating system, encrypted and kept for a declared time. */
export class PostgresObservation extends Construct {
  /** The log groups' own check of their retention, before anything is made. */
  static inspect(path: string, { identifier, logRetention }: Watched): Finding[] {
    const logs = { name: logGroupName(identifier, EXPORTED_LOGS[0]), retention: logRetention };
    return LogGroup.inspect(path, logs)
      .filter(({ prop }) => prop === 'retention')
      .map((finding) => ({ ...finding, prop: 'logRetention' }));
  }

  /** Arguments of the instance. It depends on the log groups, or RDS would make its own, which keep all, in clear. */
  readonly arguments: Partial<DbInstanceConfig>;

  /** Makes the monitoring role and the log groups; `inspect` must have been asked before. */
  constructor(scope: Construct, id: string, plan: Watched, key: EncryptionKey) {
    super(scope, id);
    const role = new ServiceRole(this, 'MonitoringRole', {
      service: 'monitoring.rds.amazonaws.com',
      ownAccountOnly: true,
      description: `Writes operating system metrics of the database ${plan.identifier}`,
      managedPolicies: ['service-role/AmazonRDSEnhancedMonitoringRole'],
    });
    const logs = EXPORTED_LOGS.map((log) => {
      const name = logGroupName(plan.identifier, log);
      return new LogGroup(this, `Logs-${log}`, { name, key, retention: plan.logRetention }).node.defaultChild;
    });

    this.arguments = {
      monitoringInterval: plan.monitoringInterval.toSeconds(),
      monitoringRoleArn: role.arn,
      performanceInsightsEnabled: true,
      performanceInsightsKmsKeyId: key.arn,
      performanceInsightsRetentionPeriod: INSIGHTS_DAYS[plan.insights],
      databaseInsightsMode: plan.insights,
      enabledCloudwatchLogsExports: [...EXPORTED_LOGS],
      dependsOn: [...role.grants, ...logs.filter(TerraformElement.isTerraformElement)],
    };
  }
}
