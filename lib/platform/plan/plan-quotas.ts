import {
  type AccountQuotas,
  allNodes,
  asNodeGroup,
  combinedNeeds,
  type EnvironmentSpec,
  isDatabaseServer,
  isRedisCluster,
  isRedisServer,
  isReplicationGroup,
  type PlatformSpec,
  postgresServerPlan,
  type QuotaInput,
  type QuotaPlan,
  quotaNeeds,
  redisServerPlan,
  replicationGroupPlan,
  vectorDatabasePlan,
} from '../../model';
import { membersPerShard, redisPlan } from '../../model/redis/redis';
import { nodesOf } from '../../model/redis/replication-group';
import { Memory } from '../../units';
import { loadBalancerOf } from './plan-network';

/** Of the host that Session Manager opens a way through: a t4g.nano. */
const ACCESS_HOST_VCPUS = 2;

/** More than controllers and add-ons have; a cluster may have 5000. */
const CONTROLLER_ASSOCIATIONS = 20;

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);

/** Volumes of all pods with data. Numbers that cannot be have findings of their own, and count as none. */
function volumes({ databases, caches, vectorDatabases = [] }: EnvironmentSpec): Memory {
  const clusters = caches.filter(isRedisCluster).map((cache) => {
    const plan = redisPlan(cache);
    return plan.storage.inBytes * plan.shards * membersPerShard(plan);
  });
  const single = [
    ...databases.filter(isDatabaseServer).map(postgresServerPlan),
    ...caches.filter(isRedisServer).map(redisServerPlan),
  ].map(({ storage }) => storage.inBytes);
  const vectors = vectorDatabases.map(vectorDatabasePlan).map((plan) => plan.storage.inBytes + plan.snapshots.inBytes);
  const bytes = sum([...clusters, ...single, ...vectors]);
  return Memory.bytes(Number.isSafeInteger(bytes) && bytes > 0 ? bytes : 0);
}

/** What an environment may grow to, as far as quotas count it. */
export const quotaInput = (environment: EnvironmentSpec): QuotaInput => ({
  zones: environment.zones.length,
  nodeGroups: [
    ...allNodes(environment.cluster, environment.zones.length),
    ...(environment.instances ?? []).map(asNodeGroup),
  ],
  ...(environment.cluster.apiAccess.through === 'session-manager' && { otherVcpus: { onDemand: ACCESS_HOST_VCPUS } }),
  nat: environment.network.nat,
  loadBalancers: (environment.edge ? 1 : 0) + environment.services.filter(loadBalancerOf).length,
  databaseInstances: environment.databases.filter((database) => !isDatabaseServer(database)).length,
  cacheNodes: sum(environment.caches.filter(isReplicationGroup).map((cache) => nodesOf(replicationGroupPlan(cache)))),
  volumes: volumes(environment),
  associations: CONTROLLER_ASSOCIATIONS,
});

/** Environments that share the quotas of an account in a region, the given one among them. */
const neighbours = ({ environments }: PlatformSpec, { account, region }: EnvironmentSpec): EnvironmentSpec[] =>
  environments.filter((other) => other.account === account && other.region === region);

const accountQuotas = ({ accounts = [] }: PlatformSpec, { account, region }: EnvironmentSpec): AccountQuotas =>
  accounts.find(({ id }) => id === account)?.quotas?.[region] ?? {};

/** What is needed of quotas, and what they are. */
export interface PlannedQuotas {
  readonly plan: QuotaPlan;
  readonly quotas: AccountQuotas;
}

/**
 * Quotas of an environment's account and region, for all environments there together; said by the first of them that
 * declares operations, and undefined for the others, as for numbers that cannot be.
 */
export function planQuotas(platform: PlatformSpec, environment: EnvironmentSpec): PlannedQuotas | undefined {
  const all = neighbours(platform, environment);
  if (all.find(({ operations }) => operations)?.name !== environment.name) return undefined;
  const plan = combinedNeeds(all.map((one) => quotaNeeds(quotaInput(one))));
  if (!Object.values(plan.needs).every(Number.isFinite)) return undefined;
  const declared = all.map(({ operations }) => operations?.quotas ?? {});
  return { plan, quotas: Object.assign({}, ...declared, accountQuotas(platform, environment)) };
}
