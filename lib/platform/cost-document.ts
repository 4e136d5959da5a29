import { type Finding, inspect } from '../check';
import {
  type EnvironmentSpec,
  environmentCost,
  type PlatformSpec,
  RESERVED_CAPACITY_CHECKS,
  type ReservedCapacitySpec,
  reservedCapacity,
} from '../model';
import type { FileTree } from './output/file-tree';
import { plannedUsage } from './plan/plan-usage';

/** Everything wrong with what of an environment is to be paid for in advance. */
export const inspectCosts = (path: string, { reserved }: EnvironmentSpec): Finding[] =>
  reserved === undefined ? [] : inspect(`${path}/reserved`, reserved, RESERVED_CAPACITY_CHECKS);

const PAID_IN_ADVANCE =
  'A purchase in the account that pays: no stack makes or ends it, and the bill above is without it.';

const reservations = (environment: EnvironmentSpec, reserved: ReservedCapacitySpec) => ({
  share: `${reserved.share}`,
  termYears: reserved.termYears ?? 1,
  payment: reserved.payment ?? 'partial-upfront',
  instances: reservedCapacity(environment, reserved),
  note: PAID_IN_ADVANCE,
});

/** What an environment costs in a month, as data: with every amount, its price, and where that was read. */
export function costs(platform: PlatformSpec, environment: EnvironmentSpec): FileTree {
  const { usd, lines, unpriced, assumptions } = environmentCost(environment, plannedUsage(platform, environment));
  const document = {
    platform: platform.name,
    environment: environment.name,
    region: environment.region,
    asOf: environment.asOf,
    currency: 'USD',
    period: 'month',
    total: usd,
    lines,
    unpriced,
    assumptions,
    ...(environment.reserved && { reservations: reservations(environment, environment.reserved) }),
  };
  return new Map([['monthly.json', `${JSON.stringify(document, undefined, 2)}\n`]]);
}
