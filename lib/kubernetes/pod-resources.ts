import type { Resources } from '../model';
import { Cpu, Memory } from '../units';
import type { PodSpec, Quantity } from './k8s';

type Bounds = keyof Resources;

/** One resource of all containers of a pod together, as the scheduler and a quota count it; what none declares is zero. */
const amounts = ({ containers }: PodSpec, bounds: Bounds, resource: string): string[] =>
  containers.flatMap(({ resources }) => {
    const declared: Quantity | undefined = resources?.[bounds]?.[resource];
    return declared === undefined ? [] : [String(declared.value)];
  });

const cpu = (pod: PodSpec, bounds: Bounds): Cpu =>
  amounts(pod, bounds, 'cpu').reduce((sum, text) => sum.plus(Cpu.parse(text)), Cpu.millis(0));

const memory = (pod: PodSpec, bounds: Bounds, resource: string): Memory =>
  amounts(pod, bounds, resource).reduce((sum, text) => sum.plus(Memory.parse(text)), Memory.bytes(0));

/** What a pod holds: the sum over its containers. Init containers end before and are smaller here. */
export const podResources = (pod: PodSpec): Resources => {
  const sum = (bounds: Bounds) => ({
    cpu: cpu(pod, bounds),
    memory: memory(pod, bounds, 'memory'),
    ephemeralStorage: memory(pod, bounds, 'ephemeral-storage'),
  });
  return { requests: sum('requests'), limits: sum('limits') };
};
