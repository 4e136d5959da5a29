import { Construct } from 'constructs';
import { enforce, type Finding, inspect } from '../../check';
import { DATABASE_THRESHOLD_CHECKS, databaseThresholds } from '../../model/operations/database-thresholds';
import type { Alarm } from './alarm';
import { buildAlarms, inspectSet, inspectThresholds } from './alarm-set';
import { databaseAlarmRules } from './database-alarm-rules';
import {
  DATABASE_ALARM_CHECKS,
  type DatabaseAlarmsPlan,
  type DatabaseAlarmsProps,
  databaseAlarmsPlan,
} from './database-alarms-props';

/**
 * Alarms on one RDS instance for PostgreSQL: processor, storage, connections, memory, disk; on a primary also transaction
 * ids, on a replica how far it is behind. Thresholds follow from what was declared.
 *
 * @example
 * new DatabaseAlarms(stack, 'MainAlarms', {
 *   name: 'acgs-production-main',
 *   identifier: 'acgs-production-main',
 *   instanceClass: 'db.r5.xlarge',
 *   storage: Memory.gib(500),
 *   maxConnections: 500,
 *   topicArns: [topic.arn],
 * });
 */
export class DatabaseAlarms extends Construct {
  /** What is wrong with thresholds and alarms; makes nothing. */
  static inspect(path: string, props: DatabaseAlarmsProps): Finding[] {
    const plan = databaseAlarmsPlan(props);
    const findings = [
      ...inspect<DatabaseAlarmsPlan>(path, plan, DATABASE_ALARM_CHECKS),
      ...inspectThresholds(path, databaseThresholds(plan.thresholds), DATABASE_THRESHOLD_CHECKS),
    ];
    return inspectSet(path, findings, () => databaseAlarmRules(plan), plan);
  }

  /** Every alarm, in a fixed order. */
  readonly alarms: readonly Alarm[];

  /** @throws InvalidPropsError listing every error that `inspect` finds. */
  constructor(scope: Construct, id: string, props: DatabaseAlarmsProps) {
    super(scope, id);
    const plan = databaseAlarmsPlan(props);
    enforce(this, DatabaseAlarms.inspect(this.node.path, props));

    this.alarms = buildAlarms(this, databaseAlarmRules(plan), plan);
  }
}
