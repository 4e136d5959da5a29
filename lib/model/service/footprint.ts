import { isWholeWithin } from '../../check';
import { Cpu, Memory } from '../../units';
import type { Resources } from './service';

/** What equal pods hold together when there are as many as there can be. */
export interface Footprint {
  /** Pods that may exist at once (0 or more). */
  readonly pods: number;
  /** Sum of what the scheduler sets aside. */
  readonly requests: { readonly cpu: Cpu; readonly memory: Memory };
  /** Sum of what the containers may reach. */
  readonly limits: { readonly cpu: Cpu; readonly memory: Memory };
}

/** Pods that a policy may ask for. Beyond it nothing is computed: a check of its own reports it. */
export const MOST_PODS = 10_000;

/** The greatest amount of memory that can be declared: 128Ti. */
const MOST_BYTES = 2 ** 47;

/** The same of processor time: a million cores. */
const MOST_MILLIS = 1_000_000_000;

/** Share of the pods that a rolling update of our workloads adds, in percent; rounded up to a whole pod by Kubernetes. */
export const SURGE_PERCENT = 25;

/** Pods that a workload has at most: its maximum, and what a rolling update adds to it. None if that cannot be, which a check of its own reports. */
export const peakPods = (max: number): number =>
  isWholeWithin(max, 0, MOST_PODS) ? max + Math.ceil((max * SURGE_PERCENT) / 100) : 0;

/** More than a cluster can hold counts as the most that can be declared. */
const times = (memory: Memory, pods: number): Memory => Memory.bytes(Math.min(memory.inBytes * pods, MOST_BYTES));

/** Limits that keep their ratio to a request that grew; more than a cluster can hold counts as the most that can be declared. */
export const following = {
  cpu: (limit: Cpu, to: Cpu, from: Cpu): Cpu =>
    Cpu.millis(Math.min(Math.floor((limit.inMillis * to.inMillis) / from.inMillis), MOST_MILLIS)),
  memory: (limit: Memory, to: Memory, from: Memory): Memory =>
    Memory.bytes(Math.min(Math.floor((limit.inBytes * to.inBytes) / from.inBytes), MOST_BYTES)),
} as const;

/** What that many equal pods hold. Disk is not counted: no quota or node bound is stated in it. */
export const footprint = (pods: number, { requests, limits }: Resources): Footprint => ({
  pods,
  requests: { cpu: requests.cpu.times(pods), memory: times(requests.memory, pods) },
  limits: { cpu: limits.cpu.times(pods), memory: times(limits.memory, pods) },
});

const NOTHING: Footprint = {
  pods: 0,
  requests: { cpu: Cpu.millis(0), memory: Memory.bytes(0) },
  limits: { cpu: Cpu.millis(0), memory: Memory.bytes(0) },
};

/** The sum of several footprints; of none, zero. */
export const total = (footprints: readonly Footprint[]): Footprint =>
  footprints.reduce(
    (sum, { pods, requests, limits }) => ({
      pods: sum.pods + pods,
      requests: {
        cpu: sum.requests.cpu.plus(requests.cpu),
        memory: sum.requests.memory.plus(requests.memory),
      },
      limits: { cpu: sum.limits.cpu.plus(limits.cpu), memory: sum.limits.memory.plus(limits.memory) },
    }),
    NOTHING,
  );
