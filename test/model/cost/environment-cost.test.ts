import fc from 'fast-check';
import type { EnvironmentSpec, NodeGroupSpec } from '../../../lib/model';
import { environmentCost } from '../../../lib/model/cost/environment-cost';
import type { MonthlyCost } from '../../../lib/model/cost/monthly-cost';
import { isRange } from '../../../lib/model/cost/range';
import type { MonthlyUsage } from '../../../lib/model/cost/usage';
import { Cpu, Memory } from '../../../lib/units';
import { environment, service } from '../../support/environment';

const cost = (overrides: Partial<EnvironmentSpec> = {}, usage: MonthlyUsage = {}): MonthlyCost =>
  environmentCost(environment({ region: 'us-west-2', ...overrides }), usage);

const usd = ({ lines }: MonthlyCost, item: string): readonly number[] | undefined => {
  const line = lines.find((one) => one.item === item);
  return line && [line.usd.min, line.usd.expected, line.usd.max];
};

const reason = ({ unpriced }: MonthlyCost, item: string): string | undefined =>
  unpriced.find((one) => one.item === item)?.reason;

const withGroup = (group: Partial<NodeGroupSpec>): MonthlyCost => {
  const base = environment().cluster;
  return cost({
    cluster: {
      ...base,
      nodeGroups: [
        { name: 'general', instanceTypes: ['m5.large', 'm5.xlarge'], min: 3, max: 20, desired: 6, ...group },
      ],
    },
  });
};

describe('nodes', () => {
  test('range from the cheapest type at the minimum to the dearest at the maximum', () => {
    // 3 x 0.096, 6 x 0.096 and 20 x 0.192, for 730 hours each; 50 GiB a node at 0.08.
    expect(usd(withGroup({}), 'nodes of general')).toEqual([210.24, 420.48, 2803.2]);
    expect(usd(withGroup({}), 'root volumes of general')).toEqual([12, 24, 80]);
  });

  test('of one zone each count in each of the three', () => {
    expect(usd(withGroup({ zones: 'each' }), 'nodes of general')).toEqual([630.72, 1261.44, 8409.6]);
  });

  test('on spot cost two fifths as planned, and as much as on demand at worst', () => {
    // 3 x 0.096 x 0.3, 6 x 0.096 x 0.4 and 20 x 0.192.
    expect(usd(withGroup({ capacity: 'spot' }), 'nodes of general')).toEqual([63.07, 168.19, 2803.2]);
  });

  test('of an unknown type are listed, their volumes are priced', () => {
    const unknown = withGroup({ instanceTypes: ['m5.large', 'x9.large'], rootVolume: Memory.gib(100) });
    expect(usd(unknown, 'nodes of general')).toBeUndefined();
    expect(reason(unknown, 'nodes of general')).toContain('x9.large');
    expect(usd(unknown, 'root volumes of general')).toEqual([24, 48, 160]);
    expect(reason(withGroup({ instanceTypes: [] }), 'nodes of general')).toBeDefined();
  });

  test('on spot that follow from a share are billed, at the most as many as the cap leaves', () => {
    const { cluster } = environment();
    const nodeGroups = [{ name: 'general', instanceTypes: ['m5.large'], min: 3, max: 20, desired: 6 }];
    const spot = { instanceTypes: ['m5.large', 'm6i.large', 'm6a.large'] };
    const bill = cost({ cluster: { ...cluster, nodeGroups, spot } });
    // 12 CPUs on demand: 3 nodes of 2. None at the least, 3 x 0.096 x 0.4 as planned, 3 x 0.096 at the most.
    expect(usd(bill, 'nodes of spot')).toEqual([0, 84.1, 210.24]);
    expect(usd(bill, 'nodes of general')).toEqual(
      usd(cost({ cluster: { ...cluster, nodeGroups } }), 'nodes of general'),
    );
    expect(bill.assumptions.join()).toContain('spot has its first nodes');
    expect(cost().assumptions.join()).not.toContain('spot');
  });

  const pools = (poolUse?: MonthlyUsage['poolUse']): MonthlyCost =>
    cost(
      {
        cluster: {
          ...environment().cluster,
          autoscaler: 'karpenter',
          karpenter: {
            imageVersion: 'v20260818',
            pools: [
              {
                name: 'web',
                onDemandTypes: ['m5.large', 'c5.large'],
                spotTypes: ['m5.large'],
                limits: { cpu: Cpu.cores(100), memory: Memory.gib(400) },
              },
            ],
          },
        },
      },
      poolUse && { poolUse },
    );

  test('that Karpenter makes are billed by the core, up to the limits of their pools', () => {
    // c5.large 0.0425 and m5.large 0.048 a core; half of 100 as planned, all at the most.
    expect(usd(pools(), 'cores of pool web-on-demand')).toEqual([0, 1752, 3504]);
    // 30 of them on spot: half at 40 % of the price, all at the full.
    expect(usd(pools(), 'cores of pool web-spot')).toEqual([0, 210.24, 1051.2]);
    expect(reason(pools(), 'root volumes of pool web-spot')).toBeDefined();
    expect(reason(pools(), 'nodes that Karpenter makes')).toBeUndefined();
    expect(pools().assumptions.join()).toContain('used by half');
  });

  test('that Karpenter makes are billed by stated use', () => {
    const stated = pools({ min: 0.1, expected: 0.2, max: 0.3 });
    expect(usd(stated, 'cores of pool web-on-demand')).toEqual([310.25, 700.8, 1051.2]);
    expect(stated.assumptions.join()).not.toContain('used by half');
  });

  test('of a pool with an unknown type are listed', () => {
    const { cluster } = environment();
    const limits = { cpu: Cpu.cores(8), memory: Memory.gib(32) };
    const karpenter = { imageVersion: 'v1', pools: [{ name: 'odd', instanceTypes: ['x9.large', 'm5.large'], limits }] };
    expect(
      reason(cost({ cluster: { ...cluster, autoscaler: 'karpenter', karpenter } }), 'cores of pool odd'),
    ).toBeDefined();
  });

  test('that no cluster owns are billed like others', () => {
    const instances = [{ service: service('legal'), instanceTypes: ['m5.large'], min: 2, max: 10, desired: 2 }];
    // 0.096 x 730.
    expect(usd(cost({ instances }), 'nodes of legal')).toEqual([140.16, 140.16, 700.8]);
  });

  test('that Karpenter makes are listed', () => {
    const { cluster } = environment();
    expect(
      reason(cost({ cluster: { ...cluster, autoscaler: 'karpenter' } }), 'nodes that Karpenter makes'),
    ).toBeDefined();
    expect(reason(cost(), 'nodes that Karpenter makes')).toBeUndefined();
  });
});

describe('the control plane', () => {
  test.each([
    { it: 'costs 73 USD', version: '1.35', asOf: '2026-11-21', expected: 73 },
    { it: 'costs six times that in extended support', version: '1.32', asOf: '2026-11-21', expected: 438 },
    {
      it: 'is the default on the last day of its standard support',
      version: undefined,
      asOf: '2027-03-27',
      expected: 73,
    },
    { it: 'is the default on the day after', version: undefined, asOf: '2027-03-28', expected: 438 },
  ])('$it', ({ version, asOf, expected }) => {
    const cluster = { ...environment().cluster, ...(version && { version }) };
    expect(usd(cost({ cluster, asOf }), 'control plane')).toEqual([expected, expected, expected]);
  });

  test('the host that leads to it is listed where there is one', () => {
    const { cluster } = environment();
    expect(reason(cost(), 'access host')).toContain('t4g.nano');
    const routed = cost({ cluster: { ...cluster, apiAccess: { through: 'private-network', cidrs: ['10.9.0.0/16'] } } });
    expect(reason(routed, 'access host')).toBeUndefined();
  });
});

const database = {
  name: 'main',
  databaseName: 'acgs',
  version: '15',
  instanceClass: 'db.r5.xlarge',
  storage: Memory.gib(500),
  maxStorage: Memory.gib(1000),
  maxConnections: 3400,
};

describe('databases', () => {
  test('count twice with a standby, and grow to their maximum', () => {
    // 2 x 0.50 x 730; 2 x 500 and 2 x 1000 at 0.115.
    const both = cost({ databases: [database] });
    expect(usd(both, 'instance of main')).toEqual([730, 730, 730]);
    expect(usd(both, 'storage of main')).toEqual([115, 115, 230]);
  });

  test('count once without', () => {
    const alone = cost({ databases: [{ ...database, multiAz: false }] });
    expect(usd(alone, 'instance of main')).toEqual([365, 365, 365]);
    expect(usd(alone, 'storage of main')).toEqual([57.5, 57.5, 115]);
  });

  test('of a class without a price are listed, never nothing', () => {
    const unknown = cost({ databases: [{ ...database, instanceClass: 'db.r7g.xlarge' }] });
    expect(usd(unknown, 'instance of main')).toBeUndefined();
    expect(reason(unknown, 'instance of main')).toContain('db.r7g.xlarge');
    expect(usd(unknown, 'storage of main')).toEqual([115, 115, 230]);
  });

  test('with faster storage say that it is not priced', () => {
    expect(reason(cost({ databases: [{ ...database, iops: 13_000 }] }), 'faster storage of main')).toBeDefined();
    expect(
      reason(cost({ databases: [{ ...database, throughputMibps: 600 }] }), 'faster storage of main'),
    ).toBeDefined();
    expect(reason(cost({ databases: [database] }), 'faster storage of main')).toBeUndefined();
  });

  const replica = {
    kind: 'replica' as const,
    name: 'main',
    of: { environment: 'production', database: 'main' },
    instanceClass: 'db.r5.xlarge',
    maxConnections: 3400,
  };

  test('that follow another have its storage, once that is stated', () => {
    const unstated = cost({ databases: [replica] });
    expect(usd(unstated, 'instance of main')).toEqual([730, 730, 730]);
    expect(reason(unstated, 'storage of main')).toBeDefined();
    const stated = cost({ databases: [replica] }, { primaries: { main: database } });
    expect(usd(stated, 'storage of main')).toEqual([115, 115, 230]);
    expect(reason(stated, 'storage of main')).toBeUndefined();
  });

  test('that follow another take its standby and keep their own words', () => {
    const single = { ...database, multiAz: false };
    const follower = cost(
      { databases: [{ ...replica, maxStorage: Memory.gib(2000) }] },
      { primaries: { main: single } },
    );
    expect(usd(follower, 'instance of main')).toEqual([365, 365, 365]);
    expect(usd(follower, 'storage of main')).toEqual([57.5, 57.5, 230]);
  });

  test('that are a pod cost a volume', () => {
    const pod = cost({
      databases: [{ kind: 'server', name: 'main', databaseName: 'shop', maxConnections: 100, storage: Memory.gib(25) }],
    });
    expect(usd(pod, 'volumes of main')).toEqual([2, 2, 2]);
    expect(usd(pod, 'instance of main')).toBeUndefined();
  });
});

describe('caches', () => {
  test('in the cluster cost a volume for each member', () => {
    // 3 shards of 2, each twice 1 GiB.
    expect(usd(cost({ caches: [{ name: 'cache', memory: Memory.gib(1) }] }), 'volumes of cache')).toEqual([
      0.96, 0.96, 0.96,
    ]);
  });

  test('of one pod cost one', () => {
    const single = cost({ caches: [{ kind: 'server', name: 'cache', memory: Memory.gib(5) }] });
    expect(usd(single, 'volumes of cache')).toEqual([0.8, 0.8, 0.8]);
  });

  test.each([
    { engine: 'redis' as const, expected: [601.52, 601.52, 601.52] },
    { engine: 'valkey' as const, expected: [481.22, 601.52, 601.52] },
  ])('managed ones cost four nodes of $engine', ({ engine, expected }) => {
    // 2 shards of 2 nodes at 0.206 for 730 hours; Valkey may be a fifth less.
    const managed = cost({
      caches: [{ kind: 'replication-group', name: 'cache', engine, nodeType: 'cache.r6g.large', shards: 2 }],
    });
    expect(usd(managed, 'nodes of cache')).toEqual(expected);
  });

  test('of a node without a price are listed', () => {
    const unknown = cost({ caches: [{ kind: 'replication-group', name: 'cache', nodeType: 'cache.m6g.large' }] });
    expect(usd(unknown, 'nodes of cache')).toBeUndefined();
    expect(reason(unknown, 'nodes of cache')).toContain('cache.m6g.large');
  });

  test('vectors have a volume for data and one for snapshots', () => {
    const vectors = cost({
      vectorDatabases: [{ name: 'vectors', storage: Memory.gib(100), snapshots: Memory.gib(50) }],
    });
    expect(usd(vectors, 'volumes of vectors')).toEqual([12, 12, 12]);
  });
});

describe('the edge', () => {
  const edge = { healthPath: '/orders/health' };

  test('costs by lists, rules and millions of requests', () => {
    const bill = cost({ edge }, { firewall: { lists: 1, rules: 5 } });
    expect(usd(bill, 'firewall')).toEqual([5, 5, 5]);
    expect(usd(bill, 'rules of the firewall')).toEqual([5, 5, 5]);
    expect(usd(bill, 'requests that the firewall looks at')).toEqual([3, 12, 60]);
    const stated = { min: 1, expected: 2, max: 3 };
    expect(usd(cost({ edge }, { firewallMillions: stated }), 'requests that the firewall looks at')).toEqual([
      0.6, 1.2, 1.8,
    ]);
  });

  test('has rules that are listed while nobody states their number', () => {
    expect(reason(cost({ edge }), 'rules of the firewall')).toBeDefined();
    expect(usd(cost({ edge }), 'firewall')).toBeUndefined();
  });

  test('is on no bill without one', () => {
    expect(usd(cost(), 'requests that the firewall looks at')).toBeUndefined();
    expect(reason(cost(), 'rules of the firewall')).toBeUndefined();
  });
});

describe('backups', () => {
  test('in another region cost what is stored, and nothing before the first', () => {
    // 500 and 1000 GB at 0.095.
    const bill = cost({ databases: [database], backups: { copyRegion: 'us-east-1' } });
    expect(usd(bill, 'copy of main in us-east-1')).toEqual([0, 47.5, 95]);
    expect(bill.assumptions.join()).toContain('as large as its storage');
  });

  test('cost nothing that is known where none are declared', () => {
    expect(cost({ databases: [database] }).lines.filter(({ item }) => item.startsWith('copy'))).toEqual([]);
  });
});

describe('the network', () => {
  test.each([
    { nat: 'per-zone' as const, gateways: 98.55, addresses: 10.95 },
    { nat: 'single' as const, gateways: 32.85, addresses: 3.65 },
  ])('$nat NAT costs $gateways USD, and its addresses $addresses', ({ nat, gateways, addresses }) => {
    const network = cost({ network: { cidr: '10.20.0.0/16', nat } });
    expect(usd(network, 'NAT gateways')).toEqual([gateways, gateways, gateways]);
    expect(usd(network, 'public addresses')).toEqual([addresses, addresses, addresses]);
  });

  test('where users reach something there is a load balancer, with an address in each zone', () => {
    const reached = cost({ services: [service('shop', { isPublic: true })] });
    expect(usd(reached, 'load balancer')).toEqual([16.43, 16.43, 16.43]);
    expect(usd(reached, 'public addresses')).toEqual([21.9, 21.9, 21.9]);
    expect(usd(reached, 'answers to users')).toEqual([9, 45, 180]);
    expect(usd(cost(), 'load balancer')).toBeUndefined();
    expect(usd(cost(), 'answers to users')).toBeUndefined();
  });

  test('endpoints cost by zone and hour, once they are known', () => {
    const network = { cidr: '10.20.0.0/16', nat: 'single' as const };
    const declared = cost({ network: { ...network, interfaceEndpoints: ['ecr.api', 'ecr.dkr'] } });
    expect(usd(declared, 'interface endpoints')).toEqual([43.8, 43.8, 43.8]);
    expect(usd(cost({ network }, { interfaceEndpoints: ['sts'] }), 'interface endpoints')).toEqual([21.9, 21.9, 21.9]);
    expect(reason(cost({ network }), 'interface endpoints')).toBeDefined();
    const none = cost({ network: { ...network, interfaceEndpoints: [] } }, { interfaceEndpoints: ['sts'] });
    expect(usd(none, 'interface endpoints')).toEqual([0, 0, 0]);
    expect(usd(none, 'data through interface endpoints')).toEqual([0, 0, 0]);
  });

  test('data between zones is paid for twice', () => {
    const gb = { min: 100, expected: 200, max: 300 };
    expect(usd(cost({}, { crossZoneGb: gb }), 'data between zones')).toEqual([2, 4, 6]);
  });

  test('stated amounts take the place of assumed ones', () => {
    const gb = { min: 10, expected: 20, max: 30 };
    const stated = cost({}, { natGb: gb, logGb: gb });
    expect(usd(stated, 'data through NAT')).toEqual([0.45, 0.9, 1.35]);
    expect(usd(stated, 'logs')).toEqual([5, 10, 15]);
    expect(usd(cost(), 'logs')).toEqual([5, 25, 100]);
  });

  test('work of the load balancer is counted by the hour', () => {
    const units = { min: 1, expected: 2, max: 3 };
    const reached = cost({ services: [service('shop', { isPublic: true })] }, { loadBalancerUnits: units });
    expect(usd(reached, 'work of the load balancer')).toEqual([5.84, 11.68, 17.52]);
  });
});

describe('the bill', () => {
  test('is the sum of its lines', () => {
    const { lines, usd: sum } = cost();
    expect(sum.expected).toBeCloseTo(
      lines.reduce((all, line) => all + line.usd.expected, 0),
      2,
    );
    expect(sum.max).toBeGreaterThan(sum.expected);
    expect(sum.expected).toBeGreaterThan(sum.min);
  });

  test('of every line says where its price was read', () => {
    expect(cost().lines.filter(({ source }) => source === '')).toEqual([]);
  });

  test('names what no declaration says', () => {
    expect(cost().unpriced.map(({ item }) => item)).toEqual(
      expect.arrayContaining(['backups', 'keys and secrets', 'taxes and support']),
    );
  });

  test('says where prices do not hold', () => {
    const words = (region: string) => cost({ region }).assumptions.join('\n');
    expect(words('eu-central-1')).toContain('eu-central-1 is dearer');
    expect(words('us-east-1')).not.toContain('dearer');
    expect(words('us-west-2')).not.toContain('dearer');
  });

  test('says so while any traffic is assumed', () => {
    const gb = { min: 1, expected: 1, max: 1 };
    const all = { natGb: gb, internetGb: gb, crossZoneGb: gb, endpointGb: gb, loadBalancerUnits: gb, logGb: gb };
    expect(cost({}, all).assumptions).toHaveLength(1);
    expect(cost({}, { ...all, logGb: undefined } as unknown as MonthlyUsage).assumptions).toHaveLength(2);
    const edge = { healthPath: '/orders/health' };
    expect(cost({ edge }, all).assumptions).toHaveLength(2);
    expect(cost({ edge }, { ...all, firewallMillions: gb }).assumptions).toHaveLength(1);
  });

  test('more nodes never cost less, and every range ascends', () => {
    const size = fc.integer({ min: 1, max: 400 });
    fc.assert(
      fc.property(size, size, (desired, more) => {
        const small = withGroup({ min: 1, desired, max: 450 });
        const large = withGroup({ min: 1, desired: Math.min(450, desired + more), max: 450 });
        expect(large.usd.expected).toBeGreaterThanOrEqual(small.usd.expected);
        expect(small.lines.every((line) => isRange(line.usd))).toBe(true);
      }),
    );
  });
});
