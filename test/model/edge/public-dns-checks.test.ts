import type { DelegatedZoneSpec, PlatformSpec, PublicDnsSpec, StateBackend } from '../../../lib/model';
import { inspectPublicDns, PUBLIC_DNS_CHECKS } from '../../../lib/model/edge/public-dns-checks';
import { PUBLIC_DNS_ZONE_CHECKS } from '../../../lib/model/edge/public-zone-checks';
import { DNS, reachable, shop } from '../../support/edge';
import { environment } from '../../support/environment';
import { allIds, ids } from '../../support/findings';

const found = (platform: PlatformSpec): string[] => ids(inspectPublicDns(platform));
const dns = (change: Partial<PublicDnsSpec>): PlatformSpec => shop(undefined, { ...DNS, ...change });

const SERVERS = ['ns-1.example.net', 'ns-2.example.org'];
const STAGING: DelegatedZoneSpec = {
  zone: 'staging.shop.example.com',
  account: '210987654321',
  region: 'eu-west-1',
  state: { kind: 'local' },
  nameServers: SERVERS,
};
const below = (...zones: readonly Partial<DelegatedZoneSpec>[]): PlatformSpec =>
  dns({ delegated: zones.map((change) => ({ ...STAGING, ...change })) });
const s3 = (change: Partial<Extract<StateBackend, { kind: 's3' }>>): PlatformSpec =>
  dns({ state: { kind: 's3', bucket: 'shop-state', region: 'us-east-2', ...change } });
const DS = `12345 13 2 ${'0A'.repeat(32)}`;

const broken: [check: string, it: string, platform: PlatformSpec][] = [
  ['public-dns-account-has-12-digits', 'eleven', dns({ account: '12345678901' })],
  ['public-dns-region-is-well-formed', 'a zone', dns({ region: 'us-east-2a' })],
  ['public-dns-state-is-a-place', 'an address for a bucket', s3({ bucket: 's3://state' })],
  ['public-dns-state-is-a-place', 'a zone for a region', s3({ region: 'us-east-2a' })],
  ['public-dns-state-is-a-place', 'an alias with its prefix', s3({ kmsKeyAlias: 'alias/state' })],
  ['public-dns-outlives-its-primaries', 'applied where users are', dns({ region: 'eu-west-1' })],
  ['public-dns-outlives-its-primaries', 'kept where users are', s3({ region: 'eu-west-1' })],
  ['delegated-zones-lie-below', 'another domain', below({ zone: 'shop.example.org' })],
  ['delegated-zones-are-side-by-side', 'one below another', below({}, { zone: 'x.staging.shop.example.com' })],
  ['delegated-zones-differ', 'the same twice', below({}, {})],
  ['delegated-name-servers-are-names', 'one', below({ nameServers: ['ns-1.example.net'] })],
  [
    'delegated-name-servers-are-names',
    'an address of the web',
    below({ nameServers: ['ns-1.example.net', 'https://x'] }),
  ],
  ['delegated-name-servers-are-names', 'one label', below({ nameServers: ['ns-1.example.net', 'ns'] })],
  ['delegated-name-servers-are-names', 'the same twice', below({ nameServers: ['ns.example.net', 'ns.example.net'] })],
  [
    'delegated-name-servers-are-names',
    'nine',
    below({ nameServers: Array.from({ length: 9 }, (_, index) => `ns-${index}.example.net`) }),
  ],
  ['delegated-ds-records-are-records', 'a digest alone', below({ dsRecord: '0A'.repeat(32) })],
  [
    'public-dns-stacks-are-told-apart',
    'a hyphen for a dot',
    below({ zone: 'a-b.shop.example.com' }, { zone: 'a.b.shop.example.com' }),
  ],
  ['public-dns-stacks-are-told-apart', 'an environment', confused()],
];

/** A zone whose stack has the name of one of an environment's. */
function confused(): PlatformSpec {
  const zones = { ...DNS, zone: 'shop.edge', delegated: [{ ...STAGING, zone: 'a.shop.edge' }] };
  return shop([reachable({ name: 'dns-a-shop' })], zones);
}

describe('each check', () => {
  test.each(broken)('%s: %s', (check, _, platform) => {
    expect(found(platform)).toEqual([check]);
  });

  test('warns of a zone that nobody finds yet', () => {
    const { nameServers: _, ...unknown } = STAGING;
    const findings = inspectPublicDns(dns({ delegated: [unknown] }));
    expect(findings.map(({ check, severity }) => [check, severity])).toEqual([
      ['delegated-zones-are-found', 'warning'],
    ]);
  });

  test('asks the same of zones below, and says which', () => {
    const [wrong] = inspectPublicDns(below({}, { zone: 'test.shop.example.com', account: '1' }));
    expect([wrong?.path, wrong?.prop]).toEqual(['shop/dns', 'delegated[1].account']);
  });

  test('has a failing row', () => {
    const rows = new Set([...broken.map(([check]) => check), 'delegated-zones-are-found']);
    expect([...rows].sort()).toEqual(allIds([...PUBLIC_DNS_ZONE_CHECKS, ...PUBLIC_DNS_CHECKS]));
  });

  test.each<[string, PlatformSpec]>([
    ['a zone and two regions', shop()],
    ['state in a file', dns({ state: { kind: 'local' } })],
    ['a key', s3({ kmsKeyAlias: 'shop/state' })],
    ['a zone below, in the region of users who never leave it', below({})],
    ['a signed zone below', below({ dsRecord: DS })],
    [
      'two and eight name servers',
      below({ nameServers: Array.from({ length: 8 }, (_, at) => `ns-${at}.example.net`) }),
    ],
    ['the region of users, where nobody stands by', shop([reachable()], { ...DNS, region: 'eu-west-1' })],
    ['no zone', { name: 'shop', environments: [environment()] }],
  ])('accepts %s', (_, platform) => {
    expect(found(platform)).toEqual([]);
  });
});
