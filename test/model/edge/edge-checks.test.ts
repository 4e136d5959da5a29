import type { EnvironmentSpec, PlatformSpec } from '../../../lib/model';
import { EDGE_CHECKS, inspectEdgeSpec } from '../../../lib/model/edge/edge-checks';
import { DNS, EDGE, primary, reachable, shop, standby } from '../../support/edge';
import { environment } from '../../support/environment';
import { allIds, ids } from '../../support/findings';

/** Of all environments of a platform, in their order. */
const found = (platform: PlatformSpec): string[] =>
  platform.environments.flatMap((one) => ids(inspectEdgeSpec(`shop/${one.name}`, platform, one)));

const alone = (overrides: Partial<EnvironmentSpec> = {}): PlatformSpec => shop([reachable(overrides)]);
const path = (healthPath: string): PlatformSpec => alone({ edge: { healthPath } });

const { gateway: _gateway, ...ungated } = reachable();
const { edge: _edge, ...closed } = primary();
const { edge: __, ...unreachable } = standby();
const { dns: ___, ...zoneless } = alone();
const CDN = { edge: { ...EDGE, delivery: 'cloudfront' as const } };
const delegated = {
  ...DNS,
  delegated: [{ ...DNS, zone: 'standby.shop.example.com', nameServers: ['ns-1.example.net', 'ns-2.example.net'] }],
};
const third = standby({ name: 'third', region: 'us-west-1', domain: 'third.shop.example.com' });

const broken: [check: string, it: string, platform: PlatformSpec][] = [
  ['edge-has-a-gateway', 'none', shop([ungated])],
  ['edge-delivery-is-known', 'fastly', alone({ edge: { ...EDGE, delivery: 'fastly' as never } })],
  ['edge-health-path-is-absolute', '256 characters', path(`/orders/${'a'.repeat(248)}`)],
  ['edge-health-path-is-absolute', 'a space', path('/orders/a b')],
  ['edge-health-path-leads-to-a-service', 'the gateway itself', path('/readyz')],
  ['edge-health-path-leads-to-a-service', 'the start of a name', path('/order/health')],
  ['edge-health-path-leads-to-a-service', 'the root', path('/')],
  ['edge-domain-lies-in-a-zone', 'no zone', zoneless],
  ['edge-domain-lies-in-a-zone', 'another zone', alone({ domain: 'shop.example.org' })],
  ['edge-zone-is-of-its-account', 'another account', alone({ account: '210987654321' })],
  ['edge-cloudfront-stands-alone', 'at the primary', shop([primary(CDN), standby()])],
  ['edge-cloudfront-stands-alone', 'at the standby', shop([primary(), standby(CDN)])],
  ['edge-of-a-standby-has-an-original', 'one that is closed', shop([closed, standby()])],
  ['edge-of-a-standby-has-an-original', 'one that is not there', shop([standby()])],
  ['edge-failover-is-in-the-platforms-zone', 'a standby below', shop([primary(), standby()], delegated)],
  ['edge-has-one-standby', 'two', shop([primary(), standby(), third])],
  ['edge-fails-over-to-its-standby', 'one that is closed', shop([primary(), unreachable])],
];

describe('each check', () => {
  test.each(broken)('%s: %s', (check, _, platform) => {
    expect(found(platform)).toEqual([check]);
  });

  test.each<[string, PlatformSpec]>([
    ['the same domain', shop([reachable(), reachable({ name: 'second' })])],
    ['a domain that another has for its region', shop([primary(), standby({ domain: 'eu-west-1.shop.example.com' })])],
    [
      'a domain that another has for its origin',
      shop([reachable(CDN), reachable({ name: 'second', domain: 'origin.shop.example.com' })]),
    ],
  ])('edge-names-are-its-own: %s is told at both', (_, platform) => {
    expect(found(platform)).toEqual(['edge-names-are-its-own', 'edge-names-are-its-own']);
  });

  test('has a failing row', () => {
    const rows = new Set([...broken.map(([check]) => check), 'edge-names-are-its-own']);
    expect([...rows].sort()).toEqual(allIds(EDGE_CHECKS));
  });

  test.each<[string, PlatformSpec]>([
    ['an edge alone', alone()],
    ['two regions', shop()],
    ['CloudFront alone', alone(CDN)],
    ['255 characters of a path', path(`/orders/${'a'.repeat(247)}`)],
    ['a service alone', path('/orders')],
    ['a question', path('/orders?deep=1')],
    ['no edge, and no zone', { name: 'shop', environments: [environment()] }],
    [
      'an account with a zone of its own',
      shop([reachable({ account: '210987654321', domain: 'staging.shop.example.com' })], {
        ...DNS,
        delegated: [{ ...DNS, account: '210987654321', zone: 'staging.shop.example.com' }],
      }),
    ],
  ])('accepts %s', (_, platform) => {
    expect(found(platform)).toEqual([]);
  });

  test('says which names there are, where one is missing', () => {
    const rules = inspectEdgeSpec('shop/production', zoneless, reachable()).map(({ rule }) => rule);
    expect(rules).toEqual([
      'must be or lie in a public zone of the platform, which are none: dns of the platform is not declared',
    ]);
    const [lost] = inspectEdgeSpec('shop/production', path('/readyz'), reachable({ edge: { healthPath: '/readyz' } }));
    expect(lost?.rule).toBe('must start with the name of a public service: orders');
  });

  test('only what cannot work is an error', () => {
    const warnings = broken.flatMap(([check, , platform]) =>
      platform.environments.flatMap((one) =>
        inspectEdgeSpec('shop', platform, one).flatMap(({ severity }) => (severity === 'warning' ? [check] : [])),
      ),
    );
    expect(warnings).toEqual(['edge-fails-over-to-its-standby']);
  });
});
