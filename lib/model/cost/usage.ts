import { type Check, type Finding, inspect } from '../../check';
import type { PostgresSpec } from '../postgres/postgres';
import { isRange, type Range } from './range';

/** What a declaration cannot say about a month: how much traffic there is, and what lies in other environments. */
export interface MonthlyUsage {
  /**
   * Data from private subnets to the internet and to AWS services without an endpoint (GB).
   * @default - 50, 200 or 1000
   */
  readonly natGb?: Range;
  /** Answers to users (GB). @default - 100, 500 or 2000 */
  readonly internetGb?: Range;
  /** Data between zones, counted once (GB). @default - 100, 500 or 2000 */
  readonly crossZoneGb?: Range;
  /** Data through interface endpoints (GB). @default - 50, 200 or 1000 */
  readonly endpointGb?: Range;
  /** Load balancer capacity units: 25 new connections a second each, or 1 GB an hour. @default - 1, 2 or 10 */
  readonly loadBalancerUnits?: Range;
  /** Logs of control plane, flows and databases (GB). @default - 10, 50 or 200 */
  readonly logGb?: Range;
  /** Requests that the firewall looks at (millions). @default - 5, 20 or 100 */
  readonly firewallMillions?: Range;
  /** Part of the limits of Karpenter's pools that its nodes make up (0-1). @default - 0, 0.5 or 1 */
  readonly poolUse?: Range;
  /** Lists of rules of the edge's firewalls, and rules in them all. @default - unknown, and listed as unpriced */
  readonly firewall?: { readonly lists: number; readonly rules: number };
  /** Interface endpoints of the VPC where the environment names none. @default - unknown, and listed as unpriced */
  readonly interfaceEndpoints?: readonly string[];
  /**
   * What replicas of this environment follow, by the replica's name: it decides their storage.
   * @default - unknown, and listed as unpriced
   */
  readonly primaries?: Readonly<Record<string, PostgresSpec>>;
}

/**
 * Amounts that have a default. They are assumptions about a small product, not facts: replace them by measured ones.
 */
export const ASSUMED_USAGE = {
  natGb: { min: 50, expected: 200, max: 1000 },
  internetGb: { min: 100, expected: 500, max: 2000 },
  crossZoneGb: { min: 100, expected: 500, max: 2000 },
  endpointGb: { min: 50, expected: 200, max: 1000 },
  loadBalancerUnits: { min: 1, expected: 2, max: 10 },
  logGb: { min: 10, expected: 50, max: 200 },
  firewallMillions: { min: 5, expected: 20, max: 100 },
  poolUse: { min: 0, expected: 0.5, max: 1 },
} as const satisfies Partial<MonthlyUsage>;

const AMOUNTS = Object.keys(ASSUMED_USAGE) as (keyof typeof ASSUMED_USAGE)[];

const wrong = (usage: MonthlyUsage): string[] =>
  AMOUNTS.filter((name) => {
    const range = usage[name];
    return range !== undefined && !isRange(range);
  });

/** What is asked of amounts: none negative, none below the bound before it. */
export const MONTHLY_USAGE_CHECKS: readonly Check<MonthlyUsage>[] = [
  {
    id: 'monthly-usage-ranges-ascend',
    prop: (usage) => wrong(usage)[0] ?? 'natGb',
    holds: (usage) => wrong(usage).length === 0,
    rule: 'must be amounts of 0 or more, min at most expected and expected at most max',
    received: (usage) => wrong(usage).map((name) => `${name} ${JSON.stringify(usage[name as keyof MonthlyUsage])}`),
    remedy: 'leave it out for the assumption',
  },
];

/** Everything wrong with stated amounts. */
export const inspectMonthlyUsage = (path: string, usage: MonthlyUsage): Finding[] =>
  inspect(path, usage, MONTHLY_USAGE_CHECKS);
