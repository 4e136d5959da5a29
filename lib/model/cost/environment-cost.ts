import { DEFAULT_KUBERNETES_VERSION, EKS_VERSIONS, supportOn } from '../../catalog';
import { HOURS_PER_MONTH, PRICED_REGIONS, PRICES } from '../../catalog/prices';
import { managedNodeGroups, nodePools } from '../capacity/cluster-nodes';
import { asNodeGroup } from '../capacity/instances';
import type { ClusterSpec } from '../cluster/cluster';
import type { EnvironmentSpec } from '../environment';
import { backupCosts, edgeCosts } from './edge-costs';
import { type MonthlyCost, monthlyCost, type Unpriced } from './monthly-cost';
import { networkCosts, priced } from './network-costs';
import { type Costs, nodeGroupCosts, poolCosts, together } from './node-costs';
import { storeCosts } from './store-costs';
import { ASSUMED_USAGE, type MonthlyUsage } from './usage';

/** On every bill, and in no declaration. */
const NEVER_DECLARED: readonly Unpriced[] = [
  {
    item: 'backups',
    reason: 'what changes between them, and volumes of pods, are not stated',
  },
  { item: 'keys and secrets', reason: 'their number follows from the stacks: about 1 USD a key and 0.40 a secret' },
  { item: 'metrics, alarms and traces', reason: 'nobody has stated how many there are' },
  {
    item: 'DNS and content delivery',
    reason: 'zones belong to the platform, and requests at its edges are not stated',
  },
  { item: 'taxes and support', reason: 'they depend on the contract' },
];

function controlPlane({ version = DEFAULT_KUBERNETES_VERSION }: ClusterSpec, asOf: string): Costs {
  const isExtended = supportOn(EKS_VERSIONS.facts.get(version), asOf) === 'extended';
  const price = isExtended ? 'eks-control-plane-extended' : 'eks-control-plane';
  return { lines: [priced('control plane', price, HOURS_PER_MONTH)], unpriced: [] };
}

function undeclaredNodes({ apiAccess, autoscaler, karpenter }: ClusterSpec): Unpriced[] {
  return [
    ...(apiAccess.through === 'session-manager'
      ? [{ item: 'access host', reason: 'the catalog has no price of t4g.nano' }]
      : []),
    ...(autoscaler === 'karpenter' && karpenter === undefined
      ? [{ item: 'nodes that Karpenter makes', reason: 'no pools of its are declared' }]
      : []),
  ];
}

/**
 * Nodes that are declared and those that follow. At the most, groups on demand are full, and of spot there are the nodes
 * that the cap of the autoscaler then leaves.
 */
function nodeCosts(
  { cluster, zones, instances = [] }: EnvironmentSpec,
  { poolUse = ASSUMED_USAGE.poolUse }: MonthlyUsage,
): Costs {
  const spot = managedNodeGroups(cluster, zones.length)
    .slice(cluster.nodeGroups.length)
    .map((group) => ({ ...group, max: group.desired }));
  return together([
    ...[...cluster.nodeGroups, ...spot].map((group) => nodeGroupCosts(group, zones.length)),
    ...nodePools(cluster).map((pool) => poolCosts(pool, poolUse)),
    ...instances.map((group) => nodeGroupCosts(asNodeGroup(group), zones.length)),
  ]);
}

const ASSUMED_TRAFFIC = 'Traffic and logs are assumed for a small product wherever they are not stated.';

/** Whether an amount is taken for granted where nobody states it: traffic and logs always, that of a firewall if there is one. */
const isAssumed = ({ edge }: EnvironmentSpec, name: string): boolean =>
  name === 'firewallMillions' ? edge !== undefined : name !== 'poolUse';

const assumptions = (environment: EnvironmentSpec, usage: MonthlyUsage): string[] => [
  `List prices of us-east-1, read up to ${PRICES.asOf}, for ${HOURS_PER_MONTH} hours a month.`,
  ...(environment.cluster.spot
    ? ['At the most all groups on demand are full, and spot has its first nodes, at the price of on demand.']
    : []),
  ...(environment.cluster.karpenter && usage.poolUse === undefined
    ? ["Karpenter's pools are assumed to be used by half, and at the most up to their limits."]
    : []),
  ...(environment.backups ? ['A copy of a database in another region is as large as its storage.'] : []),
  ...(PRICED_REGIONS.includes(environment.region)
    ? []
    : [`${environment.region} is dearer than us-east-1, often by a tenth and at times by a fifth: add that.`]),
  ...(Object.keys(ASSUMED_USAGE).some(
    (name) => isAssumed(environment, name) && usage[name as keyof MonthlyUsage] === undefined,
  )
    ? [ASSUMED_TRAFFIC]
    : []),
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
  const { cluster, asOf } = environment;
  const { lines, unpriced } = together([
    controlPlane(cluster, asOf),
    nodeCosts(environment, usage),
    storeCosts(environment, usage),
    networkCosts(environment, usage),
    edgeCosts(environment, usage),
    backupCosts(environment),
    { lines: [priced('logs', 'log-ingestion', usage.logGb ?? ASSUMED_USAGE.logGb)], unpriced: [] },
  ]);
  return monthlyCost(
    lines,
    [...unpriced, ...undeclaredNodes(cluster), ...NEVER_DECLARED],
    assumptions(environment, usage),
  );
}
