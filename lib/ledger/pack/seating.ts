import { Board } from './board';
import type { Problem } from './problem';
import type { Placement } from './run';
import { dominantShare, type PodSet } from './shapes';
import type { SetTerms } from './terms';

/**
 * Orders in which pods come. `constrained-first` is the kindest that is known: pods with the fewest nodes to go to, the
 * largest of them first. Pods come in any order; the others are the ones that waste most.
 */
export const ORDERS = ['constrained-first', 'decreasing', 'increasing', 'interleaved', 'scattered'] as const;

export type Order = (typeof ORDERS)[number];

/** Who sits where, and who does not. */
export interface Seating {
  readonly order: Order;
  readonly unseated: readonly { readonly pods: PodSet; readonly count: number }[];
  /** Empty where only counts were asked for. */
  readonly placements: readonly Placement[];
  /** Nodes with at least one pod that is not of a DaemonSet. */
  readonly nodesUsed: number;
}

/**
 * Seats pods in the given order: on the group and zone of which least is taken, as the scheduler prefers, and there on the
 * first nodes that have room. `scattered` takes small pods first and a node of its own for each, as long as there are such.
 */
export function seat(problem: Problem, order: Order, records: 'places' | 'counts' = 'places'): Seating {
  const sequence = sequenceOf(problem, order);
  const board = new Board(problem, sequence, records === 'places');
  const unseated = sequence.flatMap((pod) => {
    const left = board.place(pod, order === 'scattered');
    const pods = problem.pods[pod];
    return left === 0 || pods === undefined ? [] : [{ pods, count: left }];
  });
  return { order, unseated, placements: board.placements, nodesUsed: board.nodesUsed };
}

/** How many pods have no seat. */
export const unseatedPods = ({ unseated }: Seating): number => unseated.reduce((sum, { count }) => sum + count, 0);

/** Whether every order that is tried seats every pod. */
export const seatsAll = (problem: Problem): boolean =>
  ORDERS.every((order) => seat(problem, order, 'counts').unseated.length === 0);

/** Indexes of the pod sets as they come. Equal ones keep the order of their names, so that input order says nothing. */
function sequenceOf({ pods, nodes, eligible, terms }: Problem, order: Order): readonly number[] {
  const largest = ([0, 1, 2, 3] as const).map((index) => Math.max(0, ...nodes.map(({ free }) => free[index])));
  const whole = [largest[0] ?? 0, largest[1] ?? 0, largest[2] ?? 0, largest[3] ?? 0] as const;
  const share = pods.map(({ amounts }) => dominantShare(amounts, whole));
  const decreasing = pods
    .map((_, index) => index)
    .sort(
      (one, other) => (share[other] ?? 0) - (share[one] ?? 0) || compare(pods[one]?.id ?? '', pods[other]?.id ?? ''),
    );
  switch (order) {
    case 'constrained-first':
      return decreasing.sort(
        (one, other) =>
          (eligible[one]?.length ?? 0) - (eligible[other]?.length ?? 0) || minds(terms[other]) - minds(terms[one]),
      );
    case 'decreasing':
      return decreasing;
    case 'increasing':
    case 'scattered':
      return decreasing.reverse();
    case 'interleaved':
      return interleaved(decreasing);
    default: {
      const unknown: never = order;
      return unknown;
    }
  }
}

const minds = (terms: SetTerms | undefined): number => (terms === undefined || terms.own.length === 0 ? 0 : 1);

const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

/** Largest, smallest, second largest, second smallest. */
const interleaved = (list: readonly number[]): readonly number[] =>
  list.flatMap((_, index) => {
    const from = index % 2 === 0 ? list[index / 2] : list[list.length - (index + 1) / 2];
    return from === undefined ? [] : [from];
  });
