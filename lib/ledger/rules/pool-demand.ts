import type { Autoscaler, Facts, Workload } from '../facts';
import { autoscalersByTarget, boundsOf, extraOf } from '../pack/demand';
import type { Scenario } from '../rule';

/** What one workload opens to one target. */
export interface PoolUser {
  readonly workload: Workload;
  readonly autoscaler: Autoscaler | undefined;
  /** Most pods of it on an ordinary day. */
  readonly pods: number;
  /** Connections of each pod, by processes and size of their pools. */
  readonly perPod: number;
  readonly processes: number;
  readonly size: number;
  /** Connections that a release of it adds. */
  readonly release: number;
}

/** Connections at once to one target. */
export interface PoolDemand {
  readonly users: readonly PoolUser[];
  readonly total: number;
  /** The sum in words. */
  readonly words: string;
}

/** Terms of a sum that are spelled out. */
const MOST_TERMS = 6;

/** Workloads with a pool to a target, by the names that pools may give it. */
export function poolUsers(facts: Facts, isTarget: (name: string) => boolean): PoolUser[] {
  const scalers = autoscalersByTarget(facts);
  return facts.workloads.flatMap((workload) =>
    poolsOf(facts, workload)
      .filter(({ database }) => isTarget(database))
      .map(({ processes, size }) => {
        const { ceiling, autoscaler } = boundsOf(scalers, workload);
        const pods = workload.kind === 'DaemonSet' ? nodesOf(facts) : ceiling;
        const perPod = processes * size;
        const release = perPod * extraOf(workload, pods);
        return { workload, autoscaler, pods, perPod, processes, size, release };
      }),
  );
}

/** A pool that was declared and could not be counted: written in no way that is known, or of a workload that was not read. */
export function lostPool({ skipped }: Facts): string | undefined {
  const lost = skipped.find(({ view, why }) => view === 'assumptions' && /\bpools?\b/.test(why));
  return lost && `pools that can be counted: ${lost.what} ${lost.why}`;
}

/** Pools of a workload, by its id before its name. */
export const poolsOf = ({ assumptions: { pools } }: Facts, { id, name }: Workload) =>
  pools.get(id) ?? pools.get(name) ?? [];

const nodesOf = ({ nodeGroups }: Facts): number => nodeGroups.reduce((sum, { max }) => sum + max, 0);

/** Everything at its most; with all releases at once during a promotion, else with the one that opens most. */
export function poolDemand(users: readonly PoolUser[], scenario: Scenario): PoolDemand {
  const steady = users.map((user) => ({ user, count: user.pods * user.perPod }));
  const releasing = users.filter(({ release }) => release > 0);
  const largest = releasing.reduce<PoolUser | undefined>(
    (most, user) => (most === undefined || user.release > most.release ? user : most),
    undefined,
  );
  const releases = scenario === 'promotion' ? releasing : largest === undefined ? [] : [largest];
  const added = releases.reduce((sum, { release }) => sum + release, 0);
  const total = steady.reduce((sum, { count }) => sum + count, added);
  const sorted = [...steady].sort((one, other) => other.count - one.count);
  const rest = sorted.slice(MOST_TERMS);
  const terms = [
    ...sorted.slice(0, MOST_TERMS).map(({ user }) => term(user)),
    ...(rest.length === 0 ? [] : [`${rest.length} others ${rest.reduce((sum, { count }) => sum + count, 0)}`]),
    ...(releases.length === 0 ? [] : [`${releaseWords(releases)} ${added}`]),
  ];
  return { users, total, words: terms.join(' + ') };
}

const term = ({ workload, pods, processes, size }: PoolUser): string =>
  `${workload.name} ${pods} pods x ${processes === 1 ? '' : `${processes} x `}${size}`;

const releaseWords = (releases: readonly PoolUser[]): string => {
  const [first, ...others] = releases;
  return others.length === 0 ? `a release of ${first?.workload.name}` : `releases of ${releases.length} workloads`;
};

/** Largest value from 1 below `from` at which a demand still fits; undefined where none does. */
export function largestThatFits(from: number, fits: (value: number) => boolean): number | undefined {
  let [low, high] = [0, from];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (fits(middle)) low = middle;
    else high = middle;
  }
  return low === 0 ? undefined : low;
}

/** Ways to open fewer connections: fewer pods, or smaller pools, of the workload that opens most. */
export function waysToOpenFewer(users: readonly PoolUser[], available: number, scenario: Scenario): string[] {
  const most = users.reduce<PoolUser | undefined>(
    (largest, user) =>
      largest === undefined || user.pods * user.perPod + user.release > largest.pods * largest.perPod + largest.release
        ? user
        : largest,
    undefined,
  );
  if (most === undefined) return [];
  const fitsWith = (changed: PoolUser) =>
    poolDemand(
      users.map((user) => (user === most ? changed : user)),
      scenario,
    ).total <= available;
  const withPods = (pods: number) => ({ ...most, pods, release: most.perPod * extraOf(most.workload, pods) });
  const withSize = (size: number) => {
    const perPod = most.processes * size;
    return { ...most, size, perPod, release: perPod * extraOf(most.workload, most.pods) };
  };
  const pods = largestThatFits(most.pods, (value) => fitsWith(withPods(value)));
  const size = largestThatFits(most.size, (value) => fitsWith(withSize(value)));
  const { name } = most.workload;
  const bound = most.autoscaler === undefined ? 'replicas' : 'maxReplicas';
  return [
    ...(pods === undefined ? [] : [`lower ${bound} of ${name} from ${most.pods} to ${pods}`]),
    ...(size === undefined ? [] : [`lower the pool of ${name} from ${most.size} to ${size}`]),
  ];
}
