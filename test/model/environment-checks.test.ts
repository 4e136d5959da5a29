import { inspect } from '../../lib/check';
import {
  ENVIRONMENT_CHECKS,
  type EnvironmentSpec,
  inspectEnvironment,
  PLACEMENT_CHECKS,
  PLATFORM_CHECKS,
  type PlatformSpec,
} from '../../lib/model';
import { environment, service } from '../support/environment';
import { allIds, ids } from '../support/findings';

const group = { name: 'general', instanceTypes: ['m6i.large'], min: 3, max: 6, desired: 3 };
const taint = { key: 'for', value: 'jobs', effect: 'NoSchedule' } as const;
const cluster = (nodeGroups: EnvironmentSpec['cluster']['nodeGroups']) => ({
  apiAccess: { through: 'session-manager' } as const,
  nodeGroups,
});

const broken: [check: string, overrides: Partial<EnvironmentSpec>][] = [
  ['environment-name-is-dns-label', { name: 'Production' }],
  ['environment-name-is-dns-label', { name: '' }],
  ['environment-name-is-dns-label', { name: 'a'.repeat(64) }],
  ['environment-account-has-12-digits', { account: '12345678901' }],
  ['environment-account-has-12-digits', { account: '1234567890123' }],
  ['environment-region-is-well-formed', { region: 'eu-west-1a', zones: [] }],
  ['environment-zones-are-of-its-region', { zones: ['eu-west-1a', 'eu-west-2b'] }],
  ['environment-state-bucket-is-a-bucket', { state: { kind: 's3', bucket: 'Bad_Bucket', region: 'eu-west-1' } }],
  ['environment-state-bucket-is-a-bucket', { state: { kind: 's3', bucket: 'ab', region: 'eu-west-1' } }],
  ['environment-domain-is-a-name', { domain: 'https://shop.example.com' }],
  ['environment-domain-is-a-name', { domain: 'shop' }],
  ['environment-registry-is-a-host', { registry: 'https://registry.example.com' }],
  ['environment-registry-is-a-host', { registry: 'registry.example.com/' }],
  ['environment-namespace-is-dns-label', { namespace: 'default' }],
  ['environment-namespace-is-dns-label', { namespace: 'kube-system' }],
  ['environment-as-of-is-a-date', { asOf: '2026-13-01' }],
  ['environment-as-of-is-a-date', { asOf: 'today' }],
  ['environment-has-an-admin', { adminPrincipals: [] }],
  ['environment-services-have-distinct-names', { services: [service('a'), service('a')] }],
  [
    'environment-databases-have-distinct-names',
    { databases: [0, 1].flatMap(() => environment().databases), services: [] },
  ],
  ['environment-caches-have-distinct-names', { caches: [0, 1].flatMap(() => environment().caches), services: [] }],
  ['environment-vector-databases-have-distinct-names', { vectorDatabases: [{ name: 'vectors' }, { name: 'vectors' }] }],
  ['node-taints-are-tolerated', { cluster: cluster([group, { ...group, name: 'jobs', taints: [taint] }]) }],
  ['service-services-exist', { services: [service('a', { connections: [{ to: 'service', name: 'b' }] })] }],
  ['service-databases-exist', { services: [service('a', { connections: [{ to: 'database', name: 'other' }] })] }],
  ['service-caches-exist', { services: [service('a', { connections: [{ to: 'cache', name: 'other' }] })] }],
  [
    'service-vector-databases-exist',
    { services: [service('a', { connections: [{ to: 'vector-database', name: 'vectors' }] })] },
  ],
  ['service-nodes-exist', { vectorDatabases: [{ name: 'vectors', nodes: 'gpu' }] }],
  ['service-nodes-exist', { services: [service('a', { nodes: 'gpu' })] }],
];

test.each(broken)('%s fails (row %#)', (check, overrides) => {
  expect(ids(inspectEnvironment('shop/production', environment(overrides)))).toEqual([check]);
});

test.each([
  ['the shortest name', { name: 'a' }],
  ['the longest name', { name: 'a'.repeat(63) }],
  ['a registry with port and path', { registry: 'registry.example.com:5000/team/images' }],
  ['a region of three words', { region: 'us-gov-west-1', zones: ['us-gov-west-1a', 'us-gov-west-1b'] }],
  ['the shortest bucket', { state: { kind: 's3', bucket: 'abc', region: 'eu-west-1' } }],
  ['the longest bucket', { state: { kind: 's3', bucket: 'a'.repeat(63), region: 'eu-west-1' } }],
  [
    'a tainted group that a service names',
    {
      cluster: cluster([group, { ...group, name: 'jobs', taints: [taint] }]),
      services: [service('a', { nodes: 'jobs' })],
    },
  ],
  [
    'a tainted group that a cache names',
    {
      cluster: cluster([group, { ...group, name: 'stores', taints: [taint] }]),
      caches: environment().caches.map((cache) => ({ ...cache, nodes: 'stores' })),
    },
  ],
] satisfies [string, Partial<EnvironmentSpec>][])('%s is accepted', (_, overrides) => {
  expect(inspectEnvironment('shop/production', environment(overrides))).toEqual([]);
});

test('a finding about a reference says what there is to choose from', () => {
  const services = [service('a', { connections: [{ to: 'database', name: 'orders' }] })];
  expect(inspectEnvironment('shop/production', environment({ services }))).toEqual([
    {
      check: 'service-databases-exist',
      severity: 'error',
      path: 'shop/production/a',
      prop: 'connections',
      rule: 'to a database must name one of main',
      received: 'orders',
      remedy: 'declare the database in this environment, or drop the connection',
    },
  ]);
});

const brokenPlatforms: [check: string, platform: PlatformSpec][] = [
  ['platform-name-is-short-dns-label', { name: 'a'.repeat(21), environments: [] }],
  ['platform-name-is-short-dns-label', { name: 'Shop', environments: [] }],
  ['platform-environments-have-distinct-names', { name: 'a'.repeat(20), environments: [environment(), environment()] }],
];

test.each(brokenPlatforms)('%s fails', (check, platform) => {
  expect(ids(inspect('shop', platform, PLATFORM_CHECKS))).toEqual([check]);
});

test('every check has a failing row', () => {
  const failing = [...broken, ...brokenPlatforms].map(([check]) => check);
  expect([...new Set(failing)].sort()).toEqual(allIds(ENVIRONMENT_CHECKS, PLACEMENT_CHECKS, PLATFORM_CHECKS));
});
