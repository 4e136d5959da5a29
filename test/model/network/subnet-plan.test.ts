import fc from 'fast-check';
import { Cidr } from '../../../lib/model/network/cidr';
import {
  planSubnets,
  podCapacity,
  prefixBlocks,
  type SubnetPlan,
  smallestVpcFor,
} from '../../../lib/model/network/subnet-plan';

const ZONES = ['us-west-2a', 'us-west-2b', 'us-west-2c'];

const cidrs = ({ public: publics, private: privates, database, free }: SubnetPlan) => ({
  public: publics.map(({ cidr }) => `${cidr}`),
  private: privates.map(({ cidr }) => `${cidr}`),
  database: database.map(({ cidr }) => `${cidr}`),
  free: `${free}`,
});

const everything = (plan: SubnetPlan): Cidr[] => [
  ...[...plan.public, ...plan.private, ...plan.database].map(({ cidr }) => cidr),
  plan.free,
];

describe('planSubnets', () => {
  test('gives private subnets a quarter each and packs the other tiers into the last quarter', () => {
    expect(cidrs(planSubnets(Cidr.parse('10.0.0.0/16'), ZONES))).toEqual({
      private: ['10.0.0.0/18', '10.0.64.0/18', '10.0.128.0/18'],
      public: ['10.0.192.0/22', '10.0.196.0/22', '10.0.200.0/22'],
      database: ['10.0.208.0/22', '10.0.212.0/22', '10.0.216.0/22'],
      free: '10.0.224.0/19',
    });
  });

  test('shrinks in proportion in a smaller VPC', () => {
    expect(cidrs(planSubnets(Cidr.parse('10.9.16.0/20'), ZONES))).toEqual({
      private: ['10.9.16.0/22', '10.9.20.0/22', '10.9.24.0/22'],
      public: ['10.9.28.0/26', '10.9.28.64/26', '10.9.28.128/26'],
      database: ['10.9.29.0/26', '10.9.29.64/26', '10.9.29.128/26'],
      free: '10.9.30.0/23',
    });
  });

  test('names the zone of each subnet, in the order of the zones', () => {
    const plan = planSubnets(Cidr.parse('10.0.0.0/16'), ZONES);
    for (const tier of [plan.public, plan.private, plan.database]) expect(tier.map(({ zone }) => zone)).toEqual(ZONES);
  });

  test('a zone added at the end moves no subnet', () => {
    const two = planSubnets(Cidr.parse('10.0.0.0/16'), ZONES.slice(0, 2));
    const three = planSubnets(Cidr.parse('10.0.0.0/16'), ZONES);
    expect(three.private.slice(0, 2)).toEqual(two.private);
    expect(three.public.slice(0, 2)).toEqual(two.public);
    expect(three.database.slice(0, 2)).toEqual(two.database);
    expect(three.free).toEqual(two.free);
  });

  test('refuses a fourth zone, which has no quarter', () => {
    expect(() => planSubnets(Cidr.parse('10.0.0.0/16'), [...ZONES, 'us-west-2d'])).toThrow('3 zones, not 4');
  });

  test('subnets lie inside the VPC, do not overlap, and are of sizes that AWS creates', () => {
    const vpcs = fc
      .tuple(fc.nat(255), fc.nat(255), fc.integer({ min: 16, max: 20 }))
      .map(([b, c, prefix]) => Cidr.enclosing(`10.${b}.${c}.0/${prefix}`) as Cidr);
    fc.assert(
      fc.property(vpcs, fc.integer({ min: 1, max: 3 }), (vpc, zones) => {
        const blocks = everything(planSubnets(vpc, ZONES.slice(0, zones)));
        expect(blocks).toHaveLength(3 * zones + 1);
        expect(blocks.every((block) => vpc.contains(block))).toBe(true);
        expect(blocks.some((block, i) => blocks.some((other, j) => i !== j && block.overlaps(other)))).toBe(false);
        expect(blocks.every(({ prefix }) => prefix >= 16 && prefix <= 26)).toBe(true);
      }),
    );
  });
});

describe('room for pods', () => {
  test('the upper three quarters of a private subnet are kept for prefixes', () => {
    expect(prefixBlocks(Cidr.parse('10.0.64.0/18')).map(String)).toEqual(['10.0.80.0/20', '10.0.96.0/19']);
  });

  test.each([
    { subnet: '10.0.0.0/18', capacity: 12_272 },
    { subnet: '10.0.0.0/22', capacity: 752 },
  ])('$subnet holds $capacity addresses for pods', ({ subnet, capacity }) => {
    expect(podCapacity(Cidr.parse(subnet))).toBe(capacity);
  });

  test.each([
    { addresses: 1, prefix: 20 },
    { addresses: 752, prefix: 20 },
    { addresses: 753, prefix: 19 },
    { addresses: 1520, prefix: 19 },
    { addresses: 1521, prefix: 18 },
    { addresses: 6128, prefix: 17 },
    { addresses: 6129, prefix: 16 },
    { addresses: 12_272, prefix: 16 },
    { addresses: 12_273, prefix: undefined },
    { addresses: Number.NaN, prefix: undefined },
  ])('$addresses addresses a zone need a /$prefix', ({ addresses, prefix }) => {
    expect(smallestVpcFor(addresses)).toBe(prefix);
  });
});
