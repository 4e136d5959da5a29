import type { Amounts, NodeSet, PodSet } from './shapes';
import { allowedBy, type SetTerms, type Term } from './terms';

/** `each` pods of a set on every node from `from` up to `to` of a node set. */
export interface Placement {
  readonly pods: PodSet;
  readonly nodes: NodeSet;
  readonly from: number;
  readonly to: number;
  readonly each: number;
}

/** Neighbouring nodes of one set that hold the same. */
export interface Run {
  readonly from: number;
  readonly to: number;
  readonly free: Amounts;
  /** By term: pods that bear its labels, and pods that have it. Only of terms that count by node. */
  readonly counts: ReadonlyMap<number, readonly [borne: number, own: number]> | undefined;
  readonly ports: readonly number[];
}

/** A pod set that must mind more than room. */
export interface Minded {
  readonly terms: SetTerms;
  readonly byNode: readonly Term[];
  readonly byPlace: readonly Term[];
}

export const unique = (terms: readonly Term[]): readonly Term[] => [
  ...new Map(terms.map((term) => [term.id, term])).values(),
];

/** The least of each amount from each position on. */
export function leastFrom(amounts: readonly Amounts[]): readonly Amounts[] {
  const least: Amounts[] = new Array(amounts.length);
  let [cpu, memory, ephemeral] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (let index = amounts.length - 1; index >= 0; index -= 1) {
    const [ownCpu = 0, ownMemory = 0, ownEphemeral = 0] = amounts[index] ?? [];
    cpu = Math.min(cpu, ownCpu);
    memory = Math.min(memory, ownMemory);
    ephemeral = Math.min(ephemeral, ownEphemeral);
    least[index] = [cpu, memory, ephemeral, 1];
  }
  return least;
}

/** Pods of a set that one more node of this kind may take, room apart. */
export function allowedOnNode(
  { terms, byNode }: Minded,
  { shape }: PodSet,
  run: Run | undefined,
  least: ReadonlyMap<number, number>,
): number {
  if (shape.hostPorts.some((port) => run?.ports.includes(port) ?? false)) return 0;
  let allowed = shape.hostPorts.length > 0 ? 1 : Number.POSITIVE_INFINITY;
  for (const term of byNode) {
    const [borne, own] = run?.counts?.get(term.id) ?? [0, 0];
    allowed = Math.min(allowed, allowedBy(term, terms, borne, own, least.get(term.id) ?? 0));
  }
  return allowed;
}

export function countedOn(run: Run, { terms, byNode }: Minded, each: number): Run['counts'] {
  if (byNode.length === 0) return run.counts;
  const counts = new Map(run.counts);
  for (const term of byNode) {
    const [borne, own] = counts.get(term.id) ?? [0, 0];
    counts.set(term.id, [borne + (terms.borne.includes(term) ? each : 0), own + (terms.own.includes(term) ? each : 0)]);
  }
  return counts;
}
