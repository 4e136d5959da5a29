import { withDefaults } from '../../check';
import { type Cpu, Duration, type Memory, Percent } from '../../units';
import type { CapacityType, Taint } from '../cluster/nodes';

/** Why Karpenter takes a node away by its own choice. */
export type DisruptionReason = 'Underutilized' | 'Empty' | 'Drifted';

/** How many nodes of a pool may go at once. Of several budgets the strictest holds. */
export interface DisruptionBudget {
  /** Nodes (whole, 0 or more), or a part of the pool (whole percent, 0-100, rounded up). */
  readonly nodes: number | Percent;
  /** What it holds for. @default - every reason */
  readonly reasons?: readonly DisruptionReason[];
  /** When it holds, in UTC: from each time of a cron schedule, for whole minutes. @default - always */
  readonly during?: { readonly schedule: string; readonly lasts: Duration };
}

/** Nodes that Karpenter makes as pods ask for them. */
export interface NodePoolSpec {
  /** DNS label, unique in its cluster. */
  readonly name: string;
  /** Value of the label by which workloads name their nodes (label value); pools may share it. @default - the name */
  readonly group?: string;
  /**
   * How the nodes are bought. A pool has one way only: with both, Karpenter takes the cheaper, and all is spot.
   * @default 'on-demand'
   */
  readonly capacity?: CapacityType;
  /** Nitro-based EC2 types of one architecture that it may choose from; many for spot. */
  readonly instanceTypes: readonly string[];
  /** All nodes of the pool together. What is beyond stays pending: this bounds the bill. */
  readonly limits: { readonly cpu: Cpu; readonly memory: Memory };
  /** Availability zones that it may use. @default - those of the subnets of its node class */
  readonly zones?: readonly string[];
  /** Values of the label by which pods are spread, which no other pool has. @default - none */
  readonly spread?: readonly string[];
  /** Labels of the nodes. @default - none */
  readonly labels?: Readonly<Record<string, string>>;
  /** Taints of the nodes. @default - none */
  readonly taints?: readonly Taint[];
  /**
   * How long a node must have been worth replacing before it is (whole seconds, 0-24 h).
   * @default Duration.seconds(300)
   */
  readonly consolidateAfter?: Duration;
  /** Whether nodes that are merely underused are emptied too, or only empty ones go. @default 'empty-or-underused' */
  readonly consolidate?: 'empty-or-underused' | 'empty';
  /** Age at which a node is replaced, and with it its image (whole seconds, 1 h - 365 d). @default Duration.days(30) */
  readonly expireAfter?: Duration;
  /**
   * Time after which a draining node goes in spite of budgets of its pods (whole seconds, 1 min - 7 d).
   * @default - it waits for them
   */
  readonly drainWithin?: Duration;
  /** How many nodes may go at once. @default - a tenth of them, rounded up */
  readonly budgets?: readonly DisruptionBudget[];
  /** Pools of greater weight are tried first (1-100). @default - all alike */
  readonly weight?: number;
}

const DEFAULTS = {
  capacity: 'on-demand',
  labels: {},
  taints: [],
  spread: [],
  consolidateAfter: Duration.seconds(300),
  consolidate: 'empty-or-underused',
  expireAfter: Duration.days(30),
  budgets: [{ nodes: Percent.of(10) }],
} as const;

/** A declared pool with its defaults. */
export type NodePoolPlan = NodePoolSpec & Required<Pick<NodePoolSpec, keyof typeof DEFAULTS | 'group'>>;

/** The pool with every default filled in. */
export const nodePoolPlan = (spec: NodePoolSpec): NodePoolPlan => withDefaults({ ...DEFAULTS, group: spec.name }, spec);
