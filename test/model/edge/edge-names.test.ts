import type { PlatformSpec } from '../../../lib/model';
import { edgeNames, isReachable, type Reachable, regionPairs } from '../../../lib/model/edge/edge-names';
import { zoneOf } from '../../../lib/model/edge/public-dns';
import { DNS, primary, reachable, shop, standby } from '../../support/edge';
import { environment } from '../../support/environment';

const named = (platform: PlatformSpec, name: string): Reachable => {
  const [found] = platform.environments.filter(isReachable).filter((one) => one.name === name);
  if (found === undefined) throw new Error(`${name} is not reachable`);
  return found;
};
const names = (platform: PlatformSpec, name: string) => edgeNames(platform, named(platform, name));
const paired = (platform: PlatformSpec) => regionPairs(platform).map((pair) => [pair.primary.name, pair.standby.name]);

const alone = shop([reachable()]);
const pair = shop();

describe('names of an edge', () => {
  test('alone, it is its domain, which nobody else leads to', () => {
    expect(names(alone, 'production')).toEqual({
      records: { Domain: 'shop.example.com' },
      hosts: ['shop.example.com'],
    });
  });

  test('with a standby, its own name is that of its region, and it serves the domain all the same', () => {
    expect(names(pair, 'production')).toEqual({
      records: { Region: 'eu-west-1.shop.example.com' },
      hosts: ['shop.example.com', 'eu-west-1.shop.example.com'],
    });
  });

  test('a standby serves its own domain, that of its region, and the one of the users that it takes over', () => {
    expect(names(pair, 'production-dr')).toEqual({
      records: { Domain: 'standby.shop.example.com', Region: 'us-east-2.shop.example.com' },
      hosts: ['standby.shop.example.com', 'us-east-2.shop.example.com', 'shop.example.com'],
    });
  });

  test('behind CloudFront its record is the origin, and it serves what users ask CloudFront for', () => {
    const platform = shop([reachable({ edge: { healthPath: '/orders/health', delivery: 'cloudfront' } })]);
    expect(names(platform, 'production')).toEqual({
      records: { Origin: 'origin.shop.example.com' },
      hosts: ['shop.example.com', 'origin.shop.example.com'],
    });
  });
});

describe('pairs of regions', () => {
  const { edge: _, ...closed } = standby();
  const { edge: __, ...hidden } = primary();
  test.each<[string, PlatformSpec, string[][]]>([
    ['two edges, one standing by for the other', pair, [['production', 'production-dr']]],
    ['nobody stands by', alone, []],
    ['the standby has no edge', shop([primary(), closed]), []],
    ['the primary has no edge', shop([hidden, standby()]), []],
    ['one that stands by for itself', shop([primary({ standbyFor: 'production' })]), []],
    ['one that stands by for nobody known', shop([primary(), standby({ standbyFor: 'elsewhere' })]), []],
  ])('%s', (_, platform, expected) => {
    expect(paired(platform)).toEqual(expected);
  });

  test('an environment without an edge is not reachable', () => {
    expect([isReachable(environment()), isReachable(reachable())]).toEqual([false, true]);
  });
});

describe('the zone of a name', () => {
  const state = { kind: 'local' } as const;
  const below = { account: '210987654321', region: 'eu-west-1', state };
  const dns = {
    ...DNS,
    delegated: [
      { ...below, zone: 'staging.shop.example.com' },
      { ...below, zone: 'test.shop.example.com' },
    ],
  };
  test.each([
    ['shop.example.com', 'shop.example.com'],
    ['www.shop.example.com', 'shop.example.com'],
    ['staging.shop.example.com', 'staging.shop.example.com'],
    ['www.test.shop.example.com', 'test.shop.example.com'],
    ['xstaging.shop.example.com', 'shop.example.com'],
    ['workshop.example.com', undefined],
    ['example.com', undefined],
  ])('%s is answered by %s', (name, zone) => {
    expect(zoneOf(dns, name)?.zone).toBe(zone);
  });

  test('there is none without zones', () => expect(zoneOf(undefined, 'shop.example.com')).toBeUndefined());
});
