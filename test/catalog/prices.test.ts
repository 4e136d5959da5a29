import {
  HOURS_PER_MONTH,
  PRICED_REGIONS,
  PRICES,
  type PriceName,
  SPOT_SAVING,
  unitPrice,
} from '../../lib/catalog/prices';

test.each([
  { name: 'eks-control-plane' as const, hours: 730, usd: 73 },
  { name: 'eks-control-plane-extended' as const, hours: 730, usd: 438 },
  { name: 'nat-gateway' as const, hours: 730, usd: 32.85 },
  { name: 'load-balancer' as const, hours: 730, usd: 16.425 },
  { name: 'public-ipv4' as const, hours: 730, usd: 3.65 },
])('a month of $name is $usd USD', ({ name, hours, usd }) => {
  expect(unitPrice(name).unit).toBe('hour');
  expect(unitPrice(name).usd * hours).toBeCloseTo(usd);
});

test('a gigabyte costs what the price lists said', () => {
  const usd = Object.fromEntries(Object.entries(PRICES.facts).map(([name, price]) => [name, price.usd]));
  expect(usd).toMatchObject({
    'nat-gateway-data': 0.045,
    'interface-endpoint-data': 0.01,
    'gp3-storage': 0.08,
    'rds-storage': 0.115,
    'cross-zone-data': 0.01,
    'internet-data': 0.09,
    'log-ingestion': 0.5,
    'rds-backup': 0.095,
  });
});

test('a firewall costs by the list, by the rule and by what it looks at', () => {
  expect(['web-acl', 'web-acl-rule', 'web-acl-requests'].map((name) => unitPrice(name as PriceName))).toMatchObject([
    { usd: 5, unit: 'month' },
    { usd: 1, unit: 'month' },
    { usd: 0.6, unit: 'million' },
  ]);
});

test('what is stored is counted by the month, what flows is not', () => {
  const storage = Object.entries(PRICES.facts).filter(([, { unit }]) => unit === 'GB-month');
  expect(storage.map(([name]) => name)).toEqual(['gp3-storage', 'rds-storage', 'rds-backup']);
});

test('every price is more than nothing and says where it was read', () => {
  for (const { usd, source } of Object.values(PRICES.facts)) {
    expect(usd).toBeGreaterThan(0);
    expect(source).not.toBe('');
  }
});

test('a month has 730 hours, and the lists are those of two regions', () => {
  expect([HOURS_PER_MONTH, PRICED_REGIONS]).toEqual([730, ['us-east-1', 'us-west-2']]);
});

test('savings on spot are planned with, and may be none', () => {
  expect(SPOT_SAVING.facts).toEqual({ least: 0, expected: 60, most: 70 });
});
