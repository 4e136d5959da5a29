import { ArgoCd, EksCluster, Network } from '../aws';
import { type Check, distinct, type Finding, inspect } from '../check';
import { inspectAdapterMetrics } from '../config';
import { ClusterServices, PlatformNamespace } from '../kubernetes';
import {
  clusterName,
  type EnvironmentSpec,
  inspectCachePolicy,
  inspectChaos,
  inspectChart,
  inspectConnections,
  inspectConstraints,
  inspectDatabaseRoles,
  inspectEmergencyLimit,
  inspectEnvironment,
  inspectImageCache,
  inspectMeshPolicy,
  inspectMigrations,
  inspectPoolers,
  inspectReleases,
  inspectReplicas,
  inspectRequiredHeader,
  inspectRoleRotation,
  inspectSeats,
  inspectStacks,
  inspectStandby,
  inspectTrafficSpike,
  overlappingCidrs,
  PLATFORM_CHECKS,
  type PlatformSpec,
  withInstances,
} from '../model';
import { inspectAccounts } from './account-stacks';
import { inspectCompose } from './compose-document';
import { inspectCosts } from './cost-document';
import { inspectDns } from './dns-stacks';
import { inspectEdge } from './edge-stack';
import { inspectDelivery } from './gitops-document';
import { inspectStores } from './inspect-stores';
import { inspectWorkloads } from './inspect-workloads';
import { inspectInstanceGroups } from './instances-stack';
import { inspectLoads } from './load-document';
import { inspectObservabilityOf } from './observability';
import { inspectOperations } from './operations-stack';
import { inspectCapacity } from './plan/plan-capacity';
import { planArgoCd, planCluster, plannedNetwork } from './plan/plan-cluster';
import { adapterMetrics, planControllers } from './plan/plan-controllers';
import { planNamespace } from './plan/plan-namespace';
import { planNetwork } from './plan/plan-network';
import { inspectRecoveryOf } from './recovery-stack';
import { inspectTelemetryOf } from './telemetry-document';

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
    ...inspectChart(platform),
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
    ...inspectImageCache(path, environment),
    ...inspectSeats(path, environment),
    ...inspectCapacity(path, platform, environment),
    ...inspectCosts(path, environment),
    ...inspectCompose(path, platform, environment),
    ...inspectLoads(path, environment),
    ...inspectConnections(path, withInstances(environment)),
    ...inspectReleases(path, environment),
    ...inspectMeshPolicy(path, environment),
    ...inspectRequiredHeader(path, environment),
    ...inspectEmergencyLimit(path, environment),
    ...inspectTrafficSpike(path, environment),
    ...inspectDatabaseRoles(path, environment),
    ...inspectPoolers(path, environment),
    ...inspectCachePolicy(path, environment),
    ...inspectMigrations(path, environment),
    ...inspectStandby(path, platform, environment),
    ...inspectReplicas(path, platform, environment),
    ...inspectRoleRotation(path, platform, environment),
    ...Network.inspect(`${path}/Network`, planNetwork(name, environment)),
    ...EksCluster.inspect(`${path}/Cluster`, planCluster(name, environment, plannedNetwork(environment))),
    ...ArgoCd.inspect(`${path}/ArgoCd`, planArgoCd(environment, clusterName(name, environment.name))),
    ...ClusterServices.inspect(`${path}/ClusterServices`, planControllers(platform, environment)),
    ...PlatformNamespace.inspect(`${path}/Namespace`, planNamespace(name, environment)),
    ...inspectStores(path, platform, environment),
    ...inspectWorkloads(path, platform, environment),
    ...inspectAdapterMetrics(`${path}/MetricRules`, adapterMetrics(environment)),
    ...inspectEdge(path, platform, environment),
    ...inspectInstanceGroups(path, platform, environment),
    ...inspectRecoveryOf(path, platform, environment),
    ...inspectChaos(path, environment),
    ...inspectConstraints(path, environment),
    ...inspectDelivery(path, platform, environment),
    ...inspectOperations(path, platform, environment),
    ...inspectTelemetryOf(path, platform, environment),
    ...inspectObservabilityOf(path, platform, environment),
  ];
}
