import type { Facts } from '../facts';
import type { Case } from './cases';
import { type Bounds, type Demand, demands, extraOf } from './demand';
import { type Pool, poolsOf } from './pools';
import { type Problem, problem, recounted } from './problem';
import { combine, dominantShare, NOTHING, type NodeSet, type PodSet } from './shapes';
import { nodeSets } from './supply';

/** Pods of one workload in a problem, and how they come to be. */
export interface Asked {
  readonly set: PodSet;
  readonly bounds: Bounds;
  readonly isRelease: boolean;
}

/** All pods and nodes of a case, and the parts of it that can be judged apart. */
export interface Peak {
  readonly given: Case;
  readonly asked: readonly Asked[];
  readonly pools: readonly Pool[];
}

/** Pods that everything asks for `at` its ceiling or floor, and the nodes that are there in this case. */
export function peakOf(facts: Facts, given: Case, at: 'floor' | 'ceiling' = 'ceiling'): Peak {
  const nodes = nodeSets(facts, given.loss);
  const implied = new Set(facts.implied);
  // services are promoted together, and not with them what charts and operators run
  const isReleased = ({ workload }: PodSet): boolean =>
    given.releases === 'largest' || (given.releases === 'all' && workload !== undefined && !implied.has(workload));
  const all = demands(facts, at).flatMap(({ current, release, bounds }: Demand): Asked[] => [
    { set: current, bounds, isRelease: false },
    ...(release !== undefined && isReleased(release) ? [{ set: release, bounds, isRelease: true }] : []),
  ]);
  const asked = given.loss.of === 'zone' ? withoutLostVolumes(all, given.loss.zone, nodeSets(facts)) : all;
  const whole = problem(
    asked.map(({ set }) => set),
    nodes,
  );
  const kept = given.releases === 'largest' ? withLargestReleases(asked, whole) : asked;
  return { given, asked: kept, pools: poolsOf(kept === asked ? whole : reduced(whole, asked, kept)) };
}

/** Pods whose volumes lie in a zone wait for it; nothing elsewhere can seat them. */
function withoutLostVolumes(asked: readonly Asked[], zone: string, nodes: readonly NodeSet[]): readonly Asked[] {
  const bound = asked.filter(({ set }) => set.shape.volumeClaims.length > 0);
  if (bound.length === 0) return asked;
  const { eligible } = problem(
    bound.map(({ set }) => set),
    nodes,
  );
  const lost = new Map(
    bound.map((one, index) => {
      const zones = new Set((eligible[index] ?? []).flatMap((node) => nodes[node]?.zone ?? []));
      return [one, zones.has(zone) ? Math.ceil(one.set.count / zones.size) : 0];
    }),
  );
  return asked
    .map((one) => ({ ...one, set: { ...one.set, count: one.set.count - (lost.get(one) ?? 0) } }))
    .filter(({ set }) => set.count > 0);
}

/** One release at a time in each pool, the one that asks for most. */
function withLargestReleases(asked: readonly Asked[], whole: Problem): readonly Asked[] {
  if (!asked.some(({ isRelease }) => isRelease)) return asked;
  const kept = new Set<number>();
  for (const { pods, nodes } of poolsOf(whole)) {
    const room = nodes.reduce((sum, node) => {
      const one = whole.nodes[node];
      return one === undefined ? sum : combine(sum, one.count, one.free);
    }, NOTHING);
    let [largest, most]: [number | undefined, number] = [undefined, -1];
    for (const pod of pods) {
      const one = asked[pod];
      if (one === undefined) continue;
      if (!one.isRelease) {
        kept.add(pod);
        continue;
      }
      const share = dominantShare(combine(NOTHING, one.set.count, one.set.amounts), room);
      if (share > most) [largest, most] = [pod, share];
    }
    if (largest !== undefined) kept.add(largest);
  }
  return asked.filter((one, index) => !one.isRelease || kept.has(index));
}

/** The problem without the pods that are not kept. */
const reduced = (whole: Problem, asked: readonly Asked[], kept: readonly Asked[]): Problem => {
  const keeps = new Set(kept);
  const indexes = asked.flatMap((one, index) => (keeps.has(one) ? [index] : []));
  return {
    pods: kept.map(({ set }) => set),
    nodes: whole.nodes,
    eligible: indexes.map((index) => whole.eligible[index] ?? []),
    domain: indexes.map((index) => whole.domain[index] ?? []),
    terms: indexes.map((index) => whole.terms[index] ?? { own: [], borne: [] }),
  };
};

/** The pool's problem with other maxima of node groups or workloads, by id. */
export function retried(
  facts: Facts,
  { given, asked }: Peak,
  pool: Pool,
  maxima: { readonly groups?: ReadonlyMap<string, number>; readonly workloads?: ReadonlyMap<string, number> },
): Problem {
  const { groups = new Map<string, number>(), workloads = new Map<string, number>() } = maxima;
  const nodes =
    groups.size === 0
      ? pool.problem.nodes
      : pick(
          nodeSets(
            {
              ...facts,
              nodeGroups: facts.nodeGroups.map((group) => ({ ...group, max: groups.get(group.id) ?? group.max })),
            },
            given.loss,
          ),
          pool.nodes,
        );
  const pods = pick(asked, pool.pods).map(({ set, isRelease }): PodSet => {
    const count = set.workload === undefined ? undefined : workloads.get(set.workload.id);
    if (count === undefined || set.workload === undefined) return set;
    return { ...set, count: isRelease ? extraOf(set.workload, count) : Math.min(count, set.count) };
  });
  return recounted(pool.problem, pods, nodes);
}

const pick = <T>(list: readonly T[], indexes: readonly number[]): readonly T[] =>
  indexes.flatMap((index) => {
    const found = list[index];
    return found === undefined ? [] : [found];
  });
