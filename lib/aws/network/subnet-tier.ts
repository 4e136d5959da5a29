import { Ec2SubnetCidrReservation } from '@cdktf/provider-aws/lib/ec2-subnet-cidr-reservation';
import { RouteTable } from '@cdktf/provider-aws/lib/route-table';
import { RouteTableAssociation } from '@cdktf/provider-aws/lib/route-table-association';
import { Subnet } from '@cdktf/provider-aws/lib/subnet';
import { Construct } from 'constructs';
import { type PlannedSubnet, prefixBlocks, type Tier } from '../../model';
import { TIER_TAG } from './discovery-tags';

/** One subnet as built, with the table that decides where its traffic goes. */
export interface ZoneSubnet {
  readonly zone: string;
  readonly cidr: string;
  readonly id: string;
  readonly routeTableId: string;
}

export interface SubnetTierProps {
  readonly vpcId: string;
  /** Name of the network, which every Name tag starts with. */
  readonly network: string;
  readonly tier: Tier;
  readonly subnets: readonly PlannedSubnet[];
  /** Tags by which controllers find the subnets. */
  readonly tags: Readonly<Record<string, string>>;
  /** Route table of all zones. @default - each zone has its own, and so its own way out */
  readonly routeTable?: RouteTable;
}

/** The subnets of one tier, none of which gives out public addresses. Each zone keeps its ids when another is added. */
export class SubnetTier extends Construct {
  readonly subnets: readonly ZoneSubnet[];

  constructor(scope: Construct, id: string, props: SubnetTierProps) {
    super(scope, id);
    this.subnets = props.subnets.map((planned) => this.subnet(planned, props));
  }

  get ids(): string[] {
    return this.subnets.map((subnet) => subnet.id);
  }

  get cidrs(): string[] {
    return this.subnets.map((subnet) => subnet.cidr);
  }

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
