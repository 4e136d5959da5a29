import fc from 'fast-check';
import { Network } from '../../../lib/aws/network/network';
import { NETWORK_CHECKS } from '../../../lib/aws/network/network-checks';
import type { NetworkProps } from '../../../lib/aws/network/network-plan';
import { describe as describeFinding } from '../../../lib/check';
import { Duration } from '../../../lib/units';
import { allIds, ids, refused } from '../../support/findings';
import { terraform } from '../../support/terraform';

const valid: NetworkProps = {
  name: 'shop-production',
  cidr: '10.0.0.0/16',
  zones: ['us-west-2a', 'us-west-2b', 'us-west-2c'],
  nat: 'per-zone',
};

const findings = (overrides: Partial<NetworkProps>) => Network.inspect('shop/Network', { ...valid, ...overrides });

const broken: [check: string, overrides: Partial<NetworkProps>][] = [
  ['network-name-is-a-dns-label', { name: 'Shop' }],
  ['network-name-is-a-dns-label', { name: '' }],
  ['network-name-is-no-security-group-id', { name: 'sg-production' }],
  ['network-cidr-is-a-network-address', { cidr: '10.0.1.0/16' }],
  ['network-cidr-is-a-network-address', { cidr: '10.0.0.0' }],
  ['network-cidr-is-private', { cidr: '11.0.0.0/16' }],
  ['network-cidr-is-private', { cidr: '172.32.0.0/16' }],
  ['network-cidr-has-room-for-three-tiers', { cidr: '10.0.0.0/15' }],
  ['network-cidr-has-room-for-three-tiers', { cidr: '10.0.0.0/21' }],
  ['network-cidr-avoids-the-docker-bridge', { cidr: '172.17.0.0/16' }],
  ['network-cidr-avoids-the-docker-bridge', { cidr: '172.17.240.0/20' }],
  ['network-spans-two-or-three-zones', { zones: [] }],
  ['network-spans-two-or-three-zones', { zones: ['us-west-2a'] }],
  ['network-spans-two-or-three-zones', { zones: ['us-east-1a', 'us-east-1b', 'us-east-1c', 'us-east-1d'] }],
  ['network-zones-are-distinct', { zones: ['us-west-2a', 'us-west-2a'] }],
  ['network-zones-share-a-region', { zones: ['us-west-2a', 'us-east-1b'] }],
  ['network-zones-share-a-region', { zones: ['us-west-2a', 'us-west-2-lax-1b'] }],
  ['network-zones-share-a-region', { zones: ['us-west-2', 'us-west-2a'] }],
  ['network-zones-share-a-region', { zones: ['a', 'b'] }],
  ['network-nat-survives-a-zone', { nat: 'single' }],
  ['network-nat-survives-a-zone', { nat: 'single', zones: ['us-west-2a', 'us-west-2b'] }],
  ['network-pod-addresses-are-whole', { podAddressesPerZone: 0 }],
  ['network-pod-addresses-are-whole', { podAddressesPerZone: 100.5 }],
  ['network-private-subnets-hold-the-pods', { podAddressesPerZone: 12_273 }],
  ['network-private-subnets-hold-the-pods', { cidr: '10.0.0.0/20', podAddressesPerZone: 753 }],
  ['network-cluster-name-is-allowed', { clusterName: '' }],
  ['network-cluster-name-is-allowed', { clusterName: '-shop' }],
  ['network-cluster-name-is-allowed', { clusterName: 'a'.repeat(101) }],
  ['network-endpoints-are-short-names', { interfaceEndpoints: ['com.amazonaws.us-west-2.ecr.api'] }],
  ['network-endpoints-are-short-names', { interfaceEndpoints: ['ECR'] }],
  ['network-endpoints-are-short-names', { interfaceEndpoints: ['kms', ''] }],
  ['network-gateway-services-have-no-interface', { interfaceEndpoints: ['s3'] }],
  ['network-gateway-services-have-no-interface', { interfaceEndpoints: ['kms', 'dynamodb'] }],
  ['network-endpoints-are-distinct', { interfaceEndpoints: ['kms', 'kms'] }],
  ['network-endpoints-are-distinct', { gatewayEndpoints: ['s3', 's3'] }],
  ['network-trusted-accounts-have-12-digits', { trustedAccounts: ['12345678901'] }],
  ['network-trusted-accounts-have-12-digits', { trustedAccounts: ['123456789012', '1234567890123'] }],
  ['network-flow-log-interval-is-offered', { flowLogInterval: Duration.seconds(59) }],
  ['network-flow-log-interval-is-offered', { flowLogInterval: Duration.seconds(61) }],
  ['network-flow-log-interval-is-offered', { flowLogInterval: Duration.minutes(5) }],
  ['log-retention-is-offered', { flowLogRetention: Duration.days(100) }],
];

test.each(broken)('%s fails (row %#)', (check, overrides) => {
  expect(ids(findings(overrides))).toEqual([check]);
});

test('every check has a failing row', () => {
  const failing = new Set(broken.map(([check]) => check));
  expect([...failing].sort()).toEqual([...allIds(NETWORK_CHECKS), 'log-retention-is-offered'].sort());
});

const sound: [it: string, overrides: Partial<NetworkProps>][] = [
  ['the defaults', {}],
  ['a name that only starts like that of a security group', { name: 'sgp-production' }],
  ['the largest VPC', { cidr: '10.0.0.0/16' }],
  ['the smallest VPC', { cidr: '10.0.0.0/20' }],
  ['a range for pods of RFC 6598', { cidr: '100.64.0.0/16' }],
  ['the neighbours of the bridge', { cidr: '172.16.0.0/16' }],
  ['the other neighbours of the bridge', { cidr: '172.18.0.0/16' }],
  ['two zones', { zones: ['us-west-2a', 'us-west-2b'] }],
  ['zones of a region of three words', { zones: ['us-gov-west-1a', 'us-gov-west-1b'] }],
  ['one address', { podAddressesPerZone: 1 }],
  ['as many addresses as a /16 holds', { podAddressesPerZone: 12_272 }],
  ['as many addresses as a /20 holds', { cidr: '10.0.0.0/20', podAddressesPerZone: 752 }],
  ['a cluster name of 100 characters', { clusterName: 'a'.repeat(100) }],
  ['a cluster name with every kind of character', { clusterName: '0_A-z' }],
  ['no endpoints', { interfaceEndpoints: [], gatewayEndpoints: [] }],
  ['other services', { interfaceEndpoints: ['sagemaker.runtime', 'aps-workspaces', 'eks'] }],
  ['both gateways', { gatewayEndpoints: ['s3', 'dynamodb'] }],
  ['a trusted account', { trustedAccounts: ['012345678901'] }],
  ['the long interval', { flowLogInterval: Duration.minutes(10) }],
  ['a short retention', { flowLogRetention: Duration.days(7) }],
];

test.each(sound)('%s: nothing to report', (_, overrides) => {
  expect(findings(overrides)).toEqual([]);
});

test('the refusal of too many pods does the sum and names the VPC that holds them', () => {
  const [finding] = findings({ cidr: '10.0.0.0/20', podAddressesPerZone: 2064 });
  expect(finding && describeFinding(finding)).toBe(
    'shop/Network: podAddressesPerZone must be at most 752: a private subnet is a quarter of the VPC, a /22 of ' +
      '1024 addresses, of which three quarters less one prefix of 16 are kept for pods, got 2064; ' +
      'use a /18, or lower the maxima of the node groups [network-private-subnets-hold-the-pods]',
  );
  expect(findings({ podAddressesPerZone: 20_000 })[0]?.remedy).toBe(
    'lower the maxima of the node groups; no VPC holds as many',
  );
});

test('a single NAT gateway in a single zone is not what is wrong with it', () => {
  expect(ids(findings({ nat: 'single', zones: ['us-west-2a'] }))).toEqual(['network-spans-two-or-three-zones']);
});

test('NaN addresses fail', () => {
  expect(ids(findings({ podAddressesPerZone: Number.NaN }))).toEqual([
    'network-pod-addresses-are-whole',
    'network-private-subnets-hold-the-pods',
  ]);
});

test('a slip in the range comes with the range that was meant', () => {
  expect(findings({ cidr: '10.0.1.0/16' })[0]?.remedy).toBe('did you mean 10.0.0.0/16?');
  expect(findings({ cidr: 'ten' })[0]?.remedy).toBe('use a range such as 10.0.0.0/16');
});

test.each([
  ['interfaceEndpoints', { interfaceEndpoints: ['kms', 'kms'] }],
  ['gatewayEndpoints', { gatewayEndpoints: ['s3', 's3'] }],
  ['flowLogRetention', { flowLogRetention: Duration.days(100) }],
] as const)('a fault of %s names it', (prop, overrides) => {
  expect(findings(overrides).map((finding) => finding.prop)).toEqual([prop]);
});

test('a warning builds, an error does not', () => {
  const severities = ['network-nat-survives-a-zone', 'network-cidr-avoids-the-docker-bridge'];
  expect(
    NETWORK_CHECKS.filter(({ severity }) => severity === 'warning')
      .map(({ id }) => id)
      .sort(),
  ).toEqual(severities.sort());
  const build = (overrides: Partial<NetworkProps>) => () =>
    terraform((stack) => new Network(stack, 'Network', { ...valid, ...overrides }));
  expect(refused(build({ nat: 'single', cidr: '172.17.0.0/16' }))).toEqual([]);
  expect(refused(build({ name: 'Shop', cidr: '11.0.0.0/16' }))).toEqual([
    'network-name-is-a-dns-label',
    'network-cidr-is-private',
  ]);
});

test('whatever text is given as range and zones, inspection reports instead of throwing', () => {
  const text = fc.oneof(fc.string(), fc.constantFrom('10.0.0.0/16', '10.0.0.0/32', '0.0.0.0/0', '10.0.0.0/99'));
  fc.assert(
    fc.property(text, fc.array(fc.string()), fc.double(), (cidr, zones, podAddressesPerZone) => {
      expect(Array.isArray(findings({ cidr, zones, podAddressesPerZone }))).toBe(true);
    }),
  );
});
