import { Token } from 'cdktf';
import { Construct } from 'constructs';
import { type Check, enforce, type Finding, inspect, isDnsLabel, withDefaults } from '../../check';
import {
  LOAD_BALANCER_THRESHOLD_CHECKS,
  type LoadBalancerThresholds,
  loadBalancerThresholds,
} from '../../model/operations/load-balancer-thresholds';
import type { Alarm, AlarmActions } from './alarm';
import { buildAlarms, inspectSet, inspectThresholds } from './alarm-set';
import { loadBalancerAlarmRules } from './load-balancer-alarm-rules';

/** An Application Load Balancer that is watched. */
export interface LoadBalancerAlarmsProps extends AlarmActions {
  /** What the names of the alarms start with: `acgs-production` makes `acgs-production-target-errors`. */
  readonly name: string;
  /** Last part of its ARN, as `arn_suffix` has it: `app/acgs-production/50dc6c495c0c9188`. */
  readonly loadBalancer: string;
  /** Last parts of the ARNs of its target groups, `targetgroup/api/943f…`, by names of ours (DNS labels). @default - none */
  readonly targetGroups?: Readonly<Record<string, string>>;
  /** When to ring. @default - those of `loadBalancerThresholds` */
  readonly thresholds?: LoadBalancerThresholds;
}

const DEFAULTS = { targetGroups: {}, thresholds: {} } as const;

/** A watched load balancer with its defaults. */
export type LoadBalancerAlarmsPlan = LoadBalancerAlarmsProps &
  Required<Pick<LoadBalancerAlarmsProps, keyof typeof DEFAULTS>>;

const startsWith = (text: string, prefix: string): boolean => Token.isUnresolved(text) || text.startsWith(prefix);

const wrongGroups = ({ targetGroups }: LoadBalancerAlarmsPlan): string[] =>
  Object.entries(targetGroups)
    .filter(([name, suffix]) => !isDnsLabel(name) || !startsWith(suffix, 'targetgroup/'))
    .map(([name]) => name);

/** What is asked of a watched load balancer. */
export const LOAD_BALANCER_ALARM_CHECKS: readonly Check<LoadBalancerAlarmsPlan>[] = [
  {
    id: 'load-balancer-alarm-has-a-suffix',
    prop: 'loadBalancer',
    holds: ({ loadBalancer }) => startsWith(loadBalancer, 'app/'),
    rule: 'must be the last part of the ARN of an Application Load Balancer, from app/ on',
    remedy: 'use its arn_suffix: of a whole ARN there are no metrics',
  },
  {
    id: 'load-balancer-alarm-groups-have-suffixes',
    prop: 'targetGroups',
    holds: (plan) => wrongGroups(plan).length === 0,
    rule: 'must have DNS labels as names, and the last part of each ARN, from targetgroup/ on',
    received: wrongGroups,
    remedy: 'use their arn_suffix',
  },
];

const planned = (props: LoadBalancerAlarmsProps): LoadBalancerAlarmsPlan => withDefaults(DEFAULTS, props);

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
    const plan = planned(props);
    const findings = [
      ...inspect<LoadBalancerAlarmsPlan>(path, plan, LOAD_BALANCER_ALARM_CHECKS),
      ...inspectThresholds(path, loadBalancerThresholds(plan.thresholds), LOAD_BALANCER_THRESHOLD_CHECKS),
    ];
    return inspectSet(path, findings, () => loadBalancerAlarmRules(plan), plan);
  }

  /** Every alarm: errors first, then group by group. */
  readonly alarms: readonly Alarm[];

  /** @throws InvalidPropsError listing every error that `inspect` finds. */
  constructor(scope: Construct, id: string, props: LoadBalancerAlarmsProps) {
    super(scope, id);
    const plan = planned(props);
    enforce(this, LoadBalancerAlarms.inspect(this.node.path, props));

    this.alarms = buildAlarms(this, loadBalancerAlarmRules(plan), plan);
  }
}
