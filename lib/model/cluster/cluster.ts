import type { Memory } from '../../units';

/** How people and pipelines outside the cluster reach its API. The endpoint itself stays private unless listed ranges are given. */
export type ApiAccess =
  /** A small host without inbound ports, entered and audited through Session Manager. */
  | { readonly through: 'session-manager' }
  /** Networks that are routed to the VPC: VPN, peering, transit gateway. */
  | { readonly through: 'private-network'; readonly cidrs: readonly string[] }
  /** A public endpoint for listed ranges only, never `0.0.0.0/0`. */
  | { readonly through: 'public-allowlist'; readonly cidrs: readonly string[] };

/** Whether a cluster is upgraded by force when standard support ends, or stays for a year at six times the price. */
export type SupportType = 'STANDARD' | 'EXTENDED';

/** What changes the size of node groups. Karpenter makes nodes of its own and leaves declared groups alone. */
export type NodeAutoscaler = 'cluster-autoscaler' | 'karpenter' | 'none';

/** Software that every cluster runs as an EKS add-on. */
export type AddonName =
  | 'vpc-cni'
  | 'kube-proxy'
  | 'eks-pod-identity-agent'
  | 'coredns'
  | 'aws-ebs-csi-driver'
  | 'metrics-server';

/** A Kubernetes cluster on EKS: its version, its way in and its nodes. */
export interface ClusterSpec {
  /** Kubernetes minor that EKS supports on the day of synthesis. @default '1.35' */
  readonly version?: string;
  /** What happens when standard support of the version ends. @default 'STANDARD' */
  readonly supportType?: SupportType;
  /** Who owns the number of nodes after creation. @default 'cluster-autoscaler' */
  readonly autoscaler?: NodeAutoscaler;
  /** The one way to the API server from outside the cluster. */
  readonly apiAccess: ApiAccess;
  /**
   * Exact versions, `v1.21.1-eksbuild.1`, by add-on: the same in every run, until somebody raises them.
   * @default - what EKS makes the default for the cluster's minor
   */
  readonly addonVersions?: Readonly<Partial<Record<AddonName, string>>>;
  /** Groups with distinct names; at least one has nodes and no taints, as DNS runs there. */
  readonly nodeGroups: readonly NodeGroupSpec[];
}

/** How nodes are bought. EC2 takes `spot` nodes back at two minutes' notice. */
export type CapacityType = 'on-demand' | 'spot';

/** `NoSchedule` admits no new pod, `PreferNoSchedule` does if nothing else fits, `NoExecute` evicts too. */
export type TaintEffect = 'NoSchedule' | 'PreferNoSchedule' | 'NoExecute';

/** Keeps pods away that do not tolerate it. A group has at most one of each key. */
export interface Taint {
  /** Name of at most 63 characters, with an optional DNS name and `/` before it. */
  readonly key: string;
  /** Label value: at most 63 letters, digits, `-`, `_` and `.`. */
  readonly value: string;
  /** What happens to pods without a toleration. */
  readonly effect: TaintEffect;
}

/** A set of equal nodes that grows and shrinks together. */
export interface NodeGroupSpec {
  /** DNS label of at most 36 characters, unique in its cluster. */
  readonly name: string;
  /** Nitro-based EC2 types of one architecture, preferred first. For an autoscaler they should agree in CPU and memory. */
  readonly instanceTypes: readonly string[];
  /** How the nodes are bought; spot needs at least 3 types to choose from. @default 'on-demand' */
  readonly capacity?: CapacityType;
  /** Nodes kept at all times (0-450). */
  readonly min: number;
  /** Nodes never exceeded (1-450). */
  readonly max: number;
  /** Nodes at creation (min-max). */
  readonly desired: number;
  /** Root volume of each node (GiB, 20-16384). @default Memory.gib(50) */
  readonly rootVolume?: Memory;
  /** Labels of the nodes, beside `headroom.dev/node-group` that holds the name. @default - none */
  readonly labels?: Readonly<Record<string, string>>;
  /** Taints of the nodes. @default - none */
  readonly taints?: readonly Taint[];
  /** `each` makes one group a zone, for pods with volumes; bounds and sizes then count per zone. @default 'all' */
  readonly zones?: 'all' | 'each';
}

/** Label that every node carries; its value is the name of the declared group. */
export const NODE_GROUP_LABEL = 'headroom.dev/node-group';

/** Kubernetes group of the principals that deploy; bind it to what they need beyond namespaces. */
export const DEPLOYERS_GROUP = 'headroom:deployers';
