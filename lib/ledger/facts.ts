import type { Footprint } from './facts/footprint';
import type { Evidence } from './rule';
import type { Json, KubernetesObject, Skipped, TerraformBlock } from './source';

/** Amounts in the units that are added up: whole millicores, bytes. */
export interface Resources {
  readonly cpuMillis: number;
  readonly memoryBytes: number;
  readonly ephemeralBytes: number;
}

/** A requirement on labels of nodes: `In ['compute']`. */
export interface NodeRequirement {
  readonly key: string;
  readonly operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist' | 'Gt' | 'Lt';
  readonly values: readonly string[];
}

export interface Toleration {
  readonly key?: string;
  readonly operator: 'Exists' | 'Equal';
  readonly value?: string;
  /** Undefined tolerates every effect. */
  readonly effect?: string;
}

export interface Taint {
  readonly key: string;
  readonly value: string;
  readonly effect: 'NoSchedule' | 'PreferNoSchedule' | 'NoExecute';
}

/** Pods that must lie apart, or evenly, by a label of nodes. */
export interface SpreadRule {
  readonly topologyKey: string;
  /** 1 with anti-affinity: no two in one place. */
  readonly maxSkew: number;
  readonly matchLabels: Readonly<Record<string, string>>;
  readonly required: boolean;
  readonly kind: 'spread' | 'anti-affinity';
  /** Whether pods of each revision are counted apart: the selector takes a label that the controller gives them. */
  readonly eachRevision?: true;
  /** Below so many places the emptiest is thought to hold nothing. @default - as if it were 1 */
  readonly minDomains?: number;
  /** Whether places with taints that the pod does not tolerate are left out. @default - they count, and stay empty */
  readonly honorsTaints?: true;
}

/** What a pod of a workload asks of the scheduler. */
export interface PodShape {
  /**
   * Effective: the larger of init containers and the sum of containers, restartable init containers and overhead added,
   * as admission completes them (LimitRange), with the sidecar that a mesh injects or an assumption names.
   */
  readonly requests: Resources;
  /** Sums of limits; undefined where a container has none. */
  readonly limits: { readonly cpuMillis?: number; readonly memoryBytes?: number };
  readonly labels: Readonly<Record<string, string>>;
  readonly nodeSelector: Readonly<Record<string, string>>;
  /** Alternatives (OR) of requirements (AND) of required node affinity; empty: any node. */
  readonly nodeAffinity: readonly (readonly NodeRequirement[])[];
  readonly tolerations: readonly Toleration[];
  readonly spread: readonly SpreadRule[];
  readonly hostNetwork: boolean;
  readonly hostPorts: readonly number[];
  readonly terminationGraceSeconds: number;
  readonly priorityClass: string | undefined;
  readonly serviceAccount: string | undefined;
  /** Names of claims, templates included. */
  readonly volumeClaims: readonly string[];
}

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

/** How often a request to a workload calls a store. */
export interface StoreCalls {
  readonly store: string;
  readonly calls: number;
}

/** A loss that a promise of recovery is about. */
export type PromisedLoss = 'zone' | 'region';

/** What a loss may cost at most. */
export interface RecoveryPromise {
  /** Data of the last so many seconds. */
  readonly rpoSeconds: number | undefined;
  /** Time without service (s). */
  readonly rtoSeconds: number | undefined;
  readonly survives: readonly PromisedLoss[];
}

/**
 * What YAML and Terraform cannot say, from annotations of the workload or from `--assumptions`. Of facts, all keys are ids
 * of workloads (`Deployment acgs/auth-service`).
 */
export interface Assumptions {
  /** By workload: requests per second that one pod was measured to bear. */
  readonly ratePerPod: ReadonlyMap<string, number>;
  /** Requests per second that it is expected to get. */
  readonly declaredLoad: ReadonlyMap<string, number>;
  /** Connections of each process to a database, by workload; with the database's name. */
  readonly pools: ReadonlyMap<
    string,
    readonly { readonly database: string; readonly processes: number; readonly size: number }[]
  >;
  /** Seconds until a new pod serves. */
  readonly startSeconds: ReadonlyMap<string, number>;
  /** Requests of a sidecar that is injected, by workload. */
  readonly sidecar: ReadonlyMap<string, Resources>;
  /** Longest time that preStop hooks may take which do not say so themselves, by workload (s). */
  readonly stopHookSeconds: ReadonlyMap<string, number>;
  /** Calls to stores for each request, by workload; with the store's name. */
  readonly calls: ReadonlyMap<string, readonly StoreCalls[]>;
  /** By store, as callers name it: requests per second that all of it bears. */
  readonly storeRates: ReadonlyMap<string, number>;
  /** What is promised of databases that promise nothing themselves. */
  readonly promises: RecoveryPromise | undefined;
  /** What AWS grants, by code of the quota: `L-1216C47A`. @default - what is asked for in the stacks, else what every account has */
  readonly quotas?: ReadonlyMap<string, number>;
  /** Pods of what deploys objects that were not given, by its id, name or namespace/name. @default - what it says itself */
  readonly deployers?: ReadonlyMap<string, readonly Footprint[]>;
  /** Files or folders with the manifests of a cluster, by its name. @default - told by where pods may run */
  readonly clusters?: ReadonlyMap<string, string>;
  /** Day that calendars and suppressions are judged by (ISO date). */
  readonly asOf: string | undefined;
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
