import { cacheNode, instanceType, rdsClass } from '../../catalog';
import { type Check, type Finding, inspect } from '../../check';
import type { Percent } from '../../units';
import { asNodeGroup } from '../capacity/instances';
import { nodeGroupPlan } from '../cluster/node-group';
import type { EnvironmentSpec } from '../environment';
import { postgresPlan } from '../postgres/postgres';
import { nodesOf, replicationGroupPlan } from '../redis/replication-group';
import { isInstance, isReplica, isReplicationGroup } from '../stores';
import { reservedNodes } from './reservation';

/** How much of what always runs is to be paid for in advance. */
export interface ReservedCapacitySpec {
  /** Part of the instances that never go away (1-100 %). */
  readonly share: Percent;
  /** Length of the commitment. @default 1 */
  readonly termYears?: 1 | 3;
  /** How it is paid: nothing at once, a part, or all. @default 'partial-upfront' */
  readonly payment?: 'no-upfront' | 'partial-upfront' | 'all-upfront';
}

/** What to buy of one instance type or class. */
export interface ReservedInstances {
  /** What bills it. */
  readonly service: 'ec2' | 'rds' | 'elasticache';
  /** Type or class: `m5.large`, `db.r5.xlarge`. */
  readonly type: string;
  /** Instances that run at every hour, by what is declared. */
  readonly alwaysRunning: number;
  /** How many of them to reserve; rounded down, as too many are wasted. */
  readonly buy: number;
  /** What each costs on demand (USD an hour): the price that an offer must beat. Absent if the catalog has none. */
  readonly onDemandUsdPerHour?: number;
}

/** What is asked of the share. */
export const RESERVED_CAPACITY_CHECKS: readonly Check<ReservedCapacitySpec>[] = [
  {
    id: 'reserved-share-is-a-part',
    prop: 'share',
    holds: ({ share }) => share.inBasisPoints >= 100 && share.inBasisPoints <= 10_000,
    rule: 'must be from 1 to 100 %',
    remedy: 'leave it out to reserve nothing',
  },
  {
    id: 'reserved-term-is-offered',
    prop: 'termYears',
    holds: ({ termYears = 1 }) => [1, 3].includes(termYears),
    rule: 'must be 1 or 3 years',
    remedy: 'use 1 for what may change',
  },
  {
    id: 'reserved-payment-is-offered',
    prop: 'payment',
    holds: ({ payment = 'partial-upfront' }) => ['no-upfront', 'partial-upfront', 'all-upfront'].includes(payment),
    rule: 'must be no-upfront, partial-upfront or all-upfront',
    remedy: 'use partial-upfront',
  },
];

/** Everything wrong with a share to reserve. */
export const inspectReservedCapacity = (path: string, spec: ReservedCapacitySpec): Finding[] =>
  inspect(path, spec, RESERVED_CAPACITY_CHECKS);

type Running = Pick<ReservedInstances, 'service' | 'type' | 'alwaysRunning'>;

/** Nodes at the minima of groups on demand, launched as their first type, and instances that no cluster owns. */
const nodes = ({ cluster, zones, instances = [] }: EnvironmentSpec): Running[] =>
  [...cluster.nodeGroups, ...instances.map(asNodeGroup)]
    .map((group) => nodeGroupPlan(group, 'none'))
    .filter(({ capacity }) => capacity === 'on-demand')
    .flatMap(({ instanceTypes: [type], min, zones: place }) =>
      type === undefined
        ? []
        : [{ service: 'ec2' as const, type, alwaysRunning: min * (place === 'each' ? zones.length : 1) }],
    );

const instance = (type: string, hasStandby: boolean): Running => ({
  service: 'rds',
  type,
  alwaysRunning: hasStandby ? 2 : 1,
});

/** Instances of databases; a standby counts like its primary, that of a replica where it says so itself. */
const databases = (environment: EnvironmentSpec): Running[] => [
  ...environment.databases
    .filter(isInstance)
    .map(postgresPlan)
    .map(({ instanceClass, multiAz }) => instance(instanceClass, multiAz)),
  ...environment.databases
    .filter(isReplica)
    .map(({ instanceClass, multiAz = false }) => instance(instanceClass, multiAz)),
];

const caches = (environment: EnvironmentSpec): Running[] =>
  environment.caches
    .filter(isReplicationGroup)
    .map(replicationGroupPlan)
    .map((plan) => ({ service: 'elasticache', type: plan.nodeType, alwaysRunning: nodesOf(plan) }));

const PRICES: Readonly<Record<Running['service'], (type: string) => number | undefined>> = {
  ec2: (type) => instanceType(type)?.usdPerHour,
  rds: (type) => rdsClass(type)?.usdPerHour,
  elasticache: (type) => cacheNode(type)?.usdPerHour,
};

/**
 * What to buy: the share of each type that runs at every hour, all groups of a type together. Spot and what an autoscaler
 * adds are left out. A reservation is a purchase of the account that pays, and no part of any stack: destroying one ends no
 * contract. `breakEven` says when an offer pays.
 */
export function reservedCapacity(environment: EnvironmentSpec, { share }: ReservedCapacitySpec): ReservedInstances[] {
  const running = [...nodes(environment), ...databases(environment), ...caches(environment)];
  const types = [...new Map(running.map((one) => [`${one.service} ${one.type}`, one])).values()];
  return types.map((one) => {
    const { service, type } = one;
    const alwaysRunning = running
      .filter((other) => other.service === service && other.type === type)
      .reduce((sum, other) => sum + other.alwaysRunning, 0);
    const usd = PRICES[service](type);
    return {
      service,
      type,
      alwaysRunning,
      buy: reservedNodes(alwaysRunning, share.toRatio()),
      ...(usd !== undefined && { onDemandUsdPerHour: usd }),
    };
  });
}
