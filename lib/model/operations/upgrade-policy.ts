import { EKS_VERSIONS } from '../../catalog';
import { type Check, withDefaults } from '../../check';
import { Duration } from '../../units';

/** How close to the end of support a version may run. */
export interface UpgradePolicy {
  /** Time before the end of standard support from which each run warns (whole days, 14-365). @default Duration.days(90) */
  readonly notice?: Duration;
  /** Whether a version may go on in extended support, for a price; `refused` stops synthesis on its first day. @default 'refused' */
  readonly extendedSupport?: 'refused' | 'accepted';
  /** Age from which the library's calendar itself is doubted (whole days, 30-730). @default Duration.days(180) */
  readonly calendarAge?: Duration;
}

const DEFAULTS = {
  notice: Duration.days(90),
  extendedSupport: 'refused',
  calendarAge: Duration.days(180),
} as const satisfies Required<UpgradePolicy>;

/** The policy with its defaults. */
export type UpgradePolicyPlan = Required<UpgradePolicy>;

/** Fills in the defaults: 90 days of notice, no extended support. */
export const upgradePolicy = (policy: UpgradePolicy = {}): UpgradePolicyPlan => withDefaults(DEFAULTS, policy);

const daysWithin = (length: Duration, least: number, most: number): boolean => {
  const days = length.inMillis / Duration.days(1).inMillis;
  return Number.isInteger(days) && days >= least && days <= most;
};

/** What is asked of a policy. */
export const UPGRADE_POLICY_CHECKS: readonly Check<UpgradePolicyPlan>[] = [
  {
    id: 'upgrade-policy-gives-notice',
    prop: 'notice',
    holds: ({ notice }) => daysWithin(notice, 14, 365),
    rule: 'must be 14 to 365 whole days',
    remedy: 'use 90 days: an upgrade is tried in each environment before production',
  },
  {
    id: 'upgrade-policy-doubts-old-calendars',
    prop: 'calendarAge',
    holds: ({ calendarAge }) => daysWithin(calendarAge, 30, 730),
    rule: 'must be 30 to 730 whole days',
    remedy: 'use 180 days: AWS adds a Kubernetes minor about every four months',
  },
];

/**
 * Kubernetes minors to go through, one at a time, from one version to another; the control plane goes first, then its nodes.
 * Empty if there is nowhere to go, or if the calendar lacks either.
 */
export function upgradePath(from: string, to: string): string[] {
  const known = [...EKS_VERSIONS.facts.keys()];
  const [start, end] = [known.indexOf(from), known.indexOf(to)];
  return start < 0 || end < 0 ? [] : known.slice(start + 1, end + 1);
}
