import type { Facts } from '../facts';
import { onceFor } from '../once-for';
import type { Scenario } from '../rule';
import { type Bound, lowerBound } from './bound';
import { type Case, casesOf } from './cases';
import { type Peak, peakOf } from './peak';
import type { Pool } from './pools';
import { hasHome } from './problem';
import { seatsAll } from './seating';

/** Scenarios that ask for all that another asks for and more, or leave fewer nodes for the same. */
const HARDER: Partial<Readonly<Record<Scenario, Scenario>>> = { ordinary: 'promotion', 'zone-replaced': 'zone-lost' };

/** A pool of nodes in one case, as every rule about room sees it. */
export class PoolInCase {
  private seated: boolean | undefined;

  constructor(
    readonly given: Case,
    readonly peak: Peak,
    /** Without pods that no empty node takes, which are another rule's. */
    readonly pool: Pool,
    readonly bound: Bound,
    /** The same pool in a harder case. */
    private readonly harder: () => PoolInCase | undefined,
  ) {}

  /**
   * Whether every pod has a seat in every order, with regard to all amounts. Then it has one with regard to some of them, and
   * so has a part of the pods, or all of them with more nodes.
   */
  get isSeated(): boolean {
    this.seated ??= this.harder()?.isSeated === true || seatsAll(this.pool.problem);
    return this.seated;
  }

  /** Whether it asks for all that another asks for. */
  asksForAllOf({ pool }: PoolInCase): boolean {
    const own = new Map(this.pool.problem.pods.map(({ id, count }) => [id, count]));
    return pool.problem.pods.every(({ id, count }) => (own.get(id) ?? 0) >= count);
  }

  isSameAs({ pool, given }: PoolInCase): boolean {
    const zoneOf = ({ loss }: Case): string => (loss.of === 'zone' ? loss.zone : '');
    return zoneOf(this.given) === zoneOf(given) && this.pool.names.join() === pool.names.join();
  }
}

const scenarios = onceFor((_: Facts) => new Map<Scenario, readonly PoolInCase[]>());

/** All pools in all cases of a scenario; rules ask for the same ones. */
export function poolsIn(facts: Facts, scenario: Scenario): readonly PoolInCase[] {
  const known = scenarios(facts);
  const before = known.get(scenario);
  if (before !== undefined) return before;
  const harder = HARDER[scenario];
  const found = casesOf(facts, scenario).flatMap((given) => {
    const peak = peakOf(facts, given);
    return peak.pools.map(withHomes).map((pool): PoolInCase => {
      const own: PoolInCase = new PoolInCase(given, peak, pool, lowerBound(pool.problem), () =>
        harder === undefined
          ? undefined
          : poolsIn(facts, harder).find((one) => one.isSameAs(own) && one.asksForAllOf(own)),
      );
      return own;
    });
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
