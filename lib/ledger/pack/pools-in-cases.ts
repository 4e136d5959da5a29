import type { Facts } from '../facts';
import { onceFor } from '../once-for';
import type { Scenario } from '../rule';
import { type Bound, lowerBound } from './bound';
import { type Case, casesOf } from './cases';
import { type Peak, peakOf } from './peak';
import type { Pool } from './pools';
import { hasHome } from './problem';
import { seatsAll } from './seating';

/** A pool of nodes in one case, as every rule about room sees it. */
export class PoolInCase {
  private seated: boolean | undefined;

  constructor(
    readonly given: Case,
    readonly peak: Peak,
    /** Without pods that no empty node takes, which are another rule's. */
    readonly pool: Pool,
    readonly bound: Bound,
  ) {}

  /** Whether every pod has a seat in every order, with regard to all amounts. Then it has one with regard to some of them. */
  get isSeated(): boolean {
    this.seated ??= seatsAll(this.pool.problem);
    return this.seated;
  }
}

const scenarios = onceFor((_: Facts) => new Map<Scenario, readonly PoolInCase[]>());

/** All pools in all cases of a scenario; rules ask for the same ones. */
export function poolsIn(facts: Facts, scenario: Scenario): readonly PoolInCase[] {
  const known = scenarios(facts);
  const found =
    known.get(scenario) ??
    casesOf(facts, scenario).flatMap((given) => {
      const peak = peakOf(facts, given);
      return peak.pools.map(withHomes).map((pool) => new PoolInCase(given, peak, pool, lowerBound(pool.problem)));
    });
  known.set(scenario, found);
  return found;
}

/** A pool without pods that no empty node of it takes. */
export function withHomes(pool: Pool): Pool {
  const kept = pool.problem.pods.flatMap((_, pod) => (hasHome(pool.problem, pod) ? [pod] : []));
  const pick = <T>(list: readonly T[]): readonly T[] => kept.flatMap((pod) => list[pod] ?? []) as readonly T[];
  if (kept.length === pool.problem.pods.length) return pool;
  const { pods, eligible, domain, terms, nodes } = pool.problem;
  return {
    ...pool,
    pods: pick(pool.pods),
    problem: {
      nodes,
      pods: pick(pods),
      terms: pick(terms),
      eligible: kept.map((pod) => eligible[pod] ?? []),
      domain: kept.map((pod) => domain[pod] ?? []),
    },
  };
}
