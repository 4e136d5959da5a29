import type { Facts, NodeGroup } from '../facts';
import type { Asked, Peak } from './peak';
import { retried } from './peak';
import type { Pool } from './pools';
import type { Problem } from './problem';
import { combine, dominantShare, NOTHING } from './shapes';
import { countedAs } from './supply';

/** Beyond so many nodes of a group nothing is looked for. */
const MOST_NODES = 5000;

/** Groups that are tried, for each of which a maximum is searched. */
const MOST_GROUPS = 3;

/** A change that was tried and suffices. */
export type WayOut =
  | { readonly raise: NodeGroup; readonly to: number }
  | { readonly lower: readonly { readonly asked: Asked; readonly to: number }[] };

/**
 * Smallest changes after which `holds`: the maximum of one node group, the maximum of the one workload that takes most, or
 * the maxima of all autoscaled workloads in proportion. Searched with the same functions that found the fault.
 */
export function waysOut(facts: Facts, peak: Peak, pool: Pool, holds: (problem: Problem) => boolean): readonly WayOut[] {
  // maxima that are tried are nodes of the type that a pool counts for
  const counted = { ...facts, nodeGroups: facts.nodeGroups.map(countedAs) };
  const raised = groupsOf(pool)
    .slice(0, MOST_GROUPS)
    .flatMap((group) => {
      const to = smallest(group.max + 1, Math.max(4 * group.max, group.max + 64, 128), (max) =>
        holds(retried(counted, peak, pool, { groups: new Map([[group.id, max]]) })),
      );
      return to === undefined ? [] : [{ raise: group, to }];
    });
  const [cheapest] = raised.sort((one, other) => one.to - one.raise.max - (other.to - other.raise.max));
  const lowered = lowerOne(facts, peak, pool, holds) ?? lowerAll(facts, peak, pool, holds);
  return [...(cheapest === undefined ? [] : [cheapest]), ...(lowered === undefined ? [] : [lowered])];
}

/** Groups of a pool that can grow, those first that nobody takes back. */
function groupsOf({ problem }: Pool): readonly NodeGroup[] {
  const groups = [...new Map(problem.nodes.map(({ group }) => [group.id, group])).values()];
  return groups.sort((one, other) => Number(one.capacity === 'spot') - Number(other.capacity === 'spot'));
}

/** Autoscaled workloads of a pool, the one that takes most first. */
function scaledOf({ asked }: Peak, { pods, problem }: Pool): readonly Asked[] {
  const room = problem.nodes.reduce((sum, { count, free }) => combine(sum, count, free), NOTHING);
  return pods
    .flatMap((pod) => asked[pod] ?? [])
    .filter(({ isRelease, bounds }) => !isRelease && bounds.autoscaler !== undefined && bounds.ceiling > bounds.floor)
    .map((one) => ({ one, share: dominantShare(combine(NOTHING, one.set.count, one.set.amounts), room) }))
    .sort((left, right) => right.share - left.share)
    .map(({ one }) => one);
}

const idOf = ({ set }: Asked): string => set.workload?.id ?? set.id;

function lowerOne(facts: Facts, peak: Peak, pool: Pool, holds: (problem: Problem) => boolean): WayOut | undefined {
  const [most] = scaledOf(peak, pool);
  if (most === undefined) return undefined;
  const { floor, ceiling } = most.bounds;
  const steps = smallest(1, ceiling - Math.max(floor, 1), (less) =>
    holds(retried(facts, peak, pool, { workloads: new Map([[idOf(most), ceiling - less]]) })),
  );
  return steps === undefined ? undefined : { lower: [{ asked: most, to: ceiling - steps }] };
}

/** All maxima lowered by the same share, in per cent, none below its minimum. */
function lowerAll(facts: Facts, peak: Peak, pool: Pool, holds: (problem: Problem) => boolean): WayOut | undefined {
  const scaled = scaledOf(peak, pool);
  const at = (percentLess: number) =>
    scaled.map((asked) => {
      const { floor, ceiling } = asked.bounds;
      return { asked, to: Math.max(floor, 1, Math.floor((ceiling * (100 - percentLess)) / 100)) };
    });
  const less = smallest(1, 100, (percent) =>
    holds(retried(facts, peak, pool, { workloads: new Map(at(percent).map(({ asked, to }) => [idOf(asked), to])) })),
  );
  return less === undefined || scaled.length === 0 ? undefined : { lower: at(less) };
}

/** Least number from `from` to `to` that is enough, found by halving; undefined if the last is not. */
export function smallest(from: number, to: number, isEnough: (value: number) => boolean): number | undefined {
  const last = Math.min(to, MOST_NODES);
  if (from > last || !isEnough(last)) return undefined;
  let [low, high] = [from, last];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (isEnough(middle)) high = middle;
    else low = middle + 1;
  }
  return high;
}
