import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { type Check, enforce, type Finding, inspect, isDnsLabel } from '../../check';
import {
  inspectVertical,
  isObjectReference,
  type ObjectReference,
  type Resources,
  referenceText,
  type ScalingPolicy,
  type VerticalContainerPolicy,
  type VerticalPolicy,
} from '../../model';
import { type Labels, standardLabels } from '../labels';
import { targetVersion } from '../target-version';

/** A policy, the workload it sizes, and what else acts on that. */
export interface VerticalPodAutoscalerProps {
  /** Name of the object (DNS label). */
  readonly name: string;
  /** Whose pods are sized: a Deployment, StatefulSet, DaemonSet or Rollout, or any construct with these properties. */
  readonly target: ObjectReference;
  /** What may change, and how. */
  readonly policy: VerticalPolicy;
  /** Horizontal policy of the same target: the two must not act on one resource. @default - it has none */
  readonly scaling?: ScalingPolicy;
  /** Declared requests, which must lie inside the bounds. @default - not checked */
  readonly resources?: Resources;
  /** Labels beside the standard ones. @default - none */
  readonly labels?: Labels;
  /** Name of the application it belongs to. @default - none */
  readonly partOf?: string;
}

/** Amounts as the API writes them. */
type Quantities = Readonly<Partial<Record<'cpu' | 'memory', string>>>;

/** What we emit of a container's policy. Source: kubernetes/autoscaler, `autoscaling.k8s.io/v1`. */
interface ContainerPolicy {
  readonly containerName: string;
  readonly mode?: 'Auto' | 'Off';
  readonly controlledResources?: readonly string[];
  readonly controlledValues?: 'RequestsAndLimits' | 'RequestsOnly';
  readonly minAllowed?: Quantities;
  readonly maxAllowed?: Quantities;
}

/** What we emit of a VerticalPodAutoscaler. */
interface VerticalPodAutoscalerSpec {
  readonly targetRef: ObjectReference;
  readonly updatePolicy: { readonly updateMode: VerticalPolicy['mode']; readonly minReplicas?: number };
  readonly resourcePolicy: { readonly containerPolicies: readonly ContainerPolicy[] };
}

/** Containers that no policy names would otherwise be sized without bounds, in both resources. */
const OTHERS_STAY: ContainerPolicy = { containerName: '*', mode: 'Off' };

/** What is said about the object beside its policy. */
export const VERTICAL_POD_AUTOSCALER_CHECKS: readonly Check<VerticalPodAutoscalerProps>[] = [
  {
    id: 'vertical-name-is-a-dns-label',
    prop: 'name',
    holds: ({ name }) => isDnsLabel(name),
    rule: 'must be a DNS label',
    remedy: 'use 1-63 lower-case letters, digits and inner hyphens',
  },
  {
    id: 'vertical-target-is-named',
    prop: 'target',
    holds: ({ target }) => isObjectReference(target),
    rule: 'must have an apiVersion such as apps/v1, a kind such as Deployment, and a name',
    received: ({ target }) => referenceText(target),
    remedy: 'name the workload whose pods are sized',
  },
];

const quantities = ({ cpu, memory }: NonNullable<VerticalContainerPolicy['min']>): Quantities => ({
  ...(cpu && { cpu: cpu.toString() }),
  ...(memory && { memory: memory.toString() }),
});

const containerPolicy = ({ container, resources, min, max, controls }: VerticalContainerPolicy): ContainerPolicy => ({
  containerName: container,
  controlledResources: resources,
  ...(controls && { controlledValues: controls }),
  ...(min && { minAllowed: quantities(min) }),
  ...(max && { maxAllowed: quantities(max) }),
});

/**
 * Sizes the requests of the containers that its policy names, inside the bounds it gives, and of no others. Refuses to
 * move a request by which a HorizontalPodAutoscaler measures.
 *
 * The cluster needs the VerticalPodAutoscaler add-on: Kubernetes has neither the kind nor the controller.
 *
 * @example
 * new VerticalPodAutoscaler(chart, 'Sizing', {
 *   name: 'agent-financial',
 *   target: deployment,
 *   policy: { mode: 'Off', containers: [{ container: '*', resources: ['cpu', 'memory'] }] },
 * });
 */
export class VerticalPodAutoscaler extends Construct {
  /** @param version Kubernetes minor that it is for. @default - the library's own */
  static inspect(path: string, props: VerticalPodAutoscalerProps, version?: string): Finding[] {
    return [
      ...inspect(path, props, VERTICAL_POD_AUTOSCALER_CHECKS),
      ...inspectVertical(path, props.policy, props.scaling, props.resources, version),
    ];
  }

  /** Name of the object. */
  readonly name: string;

  constructor(scope: Construct, id: string, props: VerticalPodAutoscalerProps) {
    super(scope, id);
    const { name, target, policy, labels, partOf } = props;
    enforce(this, VerticalPodAutoscaler.inspect(this.node.path, props, targetVersion(this)));

    const { containers, mode, minReplicas } = policy;
    const hasWildcard = containers.some(({ container }) => container === '*');
    const spec: VerticalPodAutoscalerSpec = {
      targetRef: { apiVersion: target.apiVersion, kind: target.kind, name: target.name },
      updatePolicy: { updateMode: mode, ...(minReplicas !== undefined && { minReplicas }) },
      resourcePolicy: {
        containerPolicies: [...containers.map(containerPolicy), ...(hasWildcard ? [] : [OTHERS_STAY])],
      },
    };
    const object = new ApiObject(this, 'Resource', {
      apiVersion: 'autoscaling.k8s.io/v1',
      kind: 'VerticalPodAutoscaler',
      metadata: { name, labels: { ...standardLabels(name, 'vertical-autoscaler', partOf), ...labels } },
      spec,
    });
    this.name = object.name;
  }
}
