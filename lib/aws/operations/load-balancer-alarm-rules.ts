import type { AlarmSpec, MetricFormula, MetricSeries, MetricStatistic } from '../../model/operations/alarm';
import {
  type LoadBalancerThresholdPlan,
  loadBalancerThresholds,
} from '../../model/operations/load-balancer-thresholds';
import { Duration } from '../../units';
import type { AlarmRules } from './alarm-set';
import type { LoadBalancerAlarmsPlan } from './load-balancer-alarms-props';

const EACH_MINUTE = { period: Duration.minutes(1) } as const;

/** Source of names: user guide of Application Load Balancers, "CloudWatch metrics for your Application Load Balancer". */
const series = (metric: string, statistic: MetricStatistic, dimensions: MetricSeries['dimensions']): MetricSeries => ({
  namespace: 'AWS/ApplicationELB',
  metric,
  dimensions,
  statistic,
});

/** What is bad among all, in percent; a minute without anything bad has no sample of it, and one with few requests says nothing. */
const shareOf = (bad: MetricSeries, all: MetricSeries, least: number): MetricFormula => ({
  formula: `IF(requests >= ${least}, 100 * FILL(errors, 0) / requests, 0)`,
  series: { errors: bad, requests: all },
});

/** The alarms of a load balancer and its target groups, by id. */
export function loadBalancerAlarmRules(plan: LoadBalancerAlarmsPlan): AlarmRules {
  const limits = loadBalancerThresholds(plan.thresholds);
  const groups = Object.entries(plan.targetGroups).map(([group, suffix]) => groupRules(plan, group, suffix, limits));
  return Object.assign(errorRules(plan, limits), ...groups);
}

function errorRules({ name, loadBalancer }: LoadBalancerAlarmsPlan, limits: LoadBalancerThresholdPlan): AlarmRules {
  const dimensions = { LoadBalancer: loadBalancer };
  const requests = series('RequestCount', 'Sum', dimensions);
  const rule = (id: string, who: string, metric: string, remedy: string): AlarmSpec => ({
    name: `${name}-${id}`,
    happened: `${who} answered more than ${limits.errors} of the requests with 500 or above for 2 minutes`,
    remedy,
    watched: shareOf(series(metric, 'Sum', dimensions), requests, limits.requests),
    comparison: '>',
    threshold: limits.errors.inBasisPoints / 100,
    ...EACH_MINUTE,
    periods: 2,
    badPeriods: 2,
    missing: 'notBreaching',
    missingBecause: 'without requests there is nothing to answer',
  });
  return {
    TargetErrors: rule(
      'target-errors',
      'Services',
      'HTTPCode_Target_5XX_Count',
      'find the service and the release in the access logs, and roll it back',
    ),
    LoadBalancerErrors: rule(
      'load-balancer-errors',
      'The load balancer itself',
      'HTTPCode_ELB_5XX_Count',
      'look in the access logs whether targets refuse (502), are missing (503) or are too slow (504)',
    ),
  };
}

function groupRules(
  { name, loadBalancer }: LoadBalancerAlarmsPlan,
  group: string,
  suffix: string,
  limits: LoadBalancerThresholdPlan,
): AlarmRules {
  const dimensions = { LoadBalancer: loadBalancer, TargetGroup: suffix };
  return {
    [`Unavailable-${group}`]: {
      name: `${name}-${group}-unavailable`,
      happened: `No target of ${group} was healthy for a minute: nobody is served`,
      remedy: 'look at pods and their readiness, then at the security groups between load balancer and pods; roll back',
      watched: series('HealthyHostCount', 'Maximum', dimensions),
      comparison: '<',
      threshold: 1,
      ...EACH_MINUTE,
      periods: 1,
      badPeriods: 1,
      missing: 'breaching',
      missingBecause: 'a group without targets reports nothing, and serves nobody',
    },
    [`Unhealthy-${group}`]: {
      name: `${name}-${group}-unhealthy`,
      happened: `More than ${limits.unhealthyTargets} targets of ${group} were unhealthy for 5 minutes`,
      remedy: 'compare the health check with what the pods answer, and look at their nodes and zones',
      watched: series('UnHealthyHostCount', 'Maximum', dimensions),
      comparison: '>',
      threshold: limits.unhealthyTargets,
      ...EACH_MINUTE,
      periods: 5,
      badPeriods: 5,
      missing: 'notBreaching',
      missingBecause: 'the alarm on healthy targets already rings for an empty group',
    },
    [`Latency-${group}`]: {
      name: `${name}-${group}-latency`,
      happened: `5 of 100 requests to ${group} took longer than ${limits.latency}`,
      remedy: 'see in traces where the time goes: processor, database or another service; scale out what is saturated',
      watched: series('TargetResponseTime', 'p95', dimensions),
      comparison: '>',
      threshold: limits.latency.inMillis / 1000,
      ...EACH_MINUTE,
      periods: 5,
      badPeriods: 3,
      missing: 'notBreaching',
      missingBecause: 'without requests there is nothing to measure',
    },
  };
}
