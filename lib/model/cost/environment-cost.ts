import { DEFAULT_KUBERNETES_VERSION, EKS_VERSIONS, supportOn } from '../../catalog';
import { HOURS_PER_MONTH, PRICED_REGIONS, PRICES } from '../../catalog/prices';
import type { ClusterSpec } from '../cluster/cluster';
import type { EnvironmentSpec } from '../environment';
import { type MonthlyCost, monthlyCost, type Unpriced } from './monthly-cost';
import { networkCosts, priced } from './network-costs';
import { type Costs, nodeGroupCosts, together } from './node-costs';
import { storeCosts } from './store-costs';
import { ASSUMED_USAGE, type MonthlyUsage } from './usage';

/** On every bill, and in no declaration. */
const NEVER_DECLARED: readonly Unpriced[] = [
  {
    item: 'backups',
    reason: 'the share beyond the size of each database, and copies in other regions, depend on changes',
  },
  { item: 'keys and secrets', reason: 'their number follows from the stacks: about 1 USD a key and 0.40 a secret' },
  { item: 'metrics, alarms and traces', reason: 'nobody has stated how many there are' },
  { item: 'firewall, DNS and content delivery', reason: 'they are not part of an environment' },
  { item: 'taxes and support', reason: 'they depend on the contract' },
];

function controlPlane({ version = DEFAULT_KUBERNETES_VERSION }: ClusterSpec, asOf: string): Costs {
  const isExtended = supportOn(EKS_VERSIONS.facts.get(version), asOf) === 'extended';
  const price = isExtended ? 'eks-control-plane-extended' : 'eks-control-plane';
  return { lines: [priced('control plane', price, HOURS_PER_MONTH)], unpriced: [] };
}

function undeclaredNodes({ apiAccess, autoscaler }: ClusterSpec): Unpriced[] {
  return [
    ...(apiAccess.through === 'session-manager'
      ? [{ item: 'access host', reason: 'the catalog has no price of t4g.nano' }]
      : []),
    ...(autoscaler === 'karpenter'
      ? [{ item: 'nodes that Karpenter makes', reason: 'the limits of its pools are not part of an environment' }]
      : []),
  ];
}

const ASSUMED_TRAFFIC = 'Traffic and logs are assumed for a small product wherever they are not stated.';

const assumptions = ({ region }: EnvironmentSpec, usage: MonthlyUsage): string[] => [
  `List prices of us-east-1, read up to ${PRICES.asOf}, for ${HOURS_PER_MONTH} hours a month.`,
  ...(PRICED_REGIONS.includes(region)
    ? []
    : [`${region} is dearer than us-east-1, often by a tenth and at times by a fifth: add that.`]),
  ...(Object.keys(ASSUMED_USAGE).every((name) => usage[name as keyof MonthlyUsage] !== undefined)
    ? []
    : [ASSUMED_TRAFFIC]),
];

/**
 * What an environment costs in a month, roughly: at its least with every group at its minimum, as declared, and at its
 * most with every group at its maximum and every volume full. A price that is unknown is listed as unpriced, never
 * taken as 0.
 *
 * @example
 * const { usd, unpriced } = environmentCost(environment, { natGb: { min: 40, expected: 60, max: 200 } });
 */
export function environmentCost(environment: EnvironmentSpec, usage: MonthlyUsage = {}): MonthlyCost {
  const { cluster, zones, asOf } = environment;
  const { lines, unpriced } = together([
    controlPlane(cluster, asOf),
    ...cluster.nodeGroups.map((group) => nodeGroupCosts(group, zones.length)),
    storeCosts(environment, usage),
    networkCosts(environment, usage),
    { lines: [priced('logs', 'log-ingestion', usage.logGb ?? ASSUMED_USAGE.logGb)], unpriced: [] },
  ]);
  return monthlyCost(
    lines,
    [...unpriced, ...undeclaredNodes(cluster), ...NEVER_DECLARED],
    assumptions(environment, usage),
  );
}
