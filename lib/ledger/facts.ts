import type { Assumptions } from './assumptions';
import type { PodShape, Resources, Taint } from './pod-shape';
import type { Evidence } from './rule';
import type { Json, KubernetesObject, Skipped, TerraformBlock } from './source';

export type * from './assumptions';
export type * from './pod-shape';

export type WorkloadKind =
  | 'Deployment'
  | 'StatefulSet'
  | 'DaemonSet'
  | 'Rollout'
  | 'Job'
  | 'CronJob'
  | 'ReplicaSet'
  | 'Pod';

/** What runs pods. */
export interface Workload {
  readonly object: KubernetesObject;
  readonly kind: WorkloadKind;
  /** `Deployment acgs/auth-service`. */
  readonly id: string;
  readonly namespace: string | undefined;
  readonly name: string;
  /** Written replicas (1 where none are); of a CronJob its parallelism. */
  readonly replicas: number;
  /**
   * Pods above the wanted number during a rollout (resolved from share and number, rounded up), and below it (rounded down),
   * of `pods`. Where a release `doubles`, the surge is all of them: do not add both.
   */
  readonly surge: (pods: number) => number;
  readonly unavailable: (pods: number) => number;
  /** Whether a release runs both colours at full size. */
  readonly doubles: boolean;
  readonly shape: PodShape;
  readonly selector: Readonly<Record<string, string>>;
  /** Spec of its pods as it is written, and where: `/spec/template/spec`. */
  readonly pod: { readonly [member: string]: Json };
  readonly podPointer: string;
  /** Where something is written, for findings. */
  readonly evidence: (pointer: string) => Evidence;
}

/** A metric that an autoscaler aims at. */
export interface ScalingTarget {
  readonly on: 'cpu' | 'memory' | 'pods' | 'object' | 'external' | 'container';
  readonly name: string;
  /** Per cent of requests, where it is a utilization. */
  readonly utilization?: number;
  /** Average or absolute value, where it is one, in the metric's base unit. */
  readonly value?: number;
  readonly pointer: string;
}

/** An HPA, or a KEDA ScaledObject that makes one. */
export interface Autoscaler {
  readonly object: KubernetesObject;
  readonly id: string;
  readonly target: { readonly kind: string; readonly name: string; readonly namespace: string | undefined };
  readonly min: number;
  readonly max: number;
  readonly metrics: readonly ScalingTarget[];
  readonly evidence: (pointer: string) => Evidence;
}

export interface VerticalAutoscaler {
  readonly object: KubernetesObject;
  readonly id: string;
  readonly target: { readonly kind: string; readonly name: string; readonly namespace: string | undefined };
  readonly mode: 'Off' | 'Initial' | 'Recreate' | 'Auto' | 'InPlaceOrRecreate';
  /** By container name, `*` for all. */
  readonly policies: readonly {
    readonly container: string;
    readonly mode: 'Auto' | 'Off';
    readonly controlled: readonly ('cpu' | 'memory')[];
    readonly min: Partial<Resources>;
    readonly max: Partial<Resources>;
  }[];
  readonly evidence: (pointer: string) => Evidence;
}

export interface Budget {
  readonly object: KubernetesObject;
  readonly id: string;
  readonly namespace: string | undefined;
  readonly matchLabels: Readonly<Record<string, string>>;
  /** Whether it covers pods with these labels, expressions included. The namespace is compared apart from it. */
  readonly matches: (labels: Readonly<Record<string, string>>) => boolean;
  /** Pods that may be down at once out of `pods`; negative never. */
  readonly allowed: (pods: number) => number;
  readonly evidence: (pointer: string) => Evidence;
}

/** Nodes that come and go together: a managed node group, an Auto Scaling group, or a Karpenter pool up to its limits. */
export interface NodeGroup {
  readonly id: string;
  readonly name: string;
  readonly cluster: string;
  readonly min: number;
  /** Infinite for a Karpenter pool without limits. */
  readonly max: number;
  readonly desired: number;
  /** Allocatable of the smallest of its types, which is what can be counted on. */
  readonly allocatable: Resources & { readonly pods: number };
  readonly instanceTypes: readonly string[];
  /** Of a Karpenter pool, which picks a type for each pod: every type, with as many nodes of it as the limits allow. */
  readonly choice?: readonly {
    readonly instanceType: string;
    readonly max: number;
    readonly allocatable: Resources & { readonly pods: number };
  }[];
  readonly architecture: 'amd64' | 'arm64';
  readonly labels: Readonly<Record<string, string>>;
  readonly taints: readonly Taint[];
  readonly capacity: 'on-demand' | 'spot';
  /** Availability zones that its subnets lie in; empty where they are not known. */
  readonly zones: readonly string[];
  readonly subnets: readonly string[];
  /** Nodes that an update adds or takes at once. */
  readonly updateUnavailable: number;
  /** Nodes that an update starts beyond the maximum before it takes old ones. @default - none */
  readonly updateSurge?: number;
  /** Whether it is the part on demand, or of spot, of a group that mixes them: its bounds are shares of the group's. */
  readonly isPart?: true;
  readonly evidence: (pointer: string) => Evidence;
}

/** A database server, wherever it runs. */
export interface Database {
  readonly id: string;
  readonly name: string;
  readonly engine: string;
  readonly version: string | undefined;
  readonly instanceClass: string | undefined;
  readonly memoryBytes: number | undefined;
  readonly maxConnections: number | undefined;
  readonly multiAz: boolean;
  readonly replicaOf: string | undefined;
  readonly parameters: Readonly<Record<string, string>>;
  readonly evidence: (pointer: string) => Evidence;
}

/** What rules know: views of what was read, and nothing of what made it. */
export interface Facts {
  readonly workloads: readonly Workload[];
  /**
   * What runs pods of which no template was read: of charts as they are said, of operators as their custom resources say.
   * They take seats and addresses; of their probes, references and budgets nothing is known.
   */
  readonly implied: readonly Workload[];
  readonly autoscalers: readonly Autoscaler[];
  readonly verticals: readonly VerticalAutoscaler[];
  readonly budgets: readonly Budget[];
  readonly nodeGroups: readonly NodeGroup[];
  readonly databases: readonly Database[];
  readonly assumptions: Assumptions;
  /** Everything that was read, for rules that look at what no view has. */
  readonly objects: readonly KubernetesObject[];
  readonly blocks: readonly TerraformBlock[];
  readonly skipped: readonly Skipped[];
  /** The environment that this one is rehearsed in: what worked there is to work here. */
  readonly reference?: Facts;
}
