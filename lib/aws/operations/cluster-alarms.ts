import { Construct } from 'constructs';
import { enforce, type Finding } from '../../check';
import type { AlarmSpec, MetricSeries, MetricStatistic } from '../../model/operations/alarm';
import {
  CLUSTER_THRESHOLD_CHECKS,
  type ClusterThresholds,
  clusterThresholds,
} from '../../model/operations/cluster-thresholds';
import { Duration, type Percent } from '../../units';
import type { Alarm } from './alarm';
import { type AlarmRules, type AlarmSetActions, buildAlarms, inspectSet, inspectThresholds } from './alarm-set';

/** An EKS cluster that is watched. */
export interface ClusterAlarmsProps extends AlarmSetActions {
  /** What the names of the alarms start with: `acgs-production` makes `acgs-production-api-errors`. */
  readonly name: string;
  /** Name of the cluster; its version is 1.28 or newer, as older ones report nothing. */
  readonly clusterName: string;
  /** When to ring. @default - those of `clusterThresholds` */
  readonly thresholds?: ClusterThresholds;
}

/**
 * Alarms on what EKS reports of a control plane without anything in the cluster: errors, throttling, pods that find no node,
 * and the size of its database. The rest is for Prometheus, which the cluster can take down with it; these stay.
 *
 * @example
 * new ClusterAlarms(stack, 'ClusterAlarms', {
 *   name: 'acgs-production',
 *   clusterName: 'acgs-production',
 *   topicArns: [topic.arn],
 * });
 */
export class ClusterAlarms extends Construct {
  /** What is wrong with thresholds and alarms; makes nothing. */
  static inspect(path: string, props: ClusterAlarmsProps): Finding[] {
    const findings = inspectThresholds(path, clusterThresholds(props.thresholds), CLUSTER_THRESHOLD_CHECKS);
    return inspectSet(path, findings, () => rulesOf(props), props);
  }

  /** Every alarm, in a fixed order. */
  readonly alarms: readonly Alarm[];

  /** @throws InvalidPropsError listing every error that `inspect` finds. */
  constructor(scope: Construct, id: string, props: ClusterAlarmsProps) {
    super(scope, id);
    enforce(this, ClusterAlarms.inspect(this.node.path, props));

    this.alarms = buildAlarms(this, rulesOf(props), props);
  }
}

const EACH_MINUTE = { period: Duration.minutes(1) } as const;

const SILENT = {
  missing: 'missing',
  missingBecause: 'EKS delivers these as well as it can, and a gap says nothing about the cluster',
} as const;

/** Source of names: EKS user guide, "Monitor cluster data with Amazon CloudWatch", read 2026-11-21. */
function rulesOf({ name, clusterName, thresholds }: ClusterAlarmsProps): AlarmRules {
  const limits = clusterThresholds(thresholds);
  const series = (metric: string, statistic: MetricStatistic): MetricSeries => ({
    namespace: 'AWS/EKS',
    metric,
    dimensions: { ClusterName: clusterName },
    statistic,
  });
  const share = (metric: string, limit: Percent, minutes: number): Omit<AlarmSpec, 'name' | 'happened' | 'remedy'> => ({
    watched: {
      formula: 'IF(requests > 0, 100 * FILL(bad, 0) / requests, 0)',
      series: { bad: series(metric, 'Sum'), requests: series('apiserver_request_total', 'Sum') },
    },
    comparison: '>',
    threshold: limit.inBasisPoints / 100,
    ...EACH_MINUTE,
    periods: minutes,
    badPeriods: minutes,
    ...SILENT,
  });
  const wait = limits.unschedulableFor.inMillis / 60_000;
  return {
    ApiErrors: {
      name: `${name}-api-errors`,
      happened: `The API server of ${clusterName} failed to answer more than ${limits.errors} of its requests for 5 minutes`,
      remedy: 'look for webhooks that do not answer and for the health of EKS in this region; releases wait meanwhile',
      ...share('apiserver_request_total_5XX', limits.errors, 5),
    },
    ApiThrottling: {
      name: `${name}-api-throttling`,
      happened: `The API server of ${clusterName} turned away more than ${limits.throttled} of its requests for 15 minutes`,
      remedy: 'find the client that lists or writes most in the audit log, and slow it down',
      ...share('apiserver_request_total_429', limits.throttled, 15),
    },
    UnschedulablePods: {
      name: `${name}-unschedulable-pods`,
      happened: `More than ${limits.unschedulablePods} pods of ${clusterName} found no node for ${limits.unschedulableFor}`,
      remedy:
        'read why in the events of the pods, then look at maxima of node groups, quotas, spot capacity and subnets',
      watched: series('scheduler_pending_pods_UNSCHEDULABLE', 'Maximum'),
      comparison: '>',
      threshold: limits.unschedulablePods,
      ...EACH_MINUTE,
      periods: wait,
      badPeriods: wait,
      ...SILENT,
    },
    ControlPlaneStorage: {
      name: `${name}-control-plane-storage`,
      happened: `The database of the control plane of ${clusterName} is larger than ${limits.storage}`,
      remedy:
        'count objects by kind and delete those that pile up, such as old Jobs, events or reports: full, it only reads',
      watched: series('apiserver_storage_size_bytes', 'Maximum'),
      comparison: '>',
      threshold: limits.storage.inBytes,
      ...EACH_MINUTE,
      periods: 15,
      badPeriods: 15,
      ...SILENT,
    },
  };
}
