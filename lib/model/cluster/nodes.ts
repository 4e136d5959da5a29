import type { Memory } from '../../units';

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
