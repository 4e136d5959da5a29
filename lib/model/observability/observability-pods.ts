import { Cpu, Memory } from '../../units';
import type { ObservabilityPlan } from './observability';
import { metricsNeed, SCRAPE_SECONDS } from './storage-need';

/** One pod with a volume: what it asks for, how far it may go, and its volume. */
export interface StoredPod {
  readonly name: 'prometheus' | 'store-gateway' | 'compactor' | 'elasticsearch';
  readonly cpu: Cpu;
  readonly memory: Memory;
  readonly memoryLimit: Memory;
  readonly volume: Memory;
  /** How many there are. */
  readonly pods: number;
}

const GIB = 2 ** 30;
const MIB = 2 ** 20;

/** Memory of a series while it is measured, with its part of queries and of the log of writes. */
const SERIES_BYTES = 8 * 1024;

/** Never below what Prometheus had without a volume. */
const LEAST_MEMORY = Memory.gib(2);

/** Two weeks of samples are the largest block that is joined: the parts, the block, and half as much again. */
const LARGEST_BLOCK_SECONDS = 14 * 86_400;
const BLOCK_SPACE = 2.5;
const LEAST_COMPACTOR_GIB = 20;

const inSteps = (bytes: number, step: number): number => Math.ceil(bytes / step) * step;

const prometheusMemory = ({ series }: ObservabilityPlan['metrics']): Memory => {
  const need = Memory.bytes(inSteps(series * SERIES_BYTES, 256 * MIB));
  return need.isAtMost(LEAST_MEMORY) ? LEAST_MEMORY : need;
};

/** Scratch space of the compactor: it works on whole blocks. */
function compactorVolume({ series }: ObservabilityPlan['metrics']): Memory {
  const block = (series * LARGEST_BLOCK_SECONDS * 2) / SCRAPE_SECONDS;
  return Memory.gib(Math.max(LEAST_COMPACTOR_GIB, Math.ceil((block * BLOCK_SPACE) / GIB)));
}

/**
 * Every pod that keeps something on a volume. What charts are told and what nodes are reckoned with is the same.
 *
 * @param replicas Pods of what runs more than once (1 in development).
 */
export function storedPods({ metrics, logs }: ObservabilityPlan, replicas: number): StoredPod[] {
  const memory = prometheusMemory(metrics);
  return [
    {
      name: 'prometheus',
      cpu: Cpu.millis(250),
      memory,
      memoryLimit: memory.share(3, 2),
      volume: metrics.storage,
      pods: replicas,
    },
    ...(metrics.longTerm
      ? [
          {
            name: 'store-gateway' as const,
            cpu: Cpu.millis(100),
            memory: Memory.mib(512),
            memoryLimit: Memory.gib(1),
            volume: Memory.gib(10),
            pods: replicas,
          },
          {
            name: 'compactor' as const,
            cpu: Cpu.millis(100),
            memory: Memory.mib(512),
            memoryLimit: Memory.gib(2),
            volume: compactorVolume(metrics),
            pods: 1,
          },
        ]
      : []),
    ...(logs
      ? [
          {
            name: 'elasticsearch' as const,
            cpu: Cpu.millis(250),
            memory: logs.memory,
            memoryLimit: logs.memory,
            volume: logs.storage,
            pods: logs.members,
          },
        ]
      : []),
  ];
}

/** Whether the numbers of a plan are such that pods can be reckoned with: what is wrong with them has findings of its own. */
export const isReckonable = ({ metrics, logs }: ObservabilityPlan): boolean =>
  Number.isFinite(metricsNeed(metrics)) &&
  metrics.series > 0 &&
  metrics.series <= 5_000_000 &&
  (logs === undefined || (Number.isInteger(logs.members) && logs.members > 0 && logs.members < 100));
