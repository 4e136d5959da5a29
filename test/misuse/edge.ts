import type { EnvironmentSpec, PlatformSpec } from '../../lib/model';
import { Duration } from '../../lib/units';
import { DNS, EDGE, GATEWAY, primary, reachable, shop, standby } from '../support/edge';
import { service } from '../support/environment';
import { inEnvironment, type Misuse } from './rows';

/** A door under a name that no other row has; nothing here has a zone. */
const door = (domain: string, part: Partial<EnvironmentSpec> = {}) =>
  inEnvironment({ services: [service('orders', { isPublic: true })], gateway: GATEWAY, edge: EDGE, domain, ...part });

/** Slips in doors. */
export const EDGE_ROWS: readonly Misuse[] = [
  {
    fault: 'a name that no zone answers for',
    slip: door('one.example.com'),
    errors: ['edge-domain-lies-in-a-zone'],
    warnings: ['redis-has-a-client'],
  },
  {
    fault: 'nothing behind it',
    slip: inEnvironment({
      services: [service('orders', { isPublic: true })],
      edge: EDGE,
      domain: 'two.example.com',
    }),
    errors: ['edge-domain-lies-in-a-zone', 'edge-has-a-gateway'],
    warnings: ['redis-has-a-client'],
  },
  {
    fault: 'health of the gateway alone',
    slip: door('three.example.com', { edge: { healthPath: '/readyz' } }),
    errors: ['edge-domain-lies-in-a-zone', 'edge-health-path-leads-to-a-service'],
    warnings: ['redis-has-a-client'],
  },
  {
    fault: 'for a standby alone',
    slip: (valid, twin) => [valid, door('four.example.com', { standbyFor: valid.name })(twin)],
    errors: ['edge-domain-lies-in-a-zone', 'edge-of-a-standby-has-an-original'],
    warnings: ['redis-has-a-client'],
  },
];

/** Slips in names of a platform, each with what is said about it among others. */
export const DNS_SLIPS: readonly [fault: string, platform: PlatformSpec, errors: readonly string[]][] = [
  [
    'names that cannot be changed when they must be',
    shop(undefined, { ...DNS, region: 'eu-west-1' }),
    ['public-dns-outlives-its-primaries'],
  ],
  [
    'users who can be led away by nobody: the switch is lost with their region',
    shop([primary({ region: 'us-east-1', zones: ['us-east-1a', 'us-east-1b', 'us-east-1c'] }), standby()]),
    ['failover-switch-survives-the-primary'],
  ],
  [
    'one name for two environments',
    shop([reachable(), reachable({ name: 'second', network: { cidr: '10.22.0.0/16', nat: 'per-zone' } })]),
    ['edge-names-are-its-own'],
  ],
  ["a name in another account's zone", shop([reachable({ account: '210987654321' })]), ['edge-zone-is-of-its-account']],
  [
    'more requests than WAF counts',
    shop([reachable({ edge: { ...EDGE, firewall: { limit: 5_000_000_000 } } })]),
    ['web-acl-limit-is-offered'],
  ],
  [
    'pods that die with a request',
    shop([reachable({ gateway: { ...GATEWAY, drainFor: Duration.seconds(5) } })]),
    ['target-group-delay-ends-before-its-pods'],
  ],
];
