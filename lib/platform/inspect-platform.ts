import { EksCluster, Network, PostgresDatabase } from '../aws';
import { DEFAULT_KUBERNETES_VERSION } from '../catalog';
import { type Check, distinct, type Finding, inspect } from '../check';
import { inspectAdapterMetrics } from '../config';
import { NginxProxy, PlatformNamespace, RedisCluster, WebService } from '../kubernetes';
import {
  type EnvironmentSpec,
  inspectEnvironment,
  inspectSeats,
  inspectService,
  overlappingCidrs,
  PLATFORM_CHECKS,
  type PlatformSpec,
} from '../model';
import { planCache } from './plan/plan-cache';
import { planCluster, plannedNetwork } from './plan/plan-cluster';
import { planDatabase, plannedPlace } from './plan/plan-database';
import { planGateway } from './plan/plan-gateway';
import { planNamespace } from './plan/plan-namespace';
import { planNetwork } from './plan/plan-network';
import { planService } from './plan/plan-service';

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
    ...platform.environments.flatMap((environment) => inspectParts(platform.name, environment)),
  ]);
}

function inspectParts(platform: string, environment: EnvironmentSpec): Finding[] {
  const path = `${platform}/${environment.name}`;
  const { gateway } = environment;
  const { version = DEFAULT_KUBERNETES_VERSION } = environment.cluster;
  return [
    ...inspectEnvironment(path, environment),
    ...inspectSeats(path, environment),
    ...Network.inspect(`${path}/Network`, planNetwork(platform, environment)),
    ...EksCluster.inspect(`${path}/Cluster`, planCluster(platform, environment, plannedNetwork(environment))),
    ...environment.databases.flatMap((database) =>
      PostgresDatabase.inspect(
        `${path}/${database.name}`,
        planDatabase(platform, environment, database, plannedPlace(environment)),
      ),
    ),
    ...PlatformNamespace.inspect(`${path}/Namespace`, planNamespace(platform, environment)),
    ...environment.caches.flatMap((cache) =>
      RedisCluster.inspect(`${path}/${cache.name}`, planCache(platform, environment, cache)),
    ),
    ...environment.services.flatMap((service) => [
      ...inspectService(`${path}/${service.name}`, service),
      ...WebService.inspect(`${path}/${service.name}`, planService(platform, environment, service), version),
    ]),
    ...(gateway ? NginxProxy.inspect(`${path}/${gateway.name}`, planGateway(platform, environment, gateway)) : []),
    ...inspectAdapterMetrics(
      `${path}/MetricRules`,
      environment.services.flatMap(({ scaling }) => scaling.metrics),
    ),
  ];
}
