import type { NetworkProps } from '../../aws';
import {
  type AlbTraffic,
  allNodes,
  Cidr,
  clusterName,
  type EnvironmentSpec,
  MAX_ZONES,
  planSubnets,
  podAddresses,
  type ServiceSpec,
  type Tier,
  VPC_PREFIX,
} from '../../model';

/** What the network of an environment is made of: sized for the pods that all node groups together can seat. */
export function planNetwork(platform: string, { name, zones, network, cluster }: EnvironmentSpec): NetworkProps {
  const podAddressesPerZone = podAddresses(allNodes(cluster, zones.length), zones.length);
  const ownName = clusterName(platform, name);
  return {
    ...network,
    name: ownName,
    clusterName: ownName,
    zones,
    // No number of nodes that can be, or of unknown types, has findings of its own.
    ...(Number.isSafeInteger(podAddressesPerZone) && podAddressesPerZone > 0 && { podAddressesPerZone }),
  };
}

/** Ranges of a tier's subnets, in the order of the zones; none while the declaration is no network. */
function ranges({ network, zones }: EnvironmentSpec, tier: Tier): string[] {
  const vpc = Cidr.tryParse(network.cidr);
  if (vpc === undefined || zones.length > MAX_ZONES || vpc.prefix > VPC_PREFIX.smallest) return [];
  return planSubnets(vpc, zones)[tier].map(({ cidr }) => cidr.toString());
}

export const databaseRanges = (environment: EnvironmentSpec): string[] => ranges(environment, 'database');

/** Where nodes, pods and instances stand. */
export const privateRanges = (environment: EnvironmentSpec): string[] => ranges(environment, 'private');

/** Where load balancers that the internet reaches stand. */
export const publicRanges = (environment: EnvironmentSpec): string[] => ranges(environment, 'public');

/** The load balancer that weighs a service's canary, if one does. */
export const loadBalancerOf = ({ rollout }: ServiceSpec): AlbTraffic | undefined =>
  rollout?.strategy === 'canary' && rollout.traffic.through === 'alb' ? rollout.traffic : undefined;

/** Where the load balancer of a canary stands: the subnets that carry the tag of its scheme. */
export const loadBalancerRanges = (environment: EnvironmentSpec, { scheme = 'internal' }: AlbTraffic): string[] =>
  ranges(environment, scheme === 'internal' ? 'private' : 'public');
