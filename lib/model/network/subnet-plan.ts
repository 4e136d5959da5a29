import { ADDRESSES_PER_PREFIX } from '../cluster/allocatable';
import type { Cidr } from './cidr';

/**
 * `public`: load balancers and NAT gateways. `private`: nodes and pods, out through NAT.
 * `database`: stores, with no way to or from the internet.
 */
export type Tier = 'public' | 'private' | 'database';

/** One subnet before it is built. */
export interface PlannedSubnet {
  /** Availability zone, as declared. */
  readonly zone: string;
  /** Range, which nothing but the range of the VPC, the tier and the place of the zone decides. */
  readonly cidr: Cidr;
}

/** The subnets of a VPC, each tier in the order of the zones. */
export interface SubnetPlan extends Readonly<Record<Tier, readonly PlannedSubnet[]>> {
  /** What no tier will ever take: for other tiers, appliances, a second cluster. */
  readonly free: Cidr;
}

/** Zones that the layout has room for. */
export const MAX_ZONES = 3;

/** Sizes of VPC that the layout suits: AWS creates none larger, and in a smaller one load balancers find no room. */
export const VPC_PREFIX = { largest: 16, smallest: 20 } as const;

const IPV4_BITS = 32;

/** A private subnet is a quarter of the VPC, a public or database subnet a sixteenth of a quarter. */
const QUARTER_BITS = 2;
const SLOT_BITS = 6;

/** Places of the first subnet of a tier among the slots of the last quarter; each tier has room for four. */
const FIRST_SLOT = { public: 0, database: 4 } as const;

/**
 * Lays out three tiers over the zones.
 *
 * The law: a subnet is decided by the VPC's range, its tier and the place of its zone in the list, by nothing else. Nodes,
 * pods and other zones never move it, because a subnet cannot be resized, only replaced with all that runs in it. So a
 * zone is added at the end of the list; inserting or reordering zones moves subnets.
 *
 *     10.0.0.0/16   quarters 0-2   10.0.0.0/18, 10.0.64.0/18, 10.0.128.0/18    private, zones 0-2
 *                   quarter 3      10.0.192.0/22, 10.0.196.0/22, 10.0.200.0/22 public, zones 0-2
 *                                  10.0.208.0/22, 10.0.212.0/22, 10.0.216.0/22 database, zones 0-2
 *                                  10.0.224.0/19                               free
 *
 * @throws RangeError for more than three zones, or a VPC that cannot be split so.
 */
export function planSubnets(vpc: Cidr, zones: readonly string[]): SubnetPlan {
  if (zones.length > MAX_ZONES)
    throw new RangeError(`subnets are laid out for ${MAX_ZONES} zones, not ${zones.length}`);
  const quarter = vpc.prefix + QUARTER_BITS;
  const slot = vpc.prefix + SLOT_BITS;
  const last = vpc.part(quarter, 3);
  const inSlots = (first: number) => zones.map((zone, place) => ({ zone, cidr: last.part(slot, first + place) }));
  return {
    public: inSlots(FIRST_SLOT.public),
    private: zones.map((zone, place) => ({ zone, cidr: vpc.part(quarter, place) })),
    database: inSlots(FIRST_SLOT.database),
    free: last.part(quarter + 1, 1),
  };
}

/**
 * The upper three quarters of a private subnet, which are kept for the prefixes that nodes take for their pods.
 * A prefix is an aligned `/28`. Addresses taken one by one (nodes, load balancers, endpoints) would otherwise scatter and
 * leave thousands free but no sixteen in a row; they have the first quarter to themselves.
 */
export const prefixBlocks = (subnet: Cidr): readonly [quarter: Cidr, half: Cidr] => [
  subnet.part(subnet.prefix + 2, 1),
  subnet.part(subnet.prefix + 1, 1),
];

/** The first quarter is the slack, and AWS keeps the last address of a subnet, so that the last prefix cannot be given out. */
const capacityOf = (subnetSize: number): number => (subnetSize * 3) / 4 - ADDRESSES_PER_PREFIX;

/** Addresses for pods that a private subnet holds: those of its prefix blocks that can be given out. */
export const podCapacity = (subnet: Cidr): number => capacityOf(subnet.size);

/** Prefix length of the smallest VPC whose private subnets hold that many addresses for pods, or undefined if none does. */
export function smallestVpcFor(podAddresses: number): number | undefined {
  for (let prefix: number = VPC_PREFIX.smallest; prefix >= VPC_PREFIX.largest; prefix--) {
    if (podAddresses <= capacityOf(2 ** (IPV4_BITS - prefix - QUARTER_BITS))) return prefix;
  }
  return undefined;
}
