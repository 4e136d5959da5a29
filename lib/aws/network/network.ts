import { DefaultRouteTable } from '@cdktf/provider-aws/lib/default-route-table';
import { DefaultSecurityGroup } from '@cdktf/provider-aws/lib/default-security-group';
import { InternetGateway } from '@cdktf/provider-aws/lib/internet-gateway';
import { Route } from '@cdktf/provider-aws/lib/route';
import { RouteTable } from '@cdktf/provider-aws/lib/route-table';
import { Vpc } from '@cdktf/provider-aws/lib/vpc';
import { Construct } from 'constructs';
import { enforce, type Finding, inspect } from '../../check';
import { Cidr, planSubnets, type Tier } from '../../model';
import { LogGroup } from '../log-group';
import { discoveryTags } from './discovery-tags';
import { FlowLogs } from './flow-logs';
import { NatGateways } from './nat-gateways';
import { NETWORK_CHECKS } from './network-checks';
import { type NetworkPlan, type NetworkProps, planNetwork } from './network-plan';
import { SubnetTier } from './subnet-tier';
import { VpcEndpoints } from './vpc-endpoints';

/**
 * A VPC whose addresses never move: three tiers over two or three zones, laid out by `planSubnets`, with room for the
 * pods that its nodes can seat. Nothing in it has a public address but load balancers and NAT gateways; stores have no
 * route out; every connection is on record.
 *
 * What nobody chose is closed: the default security group admits nothing, the default route table leads nowhere. The
 * default network ACL stays open, as it knows no connections: security groups and network policies decide.
 *
 * @example
 * new Network(stack, 'Network', {
 *   name: 'acgs-production',
 *   cidr: '10.0.0.0/16',
 *   zones: ['us-west-2a', 'us-west-2b', 'us-west-2c'],
 *   nat: 'per-zone',
 *   podAddressesPerZone: podAddresses(nodeGroups, 3),
 * });
 */
export class Network extends Construct {
  /** All that is wrong with range, zones, endpoints and flow logs; makes nothing. */
  static inspect(path: string, props: NetworkProps): Finding[] {
    const plan = planNetwork(props);
    const logGroup = { name: '/aws/vpc-flow-logs', retention: plan.flowLogRetention };
    return [
      ...inspect(path, plan, NETWORK_CHECKS),
      ...LogGroup.inspect(path, logGroup).map((finding) => ({ ...finding, prop: 'flowLogRetention' })),
    ];
  }

  /** Id of the VPC, a reference. */
  readonly vpcId: string;
  /** Range of the VPC; known at synthesis, as all ranges are. */
  readonly cidr: string;
  /** As declared, known at synthesis. */
  readonly zones: readonly string[];
  /** Ids, ranges and route tables of each tier stand in the order of `zones`. */
  readonly publicSubnetIds: readonly string[];
  /** Ranges of load balancers and NAT gateways, known at synthesis. */
  readonly publicSubnetCidrs: readonly string[];
  /** Subnets of nodes and pods, with a way out through NAT. */
  readonly privateSubnetIds: readonly string[];
  /** Ranges from which nodes and pods connect, for rules that let them in. */
  readonly privateSubnetCidrs: readonly string[];
  /** Subnets of stores, with no route out of the VPC. */
  readonly databaseSubnetIds: readonly string[];
  /** Ranges of stores, for egress rules and network policies. */
  readonly databaseSubnetCidrs: readonly string[];
  /** Where routes to peers and transit gateways go; public and database subnets share a table each. */
  readonly publicRouteTableId: string;
  /** One table for each zone, so that each can have its own NAT gateway. */
  readonly privateRouteTableIds: readonly string[];
  /** The one table of all database subnets: a route added here opens them all. */
  readonly databaseRouteTableId: string;
  /** Addresses from which private subnets reach the internet, one for each NAT gateway. */
  readonly outboundAddresses: readonly string[];
  /** Id of each NAT gateway by its zone, for alarms; with `nat: 'single'` the first zone has the only one. */
  readonly natGatewayIds: Readonly<Record<string, string>>;
  /** What boots in a private subnet of the same stack should depend on these, or it starts without a way out. */
  readonly outboundRoutes: readonly Route[];
  /** Group of the interface endpoints; undefined without any. */
  readonly endpointSecurityGroupId: string | undefined;
  /** Prefix list of S3, for egress rules of security groups; undefined without its gateway endpoint. */
  readonly s3PrefixListId: string | undefined;

  private readonly privateTier: SubnetTier;

  /** @throws InvalidPropsError listing every error that `inspect` finds. */
  constructor(scope: Construct, id: string, props: NetworkProps) {
    super(scope, id);
    const plan = planNetwork(props);
    enforce(this, Network.inspect(this.node.path, props));

    const { name: network, cidr, zones, nat, key } = plan;
    const vpcId = this.vpc(plan);
    const internet = new InternetGateway(this, 'InternetGateway', { vpcId, tags: { Name: network } });
    const publicRoutes = this.routeTable('PublicRoutes', vpcId, `${network}-public`);
    const databaseRoutes = this.routeTable('DatabaseRoutes', vpcId, `${network}-database`);
    new Route(this, 'PublicRoute', {
      routeTableId: publicRoutes.id,
      destinationCidrBlock: '0.0.0.0/0',
      gatewayId: internet.id,
    });

    const publicTier = this.tier('Public', 'public', vpcId, plan, publicRoutes);
    const privateTier = this.tier('Private', 'private', vpcId, plan);
    const databaseTier = this.tier('Database', 'database', vpcId, plan, databaseRoutes);
    const out = new NatGateways(this, 'Nat', { network, nat, zones, publicTier, privateTier, internet });
    const endpoints = new VpcEndpoints(this, 'Endpoints', { ...plan, network, vpcId, privateTier });
    new FlowLogs(this, 'FlowLogs', {
      network,
      vpcId,
      interval: plan.flowLogInterval,
      retention: plan.flowLogRetention,
      ...(key && { key }),
    });

    this.vpcId = vpcId;
    this.cidr = cidr;
    this.zones = zones;
    this.publicSubnetIds = publicTier.ids;
    this.publicSubnetCidrs = publicTier.cidrs;
    this.publicRouteTableId = publicRoutes.id;
    this.privateTier = privateTier;
    this.privateSubnetIds = privateTier.ids;
    this.privateSubnetCidrs = privateTier.cidrs;
    this.privateRouteTableIds = privateTier.routeTableIds;
    this.databaseSubnetIds = databaseTier.ids;
    this.databaseSubnetCidrs = databaseTier.cidrs;
    this.databaseRouteTableId = databaseRoutes.id;
    this.outboundAddresses = out.publicAddresses;
    this.natGatewayIds = out.gatewayIds;
    this.outboundRoutes = out.routes;
    this.endpointSecurityGroupId = endpoints.securityGroupId;
    this.s3PrefixListId = endpoints.s3PrefixListId;
  }

  /** The private subnet of a zone, for what must stand there: a node group of one zone. @throws RangeError for another zone. */
  privateSubnetId(zone: string): string {
    return this.privateTier.in(zone).id;
  }

  /** The VPC, and what comes with every VPC, emptied. */
  private vpc({ name, cidr }: NetworkPlan): string {
    const vpc = new Vpc(this, 'Resource', {
      cidrBlock: cidr,
      enableDnsSupport: true,
      enableDnsHostnames: true,
      tags: { Name: name },
    });
    new DefaultSecurityGroup(this, 'DefaultSecurityGroup', {
      vpcId: vpc.id,
      tags: { Name: `${name}-default-unused` },
    });
    new DefaultRouteTable(this, 'DefaultRouteTable', {
      defaultRouteTableId: vpc.defaultRouteTableId,
      route: [],
      tags: { Name: `${name}-default-unused` },
    });
    return vpc.id;
  }

  private tier(id: string, tier: Tier, vpcId: string, plan: NetworkPlan, routeTable?: RouteTable): SubnetTier {
    return new SubnetTier(this, id, {
      network: plan.name,
      vpcId,
      tier,
      subnets: planSubnets(Cidr.parse(plan.cidr), plan.zones)[tier],
      tags: discoveryTags(tier, plan.clusterName),
      ...(routeTable && { routeTable }),
    });
  }

  private routeTable(id: string, vpcId: string, name: string): RouteTable {
    return new RouteTable(this, id, { vpcId, tags: { Name: name } });
  }
}
