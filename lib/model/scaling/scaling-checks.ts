import { DEFAULT_KUBERNETES_VERSION, hasFeature, KUBERNETES_FEATURES } from '../../catalog';
import { type Check, duplicates, type Finding, inspect, isWholeWithin } from '../../check';
import type { Resources } from '../service/service';
import { inspectBehavior } from './scaling-behavior-checks';
import { inspectMetric, measureOf, utilizationOf } from './scaling-metric-checks';
import type { ScalingPolicy } from './scaling-policy';

/** No sane workload is larger, and a slip of a digit is caught before the bill is. */
const MAX_REPLICAS = 10_000;

/**
 * A limit may exceed the request by this factor before a memory utilization target stops meaning anything:
 * utilization counts from the request, so a pod inside its limit may sit above the target for good.
 */
const MAX_MEMORY_BURST = { numerator: 3, denominator: 2 };

/** A policy with what it acts on. */
interface Subject {
  readonly policy: ScalingPolicy;
  readonly resources: Resources | undefined;
  readonly version: string;
}

const mebibytes = (bytes: number): string => `${Math.round((bytes / 1024 ** 2) * 10) / 10} MiB`;

const memoryRatio = ({ policy }: Subject): number | undefined =>
  policy.metrics.map(utilizationOf).find((target) => target?.resource === 'memory')?.ratio;

const tolerances = ({ policy }: Subject) =>
  [policy.scaleUp?.tolerance, policy.scaleDown?.tolerance].filter((tolerance) => tolerance !== undefined);

/** What is said about bounds and metrics together, against the requests where they are known. */
export const SCALING_CHECKS: readonly Check<Subject>[] = [
  {
    id: 'scaling-min-is-in-range',
    prop: 'min',
    holds: ({ policy }) => isWholeWithin(policy.min, 1, MAX_REPLICAS),
    rule: `must be a whole number from 1 to ${MAX_REPLICAS}`,
    received: ({ policy }) => policy.min,
    remedy: 'use 2 or more; a HorizontalPodAutoscaler cannot hold a workload at 0',
  },
  {
    id: 'scaling-max-is-in-range',
    prop: 'max',
    holds: ({ policy }) => isWholeWithin(policy.max, 1, MAX_REPLICAS),
    rule: `must be a whole number from 1 to ${MAX_REPLICAS}`,
    received: ({ policy }) => policy.max,
    remedy: 'use what the nodes and the stores behind the service can carry',
  },
  {
    id: 'scaling-min-is-at-most-max',
    prop: 'max',
    holds: ({ policy }) => policy.min <= policy.max,
    rule: ({ policy }) => `must be at least min, which is ${policy.min}`,
    received: ({ policy }) => policy.max,
    remedy: 'raise max or lower min',
  },
  {
    id: 'scaling-has-room-to-move',
    prop: 'max',
    holds: ({ policy }) => policy.min !== policy.max,
    rule: 'should be above min: an autoscaler with equal bounds never changes anything',
    received: ({ policy }) => policy.max,
    remedy: 'raise max, or leave the autoscaler out and fix the replicas',
    severity: 'warning',
  },
  {
    id: 'scaling-survives-a-drain',
    prop: 'min',
    holds: ({ policy }) => policy.min !== 1,
    rule: 'should be at least 2: with 1 pod, each drain or eviction is an outage until its successor is ready',
    received: ({ policy }) => policy.min,
    remedy: 'use 2, or accept the outage',
    severity: 'warning',
  },
  {
    id: 'scaling-has-a-metric',
    prop: 'metrics',
    holds: ({ policy }) => policy.metrics.length > 0,
    rule: 'must have at least one metric, or Kubernetes scales on 80 % of the CPU request',
    received: ({ policy }) => policy.metrics.length,
    remedy: "declare { on: 'cpu', utilization: Percent.of(70) } or a metric of the service's own",
  },
  {
    id: 'scaling-metrics-are-distinct',
    prop: 'metrics',
    holds: ({ policy }) => duplicates(policy.metrics.map(measureOf)).length === 0,
    rule: 'must not aim at one measure twice, as the lower target always wins',
    received: ({ policy }) => duplicates(policy.metrics.map(measureOf)),
    remedy: 'keep one of them',
  },
  {
    id: 'scaling-utilization-has-a-request',
    prop: 'metrics',
    holds: ({ policy, resources }) =>
      resources === undefined ||
      policy.metrics.map(utilizationOf).every((target) => {
        if (target === undefined) return true;
        const { cpu, memory } = resources.requests;
        return target.resource === 'cpu' ? cpu.inMillis > 0 : memory.inBytes > 0;
      }),
    rule: 'must not aim at the utilization of a resource of which nothing is requested',
    received: ({ resources }) => `requests of cpu ${resources?.requests.cpu} and memory ${resources?.requests.memory}`,
    remedy: 'request some, or aim at an average amount',
  },
  {
    id: 'scaling-memory-target-is-reachable',
    prop: 'metrics',
    holds: (subject) => {
      if (memoryRatio(subject) === undefined || subject.resources === undefined) return true;
      const { requests, limits } = subject.resources;
      const { numerator, denominator } = MAX_MEMORY_BURST;
      return limits.memory.inBytes * denominator <= requests.memory.inBytes * numerator;
    },
    rule: (subject) => {
      const { requests, limits } = subject.resources ?? {};
      const request = requests?.memory.inBytes ?? 0;
      const ratio = memoryRatio(subject) ?? 0;
      const most = Math.round(((limits?.memory.inBytes ?? 0) / request) * 100);
      return (
        `should not aim at ${Math.round(ratio * 100)} % of the memory request: that is ${mebibytes(request * ratio)} ` +
        `of ${requests?.memory}, while the limit of ${limits?.memory} lets each pod reach ${most} %, and memory does ` +
        'not fall when pods are added, so the workload may stay at max'
      );
    },
    received: ({ resources }) => `limit ${resources?.limits.memory} to request ${resources?.requests.memory}`,
    remedy: 'drop the memory metric, or bring request and limit within a factor of 1.5',
    severity: 'warning',
  },
  {
    id: 'scaling-tolerance-is-known',
    prop: 'tolerance',
    holds: (subject) => tolerances(subject).length === 0 || hasFeature(subject.version, 'hpa-tolerance'),
    rule: ({ version }) =>
      `is left out for Kubernetes ${version}: the API server has it from ${KUBERNETES_FEATURES.facts['hpa-tolerance']}`,
    received: tolerances,
    remedy: "drop it, or upgrade; until then the cluster's 10 % holds",
    severity: 'warning',
  },
];

/**
 * Everything that is wrong or unwise about a policy.
 *
 * @param resources Of the container that is scaled. Without them, checks against requests and limits are left out.
 * @param version Kubernetes minor that the policy is for.
 */
export function inspectScaling(
  path: string,
  policy: ScalingPolicy,
  resources?: Resources,
  version: string = DEFAULT_KUBERNETES_VERSION,
): Finding[] {
  return [
    ...inspect<Subject>(path, { policy, resources, version }, SCALING_CHECKS),
    ...policy.metrics.flatMap((metric, index) => inspectMetric(path, `metrics[${index}]`, metric)),
    ...inspectBehavior(path, 'scaleUp', policy.scaleUp),
    ...inspectBehavior(path, 'scaleDown', policy.scaleDown),
  ];
}
