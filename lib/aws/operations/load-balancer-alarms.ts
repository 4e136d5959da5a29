import { Construct } from 'constructs';
import { enforce, type Finding, inspect } from '../../check';
import {
  LOAD_BALANCER_THRESHOLD_CHECKS,
  loadBalancerThresholds,
} from '../../model/operations/load-balancer-thresholds';
import type { Alarm } from './alarm';
import { buildAlarms, inspectSet, inspectThresholds } from './alarm-set';
import { loadBalancerAlarmRules } from './load-balancer-alarm-rules';
import {
  LOAD_BALANCER_ALARM_CHECKS,
  type LoadBalancerAlarmsProps,
  loadBalancerAlarmsPlan,
} from './load-balancer-alarms-props';

/**
 * Alarms on an Application Load Balancer: errors of services and of its own, and for each target group whether anybody is
 * served, who is unhealthy, and how long answers take.
 *
 * @example
 * new LoadBalancerAlarms(stack, 'EdgeAlarms', {
 *   name: 'acgs-production',
 *   loadBalancer: 'app/acgs-production/50dc6c495c0c9188',
 *   targetGroups: { gateway: 'targetgroup/gateway/943f017f100becff' },
 *   topicArns: [topic.arn],
 * });
 */
export class LoadBalancerAlarms extends Construct {
  /** What is wrong with suffixes, thresholds and alarms; makes nothing. */
  static inspect(path: string, props: LoadBalancerAlarmsProps): Finding[] {
    const plan = loadBalancerAlarmsPlan(props);
    const findings = [
      ...inspect(path, plan, LOAD_BALANCER_ALARM_CHECKS),
      ...inspectThresholds(path, loadBalancerThresholds(plan.thresholds), LOAD_BALANCER_THRESHOLD_CHECKS),
    ];
    return inspectSet(path, findings, () => loadBalancerAlarmRules(plan), plan);
  }

  /** Every alarm: errors first, then group by group. */
  readonly alarms: readonly Alarm[];

  /** @throws InvalidPropsError listing every error that `inspect` finds. */
  constructor(scope: Construct, id: string, props: LoadBalancerAlarmsProps) {
    super(scope, id);
    const plan = loadBalancerAlarmsPlan(props);
    enforce(this, LoadBalancerAlarms.inspect(this.node.path, props));

    this.alarms = buildAlarms(this, loadBalancerAlarmRules(plan), plan);
  }
}
