import { type InstanceType, instanceType } from '../../catalog';
import { ADDRESSES_PER_PREFIX, podsByPrefix } from '../cluster/allocatable';
import type { NodeGroupSpec } from '../cluster/nodes';

/** Prefixes that the VPC CNI holds beyond need, so that a pod starts without waiting for EC2: its `WARM_PREFIX_TARGET`. */
const WARM_PREFIXES = 1;

/**
 * Nodes that an update of a managed node group may start in a zone before it drains old ones.
 * Source: EKS user guide, "Understand each phase of node updates", read 2026-11-21.
 */
const SURGE_NODES_PER_ZONE = 2;

/**
 * Addresses of its subnet that a full node holds with prefix delegation: whole prefixes for its pods and the warm one, and
 * one primary address for each network interface that carries them.
 * Source: EKS best practices guide, "Prefix mode for Linux", read 2026-11-21.
 */
export function addressesPerNode(type: InstanceType): number {
  const slotsPerInterface = type.ipv4PerInterface - 1;
  const wanted = Math.ceil(podsByPrefix(type) / ADDRESSES_PER_PREFIX) + WARM_PREFIXES;
  const prefixes = Math.min(wanted, type.networkInterfaces * slotsPerInterface);
  return prefixes * ADDRESSES_PER_PREFIX + Math.ceil(prefixes / slotsPerInterface);
}

/**
 * Addresses that one zone must hold for the nodes and pods of these groups at their maxima, in the worse of two hours: a
 * zone is lost and its nodes come up in the others, or a group is updated and runs two more nodes a zone. A group with
 * `zones: 'each'` counts its maximum a zone and moves to no other. Of several instance types the hungriest counts; types
 * that the catalog does not know count nothing here, and are reported by the checks of the node groups.
 *
 * @param zones Zones of the environment (1 or more).
 */
export function podAddresses(nodeGroups: readonly NodeGroupSpec[], zones: number): number {
  return nodeGroups.reduce((sum, group) => sum + nodesInOneZone(group, zones) * hungriest(group), 0);
}

function nodesInOneZone({ max, zones: spread = 'all' }: NodeGroupSpec, zones: number): number {
  if (spread === 'each') return max + SURGE_NODES_PER_ZONE;
  const afterLoss = Math.ceil(max / Math.max(zones - 1, 1));
  const inUpdate = Math.ceil(max / zones) + SURGE_NODES_PER_ZONE;
  return Math.max(afterLoss, inUpdate);
}

function hungriest({ instanceTypes }: NodeGroupSpec): number {
  return Math.max(0, ...instanceTypes.flatMap((name) => instanceType(name) ?? []).map(addressesPerNode));
}
