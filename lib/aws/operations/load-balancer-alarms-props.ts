import { Token } from 'cdktf';
import { type Check, isDnsLabel, withDefaults } from '../../check';
import type { LoadBalancerThresholds } from '../../model/operations/load-balancer-thresholds';
import type { AlarmSetActions } from './alarm-set';

/** An Application Load Balancer that is watched. */
export interface LoadBalancerAlarmsProps extends AlarmSetActions {
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

/** Fills in the defaults. */
export const loadBalancerAlarmsPlan = (props: LoadBalancerAlarmsProps): LoadBalancerAlarmsPlan =>
  withDefaults(DEFAULTS, props);
