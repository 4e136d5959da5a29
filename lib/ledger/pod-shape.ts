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
