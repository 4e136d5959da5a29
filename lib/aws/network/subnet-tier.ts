import { Ec2SubnetCidrReservation } from '@cdktf/provider-aws/lib/ec2-subnet-cidr-reservation';
import { RouteTable } from '@cdktf/provider-aws/lib/route-table';
import { RouteTableAssociation } from '@cdktf/provider-aws/lib/route-table-association';
import { Subnet } from '@cdktf/provider-aws/lib/subnet';
import { Construct } from 'constructs';
import { type PlannedSubnet, prefixBlocks, type Tier } from '../../model';
import { TIER_TAG } from './discovery-tags';

/** One subnet as built, with the table that decides where its traffic goes. */
export interface ZoneSubnet {
  /** Availability zone, known at synthesis. */
  readonly zone: string;
  /** Range, known at synthesis. */
  readonly cidr: string;
  /** Id of the subnet, a reference. */
  readonly id: string;
  /** Its own table, or the one that the tier shares. */
  readonly routeTableId: string;
}

/** One tier of a VPC, as planned. */
export interface SubnetTierProps {
  /** VPC that the ranges are part of. */
  readonly vpcId: string;
  /** Name of the network, which every Name tag starts with. */
  readonly network: string;
  /** Decides names and tags; `private` alone keeps room for prefixes of pods. */
  readonly tier: Tier;
  /** What `planSubnets` laid out for the tier, in the order of the zones. */
  readonly subnets: readonly PlannedSubnet[];
  /** Tags by which controllers find the subnets. */
  readonly tags: Readonly<Record<string, string>>;
  /** Route table of all zones. @default - each zone has its own, and so its own way out */
  readonly routeTable?: RouteTable;
}

/** The subnets of one tier, none of which gives out public addresses. Each zone keeps its ids when another is added. */
export class SubnetTier extends Construct {
  /** As built, in the order of the zones. */
  readonly subnets: readonly ZoneSubnet[];

  /** Makes a subnet below a child named after each zone. */
  constructor(scope: Construct, id: string, props: SubnetTierProps) {
    super(scope, id);
    this.subnets = props.subnets.map((planned) => this.subnet(planned, props));
  }

  /** Ids in the order of the zones. */
  get ids(): string[] {
    return this.subnets.map((subnet) => subnet.id);
  }

  /** Ranges in the order of the zones. */
  get cidrs(): string[] {
    return this.subnets.map((subnet) => subnet.cidr);
  }

  /** Tables in the order of the zones; the same one for each zone if the tier shares it. */
  get routeTableIds(): string[] {
    return this.subnets.map((subnet) => subnet.routeTableId);
  }

  /** @throws RangeError for a zone that the network does not span. */
  in(zone: string): ZoneSubnet {
    const found = this.subnets.find((subnet) => subnet.zone === zone);
    if (found) return found;
    throw new RangeError(`zone must be one of ${this.subnets.map((subnet) => subnet.zone).join(', ')}, got ${zone}`);
  }

  private subnet({ zone, cidr }: PlannedSubnet, props: SubnetTierProps): ZoneSubnet {
    const { vpcId, tier } = props;
    const place = new Construct(this, zone);
    const tags = { Name: `${props.network}-${tier}-${zone}`, [TIER_TAG]: tier };
    const subnet = new Subnet(place, 'Resource', {
      vpcId,
      availabilityZone: zone,
      cidrBlock: `${cidr}`,
      mapPublicIpOnLaunch: false,
      tags: { ...tags, ...props.tags },
    });
    const { routeTable = new RouteTable(place, 'Routes', { vpcId, tags }) } = props;
    new RouteTableAssociation(place, 'Association', { subnetId: subnet.id, routeTableId: routeTable.id });
    if (tier === 'private') this.keepPrefixes(place, subnet, prefixBlocks(cidr));
    return { zone, cidr: `${cidr}`, id: subnet.id, routeTableId: routeTable.id };
  }

  private keepPrefixes(place: Construct, subnet: Subnet, [quarter, half]: ReturnType<typeof prefixBlocks>): void {
    for (const [id, block] of [['PodsQuarter', quarter] as const, ['PodsHalf', half] as const]) {
      new Ec2SubnetCidrReservation(place, id, {
        subnetId: subnet.id,
        cidrBlock: `${block}`,
        reservationType: 'prefix',
        description: 'Prefixes that nodes take for their pods',
      });
    }
  }
}
