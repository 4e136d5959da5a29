import type { InstanceType } from '../../catalog';
import { Cpu, Memory } from '../../units';

/** Share of nominal memory that the hypervisor and kernel keep. Karpenter plans with the same figure. */
const VM_OVERHEAD = { numerator: 75, denominator: 1000 };

/** Kept on arm64 instances before anything else is counted. Source: Karpenter, `types.go`. */
const ARM64_OVERHEAD_MIB = 64;

/** Below this many vCPUs EKS caps a managed node group at `SMALL_NODE_PODS`, above it at `LARGE_NODE_PODS`. */
const LARGE_NODE_VCPUS = 30;
const SMALL_NODE_PODS = 110;
const LARGE_NODE_PODS = 250;

/** IPv4 addresses in one delegated prefix, a `/28`. */
export const ADDRESSES_PER_PREFIX = 16;

/** Pods that use the node's own address: aws-node and kube-proxy. */
const HOST_NETWORK_PODS = 2;

/**
 * Pods an instance type seats when each has an address of its own:
 * `interfaces * (addresses - 1) + 2`. Source: awslabs/amazon-eks-ami, `eni_max_pods.go`.
 */
export const podsBySecondaryAddress = ({ networkInterfaces, ipv4PerInterface }: InstanceType): number =>
  networkInterfaces * (ipv4PerInterface - 1) + HOST_NETWORK_PODS;

/**
 * Pods a managed node of this type seats with prefix delegation: sixteen addresses in each slot, then EKS' cap.
 * Source: EKS user guide, "Choose an Amazon EC2 instance type"; amazon-eks-ami `max-pods-calculator.sh`.
 */
export function podsByPrefix(type: InstanceType): number {
  const { networkInterfaces, ipv4PerInterface } = type;
  const slots = networkInterfaces * (ipv4PerInterface - 1);
  return Math.min(slots * ADDRESSES_PER_PREFIX + HOST_NETWORK_PODS, managedPodCap(type));
}

/** Above this many pods EKS does not let a managed node go. Source: amazon-eks-ami, `max-pods-calculator.sh`. */
export const managedPodCap = ({ vcpus }: InstanceType): number =>
  vcpus < LARGE_NODE_VCPUS ? SMALL_NODE_PODS : LARGE_NODE_PODS;

/** Bytes that pods may write to a disk of so many: kubelet evicts below a tenth, and keeps 1 GiB back. */
export const diskForPods = (bytes: number): number => Math.max(0, Math.floor(bytes * 0.9) - Memory.gib(1).inBytes);

/** What is left on a node for pods, DaemonSets and system pods included. */
export interface Allocatable {
  /** Cores less what kubelet keeps back, in whole millicores. */
  readonly cpu: Cpu;
  /** Memory less what hypervisor, kernel, kubelet and the eviction threshold keep back. */
  readonly memory: Memory;
  /** Pods that the node seats, those of DaemonSets included. */
  readonly pods: number;
}

/**
 * Allocatable of an AL2023 node: capacity less kube-reserved and the hard eviction threshold.
 * CPU: 6 % of the first core, 1 % of the second, 0.5 % of the next two, 0.25 % of the rest.
 * Memory: 255 MiB + 11 MiB a pod + 100 MiB, off what the kernel sees. Pods are the larger of the two counts, as nodeadm
 * releases differ in which they reserve for: the lower figure is the safe one to plan with.
 * Source: awslabs/amazon-eks-ami, nodeadm `kubelet/config.go`.
 */
export function allocatable(type: InstanceType, pods: number = podsByPrefix(type)): Allocatable {
  const bootedMib = type.memoryMib - (type.architecture === 'arm64' ? ARM64_OVERHEAD_MIB : 0);
  const overheadMib = Math.ceil((bootedMib * VM_OVERHEAD.numerator) / VM_OVERHEAD.denominator);
  const reservedMib = 255 + 11 * Math.max(pods, podsBySecondaryAddress(type));
  return {
    cpu: Cpu.millis(type.vcpus * 1000 - reservedCpuMillis(type.vcpus)),
    memory: Memory.mib(bootedMib - overheadMib - reservedMib - 100),
    pods,
  };
}

/** Whole millicores that kubelet keeps back on a node. */
function reservedCpuMillis(vcpus: number): number {
  const ranges: readonly (readonly [cores: number, millisPerCore: number])[] = [
    [1, 60],
    [1, 10],
    [2, 5],
    [Number.POSITIVE_INFINITY, 2.5],
  ];
  let left = vcpus;
  let reserved = 0;
  for (const [cores, millisPerCore] of ranges) {
    const taken = Math.min(left, cores);
    reserved += taken * millisPerCore;
    left -= taken;
  }
  return Math.floor(reserved);
}
