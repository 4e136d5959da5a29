import { type Check, type Finding, inspect } from '../../check';
import { Cpu, Memory, Percent } from '../../units';
import type { NodePoolSpec } from './node-pool';
import { inspectNodePool } from './node-pool-checks';

/** Values of a label by which pods are spread evenly, so that the share of values is the share of pods. */
export interface CapacityDomains {
  /** Values of the pool on demand. */
  readonly onDemand: readonly string[];
  /** Values of the spot pool, none of which the other has. */
  readonly spot: readonly string[];
  /** Spot's part of the values. */
  readonly reached: Percent;
}

/** More values than this spread a workload thinner than it has pods. */
const MOST_DOMAINS = 10;

const names = (kind: string, count: number): string[] =>
  Array.from({ length: count }, (_, index) => `${kind}-${index + 1}`);

/**
 * The fewest values, at most ten, whose part for spot comes nearest to the share: 3 of 10 for 30 %, 1 of 3 for 33 %.
 * One value at least is spot's and one is not. Source: Karpenter, concepts/scheduling, "On-Demand/Spot Ratio Split".
 */
export function capacityDomains(share: Percent): CapacityDomains {
  const target = share.toRatio();
  let best = { spot: 1, of: 2, off: Number.POSITIVE_INFINITY };
  for (let of = 2; of <= MOST_DOMAINS; of += 1) {
    const spot = Math.min(of - 1, Math.max(1, Math.round(target * of)));
    const off = Math.abs(spot / of - target);
    if (off < best.off - 1e-9) best = { spot, of, off };
  }
  return {
    onDemand: names('on-demand', best.of - best.spot),
    spot: names('spot', best.spot),
    reached: Percent.of(Math.round((best.spot / best.of) * 10_000) / 100),
  };
}

/** The share of the documents. */
const SHARE = Percent.of(30);

/** What two pools share but for how their nodes are bought. */
export interface NodePoolPairSpec extends Omit<NodePoolSpec, 'capacity' | 'spread' | 'instanceTypes' | 'weight'> {
  /** Types of nodes on demand. */
  readonly onDemandTypes: readonly string[];
  /** Types of spot nodes, at least three. @default - those on demand */
  readonly spotTypes?: readonly string[];
  /** Spot's part of the pods that are spread (1-90 %). @default Percent.of(30) */
  readonly share?: Percent;
}

/**
 * Two pools instead of one, as a pool that may buy both ways buys the cheaper, and all is spot. Pods that are spread by
 * `CAPACITY_SPREAD_LABEL` then stand on spot to their share, and all on demand when spot has nothing to give.
 *
 * The limits are the need. On demand may grow to all of it, spot to its share of it: together at most `1 + share` of
 * it, the cap on what a shortage of spot can cost.
 *
 * @example
 * const [onDemand, spot] = nodePoolPair({
 *   name: 'general',
 *   onDemandTypes: ['m5.large', 'm5.xlarge'],
 *   spotTypes: ['m5.large', 'm6i.large', 'm6a.large'],
 *   limits: { cpu: Cpu.cores(80), memory: Memory.gib(320) },
 * });
 */
export function nodePoolPair(spec: NodePoolPairSpec): readonly [onDemand: NodePoolSpec, spot: NodePoolSpec] {
  const { onDemandTypes, spotTypes = onDemandTypes, share = SHARE, ...rest } = spec;
  const both = { group: spec.name, ...rest };
  const { onDemand, spot } = capacityDomains(share);
  const { cpu, memory } = spec.limits;
  const part = (amount: number): number => Math.ceil((amount * share.inBasisPoints) / 10_000);
  return [
    { ...both, name: `${spec.name}-on-demand`, capacity: 'on-demand', instanceTypes: onDemandTypes, spread: onDemand },
    {
      ...both,
      name: `${spec.name}-spot`,
      capacity: 'spot',
      instanceTypes: spotTypes,
      spread: spot,
      limits: {
        cpu: Cpu.cores(part(cpu.inMillis / 1000)),
        memory: Memory.gib(part(memory.inBytes / 2 ** 30)),
      },
    },
  ];
}

/** What is asked of the share; `NODE_POOL_CHECKS` ask the rest of each pool. */
export const NODE_POOL_PAIR_CHECKS: readonly Check<NodePoolPairSpec>[] = [
  {
    id: 'node-pool-share-is-a-part',
    prop: 'share',
    holds: ({ share = SHARE }) => share.inBasisPoints >= 100 && share.inBasisPoints <= 9000,
    rule: 'must be from 1 to 90 %',
    remedy: 'use one pool for none',
  },
];

/** Everything wrong with a pair: its share, and each of its pools. */
export const inspectNodePoolPair = (path: string, spec: NodePoolPairSpec): Finding[] => [
  ...inspect(path, spec, NODE_POOL_PAIR_CHECKS),
  ...nodePoolPair(spec).flatMap((pool) => inspectNodePool(`${path}/${pool.name}`, pool)),
];
