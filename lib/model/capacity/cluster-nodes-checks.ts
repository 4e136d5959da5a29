import { type Check, duplicates, type Finding, inspect } from '../../check';
import type { ClusterSpec } from '../cluster/cluster';
import { inspectNodePoolPair } from './capacity-domains';
import { nodePools, poolPairs, type SpotSpec, singlePools, spotShareSpec } from './cluster-nodes';
import { inspectNodePool } from './node-pool-checks';
import { inspectSpotShare } from './spot-share-checks';

const groupNames = ({ nodeGroups }: ClusterSpec): string[] => nodeGroups.map(({ name }) => name);

const missing = (cluster: ClusterSpec, { beside = [] }: SpotSpec): string[] =>
  beside.filter((name) => !groupNames(cluster).includes(name));

/** Names of pools, and of the groups that their nodes belong to. */
const poolNames = (cluster: ClusterSpec): string[] => [
  ...nodePools(cluster).map(({ name }) => name),
  ...[...poolPairs(cluster), ...singlePools(cluster)].flatMap(({ name, group }) => [group ?? name]),
];

/** Names that mean two kinds of node: a pool's own name may be that of its group. */
const claimedTwice = (cluster: ClusterSpec): string[] => {
  const groups = [...groupNames(cluster), ...(cluster.spot ? [cluster.spot.name ?? 'spot'] : [])];
  return [
    ...duplicates(nodePools(cluster).map(({ name }) => name)),
    ...new Set(poolNames(cluster).filter((name) => groups.includes(name))),
  ];
};

/** Nodes that stand before Karpenter does, and that it never takes away. */
const bootstrapNodes = ({ nodeGroups }: ClusterSpec): number =>
  nodeGroups
    .filter(({ capacity, taints = [] }) => capacity !== 'spot' && taints.length === 0)
    .reduce((sum, { desired }) => sum + desired, 0);

/** What is asked of whoever makes the nodes of a cluster: one owner, and something for it to own. */
export const CLUSTER_NODE_CHECKS: readonly Check<ClusterSpec>[] = [
  {
    id: 'cluster-karpenter-is-the-autoscaler',
    prop: 'karpenter',
    holds: ({ karpenter, autoscaler }) => karpenter === undefined || autoscaler === 'karpenter',
    rule: "must be left out unless autoscaler is 'karpenter': two autoscalers would undo one another's work",
    received: ({ autoscaler = 'cluster-autoscaler' }) => `pools beside ${autoscaler}`,
    remedy: "set autoscaler: 'karpenter', or drop the pools",
  },
  {
    id: 'cluster-karpenter-has-pools',
    prop: 'karpenter',
    holds: ({ karpenter, autoscaler }) =>
      autoscaler !== 'karpenter' || (karpenter !== undefined && karpenter.pools.length > 0),
    rule: 'must name at least one pool: without limits of a pool Karpenter makes no node',
    received: ({ karpenter }) => `${karpenter?.pools.length ?? 0} pools`,
    remedy: 'declare a pool with its types and limits',
  },
  {
    id: 'cluster-karpenter-starts-on-other-nodes',
    prop: 'nodeGroups',
    severity: 'warning',
    holds: (cluster) => cluster.autoscaler !== 'karpenter' || bootstrapNodes(cluster) >= 2,
    rule: 'should have two nodes on demand without taints: the controller of Karpenter runs on none that it made',
    received: (cluster) => bootstrapNodes(cluster),
    remedy: 'set desired to 2 in the group that stands before it',
  },
  {
    id: 'cluster-pools-have-names-of-their-own',
    prop: 'karpenter.pools',
    holds: (cluster) => claimedTwice(cluster).length === 0,
    rule: 'must have names that no other pool and no node group has: pods choose nodes by them',
    received: claimedTwice,
    remedy: 'rename one of the two',
  },
  {
    id: 'cluster-spot-has-its-autoscaler',
    prop: 'spot',
    holds: ({ spot, autoscaler = 'cluster-autoscaler' }) => spot === undefined || autoscaler === 'cluster-autoscaler',
    rule: 'must be left out unless Cluster Autoscaler owns the sizes of groups: nobody else turns to on demand',
    received: ({ autoscaler }) => autoscaler,
    remedy: 'with Karpenter, declare a pool with onDemandTypes and a share',
  },
  {
    id: 'cluster-spot-stands-beside-declared-groups',
    prop: 'spot.beside',
    holds: (cluster) => cluster.spot === undefined || missing(cluster, cluster.spot).length === 0,
    rule: (cluster) => `must name some of ${groupNames(cluster).join(', ')}`,
    received: (cluster) => (cluster.spot ? missing(cluster, cluster.spot) : []),
    remedy: 'name groups on demand, or leave it out',
  },
];

/** Everything wrong with spot nodes and pools of a cluster; groups that are declared have checks of their own. */
export function inspectClusterNodes(path: string, cluster: ClusterSpec, zones: number): Finding[] {
  const share = spotShareSpec(cluster, zones);
  return [
    ...inspect(path, cluster, CLUSTER_NODE_CHECKS),
    ...(share ? inspectSpotShare(`${path}/spot`, share) : []),
    ...poolPairs(cluster).flatMap((pair) => inspectNodePoolPair(`${path}/${pair.name}`, pair)),
    ...singlePools(cluster).flatMap((pool) => inspectNodePool(`${path}/${pool.name}`, pool)),
  ];
}
