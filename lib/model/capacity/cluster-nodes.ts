import { instanceType } from '../../catalog';
import { inspect } from '../../check';
import type { Memory } from '../../units';
import type { ClusterSpec } from '../cluster/cluster';
import { nodeBounds } from '../cluster/node-group';
import type { NodeGroupSpec } from '../cluster/nodes';
import { type NodePoolPairSpec, nodePoolPair } from './capacity-domains';
import type { NodePoolSpec } from './node-pool';
import { type SpotShareSpec, spotShare } from './spot-share';
import { SPOT_SHARE_CHECKS } from './spot-share-checks';

/**
 * Spot nodes of a cluster. Their group follows from the share and is declared nowhere else. It has no taints: what runs on
 * any node runs there too, and on demand as soon as spot has nothing to give.
 */
export interface SpotSpec
  extends Pick<SpotShareSpec, 'name' | 'share' | 'instanceTypes' | 'provisionTimeout' | 'rootVolume'> {
  /** Groups on demand that the share is counted against. @default - all but those with `zones: 'each'`, whose pods have volumes */
  readonly beside?: readonly string[];
}

/** What Karpenter may make. */
export interface KarpenterSpec {
  /** Release of Amazon Linux 2023 for EKS, `v20260818`; `latest` rolls all nodes whenever AWS has a new one. */
  readonly imageVersion: string;
  /** At least one. Those with `onDemandTypes` are made twice, on demand and on spot, and pods are spread over both. */
  readonly pools: readonly (NodePoolSpec | NodePoolPairSpec)[];
  /** Root volume of each node (whole GiB, 20-9999). @default Memory.gib(50) */
  readonly rootVolume?: Memory;
}

const isPair = (pool: NodePoolSpec | NodePoolPairSpec): pool is NodePoolPairSpec => 'onDemandTypes' in pool;

/** The pairs among the pools. */
export const poolPairs = ({ karpenter }: ClusterSpec): NodePoolPairSpec[] => karpenter?.pools.filter(isPair) ?? [];

/** Pools that buy one way, as declared. */
export const singlePools = ({ karpenter }: ClusterSpec): NodePoolSpec[] =>
  karpenter?.pools.filter((pool): pool is NodePoolSpec => !isPair(pool)) ?? [];

/** Every pool as Karpenter sees it, those of a pair one by one. */
export const nodePools = ({ karpenter }: ClusterSpec): NodePoolSpec[] =>
  karpenter?.pools.flatMap((pool) => (isPair(pool) ? [...nodePoolPair(pool)] : [pool])) ?? [];

/** The share as it is worked out; undefined where no spot is declared. */
export function spotShareSpec({ spot, nodeGroups }: ClusterSpec, zones: number): SpotShareSpec | undefined {
  if (spot === undefined) return undefined;
  const { beside, ...rest } = spot;
  const onDemand = nodeGroups.filter((group) =>
    beside === undefined ? group.zones !== 'each' : beside.includes(group.name),
  );
  return { ...rest, onDemand, zones };
}

/** The group of spot nodes; undefined where there is none, or while its share cannot be worked out, which is reported. */
function spotGroup(cluster: ClusterSpec, zones: number): NodeGroupSpec | undefined {
  const spec = spotShareSpec(cluster, zones);
  return spec === undefined || inspect('', spec, SPOT_SHARE_CHECKS).length > 0 ? undefined : spotShare(spec).group;
}

/** Every group that EKS manages: those declared, and that of the spot nodes. */
export function managedNodeGroups(cluster: ClusterSpec, zones: number): NodeGroupSpec[] {
  const spot = spotGroup(cluster, zones);
  return [...cluster.nodeGroups, ...(spot ? [spot] : [])];
}

/** Nodes that the limits of a pool allow, of whichever of its types there can be most. */
export function mostNodes({ instanceTypes, limits: { cpu, memory } }: NodePoolSpec): number {
  const counts = instanceTypes
    .flatMap((name) => instanceType(name) ?? [])
    .map(({ vcpus, memoryMib }) => Math.min(cpu.inMillis / 1000 / vcpus, memory.inBytes / 2 ** 20 / memoryMib));
  return Math.ceil(Math.max(0, ...counts));
}

/** A pool as the group that it may grow to. */
const asGroup = (pool: NodePoolSpec, rootVolume: Memory | undefined): NodeGroupSpec => ({
  name: pool.group ?? pool.name,
  instanceTypes: pool.instanceTypes,
  capacity: pool.capacity ?? 'on-demand',
  min: 0,
  desired: 0,
  max: mostNodes(pool),
  ...(pool.taints && { taints: pool.taints }),
  ...(rootVolume && { rootVolume }),
});

/**
 * Every kind of node that the cluster may have, as a group: what is managed, and what Karpenter makes, up to its limits.
 * Networks, quotas, seats and bills are reckoned with these. The two pools of a pair share a name.
 */
export const allNodes = (cluster: ClusterSpec, zones: number): NodeGroupSpec[] => [
  ...managedNodeGroups(cluster, zones),
  ...nodePools(cluster).map((pool) => asGroup(pool, cluster.karpenter?.rootVolume)),
];

/**
 * Nodes of all managed groups together that Cluster Autoscaler may run: the maxima on demand, which alone cover the need,
 * and the spot nodes of the desired size, which may stand while on demand takes over.
 */
export function maxNodes(cluster: ClusterSpec, zones: number): number {
  const spot = spotGroup(cluster, zones);
  return nodeBounds(cluster.nodeGroups, zones).max + (spot?.desired ?? 0);
}
