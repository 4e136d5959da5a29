import { ApiObject, JsonPatch } from 'cdk8s';
import { Construct } from 'constructs';
import { type Check, enforce, type Finding, inspect, isDnsLabel } from '../../check';
import {
  inspectScaling,
  isObjectReference,
  type ObjectReference,
  type Resources,
  referenceText,
  type ScalingPolicy,
} from '../../model';
import { KubeHorizontalPodAutoscalerV2 } from '../k8s';
import { type Labels, standardLabels } from '../labels';
import { targetHas, targetVersion } from '../target-version';
import { decimalText, metricSpec } from './metric-spec';
import { DIRECTIONS, scalingRules } from './scaling-rules';

/** A policy, and the workload it moves. */
export interface HorizontalPodAutoscalerProps {
  /** Name of the object (DNS label). */
  readonly name: string;
  /**
   * What is scaled: a Deployment, StatefulSet or Rollout of the same namespace, or any construct that has these three
   * properties. It must not fix its own number of replicas.
   */
  readonly target: ObjectReference;
  /** Bounds, metrics and pace. */
  readonly policy: ScalingPolicy;
  /** Requests and limits of the scaled container, to check targets against them. @default - not checked */
  readonly resources?: Resources;
  /** Labels beside the standard ones. @default - none */
  readonly labels?: Labels;
  /** Name of the application it belongs to. @default - none */
  readonly partOf?: string;
}

/** Kinds without a number of replicas to set. */
const UNSCALABLE: readonly string[] = ['DaemonSet', 'Job', 'CronJob', 'Pod'];

/** What is said about the object beside its policy. */
export const HORIZONTAL_POD_AUTOSCALER_CHECKS: readonly Check<HorizontalPodAutoscalerProps>[] = [
  {
    id: 'scaling-name-is-a-dns-label',
    prop: 'name',
    holds: ({ name }) => isDnsLabel(name),
    rule: 'must be a DNS label',
    remedy: 'use 1-63 lower-case letters, digits and inner hyphens',
  },
  {
    id: 'scaling-target-has-replicas',
    prop: 'target',
    holds: ({ target }) => isObjectReference(target) && !UNSCALABLE.includes(target.kind),
    rule: `must name an object that has replicas, and no ${UNSCALABLE.join(', ')}`,
    received: ({ target }) => referenceText(target),
    remedy: 'use a Deployment, StatefulSet or Rollout',
  },
];

/**
 * Keeps a workload between its bounds by the metrics of one policy. What the policy does not say is left out, so that
 * Kubernetes' own behaviour holds for it.
 *
 * @example
 * new HorizontalPodAutoscaler(chart, 'Autoscaler', {
 *   name: 'agent-core',
 *   target: deployment,
 *   policy: { min: 2, max: 10, metrics: [{ on: 'cpu', utilization: Percent.of(75) }] },
 * });
 */
export class HorizontalPodAutoscaler extends Construct {
  /** @param version Kubernetes minor that it is for. @default - the library's own */
  static inspect(path: string, props: HorizontalPodAutoscalerProps, version?: string): Finding[] {
    return [
      ...inspect(path, props, HORIZONTAL_POD_AUTOSCALER_CHECKS),
      ...inspectScaling(path, props.policy, props.resources, version),
    ];
  }

  /** Name of the object. */
  readonly name: string;

  constructor(scope: Construct, id: string, props: HorizontalPodAutoscalerProps) {
    super(scope, id);
    const { name, target, policy, labels, partOf } = props;
    enforce(this, HorizontalPodAutoscaler.inspect(this.node.path, props, targetVersion(this)));

    const behavior = scalingRules(policy);
    const manifest = KubeHorizontalPodAutoscalerV2.manifest({
      metadata: { name, labels: { ...standardLabels(name, 'autoscaler', partOf), ...labels } },
      spec: {
        scaleTargetRef: { apiVersion: target.apiVersion, kind: target.kind, name: target.name },
        minReplicas: policy.min,
        maxReplicas: policy.max,
        metrics: policy.metrics.map(metricSpec),
        ...(behavior && { behavior }),
      },
    });
    // Not the typed class, which drops every patched field that its API does not know.
    const object = new ApiObject(this, 'Resource', manifest);
    this.name = object.name;
    if (targetHas(this, 'hpa-tolerance')) this.addTolerances(object, policy);
  }

  /** The generated API predates the field. */
  private addTolerances(object: ApiObject, policy: ScalingPolicy): void {
    for (const direction of DIRECTIONS) {
      const tolerance = policy[direction]?.tolerance;
      if (tolerance === undefined) continue;
      object.addJsonPatch(JsonPatch.add(`/spec/behavior/${direction}/tolerance`, decimalText(tolerance.toRatio())));
    }
  }
}
