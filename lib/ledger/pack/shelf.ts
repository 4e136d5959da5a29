import type { Run } from './run';
import type { Amounts, NodeSet } from './shapes';
import type { Term } from './terms';

/** Nodes of a set: those that hold pods, and the rest of which all are empty. */
export interface Shelf {
  readonly nodes: NodeSet;
  index: number;
  used: Run[];
  /** Share of its CPU or memory that is taken, whichever is more. */
  share: number;
  taken: Amounts;
  /** First node that is empty. */
  next: number;
}

/** Part of one amount that is taken of all nodes of a shelf. */
export const shareOf = ({ taken, nodes }: Shelf, index: 0 | 1): number =>
  taken[index] / Math.max(nodes.count * nodes.free[index], 1);

/** The first of `emptiestFirst`, without sorting: most pods need no second. */
export function emptiest(all: readonly Shelf[], eligible: readonly number[]): Shelf | undefined {
  let found: Shelf | undefined;
  for (const index of eligible) {
    const shelf = all[index];
    if (shelf === undefined || shelf.nodes.count === 0) continue;
    if (found === undefined || shelf.share < found.share) found = shelf;
  }
  return found;
}

/** Shelves by how much of them is taken, as the scheduler prefers the emptiest nodes. */
export function emptiestFirst(all: readonly Shelf[], eligible: readonly number[]): readonly Shelf[] {
  const shelves: Shelf[] = [];
  for (const index of eligible) {
    const shelf = all[index];
    if (shelf !== undefined && shelf.nodes.count > 0) shelves.push(shelf);
  }
  return shelves.sort((one, other) => one.share - other.share || one.index - other.index);
}

/** Least number of pods of each term on any node that spread is counted over. */
export function leastByNode(
  all: readonly Shelf[],
  byNode: readonly Term[],
  domain: readonly number[],
): ReadonlyMap<number, number> {
  const spreading = byNode.filter(({ kind }) => kind === 'spread');
  return new Map(
    spreading.map(({ id }) => {
      let least = Number.POSITIVE_INFINITY;
      for (const index of domain) {
        const shelf = all[index];
        if (shelf === undefined || shelf.nodes.count === 0) continue;
        if (shelf.next < shelf.nodes.count) return [id, 0];
        for (const { counts } of shelf.used) least = Math.min(least, counts?.get(id)?.[0] ?? 0);
      }
      return [id, least === Number.POSITIVE_INFINITY ? 0 : least];
    }),
  );
}
