import type { Cpu, Memory } from '../units';

/** What a Helm chart is given: plain JSON, where a default is kept by leaving it out. */
export type HelmValue = string | number | boolean | readonly HelmValue[] | HelmValues;
/** Values of a chart by their names. */
export interface HelmValues {
  readonly [name: string]: HelmValue;
}

/** What a container of a controller asks for, and how far it may go. */
export interface ContainerRoom {
  /** CPU that is reserved; five times as much may be used for a while. */
  readonly cpu: Cpu;
  /** Memory that is reserved. */
  readonly memory: Memory;
  /** Memory at which the kernel ends it. @default - what is reserved */
  readonly memoryLimit?: Memory;
}

/** Most of the work of a controller is done in bursts, after a change of what it watches. */
const CPU_BURST = 5;

/** Requests and limits of a container, as charts pass them on. */
export const resourceValues = ({ cpu, memory, memoryLimit = memory }: ContainerRoom) => ({
  requests: { cpu: cpu.toString(), memory: memory.toString() },
  limits: { cpu: cpu.times(CPU_BURST).toString(), memory: memoryLimit.toString() },
});

/** Spreads pods with these labels over zones, and over the nodes of each; pods that cannot be spread still run. */
export const spreadValues = (matchLabels: Readonly<Record<string, string>>) =>
  ['topology.kubernetes.io/zone', 'kubernetes.io/hostname'].map((topologyKey) => ({
    maxSkew: 1,
    topologyKey,
    whenUnsatisfiable: 'ScheduleAnyway',
    labelSelector: { matchLabels },
  }));

/** Pod and container settings that meet the level `restricted`, for charts that do not set them all. */
export const RESTRICTED_POD = { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } } as const;
export const RESTRICTED_CONTAINER = {
  allowPrivilegeEscalation: false,
  readOnlyRootFilesystem: true,
  runAsNonRoot: true,
  capabilities: { drop: ['ALL'] },
  seccompProfile: { type: 'RuntimeDefault' },
} as const;

/** Ranks of Kubernetes' own, which exist before any of ours. */
export const CRITICAL = 'system-cluster-critical';
export const NODE_CRITICAL = 'system-node-critical';
