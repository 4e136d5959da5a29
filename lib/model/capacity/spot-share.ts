import { type InstanceType, instanceType } from '../../catalog';
import { Duration, type Memory, Percent } from '../../units';
import { nodeGroupPlan } from '../cluster/node-group';
import type { NodeGroupSpec, Taint } from '../cluster/nodes';

/** Spot nodes beside declared on-demand groups, and the share that they are meant to have. */
export interface SpotShareSpec {
  /** Name of the added group (DNS label of at most 36 characters). @default 'spot' */
  readonly name?: string;
  /** Groups that the share is counted against. Leave out those of pods with volumes, which never run on spot. */
  readonly onDemand: readonly NodeGroupSpec[];
  /** Types of the spot nodes, at least three of one size, preferred first. */
  readonly instanceTypes: readonly string[];
  /** Spot's part of all CPUs at the desired size (more than 0, at most 90 %). @default Percent.of(30) */
  readonly share?: Percent;
  /** Availability zones (1-6); groups with `zones: 'each'` count once in each. */
  readonly zones: number;
  /**
   * How long the autoscaler waits for a spot node before it turns to the next group (1-15 minutes).
   * @default Duration.minutes(5)
   */
  readonly provisionTimeout?: Duration;
  /** Root volume of the spot nodes. @default - that of any node group */
  readonly rootVolume?: Memory;
  /** Labels of the spot nodes. @default - none */
  readonly labels?: Readonly<Record<string, string>>;
  /** Taints of the spot nodes. @default - none: whatever bears to be moved runs there */
  readonly taints?: readonly Taint[];
}

/** What follows from a share. */
export interface SpotShare {
  /** The group to declare beside the others. */
  readonly group: NodeGroupSpec;
  /** Spot's part of all CPUs at the desired size, as near to the target as whole nodes come. */
  readonly reached: Percent;
  /**
   * Nodes of these groups together that the autoscaler may run: the on-demand maxima, which alone cover the need, and
   * the spot nodes of the desired size, which may stand while on-demand takes over.
   */
  readonly maxNodes: number;
  /** How long the autoscaler waits for a spot node. */
  readonly provisionTimeout: Duration;
}

/** The middle of the documents: enough to save, little enough to lose at once. */
export const SPOT_SHARE_DEFAULTS = {
  name: 'spot',
  share: Percent.of(30),
  provisionTimeout: Duration.minutes(5),
} as const;

type Bound = 'min' | 'desired' | 'max';

const typeOf = ({ instanceTypes }: Pick<NodeGroupSpec, 'instanceTypes'>): InstanceType | undefined =>
  instanceTypes.flatMap((name) => instanceType(name) ?? [])[0];

/** Nodes of all groups together at one of their bounds. */
export const nodesAt = (bound: Bound, groups: readonly NodeGroupSpec[], zones: number): number =>
  groups.reduce((sum, group) => sum + group[bound] * (nodeGroupPlan(group, 'none').zones === 'each' ? zones : 1), 0);

/**
 * CPUs of all groups together at one of their bounds. EKS launches the first type of an on-demand group that it can
 * get.
 */
export const cpusAt = (bound: Bound, groups: readonly NodeGroupSpec[], zones: number): number =>
  groups.reduce((sum, group) => sum + nodesAt(bound, [group], zones) * (typeOf(group)?.vcpus ?? 0), 0);

/** CPUs of the smallest spot type: whichever EC2 picks, a node has at least these. */
export const spotCpus = (instanceTypes: readonly string[]): number =>
  Math.min(...instanceTypes.flatMap((name) => instanceType(name)?.vcpus ?? []));

/** Whole nodes whose CPUs come nearest to `share` of all, given those on demand: `s / (s + o) = share`. */
const nodesFor = (share: number, onDemandCpus: number, cpusPerNode: number): number =>
  Math.max(1, Math.round((onDemandCpus * share) / (1 - share) / cpusPerNode));

/**
 * Sizes a spot group so that it has its share of all CPUs, at the desired size and at the maxima. Its minimum is 0:
 * nothing may depend on it. CPUs are counted and not nodes, as groups differ in the size of theirs.
 *
 * EKS drains spot nodes itself, on the two minutes' notice and already on the recommendation to rebalance that often
 * comes before: managed groups need no termination handler. The autoscaler tries spot first by the priority expander,
 * and on demand once the time-out has passed.
 *
 * @example
 * const spot = spotShare({
 *   onDemand: [general, compute],
 *   instanceTypes: ['m5.large', 'm6i.large', 'm6a.large'],
 *   zones: 3,
 * });
 * const nodeGroups = [general, compute, stateful, spot.group];
 */
export function spotShare(spec: SpotShareSpec): SpotShare {
  const { onDemand, instanceTypes, zones, rootVolume, labels, taints } = spec;
  const { name, share, provisionTimeout } = SPOT_SHARE_DEFAULTS;
  const target = (spec.share ?? share).toRatio();
  const perNode = spotCpus(instanceTypes);
  const desiredCpus = cpusAt('desired', onDemand, zones);
  const desired = nodesFor(target, desiredCpus, perNode);
  const max = Math.max(desired, nodesFor(target, cpusAt('max', onDemand, zones), perNode));
  const spotPart = (desired * perNode) / (desired * perNode + desiredCpus);
  return {
    group: {
      name: spec.name ?? name,
      instanceTypes,
      capacity: 'spot',
      min: 0,
      max,
      desired,
      ...(rootVolume && { rootVolume }),
      ...(labels && { labels }),
      ...(taints && { taints }),
    },
    reached: Percent.of(Math.round(spotPart * 10_000) / 100),
    maxNodes: nodesAt('max', onDemand, zones) + desired,
    provisionTimeout: spec.provisionTimeout ?? provisionTimeout,
  };
}
