import { type Check, isDnsLabel, isWholeWithin, withDefaults } from '../../check';
import { podNames } from '../../config/keda-query';
import { isMeasured } from '../../config/metric-query';
import { PROMETHEUS_ADDRESS } from '../../model';
import type { HorizontalPodAutoscalerProps } from './horizontal-pod-autoscaler';

/** Pods to run while Prometheus does not answer. */
export interface ScaledObjectFallback {
  /** Pods that are kept then, or more if there are more (min-max of the policy). */
  readonly replicas: number;
  /** Failures in a row that are waited for, of which there are about four a minute (1-100). @default 3 */
  readonly failureThreshold?: number;
}

/** A policy, the workload it moves, and where its metrics are. */
export interface ScaledObjectProps extends HorizontalPodAutoscalerProps {
  /** Name of the object and of the HorizontalPodAutoscaler that KEDA makes (DNS label). */
  readonly name: string;
  /**
   * Address of Prometheus: scheme, host, port and path prefix, without a slash at its end.
   * @default 'http://prometheus-operated.monitoring.svc.cluster.local:9090'
   */
  readonly prometheus?: string;
  /** Namespace of the workload (DNS label). @default - the chart's */
  readonly namespace?: string;
  /** @default - as beside an adapter: pods stay as they are, or follow the metrics that still answer upwards */
  readonly fallback?: ScaledObjectFallback;
}

const DEFAULTS = { prometheus: PROMETHEUS_ADDRESS } as const;

/** Failures that a fallback waits for unless it says otherwise. */
export const DEFAULT_FAILURES = 3;

/** The props with every default in place. */
export type ScaledObjectPlan = ScaledObjectProps & Required<Pick<ScaledObjectProps, keyof typeof DEFAULTS>>;

export const scaledObjectPlan = (props: ScaledObjectProps): ScaledObjectPlan => withDefaults(DEFAULTS, props);

const asksPrometheus = ({ policy }: ScaledObjectPlan): boolean => policy.metrics.some(isMeasured);

/** What is said about the object beside `HORIZONTAL_POD_AUTOSCALER_CHECKS` and its policy. */
export const SCALED_OBJECT_CHECKS: readonly Check<ScaledObjectPlan>[] = [
  {
    id: 'scaled-object-prometheus-is-an-address',
    prop: 'prometheus',
    holds: ({ prometheus }) => /^https?:\/\/[\w.-]+(:\d{1,5})?(\/[\w.~-]+)*$/.test(prometheus),
    rule: 'must be http:// or https://, a host, a port and a path if there is one, without a slash at its end',
    remedy: `use ${DEFAULTS.prometheus}`,
  },
  {
    id: 'scaled-object-namespace-is-a-dns-label',
    prop: 'namespace',
    holds: ({ namespace }) => namespace === undefined || isDnsLabel(namespace),
    rule: 'must be a DNS label',
    remedy: "leave it out for the chart's",
  },
  {
    id: 'scaled-object-pods-are-recognisable',
    prop: 'target.kind',
    severity: 'warning',
    holds: ({ policy, target }) => podNames(target) !== undefined || policy.metrics.every(({ on }) => on !== 'pods'),
    rule: ({ target }) =>
      `should be Deployment, Rollout or StatefulSet: pods of other kinds are told by the start of their name, ${target.name}-`,
    received: ({ target }) => target.kind,
    remedy: 'see that no other workload starts so, or measure an external metric with a selector',
  },
  {
    id: 'scaled-object-fallback-is-within-bounds',
    prop: 'fallback.replicas',
    holds: ({ fallback, policy }) => fallback === undefined || isWholeWithin(fallback.replicas, policy.min, policy.max),
    rule: ({ policy }) => `must be a whole number from min to max, ${policy.min} to ${policy.max}`,
    received: ({ fallback }) => fallback?.replicas,
    remedy: 'use the pods that carry the usual load',
  },
  {
    id: 'scaled-object-fallback-waits',
    prop: 'fallback.failureThreshold',
    holds: ({ fallback }) => isWholeWithin(fallback?.failureThreshold ?? DEFAULT_FAILURES, 1, 100),
    rule: 'must be a whole number from 1 to 100',
    received: ({ fallback }) => fallback?.failureThreshold,
    remedy: `use ${DEFAULT_FAILURES}`,
  },
  {
    id: 'scaled-object-fallback-has-a-trigger',
    prop: 'fallback',
    holds: (plan) => plan.fallback === undefined || asksPrometheus(plan),
    rule: "must be left out where every metric is the kubelet's, or KEDA refuses the object",
    received: ({ policy }) => policy.metrics.map(({ on }) => on),
    remedy: 'leave it out',
  },
];

/** A policy and the namespace it acts in, the chart's included. */
interface Place extends Pick<ScaledObjectProps, 'policy'> {
  readonly namespace: string | undefined;
}

/** What is said about where the object stands. */
export const SCALED_OBJECT_PLACE_CHECKS: readonly Check<Place>[] = [
  {
    id: 'scaled-object-namespace-is-known',
    prop: 'namespace',
    holds: ({ namespace, policy }) =>
      namespace !== undefined || policy.metrics.every(({ on }) => on !== 'pods' && on !== 'object'),
    rule: 'must be given here or to the chart: without it pods of every namespace would be added up',
    remedy: 'give the namespace of the workload',
  },
];
