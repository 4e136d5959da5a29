import { ArgoCd, EksCluster, Network, PostgresDatabase, PostgresReplica, RedisReplicationGroup } from '../aws';
import { DEFAULT_KUBERNETES_VERSION } from '../catalog';
import { type Check, distinct, type Finding, inspect } from '../check';
import { inspectAdapterMetrics } from '../config';
import {
  BlueGreenRollout,
  CanaryRollout,
  ClusterServices,
  NginxProxy,
  PlatformNamespace,
  PostgresServer,
  RedisCluster,
  RedisServer,
  VectorDatabase,
  WebService,
} from '../kubernetes';
import {
  clusterName,
  type EnvironmentSpec,
  inspectConnections,
  inspectEnvironment,
  inspectReleases,
  inspectReplicas,
  inspectSeats,
  inspectService,
  inspectStacks,
  inspectStandby,
  isDatabaseServer,
  isInstance,
  isRedisCluster,
  isRedisServer,
  isReplica,
  isReplicationGroup,
  overlappingCidrs,
  PLATFORM_CHECKS,
  type PlatformSpec,
} from '../model';
import { inspectAccounts } from './account-stacks';
import { inspectDns } from './dns-stacks';
import { inspectEdge } from './edge-stack';
import { inspectOperations } from './operations-stack';
import { planCache, planReplicationGroup } from './plan/plan-cache';
import { planArgoCd, planCluster, plannedNetwork } from './plan/plan-cluster';
import { adapterMetrics, planControllers } from './plan/plan-controllers';
import { planDatabase, plannedPlace, planReplica } from './plan/plan-database';
import { planGateway } from './plan/plan-gateway';
import { planNamespace } from './plan/plan-namespace';
import { planNetwork } from './plan/plan-network';
import { planRelease, type ServicePlan } from './plan/plan-rollout';
import { planPostgresServer, planRedisServer, planVectorDatabase } from './plan/plan-stores';

import { inspectRecoveryOf } from './recovery-stack';

/** The range of one environment's network, under a name to show. */
interface NamedRange {
  readonly name: string;
  readonly cidr: string;
}

const ranges = ({ environments }: PlatformSpec): NamedRange[] =>
  environments.map(({ name, network: { cidr } }) => ({ name, cidr }));

const overlaps = (platform: PlatformSpec): string[] =>
  overlappingCidrs(ranges(platform)).map(([one, other]) => `${one.name} ${one.cidr} and ${other.name} ${other.cidr}`);

/** Checks that only all environments together can answer. */
export const PLATFORM_RELATION_CHECKS: readonly Check<PlatformSpec>[] = [
  {
    id: 'platform-networks-do-not-overlap',
    prop: 'environments',
    holds: (platform) => overlaps(platform).length === 0,
    rule: 'must have networks without a common address, so that they can be peered and one can stand in for another',
    received: overlaps,
    remedy: 'give each environment a range of its own, for example 10.0.0.0/16, 10.1.0.0/16',
  },
];

/**
 * Every fault of every environment, found with the very props that the constructs will be made of. Builds nothing.
 * Warnings are among the findings.
 */
export function inspectPlatform(platform: PlatformSpec): Finding[] {
  return distinct([
    ...inspect(platform.name, platform, PLATFORM_CHECKS),
    ...inspect(platform.name, platform, PLATFORM_RELATION_CHECKS),
    ...inspectAccounts(platform),
    ...inspectDns(platform),
    ...platform.environments.flatMap((environment) => inspectParts(platform, environment)),
  ]);
}

function inspectParts(platform: PlatformSpec, environment: EnvironmentSpec): Finding[] {
  const path = `${platform.name}/${environment.name}`;
  const { name } = platform;
  return [
    ...inspectEnvironment(path, environment),
    ...inspectStacks(path, environment),
    ...inspectSeats(path, environment),
    ...inspectConnections(path, environment),
    ...inspectReleases(path, environment),
    ...inspectStandby(path, platform, environment),
    ...inspectReplicas(path, platform, environment),
    ...Network.inspect(`${path}/Network`, planNetwork(name, environment)),
    ...EksCluster.inspect(`${path}/Cluster`, planCluster(name, environment, plannedNetwork(environment))),
    ...ArgoCd.inspect(`${path}/ArgoCd`, planArgoCd(environment, clusterName(name, environment.name))),
    ...ClusterServices.inspect(`${path}/ClusterServices`, planControllers(name, environment)),
    ...PlatformNamespace.inspect(`${path}/Namespace`, planNamespace(name, environment)),
    ...inspectStores(path, platform, environment),
    ...inspectWorkloads(path, platform, environment),
    ...inspectAdapterMetrics(`${path}/MetricRules`, adapterMetrics(environment)),
    ...inspectEdge(path, platform, environment),
    ...inspectRecoveryOf(path, platform, environment),
    ...inspectOperations(path, platform, environment),
  ];
}

function inspectStores(path: string, platform: PlatformSpec, environment: EnvironmentSpec): Finding[] {
  const place = plannedPlace(environment);
  const { databases, caches, vectorDatabases = [] } = environment;
  const { name } = platform;
  const at = (store: { readonly name: string }): string => `${path}/${store.name}`;
  return [
    ...databases
      .filter(isInstance)
      .flatMap((database) =>
        PostgresDatabase.inspect(at(database), planDatabase(platform, environment, database, place)),
      ),
    ...databases.filter(isReplica).flatMap((replica) => {
      const plan = planReplica(platform, environment, replica, place);
      return plan ? PostgresReplica.inspect(at(replica), plan) : [];
    }),
    ...databases
      .filter(isDatabaseServer)
      .flatMap((server) => PostgresServer.inspect(at(server), planPostgresServer(name, environment, server))),
    ...caches
      .filter(isRedisCluster)
      .flatMap((cache) => RedisCluster.inspect(at(cache), planCache(name, environment, cache))),
    ...caches
      .filter(isReplicationGroup)
      .flatMap((cache) =>
        RedisReplicationGroup.inspect(at(cache), planReplicationGroup(name, environment, cache, place)),
      ),
    ...caches
      .filter(isRedisServer)
      .flatMap((server) => RedisServer.inspect(at(server), planRedisServer(name, environment, server))),
    ...vectorDatabases.flatMap((database) =>
      VectorDatabase.inspect(at(database), planVectorDatabase(name, environment, database)),
    ),
  ];
}

function inspectWorkloads(path: string, platform: PlatformSpec, environment: EnvironmentSpec): Finding[] {
  const { gateway, services } = environment;
  const { version = DEFAULT_KUBERNETES_VERSION } = environment.cluster;
  const name = platform.name;
  return [
    ...services.flatMap((service) => [
      ...inspectService(`${path}/${service.name}`, service),
      ...inspectRelease(`${path}/${service.name}`, planRelease(platform, environment, service), version),
    ]),
    ...(gateway ? NginxProxy.inspect(`${path}/${gateway.name}`, planGateway(name, environment, gateway)) : []),
  ];
}

function inspectRelease(path: string, { as, props }: ServicePlan, version: string): Finding[] {
  if (as === 'deployment') return WebService.inspect(path, props, version);
  if (as === 'blue-green') return BlueGreenRollout.inspect(path, props, version);
  return CanaryRollout.inspect(path, props, version);
}
