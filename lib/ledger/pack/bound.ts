import type { Problem } from './problem';
import { AMOUNT_NAMES, type AmountName, type Amounts, combine, NOTHING, type NodeSet } from './shapes';

/** Pods that only some nodes take, and what those nodes have for them. */
export interface Demanded {
  readonly name: AmountName;
  /** Nodes that take any of these pods. */
  readonly nodes: readonly NodeSet[];
  readonly pods: number;
  readonly needed: number;
  readonly available: number;
}

export interface Bound {
  /** Nodes without which no seating exists; infinite where no number of those that there are suffices. */
  readonly nodes: number;
  /** Everything that was added up, the tightest first. */
  readonly sums: readonly Demanded[];
  /** Those that do not suffice. Each is a proof: no order, no scheduler seats the pods. */
  readonly shortfalls: readonly Demanded[];
}

/** Above this many different sets of nodes, sums over what contains what are left out: the bound is lower, never wrong. */
const MOST_SETS = 128;

interface Class {
  readonly nodes: readonly number[];
  readonly mask: bigint;
  demand: Amounts;
}

/**
 * For every set of nodes that some pods are confined to: the requests of all pods that cannot go elsewhere, against what
 * those nodes have. Adding pods only adds to sums, so the bound never falls.
 */
export function lowerBound({ pods, nodes, eligible }: Problem): Bound {
  const classes = new Map<string, Class>();
  pods.forEach(({ amounts, count }, index) => {
    const list = eligible[index] ?? [];
    const key = list.join();
    const known = classes.get(key);
    if (known === undefined)
      classes.set(key, { nodes: list, mask: maskOf(list), demand: combine(NOTHING, count, amounts) });
    else known.demand = combine(known.demand, count, amounts);
  });
  const all = [...classes.values()];
  const sums = confined(all, nodes.length).flatMap(({ nodes: list, demand }) => {
    const sets = list.flatMap((index) => nodes[index] ?? []);
    return AMOUNT_NAMES.map((name, index): Demanded & { readonly fewest: number } => {
      const needed = demand[index] ?? 0;
      const available = sets.reduce((sum, { count, free }) => sum + count * Math.max(free[index] ?? 0, 0), 0);
      return { name, nodes: sets, pods: demand[3], needed, available, fewest: fewest(sets, index, needed) };
    });
  });
  const tightest = [...sums].sort((left, right) => tightness(right) - tightness(left));
  return {
    nodes: Math.max(0, ...sums.map((sum) => sum.fewest)),
    sums: tightest,
    shortfalls: tightest.filter(({ needed, available }) => needed > available),
  };
}

const maskOf = (list: readonly number[]): bigint => list.reduce((mask, index) => mask | (1n << BigInt(index)), 0n);

/** Each set of nodes with the requests of all pods that it confines, and the set of all nodes with those of all pods. */
function confined(classes: readonly Class[], count: number): readonly Pick<Class, 'nodes' | 'demand'>[] {
  const everywhere = {
    nodes: Array.from({ length: count }, (_, index) => index),
    demand: classes.reduce((sum, { demand }) => combine(sum, 1, demand), NOTHING),
  };
  if (classes.length > MOST_SETS) return [...classes, everywhere];
  const sets = classes.map(({ nodes, mask }) => ({
    nodes,
    demand: classes
      .filter((other) => (other.mask & ~mask) === 0n)
      .reduce((sum, { demand }) => combine(sum, 1, demand), NOTHING),
  }));
  return classes.some(({ nodes }) => nodes.length === count) ? sets : [...sets, everywhere];
}

/** Least number of nodes that have `needed` between them: the largest first. */
function fewest(sets: readonly NodeSet[], index: number, needed: number): number {
  let left = needed;
  let taken = 0;
  for (const { count, free } of [...sets].sort((one, other) => (other.free[index] ?? 0) - (one.free[index] ?? 0))) {
    const each = free[index] ?? 0;
    if (left <= 0 || each <= 0) break;
    const used = Math.min(count, Math.ceil(left / each));
    taken += used;
    left -= used * each;
  }
  return left > 0 ? Number.POSITIVE_INFINITY : taken;
}

const tightness = ({ needed, available }: Demanded): number =>
  needed === 0 ? 0 : available === 0 ? Number.POSITIVE_INFINITY : needed / available;
