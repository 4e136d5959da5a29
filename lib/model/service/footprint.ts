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

/** Share of the pods that a rolling update of our workloads adds, in percent; rounded up to a whole pod by Kubernetes. */
export const SURGE_PERCENT = 25;

/** Pods that a workload has at most: its maximum, and what a rolling update adds to it. None if that is no whole number, which a check of its own reports. */
export const peakPods = (max: number): number =>
  isWholeWithin(max, 0, Number.MAX_SAFE_INTEGER) ? max + Math.ceil((max * SURGE_PERCENT) / 100) : 0;

/** What that many equal pods hold. Disk is not counted: no quota or node bound is stated in it. */
export const footprint = (pods: number, { requests, limits }: Resources): Footprint => ({
  pods,
  requests: { cpu: requests.cpu.times(pods), memory: requests.memory.times(pods) },
  limits: { cpu: limits.cpu.times(pods), memory: limits.memory.times(pods) },
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
