import type { EnvironmentSpec, PlatformSpec } from '../../lib/model';
import { costs, inspectCosts } from '../../lib/platform/cost-document';
import { Memory, Percent } from '../../lib/units';
import { environment } from '../support/environment';
import { ids } from '../support/findings';

interface Line {
  readonly item: string;
  readonly quantity: { readonly expected: number };
  readonly usd: { readonly min: number; readonly expected: number; readonly max: number };
  readonly source: string;
}

const document = (overrides: Partial<EnvironmentSpec> = {}, others: readonly EnvironmentSpec[] = []) => {
  const one = environment({ region: 'us-west-2', ...overrides });
  const platform: PlatformSpec = {
    name: 'shop',
    environments: [one, ...others],
    dns: { zone: 'example.com', account: '123456789012', region: 'us-west-2', state: { kind: 'local' } },
  };
  const text = costs(platform, one).get('monthly.json') ?? '{}';
  return { text, ...JSON.parse(text) };
};

const amounts = (lines: readonly Line[], item: string) => {
  const line = lines.find((one) => one.item === item);
  return line && [line.usd.min, line.usd.expected, line.usd.max];
};

describe('the cost of an environment', () => {
  const small = document({
    network: { cidr: '10.20.0.0/16', nat: 'single', interfaceEndpoints: [] },
    caches: [],
    databases: [],
  });

  test('is the sum of lines that anybody can work out by hand', () => {
    // Control plane 73; three m6i.large 210.24, at the most six; their volumes 12 and 24; one NAT gateway 32.85 and its
    // address 3.65; NAT data 2.25, 9 and 45; data between zones, twice, 2, 10 and 40; logs 5, 25 and 100.
    expect(small.total).toEqual({ min: 340.99, expected: 375.74, max: 738.98 });
  });

  test('says what it is about, when prices were read, and what it left out', () => {
    expect(small).toMatchObject({
      platform: 'shop',
      environment: 'production',
      region: 'us-west-2',
      asOf: '2026-11-21',
      currency: 'USD',
      period: 'month',
    });
    expect(small.assumptions[0]).toBe('List prices of us-east-1, read up to 2026-08-21, for 730 hours a month.');
    expect(small.unpriced.length).toBeGreaterThan(0);
    expect(small.lines.filter(({ source }: Line) => source === '')).toEqual([]);
  });

  test('is the same text in every run, and ends with a line', () => {
    expect(document().text).toBe(document().text);
    expect(document().text.endsWith('}\n')).toBe(true);
  });

  test('counts the endpoints that a network has by default', () => {
    const bill = document();
    // Thirteen endpoints in three zones at 0.01.
    expect(amounts(bill.lines, 'interface endpoints')).toEqual([284.7, 284.7, 284.7]);
    expect(bill.unpriced.map(({ item }: { item: string }) => item)).not.toContain('interface endpoints');
  });

  test('knows the storage of a replica from its primary', () => {
    const original = environment({ name: 'original' });
    const replica = {
      kind: 'replica' as const,
      name: 'main',
      of: { environment: 'original', database: 'main' },
      instanceClass: 'db.m6g.large',
      maxConnections: 500,
    };
    // 100 GB with a standby at 0.115.
    expect(amounts(document({ databases: [replica] }, [original]).lines, 'storage of main')).toEqual([23, 23, 23]);
  });

  test('counts the rules of its firewall, and of both where CloudFront stands before it', () => {
    const gateway = {
      name: 'gateway',
      scaling: { min: 2, max: 4, metrics: [{ on: 'cpu' as const, utilization: Percent.of(70) }] },
    };
    const rules = (delivery: 'load-balancer' | 'cloudfront') => {
      const { lines } = document({ gateway, edge: { healthPath: '/orders/health', delivery } });
      return ['firewall', 'rules of the firewall'].map(
        (item) => lines.find((line: Line) => line.item === item)?.quantity.expected,
      );
    };
    // The limit and four groups; behind CloudFront the list of addresses is left to the other.
    expect(rules('load-balancer')).toEqual([1, 5]);
    expect(rules('cloudfront')).toEqual([2, 9]);
  });
});

describe('what is to be paid for in advance', () => {
  const reserved = { share: Percent.of(50) };

  test('is what to buy, for how long and how, and is not in the sum', () => {
    const bill = document({ reserved });
    expect(bill.reservations).toMatchObject({
      share: '50%',
      termYears: 1,
      payment: 'partial-upfront',
      instances: [
        { service: 'ec2', type: 'm6i.large', alwaysRunning: 3, buy: 1, onDemandUsdPerHour: 0.096 },
        { service: 'rds', type: 'db.m6g.large', alwaysRunning: 2, buy: 1, onDemandUsdPerHour: 0.159 },
      ],
    });
    expect(bill.total).toEqual(document().total);
    expect(document()).not.toHaveProperty('reservations');
  });

  test('has findings of its own', () => {
    const wrong = environment({ reserved: { share: Percent.of(0) } });
    expect(inspectCosts('shop/production', wrong)).toMatchObject([
      { path: 'shop/production/reserved', check: 'reserved-share-is-a-part' },
    ]);
    expect(ids(inspectCosts('shop/production', environment({ reserved })))).toEqual([]);
    expect(inspectCosts('shop/production', environment())).toEqual([]);
  });
});

test('memory of the sample is what the sums above are made with', () => {
  expect(environment().databases).toMatchObject([{ storage: Memory.gib(100) }]);
});
