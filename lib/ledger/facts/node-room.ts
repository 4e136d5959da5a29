import type { InstanceType } from '../../catalog';
import {
  allocatable,
  diskForPods,
  managedPodCap,
  podsByPrefix,
  podsBySecondaryAddress,
} from '../../model/cluster/allocatable';
import type { Resources } from '../facts';
import { GIB } from './amounts';

export type NodeRoom = Resources & { readonly pods: number };

/** Part of a volume that is left for files once there is a file system on it. */
const FILES = 0.999;

/** What decides how many pods a node takes. */
export interface PodLimits {
  /** Prefix delegation of the VPC CNI. */
  readonly prefixes: boolean;
  /** What kubelet is told. */
  readonly maxPods: number | undefined;
}

/** Pods of a node; where kubelet is told a number, that number. */
export const podsOf = (type: InstanceType, { prefixes, maxPods }: PodLimits): number =>
  maxPods ?? (prefixes ? podsByPrefix(type) : Math.min(podsBySecondaryAddress(type), managedPodCap(type)));

/**
 * Room on a node of the smallest of types, of each resource apart: what can be counted on, whichever comes.
 * `pods` is the lowest of any, which EKS gives to all.
 */
export function smallestRoom(types: readonly InstanceType[], limits: PodLimits, volumeGib: number): NodeRoom {
  const pods = Math.min(...types.map((type) => podsOf(type, limits)));
  const rooms = types.map((type) => allocatable(type, pods));
  return {
    cpuMillis: Math.min(...rooms.map(({ cpu }) => cpu.inMillis)),
    memoryBytes: Math.min(...rooms.map(({ memory }) => memory.inBytes)),
    ephemeralBytes: diskForPods(volumeGib * GIB * FILES),
    pods,
  };
}
