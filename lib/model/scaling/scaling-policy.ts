import type { Cpu, Memory, Percent } from '../../units';
import type { CustomMetric } from './custom-metric';

/**
 * What a HorizontalPodAutoscaler compares with a target. Utilization is a share of the request, not of the limit (whole
 * percent, 1 or more). Targets of custom metrics are above 0 and exact to a thousandth.
 */
export type ScalingMetric =
  | { readonly on: 'cpu'; readonly utilization: Percent }
  | { readonly on: 'cpu'; readonly average: Cpu }
  | { readonly on: 'memory'; readonly utilization: Percent }
  | { readonly on: 'memory'; readonly average: Memory }
  /** Utilization of one container, so that sidecars do not count. */
  | {
      readonly on: 'container';
      readonly container: string;
      readonly resource: 'cpu' | 'memory';
      readonly utilization: Percent;
    }
  /** Mean of a metric over the pods of the workload. */
  | { readonly on: 'pods'; readonly metric: CustomMetric; readonly average: number }
  /** A metric of one other object of the namespace, whole (`value`) or divided by the pods (`average`). */
  | {
      readonly on: 'object';
      readonly metric: CustomMetric;
      readonly object: ObjectReference;
      readonly target: MetricTarget;
    }
  /** A metric of something outside the cluster or shared by it, such as a queue. */
  | {
      readonly on: 'external';
      readonly metric: CustomMetric;
      /** Labels that the series must carry. @default - all series of the metric */
      readonly selector?: Readonly<Record<string, string>>;
      readonly target: MetricTarget;
    };

/** Exactly one of the two ways to read a metric that is not per pod. */
export type MetricTarget = { readonly value: number } | { readonly average: number };

/** An object of the same namespace, as autoscalers name it. */
export interface ObjectReference {
  /** API group and version: `apps/v1`, `argoproj.io/v1alpha1`. */
  readonly apiVersion: string;
  /** Kind in CamelCase: `Deployment`. */
  readonly kind: string;
  /** Name of the object (DNS name). */
  readonly name: string;
}

/** At most `change` in any `periodSeconds`. */
export interface ScalingStep {
  /** Unit of `change`. */
  readonly type: 'Pods' | 'Percent';
  /** Pods, or percent of the pods at the start of the period (1 or more). */
  readonly change: number;
  /** Length of the window the change is counted in (seconds, 1-1800). */
  readonly periodSeconds: number;
}

/** How fast a workload may move in one direction. */
export interface ScalingBehavior {
  /** The most cautious recommendation of this window wins (seconds, 0-3600). @default - 0 up, 300 down */
  readonly stabilizationSeconds?: number;
  /** At least one, if given. @default - Kubernetes' own: up 4 pods or 100 % in 15 s, down 100 % in 15 s */
  readonly steps?: readonly ScalingStep[];
  /** Which step counts when several apply; `Disabled` forbids the direction. @default 'Max' */
  readonly select?: 'Max' | 'Min' | 'Disabled';
  /** Deviation from the target that is ignored (below 100 %). From Kubernetes 1.35. @default - the cluster's, 10 % */
  readonly tolerance?: Percent;
}

/** Bounds, targets and pace of one workload. One value feeds the autoscaler, the checks and the simulator. */
export interface ScalingPolicy {
  /** Pods kept at all times (1-10000). */
  readonly min: number;
  /** Pods never exceeded (min-10000). */
  readonly max: number;
  /** The highest recommendation of all metrics wins. At least one. */
  readonly metrics: readonly ScalingMetric[];
  /** @default - Kubernetes' own */
  readonly scaleUp?: ScalingBehavior;
  /** @default - Kubernetes' own */
  readonly scaleDown?: ScalingBehavior;
}

/** What a VerticalPodAutoscaler may do to the requests of a workload. */
export interface VerticalPolicy {
  /**
   * `Off` recommends only; `Initial` sets requests of new pods; `Recreate` evicts; `InPlaceOrRecreate` resizes where it
   * can, from Kubernetes 1.33.
   * `Auto` is deprecated since VPA 1.4 and means `Recreate`.
   */
  readonly mode: 'Off' | 'Initial' | 'Recreate' | 'InPlaceOrRecreate' | 'Auto';
  /** Bounds by container, each named once; at least one. */
  readonly containers: readonly VerticalContainerPolicy[];
  /** Workloads with fewer live pods are never evicted (1 or more). @default - the updater's own, 2 */
  readonly minReplicas?: number;
}

/** What may be changed of one container, and how far. */
export interface VerticalContainerPolicy {
  /** Container the bounds are for; `*` is every other one. Containers that no policy is for stay as they are. */
  readonly container: string;
  /** Resources that may change, each once. Never one that a HorizontalPodAutoscaler reads as utilization. */
  readonly resources: readonly ('cpu' | 'memory')[];
  /** Least requests, of the resources above. @default - none */
  readonly min?: { readonly cpu?: Cpu; readonly memory?: Memory };
  /** Greatest requests, of the resources above; below what a node can seat. @default - none */
  readonly max?: { readonly cpu?: Cpu; readonly memory?: Memory };
  /** Whether limits move with requests, in the same ratio. @default 'RequestsAndLimits' */
  readonly controls?: 'RequestsAndLimits' | 'RequestsOnly';
}
