import { type Check, withDefaults } from '../../check';
import { Cpu, Memory } from '../../units';
import type { Amounts, Resources } from '../service/service';

/** What a sidecar may be given: its disk is what the namespace gives a container that declares none. */
type SidecarAmounts = Pick<Amounts, 'cpu' | 'memory'>;

/** The proxy that an Istio mesh puts into each pod. */
export interface SidecarSpec {
  /** What the scheduler sets aside for it. @default - 100m CPU and 128Mi memory, as Istio's own chart has it */
  readonly requests?: SidecarAmounts;
  /** What it may reach. @default - 500m CPU and 256Mi memory */
  readonly limits?: SidecarAmounts;
}

/**
 * Requests are those of Istio's chart (`global.proxy.resources`, 1.30). Its limits, 2 CPU and 1Gi for each pod, would
 * quadruple a namespace's quota: Istio's load tests measured 0.2 to 0.35 CPU and 40 to 60 MB for 1000 requests a second.
 */
const DEFAULTS = {
  requests: { cpu: Cpu.millis(100), memory: Memory.mib(128) },
  limits: { cpu: Cpu.millis(500), memory: Memory.mib(256) },
} as const satisfies SidecarSpec;

/** A sidecar with its defaults. */
export const sidecarPlan = (spec: SidecarSpec = {}): Required<SidecarSpec> => withDefaults(DEFAULTS, spec);

/** What a proxy without traffic is given by Istio itself; its configuration grows with the mesh. */
const LEAST_MEMORY = DEFAULTS.requests.memory;

const amountsText = ({ cpu, memory }: SidecarAmounts): readonly unknown[] => [cpu, memory];

/** What is said about a sidecar, with its defaults. */
export const SIDECAR_CHECKS: readonly Check<Required<SidecarSpec>>[] = [
  {
    id: 'sidecar-requests-are-set',
    prop: 'requests',
    holds: ({ requests }) => requests.cpu.inMillis > 0 && requests.memory.inBytes > 0,
    rule: 'must be above zero, or autoscalers cannot tell the utilization of the pod',
    received: ({ requests }) => amountsText(requests),
    remedy: 'leave them out for 100m and 128Mi',
  },
  {
    id: 'sidecar-requests-fit-limits',
    prop: 'requests',
    holds: ({ requests, limits }) => requests.cpu.isAtMost(limits.cpu) && requests.memory.isAtMost(limits.memory),
    rule: ({ limits }) => `must not exceed limits, ${limits.cpu} and ${limits.memory}`,
    received: ({ requests }) => amountsText(requests),
    remedy: 'raise the limits or lower the requests',
  },
  {
    id: 'sidecar-memory-holds-its-configuration',
    prop: 'limits.memory',
    severity: 'warning',
    holds: ({ limits }) => LEAST_MEMORY.isAtMost(limits.memory),
    rule: `should be at least ${LEAST_MEMORY}: a proxy that is killed takes its pod out of service`,
    received: ({ limits }) => limits.memory,
    remedy: 'leave it out for 256Mi',
  },
];

const sum = (one: Amounts, other: SidecarAmounts): Amounts => ({
  ...one,
  cpu: one.cpu.plus(other.cpu),
  memory: one.memory.plus(other.memory),
});

/** What a pod holds whose container has these resources, once a sidecar is in it. Disk stays as it is. */
export function withSidecar({ requests, limits }: Resources, spec?: SidecarSpec): Resources {
  const sidecar = sidecarPlan(spec);
  return { requests: sum(requests, sidecar.requests), limits: sum(limits, sidecar.limits) };
}
