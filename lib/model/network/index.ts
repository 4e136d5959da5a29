export { Cidr, isPrivate, overlappingCidrs, PRIVATE_RANGES } from './cidr';
export { isIpv4Range, isWithinRange } from './ipv4-range';
export type { NetworkSpec } from './network';
export { addressesPerNode, podAddresses } from './pod-addresses';
export {
  MAX_ZONES,
  type PlannedSubnet,
  planSubnets,
  podCapacity,
  prefixBlocks,
  type SubnetPlan,
  smallestVpcFor,
  type Tier,
  VPC_PREFIX,
} from './subnet-plan';
