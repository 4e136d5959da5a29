import type { InstanceType } from '../../catalog';
import { allocatable, podsByPrefix, podsBySecondaryAddress } from '../../model/cluster/allocatable';
import type { Resources } from '../facts';

export type NodeRoom = Resources & { readonly pods: number };

const GIB = 1024 ** 3;

/** Part of a volume that is left for files once there is a file system on it, and of that what kubelet does not evict for. */
const FILES = 0.999;
const NOT_EVICTED = 0.9;

/** Kept for system daemons by kubelet's configuration on AL2023. */
const RESERVED_BYTES = GIB;

/** Above this many pods EKS does not let a managed node of few CPUs go. Source: amazon-eks-ami, `max-pods-calculator.sh`. */
const capOf = ({ vcpus }: InstanceType): number => (vcpus < 30 ? 110 : 250);

/** What decides how many pods a node takes. */
export interface PodLimits {
  /** Prefix delegation of the VPC CNI. */
  readonly prefixes: boolean;
  /** What kubelet is told. */
  readonly maxPods: number | undefined;
}

/** Pods of a node; where kubelet is told a number, that number. */
export const podsOf = (type: InstanceType, { prefixes, maxPods }: PodLimits): number =>
  maxPods ?? (prefixes ? podsByPrefix(type) : Math.min(podsBySecondaryAddress(type), capOf(type)));

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
    ephemeralBytes: Math.max(0, Math.floor(volumeGib * GIB * FILES * NOT_EVICTED) - RESERVED_BYTES),
    pods,
  };
}
