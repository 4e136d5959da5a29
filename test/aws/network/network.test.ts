import type { TerraformStack } from 'cdktf';
import { Network } from '../../../lib/aws/network/network';
import type { NetworkProps } from '../../../lib/aws/network/network-plan';
import { WARNING_METADATA } from '../../../lib/check';
import { type Block, onlyResource, resources, terraform } from '../../support/terraform';

const ZONES = ['us-west-2a', 'us-west-2b', 'us-west-2c'];

const valid: NetworkProps = { name: 'shop-production', cidr: '10.0.0.0/16', zones: ZONES, nat: 'per-zone' };

const build = (stack: TerraformStack, overrides: Partial<NetworkProps> = {}) =>
  new Network(stack, 'Network', { ...valid, ...overrides });

const synth = (overrides: Partial<NetworkProps> = {}) => terraform((stack) => build(stack, overrides));

/** The network's attributes, with references as Terraform reads them. */
function attributes(read: (network: Network) => unknown, overrides: Partial<NetworkProps> = {}): Block {
  const json = terraform((stack) => {
    stack.addOverride('output.read.value', read(build(stack, overrides)));
  });
  return { json, value: json.output.read.value };
}

/** Reference to the resource of that type whose Name tag is `name`. */
function reference(json: Block, type: string, name: string, attribute = 'id'): string {
  const found = Object.entries<Block>(json.resource[type]).filter(([, block]) => block.tags.Name === name);
  if (found.length !== 1) throw new Error(`expected one ${type} ${name}, found ${found.length}`);
  return `\${${type}.${found[0]?.[0]}.${attribute}}`;
}

const subnetRef = (json: Block, tier: string, zone: string) =>
  reference(json, 'aws_subnet', `shop-production-${tier}-${zone}`);

const subnetsOf = (json: Block, tier: string): Block[] =>
  resources(json, 'aws_subnet').filter(({ tags }) => tags['headroom.dev/tier'] === tier);

/** Default routes that a subnet follows, by way of its route table. */
function waysOut(json: Block, subnet: string): Block[] {
  const tables = resources(json, 'aws_route_table_association').filter(({ subnet_id }) => subnet_id === subnet);
  expect(tables).toHaveLength(1);
  return resources(json, 'aws_route').filter(({ route_table_id }) => route_table_id === tables[0].route_table_id);
}

const idsOf = (json: Block): string[] => Object.values<Block>(json.resource).flatMap((blocks) => Object.keys(blocks));

describe('Network', () => {
  test('adding a zone at the end changes nothing of the others but lists that name all zones', () => {
    const before = synth({ zones: ZONES.slice(0, 2) });
    const after = synth();
    expect(idsOf(after)).toEqual(expect.arrayContaining(idsOf(before)));
    for (const type of ['aws_subnet', 'aws_route_table', 'aws_nat_gateway', 'aws_eip', 'aws_route']) {
      expect(after.resource[type]).toMatchObject(before.resource[type]);
    }
  });

  test('needing more addresses, or another way out, moves no subnet', () => {
    for (const overrides of [{ podAddressesPerZone: 12_000 }, { nat: 'single' }] as const) {
      expect(synth(overrides).resource.aws_subnet).toEqual(synth().resource.aws_subnet);
    }
  });

  test('what holds addresses keeps its id', () => {
    const paths = (stack: TerraformStack) =>
      build(stack)
        .node.findAll()
        .map(({ node }) => node.path)
        .filter((path) => /\/(Public|Private|Database|Nat)\/[^/]+\/Resource$|Address$|Network\/Resource$/.test(path));
    terraform((stack) => {
      expect(paths(stack)).toEqual([
        'test/Network/Resource',
        ...['Public', 'Private', 'Database'].flatMap((tier) =>
          ZONES.map((zone) => `test/Network/${tier}/${zone}/Resource`),
        ),
        ...ZONES.flatMap((zone) => [`test/Network/Nat/${zone}/Address`, `test/Network/Nat/${zone}/Resource`]),
      ]);
    });
  });

  test('gives names to hosts and resolves them', () => {
    expect(onlyResource(synth(), 'aws_vpc')).toMatchObject({
      cidr_block: '10.0.0.0/16',
      enable_dns_hostnames: true,
      enable_dns_support: true,
      tags: { Name: 'shop-production' },
    });
  });

  test('opens no VPN gateway', () => {
    expect(synth().resource.aws_vpn_gateway).toBeUndefined();
  });

  test('same props, same bytes', () => {
    expect(JSON.stringify(synth())).toBe(JSON.stringify(synth()));
  });
});

describe('subnets', () => {
  test('each tier has one in each zone, where the plan puts it', () => {
    const json = synth();
    const laidOut = (tier: string) =>
      subnetsOf(json, tier).map(({ availability_zone, cidr_block }) => [availability_zone, cidr_block]);
    expect(laidOut('private')).toEqual([
      ['us-west-2a', '10.0.0.0/18'],
      ['us-west-2b', '10.0.64.0/18'],
      ['us-west-2c', '10.0.128.0/18'],
    ]);
    expect(laidOut('public')).toEqual([
      ['us-west-2a', '10.0.192.0/22'],
      ['us-west-2b', '10.0.196.0/22'],
      ['us-west-2c', '10.0.200.0/22'],
    ]);
    expect(laidOut('database')).toEqual([
      ['us-west-2a', '10.0.208.0/22'],
      ['us-west-2b', '10.0.212.0/22'],
      ['us-west-2c', '10.0.216.0/22'],
    ]);
  });

  test('none gives out public addresses', () => {
    expect(resources(synth(), 'aws_subnet').map(({ map_public_ip_on_launch }) => map_public_ip_on_launch)).toEqual(
      Array(9).fill(false),
    );
  });

  test('private ones keep three quarters for prefixes, others none', () => {
    const json = synth();
    const kept = resources(json, 'aws_ec2_subnet_cidr_reservation');
    expect(
      kept.map(({ subnet_id, cidr_block, reservation_type }) => [subnet_id, cidr_block, reservation_type]),
    ).toEqual([
      [subnetRef(json, 'private', 'us-west-2a'), '10.0.32.0/19', 'prefix'],
      [subnetRef(json, 'private', 'us-west-2a'), '10.0.16.0/20', 'prefix'],
      [subnetRef(json, 'private', 'us-west-2b'), '10.0.96.0/19', 'prefix'],
      [subnetRef(json, 'private', 'us-west-2b'), '10.0.80.0/20', 'prefix'],
      [subnetRef(json, 'private', 'us-west-2c'), '10.0.160.0/19', 'prefix'],
      [subnetRef(json, 'private', 'us-west-2c'), '10.0.144.0/20', 'prefix'],
    ]);
  });

  test.each([
    {
      it: 'by role alone without a cluster',
      overrides: {},
      expected: { public: { 'kubernetes.io/role/elb': '1' }, private: { 'kubernetes.io/role/internal-elb': '1' } },
    },
    {
      it: 'by role and cluster with one',
      overrides: { clusterName: 'shop' },
      expected: {
        public: { 'kubernetes.io/role/elb': '1', 'kubernetes.io/cluster/shop': 'shared' },
        private: {
          'kubernetes.io/role/internal-elb': '1',
          'kubernetes.io/cluster/shop': 'shared',
          'karpenter.sh/discovery': 'shop',
        },
      },
    },
  ])('controllers find them $it', ({ overrides, expected }) => {
    const json = synth(overrides);
    for (const tier of ['public', 'private', 'database'] as const) {
      const tags = { ...expected, database: {} }[tier];
      expect(subnetsOf(json, tier).map((subnet) => subnet.tags)).toEqual(
        ZONES.map((zone) => ({ Name: `shop-production-${tier}-${zone}`, 'headroom.dev/tier': tier, ...tags })),
      );
    }
  });
});

describe('ways out', () => {
  test('public subnets reach the internet gateway, private ones the NAT gateway of their zone, stores nothing', () => {
    const json = synth();
    for (const zone of ZONES) {
      expect(waysOut(json, subnetRef(json, 'public', zone))).toMatchObject([
        {
          destination_cidr_block: '0.0.0.0/0',
          gateway_id: reference(json, 'aws_internet_gateway', 'shop-production'),
        },
      ]);
      expect(waysOut(json, subnetRef(json, 'private', zone))).toMatchObject([
        {
          destination_cidr_block: '0.0.0.0/0',
          nat_gateway_id: reference(json, 'aws_nat_gateway', `shop-production-nat-${zone}`),
        },
      ]);
      expect(waysOut(json, subnetRef(json, 'database', zone))).toEqual([]);
    }
  });

  test('each NAT gateway stands in the public subnet of its zone with an address of its own', () => {
    const json = synth();
    for (const zone of ZONES) {
      const name = `shop-production-nat-${zone}`;
      const [gateway] = resources(json, 'aws_nat_gateway').filter(({ tags }) => tags.Name === name);
      expect(gateway).toMatchObject({
        subnet_id: subnetRef(json, 'public', zone),
        allocation_id: reference(json, 'aws_eip', name),
      });
    }
    expect(resources(json, 'aws_eip').map(({ domain }) => domain)).toEqual(['vpc', 'vpc', 'vpc']);
  });

  test('nothing that needs the internet gateway is made before it', () => {
    const json = synth();
    const gateway = reference(json, 'aws_internet_gateway', 'shop-production').slice(2, -'.id}'.length);
    for (const block of [...resources(json, 'aws_eip'), ...resources(json, 'aws_nat_gateway')]) {
      expect(block.depends_on).toEqual([gateway]);
    }
  });

  test('a single NAT gateway in the first zone serves all', () => {
    const json = synth({ nat: 'single' });
    const gateway = reference(json, 'aws_nat_gateway', 'shop-production-nat-us-west-2a');
    expect(resources(json, 'aws_nat_gateway')).toHaveLength(1);
    expect(resources(json, 'aws_eip')).toHaveLength(1);
    for (const zone of ZONES) {
      expect(waysOut(json, subnetRef(json, 'private', zone))).toMatchObject([{ nat_gateway_id: gateway }]);
    }
  });

  test('going from one gateway to one a zone keeps the first and its address', () => {
    const [single, perZone] = [synth({ nat: 'single' }), synth()];
    for (const type of ['aws_nat_gateway', 'aws_eip', 'aws_route_table', 'aws_route_table_association']) {
      expect(perZone.resource[type]).toMatchObject(single.resource[type]);
    }
  });

  test('what nobody chose leads nowhere', () => {
    const json = synth();
    const group = onlyResource(json, 'aws_default_security_group');
    expect(group.vpc_id).toBe(reference(json, 'aws_vpc', 'shop-production'));
    expect(group).not.toHaveProperty('ingress');
    expect(group).not.toHaveProperty('egress');
    expect(onlyResource(json, 'aws_default_route_table')).toMatchObject({
      default_route_table_id: reference(json, 'aws_vpc', 'shop-production', 'default_route_table_id'),
      route: [],
    });
    expect(json.resource.aws_default_network_acl).toBeUndefined();
  });
});

describe('attributes', () => {
  test.each(['public', 'private', 'database'] as const)('ids and ranges of %s subnets follow the zones', (tier) => {
    const { json, value } = attributes((network) => [network[`${tier}SubnetIds`], network[`${tier}SubnetCidrs`]]);
    const [ids, cidrs] = value;
    expect(ids).toEqual(ZONES.map((zone) => subnetRef(json, tier, zone)));
    expect(cidrs).toEqual(subnetsOf(json, tier).map(({ cidr_block }) => cidr_block));
    expect(cidrs.join()).toMatch(/^[\d./,]+$/);
  });

  test('the VPC, its range and its zones', () => {
    const { json, value } = attributes(({ vpcId, cidr, zones }) => ({ vpcId, cidr, zones }));
    expect(value).toEqual({ vpcId: reference(json, 'aws_vpc', 'shop-production'), cidr: '10.0.0.0/16', zones: ZONES });
  });

  test('route tables, for routes to peers', () => {
    const { json, value } = attributes(({ publicRouteTableId, privateRouteTableIds, databaseRouteTableId }) => [
      publicRouteTableId,
      databaseRouteTableId,
      ...privateRouteTableIds,
    ]);
    const names = ['public', 'database', ...ZONES.map((zone) => `private-${zone}`)];
    expect(value).toEqual(names.map((name) => reference(json, 'aws_route_table', `shop-production-${name}`)));
    const followed = resources(json, 'aws_route_table_association').map(({ route_table_id }) => route_table_id);
    expect(new Set(followed)).toEqual(new Set(value));
  });

  test('addresses that others see, and the routes to them', () => {
    const { json, value } = attributes(({ outboundAddresses, outboundRoutes }) => [
      outboundAddresses,
      outboundRoutes.length,
    ]);
    const seen = ZONES.map((zone) => reference(json, 'aws_eip', `shop-production-nat-${zone}`, 'public_ip'));
    expect(value).toEqual([seen, 3]);
    expect(attributes(({ outboundAddresses }) => outboundAddresses, { nat: 'single' }).value).toHaveLength(1);
  });

  test('each NAT gateway by its zone', () => {
    const { json, value } = attributes(({ natGatewayIds }) => natGatewayIds);
    expect(value).toEqual({
      'us-west-2a': reference(json, 'aws_nat_gateway', 'shop-production-nat-us-west-2a'),
      'us-west-2b': reference(json, 'aws_nat_gateway', 'shop-production-nat-us-west-2b'),
      'us-west-2c': reference(json, 'aws_nat_gateway', 'shop-production-nat-us-west-2c'),
    });
    const single = attributes(({ natGatewayIds }) => natGatewayIds, { nat: 'single' });
    expect(single.value).toEqual({
      'us-west-2a': reference(single.json, 'aws_nat_gateway', 'shop-production-nat-us-west-2a'),
    });
  });

  test('the private subnet of a zone by its name', () => {
    const { json, value } = attributes((network) => network.privateSubnetId('us-west-2b'));
    expect(value).toBe(subnetRef(json, 'private', 'us-west-2b'));
    expect(() => attributes((network) => network.privateSubnetId('us-west-2d'))).toThrow(
      'zone must be one of us-west-2a, us-west-2b, us-west-2c, got us-west-2d',
    );
  });

  test('the VPC is the default child', () => {
    terraform((stack) => expect(build(stack).node.defaultChild).toMatchObject({ cidrBlockInput: '10.0.0.0/16' }));
  });

  test('a warning stays with the network', () => {
    terraform((stack) => {
      const kept = build(stack, { nat: 'single' }).node.metadata.filter(({ type }) => type === WARNING_METADATA);
      expect(kept.map(({ data }) => data.check)).toEqual(['network-nat-survives-a-zone']);
    });
  });
});
