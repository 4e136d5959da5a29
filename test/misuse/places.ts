import type { Taint } from '../../lib/model';
import { Memory } from '../../lib/units';
import { service } from '../support/environment';
import { inCluster, inEnvironment, inGroup, inNetwork, type Misuse, SECOND } from './rows';

const taint: Taint = { key: 'dedicated', value: 'jobs', effect: 'NoSchedule' };
const group = { name: 'general', instanceTypes: ['m6i.large'], min: 3, max: 6, desired: 3 } as const;
const many = (count: number): readonly string[] => Array.from({ length: count }, (_, at) => `203.0.113.${at}/32`);

/** Slips in what an environment says of itself. */
export const ENVIRONMENT_ROWS: readonly Misuse[] = [
  {
    fault: 'account id without its leading zero',
    slip: inEnvironment({ account: '12345678901' }),
    errors: ['environment-account-has-12-digits'],
  },
  {
    fault: 'name with an underscore',
    slip: inEnvironment({ name: 'pro_duction' }),
    errors: [
      'environment-name-is-dns-label',
      'network-name-is-a-dns-label',
      'postgres-final-snapshot-is-named',
      'postgres-identifier-is-allowed',
    ],
  },
  {
    fault: 'name with a capital',
    slip: inEnvironment({ name: 'Production' }),
    errors: ['environment-name-is-dns-label', 'network-name-is-a-dns-label', 'postgres-identifier-is-allowed'],
  },
  {
    fault: 'region with the letter of a zone',
    slip: inEnvironment({ region: 'eu-west-1a' }),
    errors: [
      'argo-cd-region-is-a-region',
      'cluster-services-region-is-a-region',
      'environment-region-is-well-formed',
      'environment-zones-are-of-its-region',
    ],
  },
  {
    fault: 'zone of another region',
    slip: inEnvironment({ zones: ['eu-west-1a', 'eu-west-1b', 'us-east-1c'] }),
    errors: ['environment-zones-are-of-its-region', 'network-zones-share-a-region'],
  },
  {
    fault: 'only one zone',
    slip: inEnvironment({ zones: ['eu-west-1a'] }),
    errors: [
      'cluster-subnets-span-zones',
      'network-spans-two-or-three-zones',
      'postgres-has-two-subnets',
      'redis-members-of-a-shard-stand-in-different-zones',
    ],
    warnings: ['redis-keeps-its-majority-without-a-zone'],
  },
  {
    fault: 'no zone',
    slip: inEnvironment({ zones: [] }),
    errors: [
      'cluster-subnets-span-zones',
      'network-spans-two-or-three-zones',
      'node-group-zones-match-subnets',
      'postgres-has-two-subnets',
      'redis-members-of-a-shard-stand-in-different-zones',
      'redis-zones-differ',
    ],
    warnings: ['redis-keeps-its-majority-without-a-zone'],
  },
  {
    fault: 'four zones',
    slip: inEnvironment({ zones: ['a', 'b', 'c', 'd'].map((zone) => `eu-west-1${zone}`) }),
    errors: ['network-spans-two-or-three-zones'],
  },
  {
    fault: 'the same zone twice',
    slip: inEnvironment({ zones: ['eu-west-1a', 'eu-west-1b', 'eu-west-1b'] }),
    errors: [
      'cluster-subnets-span-zones',
      'network-zones-are-distinct',
      'node-group-zones-match-subnets',
      'redis-zones-differ',
    ],
  },
  {
    fault: 'registry with a scheme',
    slip: inEnvironment({ registry: 'https://registry.example.com' }),
    errors: ['environment-registry-is-a-host', 'web-service-image-is-a-reference'],
  },
  {
    fault: 'domain with a path',
    slip: inEnvironment({ domain: 'shop.example.com/api' }),
    errors: ['environment-domain-is-a-name'],
  },
  {
    fault: 'namespace default',
    slip: inEnvironment({ namespace: 'default' }),
    errors: ['environment-namespace-is-dns-label', 'namespace-name-is-its-own'],
  },
  {
    fault: 'namespace of the system',
    slip: inEnvironment({ namespace: 'kube-system' }),
    errors: ['environment-namespace-is-dns-label', 'namespace-name-is-its-own'],
  },
  {
    fault: 'a day that does not exist',
    slip: inEnvironment({ asOf: '2026-02-30' }),
    errors: [
      'cluster-as-of-is-a-date',
      'cluster-services-as-of-is-a-date',
      'environment-as-of-is-a-date',
      'postgres-as-of-is-a-date',
    ],
  },
  {
    fault: 'nobody who may enter the cluster',
    slip: inEnvironment({ adminPrincipals: [] }),
    errors: ['cluster-has-an-admin', 'environment-has-an-admin'],
  },
  {
    fault: 'admins who are no ARNs',
    slip: inEnvironment({ adminPrincipals: ['alice'] }),
    errors: ['cluster-admins-are-roles'],
  },
  {
    fault: 'a pipeline that is an admin too',
    slip: inEnvironment({ deployPrincipals: ['arn:aws:iam::123456789012:role/admin'] }),
    errors: ['cluster-principals-are-distinct'],
  },
  {
    fault: 'state bucket with a scheme',
    slip: inEnvironment({ state: { kind: 's3', bucket: 's3://state', region: 'eu-west-1' } }),
    errors: ['environment-state-bucket-is-a-bucket'],
  },
  {
    fault: 'state in no region',
    slip: inEnvironment({ state: { kind: 's3', bucket: 'state', region: 'europe' } }),
    errors: ['environment-state-region-is-well-formed'],
  },
  {
    fault: 'state with a key that is no alias',
    slip: inEnvironment({ state: { kind: 's3', bucket: 'state', region: 'eu-west-1', kmsKeyAlias: 'alias/state' } }),
    errors: ['environment-state-key-is-an-alias'],
  },
  {
    fault: 'image of a store by latest',
    slip: inEnvironment({ images: { redis: 'docker.io/library/redis:latest' } }),
    errors: ['redis-image-is-pinned'],
  },
  {
    fault: 'annotation without a name',
    slip: inEnvironment({ annotations: { 'example.com/': 'x' } }),
    errors: ['web-service-annotations-are-valid'],
  },
  {
    fault: 'a password among the settings of all',
    slip: inEnvironment({ settings: { DB_PASSWORD: 'hunter2' } }),
    errors: ['service-settings-hold-no-secrets'],
  },
  {
    fault: 'forty-six tags',
    slip: inEnvironment({ tags: Object.fromEntries(many(46).map((_, at) => [`tag-${at}`, 'x'])) }),
    errors: ['environment-tags-leave-room'],
  },
  {
    fault: 'a tag that AWS keeps for itself',
    slip: inEnvironment({ tags: { 'aws:team': 'shop' } }),
    errors: ['cluster-tags-are-allowed', 'environment-tags-are-allowed'],
  },
  {
    fault: 'a tag that the library sets',
    slip: inEnvironment({ tags: { platform: 'other' } }),
    errors: ['environment-tags-are-its-own'],
  },
  {
    fault: 'two services of one name',
    slip: inEnvironment({ services: [SECOND, SECOND] }),
    errors: [
      'environment-autoscalers-have-distinct-names',
      'environment-services-have-distinct-names',
      'environment-workloads-have-distinct-names',
    ],
    warnings: ['redis-has-a-client'],
  },
  {
    fault: 'service named like a cache',
    slip: inEnvironment({ services: [service('cache')] }),
    errors: ['environment-workloads-have-distinct-names'],
    warnings: ['redis-has-a-client'],
  },
  {
    fault: 'cache named like a database',
    slip: inEnvironment({ caches: [{ name: 'main', memory: Memory.mib(768) }], services: [] }),
    errors: ['environment-stores-have-distinct-names'],
    warnings: ['redis-has-a-client'],
  },
  {
    fault: 'two autoscalers of one name',
    slip: inEnvironment({ services: [SECOND, service('third', { autoscalerName: 'second' })] }),
    errors: ['environment-autoscalers-have-distinct-names'],
    warnings: ['redis-has-a-client'],
  },
];

/** Slips in networks. */
export const NETWORK_ROWS: readonly Misuse[] = [
  { fault: 'public addresses', slip: inNetwork({ cidr: '8.8.0.0/16' }), errors: ['network-cidr-is-private'] },
  {
    fault: 'bits beyond the prefix',
    slip: inNetwork({ cidr: '10.250.1.0/16' }),
    errors: ['access-host-reaches-session-manager', 'network-cidr-is-a-network-address'],
  },
  {
    fault: 'subnets that hold no load balancer',
    slip: inNetwork({ cidr: '10.251.0.0/24' }),
    errors: ['network-cidr-has-room-for-three-tiers'],
  },
  {
    fault: 'more pods than addresses',
    slip: (valid) => inGroup({ max: 100 })(inNetwork({ cidr: '10.252.0.0/20' })(valid)),
    errors: ['network-private-subnets-hold-the-pods'],
  },
  {
    fault: 'addresses of the Docker bridge',
    slip: inNetwork({ cidr: '172.17.0.0/16' }),
    errors: [],
    warnings: ['network-cidr-avoids-the-docker-bridge'],
  },
  {
    fault: 'full names of endpoints',
    slip: inNetwork({ interfaceEndpoints: ['com.amazonaws.eu-west-1.ecr.api'] }),
    errors: ['network-endpoints-are-short-names'],
  },
  {
    fault: 'an endpoint twice',
    slip: inNetwork({ interfaceEndpoints: ['ec2', 'ec2'] }),
    errors: ['network-endpoints-are-distinct'],
  },
  {
    fault: 'an interface for S3',
    slip: inNetwork({ interfaceEndpoints: ['s3'] }),
    errors: ['network-gateway-services-have-no-interface'],
  },
  {
    fault: 'one way out for all zones',
    slip: inNetwork({ nat: 'single' }),
    errors: [],
    warnings: ['network-nat-survives-a-zone'],
  },
];

/** Slips in clusters and their nodes. */
export const CLUSTER_ROWS: readonly Misuse[] = [
  {
    fault: 'a version that EKS has ended',
    slip: inCluster({ version: '1.29' }),
    errors: ['cluster-version-has-not-ended'],
  },
  {
    fault: 'a version in extended support that nobody agreed to pay',
    slip: inCluster({ version: '1.33' }),
    errors: ['cluster-version-is-in-standard-support'],
  },
  {
    fault: 'a version with a patch',
    slip: inCluster({ version: '1.35.2' }),
    errors: ['cluster-services-version-has-an-autoscaler', 'cluster-version-is-a-minor'],
  },
  {
    fault: 'a version from before the calendar',
    slip: inCluster({ version: '1.20' }),
    errors: ['cluster-services-version-has-an-autoscaler', 'cluster-version-is-not-forgotten'],
  },
  {
    fault: 'no node group',
    slip: inCluster({ nodeGroups: [] }),
    errors: ['cluster-services-max-nodes-is-whole', 'environment-has-a-node-group'],
  },
  {
    fault: 'two groups of one name',
    slip: inCluster({ nodeGroups: [group, group] }),
    errors: ['cluster-node-groups-are-distinct'],
  },
  {
    fault: 'only groups with taints',
    slip: inGroup({ taints: [taint] }),
    errors: ['cluster-addons-have-nodes', 'node-taints-are-tolerated'],
  },
  {
    fault: 'a taint that nobody tolerates',
    slip: inCluster({ nodeGroups: [group, { ...group, name: 'jobs', taints: [taint] }] }),
    errors: ['node-taints-are-tolerated'],
  },
  {
    fault: 'a taint twice',
    slip: inGroup({ taints: [taint, { ...taint, effect: 'NoExecute' }] }),
    errors: ['cluster-addons-have-nodes', 'node-group-taint-keys-are-distinct', 'node-taints-are-tolerated'],
  },
  {
    fault: 'an unknown instance type',
    slip: inGroup({ instanceTypes: ['m6i.gigantic'] }),
    errors: ['node-group-types-are-known'],
  },
  {
    fault: 'a type before Nitro',
    slip: inGroup({ instanceTypes: ['m4.large'] }),
    errors: ['node-group-types-are-nitro'],
  },
  { fault: 'no type', slip: inGroup({ instanceTypes: [] }), errors: ['node-group-types-are-distinct'] },
  {
    fault: 'two architectures in one group',
    slip: inGroup({ instanceTypes: ['m6i.large', 'm6g.large'] }),
    errors: ['node-group-types-share-an-architecture'],
  },
  {
    fault: 'spot of one type',
    slip: inGroup({ capacity: 'spot' }),
    errors: [],
    warnings: ['node-group-spot-has-a-choice'],
  },
  {
    fault: 'more nodes at least than at most',
    slip: inGroup({ min: 7 }),
    errors: ['node-group-desired-is-within-bounds'],
  },
  {
    fault: 'more nodes than a group takes',
    slip: inGroup({ max: 451 }),
    errors: ['network-private-subnets-hold-the-pods', 'node-group-max-is-possible'],
  },
  { fault: 'half a node', slip: inGroup({ desired: 3.5 }), errors: ['node-group-desired-is-within-bounds'] },
  {
    fault: 'no number of nodes',
    slip: inGroup({ min: Number.NaN }),
    errors: ['node-group-desired-is-within-bounds', 'node-group-min-is-possible'],
  },
  { fault: 'fewer nodes than none', slip: inGroup({ min: -1 }), errors: ['node-group-min-is-possible'] },
  {
    fault: 'a disk that holds no system',
    slip: inGroup({ rootVolume: Memory.gib(19) }),
    errors: ['node-group-root-volume-is-possible'],
  },
  {
    fault: 'a label that nodes may not give themselves',
    slip: inGroup({ labels: { 'kubernetes.io/role': 'worker' } }),
    errors: ['node-group-labels-are-allowed'],
  },
  {
    fault: 'a group name that leaves no room',
    slip: inGroup({ name: 'g'.repeat(37) }),
    errors: ['node-group-name-is-short'],
  },
  {
    fault: 'an API that is open to everybody',
    slip: inCluster({ apiAccess: { through: 'public-allowlist', cidrs: ['0.0.0.0/0'] } }),
    errors: ['cluster-api-access-ranges-are-narrow'],
  },
  {
    fault: 'private addresses that reach a public API',
    slip: inCluster({ apiAccess: { through: 'public-allowlist', cidrs: ['10.1.0.0/16'] } }),
    errors: ['cluster-api-access-public-ranges-are-public'],
  },
  {
    fault: 'an API that nobody reaches',
    slip: inCluster({ apiAccess: { through: 'private-network', cidrs: [] } }),
    errors: ['cluster-api-access-names-ranges'],
  },
  {
    fault: 'more ranges than EKS takes',
    slip: inCluster({ apiAccess: { through: 'public-allowlist', cidrs: many(41) } }),
    errors: ['cluster-api-access-fits-the-quota'],
  },
  {
    fault: 'an add-on version that moves',
    slip: inCluster({ addonVersions: { coredns: 'latest' } }),
    errors: ['cluster-addon-versions-are-exact'],
  },
];
