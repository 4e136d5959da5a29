import type { Facts } from '../facts';
import type { Bound, Demanded } from '../pack/bound';
import type { Case } from '../pack/cases';
import { peakOf } from '../pack/peak';
import type { Pool } from '../pack/pools';
import { type PoolInCase, poolsIn, withHomes } from '../pack/pools-in-cases';
import type { Problem } from '../pack/problem';
import { ORDERS, seat, seatsAll } from '../pack/seating';
import { AMOUNT_NAMES, type AmountName, type Amounts, type NodeSet, written } from '../pack/shapes';
import { waysOut } from '../pack/ways-out';
import type { RuleSeverity, Scenario, Verdict } from '../rule';
import { named, ofGroup } from './fields';
import { asRemedy } from './remedies';
import { evidenceOf, gapsOf, MOST_NAMED, marginOf, subjectOf, sumOf, uniqueGroups } from './room-words';

/** Which amounts a rule is about, and which must be met before its own are the reason. */
export interface Room {
  readonly own: readonly AmountName[];
  readonly before: readonly AmountName[];
}

/** So much of an amount that a rule is not about: enough for whatever pods ask for. */
const PLENTY = 2 ** 60;

/** Judges every pool of nodes in every case of a scenario. Pods that no empty node takes are another rule's. */
export function judgeRoom(facts: Facts, scenario: Scenario, room: Room): readonly Verdict[] {
  if (facts.workloads.length === 0) return [];
  const clusters = new Set(facts.nodeGroups.map(({ cluster }) => cluster));
  const all = 'all pods';
  if (facts.nodeGroups.length === 0)
    return [{ outcome: 'not-evaluated', subject: all, needs: 'node groups (Terraform, or Karpenter node pools)' }];
  if (clusters.size > 1)
    return [
      { outcome: 'not-evaluated', subject: all, needs: `one cluster at a time, got ${[...clusters].join(', ')}` },
    ];
  const isOfZones = scenario === 'zone-lost' || scenario === 'zone-replaced';
  const unplaced = facts.nodeGroups.filter(({ zones }) => zones.length === 0);
  if (isOfZones && unplaced.length > 0)
    return [
      { outcome: 'not-evaluated', subject: all, needs: `zones of ${named(unplaced)} (the subnets they refer to)` },
    ];
  return worstOf(poolsIn(facts, scenario).flatMap((judged) => judgePool(facts, scenario, room, judged)));
}

/** Of the cases of a scenario, each pool speaks once: of the one that breaks it, or of the tightest. */
function worstOf(verdicts: readonly Verdict[]): readonly Verdict[] {
  const worst = new Map<string, Verdict>();
  for (const verdict of verdicts) {
    const known = worst.get(verdict.subject);
    if (known === undefined || badness(verdict) > badness(known)) worst.set(verdict.subject, verdict);
  }
  const broken = [...worst.values()].filter(({ outcome }) => outcome === 'broken').map(({ subject }) => subject);
  return [...worst.values()].filter(({ subject }) => !broken.some((nodes) => subject.endsWith(` of ${nodes}`)));
}

function badness(verdict: Verdict): number {
  if (verdict.outcome === 'not-evaluated') return 0;
  const { margin, outcome } = verdict;
  const share = margin === undefined || margin.available <= 0 ? 0 : margin.needed / margin.available;
  if (outcome === 'holds') return 1 + Math.min(share, 1);
  return (verdict.severity === 'warning' ? 3 : 1e6) + Math.min(share, 1e5);
}

function judgePool(facts: Facts, scenario: Scenario, room: Room, judged: PoolInCase): readonly Verdict[] {
  const { given, peak, pool, bound } = judged;
  const names = [...room.before, ...room.own];
  const proof = bound.shortfalls.find(({ name }) => room.own.includes(name));
  if (proof === undefined && judged.isSeated) return holding(pool, given, bound, room);
  const problem = only(pool.problem, names);
  const isSeated = proof === undefined && seatsAll(problem);
  const isOther =
    proof === undefined && !isSeated && room.before.length > 0 && !seatsAll(only(pool.problem, room.before));
  if (isSeated || isOther) return holding(pool, given, bound, room);
  const tightest = proof ?? ownSums(bound, room)[0];
  const holds = (tried: Problem) => seatsAll(only(tried, names));
  const isOrderly = proof === undefined && seat(problem, 'constrained-first').unseated.length === 0;
  const severity = milder(facts, scenario, given, room, isOrderly);
  return [
    {
      outcome: 'broken',
      subject: subjectOf(pool),
      evidence: evidenceOf(peak, pool),
      arithmetic: [
        given.when,
        `${sumOf(peak, pool, tightest)}${proof === undefined ? `; ${gapsOf(problem)}` : ''}`,
        unread(facts),
      ]
        .filter((words) => words !== '')
        .join(': '),
      // searched for by packing again and again: only for whom reads it
      get remedy() {
        return asRemedy(waysOut(facts, peak, pool, holds));
      },
      ...(tightest !== undefined && { margin: marginOf(tightest) }),
      ...(severity !== undefined && { severity }),
    },
  ];
}

/** The problem with plenty of every amount that is not named. */
function only(problem: Problem, names: readonly AmountName[]): Problem {
  const limit = (free: Amounts, index: 0 | 1 | 2 | 3): number =>
    names.includes(AMOUNT_NAMES[index]) ? free[index] : PLENTY;
  return {
    ...problem,
    nodes: problem.nodes.map((node): NodeSet => {
      const { free } = node;
      return { ...node, free: [limit(free, 0), limit(free, 1), limit(free, 2), limit(free, 3)] };
    }),
  };
}

const ownSums = ({ sums }: Bound, { own }: Room): readonly Demanded[] => sums.filter(({ name }) => own.includes(name));

/** Why a finding is only a warning, where it is. */
function milder(
  facts: Facts,
  scenario: Scenario,
  given: Case,
  room: Room,
  isOrderly: boolean,
): RuleSeverity | undefined {
  if (isOrderly || scenario === 'promotion' || unread(facts) !== '') return 'warning';
  if (scenario === 'ordinary' || scenario === 'zone-replaced') return undefined;
  const names = [...room.before, ...room.own];
  const isKept = peakOf(facts, given, 'floor').pools.every(
    (pool) => seat(only(withHomes(pool).problem, names), 'constrained-first').unseated.length === 0,
  );
  return isKept ? 'warning' : undefined;
}

/** Nodes that exist and could not be counted. */
function unread({ skipped }: Facts): string {
  const nodes = skipped.filter(({ view }) => view === 'nodeGroups');
  return nodes.length === 0 ? '' : `not counting ${nodes.map(({ what }) => what).join(', ')}`;
}

function holding(pool: Pool, { when }: Case, bound: Bound, room: Room): readonly Verdict[] {
  return room.own.flatMap((name) => {
    const sum = bound.sums.find((one) => one.name === name);
    if (sum === undefined) return [];
    const groups = uniqueGroups(pool);
    const share = sum.available === 0 ? 0 : Math.floor((100 * sum.needed) / sum.available);
    return [
      {
        outcome: 'holds',
        subject: `${name} of ${subjectOf(pool)}`,
        evidence: groups.slice(0, MOST_NAMED).map(ofGroup),
        arithmetic: `${when === '' ? '' : `${when}: `}${written(name, sum.needed)} of ${written(name, sum.available)} (${share} %), all ${sum.pods} pods seated in ${ORDERS.length} orders`,
        margin: marginOf(sum),
      },
    ];
  });
}
