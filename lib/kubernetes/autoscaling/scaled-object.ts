import { ApiObject, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { enforce, type Finding, inspect } from '../../check';
import { inspectScaling, type ObjectReference } from '../../model';
import { standardLabels } from '../labels';
import { targetHas, targetVersion } from '../target-version';
import { HORIZONTAL_POD_AUTOSCALER_CHECKS } from './horizontal-pod-autoscaler';
import { type KedaTrigger, kedaTriggers } from './keda-trigger';
import { decimalText } from './metric-spec';
import {
  DEFAULT_FAILURES,
  SCALED_OBJECT_CHECKS,
  SCALED_OBJECT_PLACE_CHECKS,
  type ScaledObjectFallback,
  type ScaledObjectPlan,
  type ScaledObjectProps,
  scaledObjectPlan,
} from './scaled-object-props';
import { DIRECTIONS, scalingRules } from './scaling-rules';

/** KEDA takes over a HorizontalPodAutoscaler of this name, where without it its webhook refuses a scaled target. */
const TAKES_OVER = { 'scaledobject.keda.sh/transfer-hpa-ownership': 'true' } as const;

/** What we emit. Source: kedacore/keda, `apis/keda/v1alpha1/scaledobject_types.go` (2.20). */
interface ScaledObjectSpec {
  readonly scaleTargetRef: ObjectReference;
  readonly minReplicaCount: number;
  readonly maxReplicaCount: number;
  readonly advanced: { readonly horizontalPodAutoscalerConfig: { readonly name: string; readonly behavior?: object } };
  readonly fallback?: Required<ScaledObjectFallback> & { readonly behavior: 'currentReplicasIfHigher' };
  readonly triggers: readonly KedaTrigger[];
}

/**
 * Keeps a workload between its bounds by the metrics of one policy, as `HorizontalPodAutoscaler` does, where KEDA owns
 * the external metrics of the cluster: each metric means what it means beside an adapter. KEDA makes and owns the
 * HorizontalPodAutoscaler, under the same name, and takes over one that is already there; the target must have no other.
 *
 * Needs KEDA 2.18 or later. It never scales to zero, so that polling interval and cooldown, which matter to nothing
 * else, are left out.
 *
 * @example
 * new ScaledObject(chart, 'Autoscaler', {
 *   name: 'agent-core',
 *   target: deployment,
 *   policy: { min: 2, max: 10, metrics: [{ on: 'cpu', utilization: Percent.of(75) }] },
 * });
 */
export class ScaledObject extends Construct {
  /**
   * Findings about everything but the namespace of the chart.
   *
   * @param version Kubernetes minor that it is for. @default - the library's own
   */
  static inspect(path: string, props: ScaledObjectProps, version?: string): Finding[] {
    const plan = scaledObjectPlan(props);
    return [
      ...inspect(path, plan, HORIZONTAL_POD_AUTOSCALER_CHECKS),
      ...inspect(path, plan, SCALED_OBJECT_CHECKS),
      ...inspectScaling(path, plan.policy, plan.resources, version),
    ];
  }

  /** Name of the object, and of the HorizontalPodAutoscaler. */
  readonly name: string;

  constructor(scope: Construct, id: string, props: ScaledObjectProps) {
    super(scope, id);
    const plan = scaledObjectPlan(props);
    const namespace = plan.namespace ?? Chart.of(this).namespace;
    enforce(this, [
      ...ScaledObject.inspect(this.node.path, props, targetVersion(this)),
      ...inspect(this.node.path, { policy: plan.policy, namespace }, SCALED_OBJECT_PLACE_CHECKS),
    ]);

    const { name, labels, partOf } = plan;
    const object = new ApiObject(this, 'Resource', {
      apiVersion: 'keda.sh/v1alpha1',
      kind: 'ScaledObject',
      metadata: {
        name,
        ...(plan.namespace !== undefined && { namespace: plan.namespace }),
        labels: { ...standardLabels(name, 'autoscaler', partOf), ...labels },
        annotations: TAKES_OVER,
      },
      spec: this.spec(plan, namespace ?? ''),
    });
    this.name = object.name;
  }

  private spec({ name, target, policy, prometheus, fallback }: ScaledObjectPlan, namespace: string): ScaledObjectSpec {
    const behavior = this.behavior(policy);
    return {
      scaleTargetRef: { apiVersion: target.apiVersion, kind: target.kind, name: target.name },
      minReplicaCount: policy.min,
      maxReplicaCount: policy.max,
      advanced: { horizontalPodAutoscalerConfig: { name, ...(behavior && { behavior }) } },
      ...(fallback && {
        fallback: {
          failureThreshold: fallback.failureThreshold ?? DEFAULT_FAILURES,
          replicas: fallback.replicas,
          behavior: 'currentReplicasIfHigher',
        },
      }),
      triggers: kedaTriggers(policy.metrics, { prometheus, namespace, target }),
    };
  }

  private behavior(policy: ScaledObjectPlan['policy']): object | undefined {
    const rules = scalingRules(policy);
    if (rules === undefined || !targetHas(this, 'hpa-tolerance')) return rules;
    return Object.fromEntries(
      DIRECTIONS.flatMap((direction) => {
        const tolerance = policy[direction]?.tolerance;
        if (rules[direction] === undefined) return [];
        return [
          [direction, { ...rules[direction], ...(tolerance && { tolerance: decimalText(tolerance.toRatio()) }) }],
        ];
      }),
    );
  }
}
