import { type Check, type Finding, inspect, withDefaults } from '../../check';
import { Percent } from '../../units';
import { inspectMonthlyUsage, type MonthlyUsage } from '../cost/usage';
import type { Subscription } from './subscription';
import { shareWithin } from './threshold';

/** What of an account counts against the budget of an environment. */
export type CostScope =
  /** Everything, taxes and support included: for an account that holds one environment. */
  | 'account'
  /** What its region costs: for environments that share an account, not a region. What has no region counts for none. */
  | 'region'
  /** What carries its tag `environment`: nothing at all, until the account that pays makes it a cost allocation tag. */
  | 'tag';

/** A watch on what an environment costs. It reports, and stops nothing. */
export interface CostWatchSpec {
  /** Who is told (at most 10 addresses; letters come without a link to follow first). Https is told by a topic in us-east-1. */
  readonly subscriptions: readonly Subscription[];
  /** What a month may cost (USD, more than 0, in cents). @default - what is expected, and the headroom, in whole dollars */
  readonly monthlyUsd?: number;
  /** Room above what is expected, for what has no price in the catalog (0-1000 %). @default Percent.of(20) */
  readonly headroom?: Percent;
  /** How much traffic a month is expected to have. @default - that of a small product */
  readonly usage?: MonthlyUsage;
  /** What counts. @default 'account' */
  readonly counts?: CostScope;
  /**
   * Unexpected cost, of any service of the whole account, from which on somebody is told (USD, whole, 1 or more). An account
   * has one such watch: where AWS has made a monitor of services by itself, import that one first.
   * @default - such costs are not watched for
   */
  readonly anomaliesFromUsd?: number;
}

const DEFAULTS = { headroom: Percent.of(20), usage: {}, counts: 'account' } as const satisfies Partial<CostWatchSpec>;

/** A watch with its defaults. */
export type CostWatchPlan = CostWatchSpec & Required<Pick<CostWatchSpec, keyof typeof DEFAULTS>>;

/** Fills in the defaults. */
export const costWatchPlan = (watch: CostWatchSpec): CostWatchPlan => withDefaults(DEFAULTS, watch);

/** What is asked of a watch, beside what AWS asks of budgets and monitors. */
export const COST_WATCH_CHECKS: readonly Check<CostWatchPlan>[] = [
  shareWithin<CostWatchPlan>('cost-watch-headroom-is-possible', 'headroom', [0, 1000], 'use 20 %'),
];

/** What is wrong with headroom and usage. */
export const inspectCostWatch = (path: string, watch: CostWatchSpec): Finding[] => {
  const plan = costWatchPlan(watch);
  return [...inspect(path, plan, COST_WATCH_CHECKS), ...inspectMonthlyUsage(path, plan.usage)];
};

/** What a month may cost: as declared, or what is expected and the headroom, rounded up to whole dollars. */
export const monthlyLimit = ({ monthlyUsd, headroom }: CostWatchPlan, expectedUsd: number): number =>
  monthlyUsd ?? Math.ceil((Math.round(expectedUsd * 100) * (10_000 + headroom.inBasisPoints)) / 1_000_000);
