import { Eip } from '@cdktf/provider-aws/lib/eip';
import type { InternetGateway } from '@cdktf/provider-aws/lib/internet-gateway';
import { NatGateway } from '@cdktf/provider-aws/lib/nat-gateway';
import { Route } from '@cdktf/provider-aws/lib/route';
import { Construct } from 'constructs';
import type { NetworkSpec } from '../../model';
import type { SubnetTier } from './subnet-tier';

/** Tiers to connect, and how many gateways do it. */
export interface NatGatewaysProps {
  /** Name of the network, which every Name tag starts with. */
  readonly network: string;
  /** `per-zone` makes a gateway in each zone, `single` one in the first. */
  readonly nat: NetworkSpec['nat'];
  /** Zones of both tiers; the first has the gateway of `single`. */
  readonly zones: readonly string[];
  /** Where the gateways stand. */
  readonly publicTier: SubnetTier;
  /** Whose traffic they take, by a route table of each zone, so that a change of `nat` changes routes and no subnet. */
  readonly privateTier: SubnetTier;
  /** Gateway that must be attached before an address or a NAT gateway is made. */
  readonly internet: InternetGateway;
}

/** The way out for private subnets: a gateway in each zone, or the first zone's for all. */
export class NatGateways extends Construct {
  /** Addresses that the outside sees, for allow lists of others. They stay for as long as the zone does. */
  readonly publicAddresses: readonly string[];
  /** Id of each gateway, a reference, by the zone it stands in. */
  readonly gatewayIds: Readonly<Record<string, string>>;
  /** Default routes of the private subnets, in zone order. */
  readonly routes: readonly Route[];

  /** @throws RangeError for a zone that a tier does not span. */
  constructor(scope: Construct, id: string, props: NatGatewaysProps) {
    super(scope, id);
    const addresses: Eip[] = [];
    const gatewayIds: Record<string, string> = {};
    let gateway: NatGateway | undefined;
    this.routes = props.zones.map((zone) => {
      const place = new Construct(this, zone);
      if (!gateway || props.nat === 'per-zone') {
        const address = this.address(place, zone, props);
        addresses.push(address);
        gateway = this.gateway(place, zone, address, props);
        gatewayIds[zone] = gateway.id;
      }
      return new Route(place, 'Route', {
        routeTableId: props.privateTier.in(zone).routeTableId,
        destinationCidrBlock: '0.0.0.0/0',
        natGatewayId: gateway.id,
      });
    });
    this.gatewayIds = gatewayIds;
    this.publicAddresses = addresses.map(({ publicIp }) => publicIp);
  }

  private address(place: Construct, zone: string, { network, internet }: NatGatewaysProps): Eip {
    return new Eip(place, 'Address', {
      domain: 'vpc',
      tags: { Name: `${network}-nat-${zone}` },
      dependsOn: [internet],
    });
  }

  private gateway(place: Construct, zone: string, address: Eip, props: NatGatewaysProps): NatGateway {
    return new NatGateway(place, 'Resource', {
      allocationId: address.id,
      subnetId: props.publicTier.in(zone).id,
      tags: { Name: `${props.network}-nat-${zone}` },
      dependsOn: [props.internet],
    });
  }
}
