import { Construct } from 'constructs';
import { enforce, type Finding, inspect } from '../../check';
import { CACHE_THRESHOLD_CHECKS, cacheThresholds } from '../../model/operations/cache-thresholds';
import type { Alarm } from './alarm';
import { buildAlarms, inspectSet, inspectThresholds } from './alarm-set';
import { cacheAlarmRules } from './cache-alarm-rules';
import { CACHE_ALARM_CHECKS, type CacheAlarmsPlan, type CacheAlarmsProps, cacheAlarmsPlan } from './cache-alarms-props';

/**
 * Alarms on each node of an ElastiCache group: processor, memory, evictions, connections and how far replicas are behind.
 *
 * @example
 * new CacheAlarms(stack, 'CacheAlarms', {
 *   name: 'acgs-production-cache',
 *   identifier: 'acgs-production-cache',
 *   nodeType: 'cache.r7g.large',
 *   topicArns: [topic.arn],
 * });
 */
export class CacheAlarms extends Construct {
  /** What is wrong with shape, thresholds and alarms; makes nothing. */
  static inspect(path: string, props: CacheAlarmsProps): Finding[] {
    const plan = cacheAlarmsPlan(props);
    const findings = [
      ...inspect<CacheAlarmsPlan>(path, plan, CACHE_ALARM_CHECKS),
      ...inspectThresholds(path, cacheThresholds(plan.thresholds), CACHE_THRESHOLD_CHECKS),
    ];
    return inspectSet(path, findings, () => cacheAlarmRules(plan), plan);
  }

  /** Every alarm, node by node. */
  readonly alarms: readonly Alarm[];

  /** @throws InvalidPropsError listing every error that `inspect` finds. */
  constructor(scope: Construct, id: string, props: CacheAlarmsProps) {
    super(scope, id);
    const plan = cacheAlarmsPlan(props);
    enforce(this, CacheAlarms.inspect(this.node.path, props));

    this.alarms = buildAlarms(this, cacheAlarmRules(plan), plan);
  }
}
