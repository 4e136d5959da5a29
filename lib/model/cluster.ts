import type { Memory } from '../units';

/** How people and pipelines outside the cluster reach its API. The endpoint itself stays private unless listed ranges are given. */
export type ApiAccess =
  /** A small host without inbound ports, entered and audited through Session Manager. */
  | { readonly through: 'session-manager' }
  /** Networks that are routed to the VPC: VPN, peering, transit gateway. */
  | { readonly through: 'private-network'; readonly cidrs: readonly string[] }
  /** A public endpoint for listed ranges only, never `0.0.0.0/0`. */
  | { readonly through: 'public-allowlist'; readonly cidrs: readonly string[] };

export interface ClusterSpec {
  /** Kubernetes minor. @default '1.35' */
  readonly version?: string;
  readonly apiAccess: ApiAccess;
  readonly nodeGroups: readonly NodeGroupSpec[];
}

export type CapacityType = 'on-demand' | 'spot';

export type TaintEffect = 'NoSchedule' | 'PreferNoSchedule' | 'NoExecute';

export interface Taint {
  readonly key: string;
  readonly value: string;
  readonly effect: TaintEffect;
}

/** A set of equal nodes that grows and shrinks together. */
export interface NodeGroupSpec {
  /** DNS label, unique in its cluster. */
  readonly name: string;
  /** EC2 types of one architecture, preferred first. For an autoscaler they should agree in CPU and memory. */
  readonly instanceTypes: readonly string[];
  /** @default 'on-demand' */
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
