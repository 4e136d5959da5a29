import type { NetworkProps } from '../../aws';
import { Cidr, clusterName, type EnvironmentSpec, MAX_ZONES, planSubnets, podAddresses, VPC_PREFIX } from '../../model';

/** What the network of an environment is made of: sized for the pods that all node groups together can seat. */
export const planNetwork = (platform: string, { name, zones, network, cluster }: EnvironmentSpec): NetworkProps => ({
  ...network,
  name: clusterName(platform, name),
  clusterName: clusterName(platform, name),
  zones,
  podAddressesPerZone: podAddresses(cluster.nodeGroups, zones.length),
});

/** Ranges of a tier's subnets, in the order of the zones; none while the declaration is no network. */
function ranges({ network, zones }: EnvironmentSpec, tier: 'public' | 'database'): string[] {
  const vpc = Cidr.tryParse(network.cidr);
  if (vpc === undefined || zones.length > MAX_ZONES || vpc.prefix > VPC_PREFIX.smallest) return [];
  return planSubnets(vpc, zones)[tier].map(({ cidr }) => cidr.toString());
}

export const databaseRanges = (environment: EnvironmentSpec): string[] => ranges(environment, 'database');

/** Where load balancers stand. */
export const publicRanges = (environment: EnvironmentSpec): string[] => ranges(environment, 'public');
