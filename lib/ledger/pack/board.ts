import { HOSTNAME_LABEL } from './fits';
import type { Problem } from './problem';
import { allowedOnNode, countedOn, leastFrom, type Minded, type Placement, type Run, unique } from './run';
import { type Amounts, combine, NOTHING, type PodSet, timesIn } from './shapes';
import { emptiest, emptiestFirst, leastByNode, type Shelf, shareOf } from './shelf';
import { SpreadCount } from './spread-count';
import type { Term } from './terms';

const NO_PORTS: readonly number[] = [];

/** More runs than this are looked through for ones that no pod to come fits on. */
const SWEEP_AT = 32;

const isByNode = ({ topologyKey }: Term): boolean => topologyKey === HOSTNAME_LABEL;

/** Where pods sit so far. Equal nodes are one entry, equal pods one step: its cost does not grow with their number. */
export class Board {
  readonly placements: Placement[] = [];
  private readonly shelves: Shelf[];
  private readonly spread: SpreadCount;
  /** By position in the sequence: the least that any pod to come asks for. */
  private readonly leastToCome: readonly Amounts[];
  private position = 0;
  private readonly sweepAt: number[];
  /** Spread that is counted by node looks at all of them, full ones too. */
  private readonly sweeps: boolean;

  constructor(
    private readonly problem: Problem,
    sequence: readonly number[],
    private readonly records: boolean,
  ) {
    this.shelves = problem.nodes.map((nodes, index) => ({ nodes, index, used: [], share: 0, taken: NOTHING, next: 0 }));
    this.sweepAt = this.shelves.map(() => SWEEP_AT);
    this.sweeps = !problem.terms.some(({ own }) => own.some((term) => isByNode(term) && term.kind === 'spread'));
    this.spread = new SpreadCount(problem.nodes);
    this.leastToCome = leastFrom(
      sequence.flatMap((pod) => {
        const set = problem.pods[pod];
        return set === undefined ? [] : [set.amounts];
      }),
    );
  }

  /** Nodes that hold at least one pod. */
  get nodesUsed(): number {
    return this.shelves.reduce((sum, { next }) => sum + next, 0);
  }

  /** Seats what it can of a set; returns how many have no seat. */
  place(pod: number, isScattered: boolean): number {
    const { pods, eligible, domain, terms } = this.problem;
    const set = pods[pod];
    if (set === undefined) return 0;
    this.position += 1;
    const list = eligible[pod] ?? [];
    const own = terms[pod] ?? { own: [], borne: [] };
    if (own.own.length > 0 || own.borne.length > 0 || set.shape.hostPorts.length > 0)
      return this.placeMinding(set, emptiestFirst(this.shelves, list), domain[pod] ?? [], {
        terms: own,
        byNode: unique([...own.own, ...own.borne]).filter(isByNode),
        byPlace: unique([...own.own, ...own.borne]).filter((term) => !isByNode(term)),
      });
    let left = isScattered ? this.scatter(set, emptiestFirst(this.shelves, list)) : set.count;
    if (left === 0) return 0;
    const first = emptiest(this.shelves, list);
    if (first !== undefined) left -= this.fill(first, set, left, undefined);
    if (left === 0) return 0;
    for (const shelf of emptiestFirst(this.shelves, list)) {
      if (left === 0) break;
      left -= this.fill(shelf, set, left, undefined);
    }
    return left;
  }

  /** One pod on each empty node of all shelves, as often as that goes: what prefers the emptiest does the same at first. */
  private scatter(set: PodSet, shelves: readonly Shelf[]): number {
    let left = set.count;
    const open = shelves.filter(({ nodes }) => timesIn(nodes.free, set.amounts) > 0);
    let empty = open.reduce((sum, { nodes, next }) => sum + nodes.count - next, 0);
    if (empty === 0) return left;
    for (const shelf of open) {
      const own = shelf.nodes.count - shelf.next;
      const here = empty === 0 ? 0 : Math.min(own, Math.ceil((left * own) / empty), left);
      empty -= own;
      if (here === 0) continue;
      this.open(shelf, set, here, 1, undefined);
      left -= here;
    }
    return left;
  }

  /** Round after round over the nodes, as spread allows more once all have some. */
  private placeMinding(set: PodSet, shelves: readonly Shelf[], domain: readonly number[], minded: Minded): number {
    let left = set.count;
    for (let progress = true; progress && left > 0; ) {
      progress = false;
      for (const shelf of shelves) {
        if (left === 0) break;
        const allowed = this.spread.allowed(minded.byPlace, minded.terms, domain, shelf.index);
        if (allowed <= 0) continue;
        const placed = this.fill(shelf, set, Math.min(left, allowed), { minded, domain });
        this.spread.add(minded.byPlace, minded.terms, shelf.index, placed);
        left -= placed;
        progress ||= placed > 0;
      }
    }
    return left;
  }

  /** Puts up to `wanted` pods onto nodes of a shelf, used ones first; returns how many. */
  private fill(
    shelf: Shelf,
    set: PodSet,
    wanted: number,
    minding: { readonly minded: Minded; readonly domain: readonly number[] } | undefined,
  ): number {
    this.sweep(shelf);
    let left = wanted;
    const least = minding === undefined ? undefined : leastByNode(this.shelves, minding.minded.byNode, minding.domain);
    const each = (run: Run | undefined, free: Amounts): number => {
      const times = timesIn(free, set.amounts);
      return minding === undefined || times === 0
        ? times
        : Math.min(times, allowedOnNode(minding.minded, set, run, least ?? new Map()));
    };
    const { used } = shelf;
    const before = used.length;
    for (let index = 0; index < before && left > 0; index += 1) {
      const run = used[index];
      if (run === undefined) continue;
      const times = each(run, run.free);
      if (times === 0) continue;
      const full = Math.min(run.to - run.from, Math.floor(left / times));
      const rest = full < run.to - run.from ? Math.min(left - full * times, times) : 0;
      const parts = [
        ...(full > 0 ? [this.put(shelf, run, run.from, run.from + full, set, times, minding?.minded)] : []),
        ...(rest > 0 ? [this.put(shelf, run, run.from + full, run.from + full + 1, set, rest, minding?.minded)] : []),
      ];
      const touched = full + (rest > 0 ? 1 : 0);
      const [first, ...more] = touched < run.to - run.from ? [...parts, { ...run, from: run.from + touched }] : parts;
      if (first !== undefined) used[index] = first;
      used.push(...more);
      left -= full * times + rest;
    }
    const times = left > 0 && shelf.next < shelf.nodes.count ? each(undefined, shelf.nodes.free) : 0;
    if (times > 0) {
      const full = Math.min(shelf.nodes.count - shelf.next, Math.floor(left / times));
      if (full > 0) this.open(shelf, set, full, times, minding?.minded);
      left -= full * times;
      const rest = Math.min(left, times);
      if (rest > 0 && shelf.next < shelf.nodes.count) {
        this.open(shelf, set, 1, rest, minding?.minded);
        left -= rest;
      }
    }
    return wanted - left;
  }

  /** Puts `each` pods onto each of the next empty nodes. */
  private open(shelf: Shelf, set: PodSet, count: number, each: number, minded: Minded | undefined): void {
    const from = shelf.next;
    const empty: Run = { from, to: from + count, free: shelf.nodes.free, counts: undefined, ports: NO_PORTS };
    shelf.used.push(this.put(shelf, empty, from, from + count, set, each, minded));
    shelf.next += count;
  }

  private put(
    shelf: Shelf,
    run: Run,
    from: number,
    to: number,
    set: PodSet,
    each: number,
    minded: Minded | undefined,
  ): Run {
    const { nodes } = shelf;
    if (this.records) this.placements.push({ pods: set, nodes, from, to, each });
    shelf.taken = combine(shelf.taken, (to - from) * each, set.amounts);
    shelf.share = Math.max(shareOf(shelf, 0), shareOf(shelf, 1));
    const { hostPorts } = set.shape;
    return {
      from,
      to,
      free: combine(run.free, -each, set.amounts),
      counts: minded === undefined ? run.counts : countedOn(run, minded, each),
      ports: hostPorts.length === 0 ? run.ports : [...run.ports, ...hostPorts],
    };
  }

  /** Forgets nodes that no pod to come fits on. */
  private sweep(shelf: Shelf): void {
    const at = this.sweepAt[shelf.index] ?? SWEEP_AT;
    const least = this.leastToCome[this.position - 1];
    if (!this.sweeps || shelf.used.length < at || least === undefined) return;
    shelf.used = shelf.used.filter(({ free }) => timesIn(free, least) > 0);
    this.sweepAt[shelf.index] = Math.max(SWEEP_AT, 2 * shelf.used.length);
  }
}
