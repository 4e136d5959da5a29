import { type Check, duplicates, type Finding, inspect, isDnsLabel, isIsoDate, isRegion } from '../check';
import type { EnvironmentSpec, PlatformSpec } from './environment';
import { namedNodes, unusedTaintedNodes } from './named-nodes';
import type { Connection, ServiceSpec } from './service/service';
import { podStores } from './stores';

const isDomain = (text: string): boolean =>
  text.length <= 253 && text.includes('.') && text.split('.').every(isDnsLabel);

const named = (things: readonly { readonly name: string }[]): string[] => things.map(({ name }) => name);

const kebab = (prop: string): string => prop.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** Lists whose members are referred to by name. */
const LISTS: Readonly<Record<string, (environment: EnvironmentSpec) => readonly { readonly name: string }[]>> = {
  services: ({ services }) => services,
  databases: ({ databases }) => databases,
  caches: ({ caches }) => caches,
  vectorDatabases: ({ vectorDatabases = [] }) => vectorDatabases,
};

/** What an environment says of itself. Its parts are checked by the constructs that are made of them. */
export const ENVIRONMENT_CHECKS: readonly Check<EnvironmentSpec>[] = [
  {
    id: 'environment-name-is-dns-label',
    prop: 'name',
    holds: ({ name }) => isDnsLabel(name),
    rule: 'must be a DNS label: 1-63 of a-z, 0-9 and inner hyphens',
    remedy: 'use a name such as production',
  },
  {
    id: 'environment-account-has-12-digits',
    prop: 'account',
    holds: ({ account }) => /^\d{12}$/.test(account),
    rule: 'must be an AWS account id of 12 digits',
    remedy: 'quote it, so that leading zeros stay',
  },
  {
    id: 'environment-region-is-well-formed',
    prop: 'region',
    holds: ({ region }) => isRegion(region),
    rule: 'must be an AWS region such as us-west-2',
    remedy: 'leave out the letter of the zone',
  },
  {
    id: 'environment-zones-are-of-its-region',
    prop: 'zones',
    holds: ({ zones, region }) => zones.every((zone) => zone.slice(0, -1) === region),
    rule: ({ region }) => `must be zones of ${region}`,
    remedy: ({ region }) => `use names such as ${region}a`,
  },
  {
    id: 'environment-state-bucket-is-a-bucket',
    prop: 'state.bucket',
    holds: ({ state }) => state.kind !== 's3' || /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(state.bucket),
    rule: 'must be a bucket: 3-63 of a-z, 0-9, hyphens and dots, a letter or digit at both ends',
    received: ({ state }) => (state.kind === 's3' ? state.bucket : undefined),
    remedy: 'use the name of the bucket, without s3://',
  },
  {
    id: 'environment-domain-is-a-name',
    prop: 'domain',
    holds: ({ domain }) => isDomain(domain),
    rule: 'must be a DNS name without scheme, port or path',
    remedy: 'use a name such as acgs.example.com',
  },
  {
    id: 'environment-registry-is-a-host',
    prop: 'registry',
    holds: ({ registry }) => /^[a-z0-9][a-z0-9.-]*(:\d+)?(\/[a-z0-9._/-]+[a-z0-9])?$/.test(registry),
    rule: 'must be a host with an optional path, without scheme and without a slash at the end',
    remedy: 'use a value such as 123456789012.dkr.ecr.us-west-2.amazonaws.com',
  },
  {
    id: 'environment-namespace-is-dns-label',
    prop: 'namespace',
    holds: ({ namespace }) => isDnsLabel(namespace) && namespace !== 'default' && !namespace.startsWith('kube-'),
    rule: 'must be a DNS label, neither default nor one of kube-*',
    remedy: "use the platform's name",
  },
  {
    id: 'environment-as-of-is-a-date',
    prop: 'asOf',
    holds: ({ asOf }) => isIsoDate(asOf),
    rule: 'must be an ISO date',
    remedy: 'write it as 2026-11-21',
  },
  {
    id: 'environment-has-an-admin',
    prop: 'adminPrincipals',
    holds: ({ adminPrincipals }) => adminPrincipals.length > 0,
    rule: 'must name at least one IAM principal, or nobody can enter the cluster',
    remedy: 'add the ARN of the role your operators assume',
  },
  ...Object.entries(LISTS).map(
    ([list, of]): Check<EnvironmentSpec> => ({
      id: `environment-${kebab(list)}-have-distinct-names`,
      prop: list,
      holds: (environment) => duplicates(named(of(environment))).length === 0,
      rule: 'must have distinct names',
      received: (environment) => duplicates(named(of(environment))),
      remedy: 'rename or remove the second one',
    }),
  ),
  {
    id: 'node-taints-are-tolerated',
    prop: 'cluster.nodeGroups',
    holds: (environment) => unusedTaintedNodes(environment).length === 0,
    rule: 'with taints must each be named by a service or store, or no pod can run there',
    received: unusedTaintedNodes,
    remedy: 'name the group in the nodes property of what should run there, or drop its taints',
  },
];

/** A service and the environment it is to run in. */
interface Placed {
  readonly service: Pick<ServiceSpec, 'name' | 'connections' | 'nodes'>;
  readonly environment: EnvironmentSpec;
}

/** What connections name. */
type Target = Exclude<Connection['to'], 'network'>;

const targets = (connections: readonly Connection[], to: Target): string[] =>
  connections.flatMap((connection) => (connection.to === to ? [connection.name] : []));

const missing = (wanted: readonly string[], present: readonly string[]): string[] =>
  wanted.filter((name) => !present.includes(name));

const reference = (
  to: Target,
  present: (environment: EnvironmentSpec) => readonly { readonly name: string }[],
): Check<Placed> => ({
  id: `service-${to}s-exist`,
  prop: 'connections',
  holds: ({ service, environment }) =>
    missing(targets(service.connections, to), named(present(environment))).length === 0,
  rule: ({ environment }) =>
    `to a ${to} must name one of ${named(present(environment)).join(', ') || 'none: there is none'}`,
  received: ({ service, environment }) => missing(targets(service.connections, to), named(present(environment))),
  remedy: `declare the ${to} in this environment, or drop the connection`,
});

/** What a service names must exist where it runs. */
export const PLACEMENT_CHECKS: readonly Check<Placed>[] = [
  reference('service', ({ services }) => services),
  reference('database', ({ databases }) => databases),
  reference('cache', ({ caches }) => caches),
  reference('vector-database', ({ vectorDatabases = [] }) => vectorDatabases),
  {
    id: 'service-nodes-exist',
    prop: 'nodes',
    holds: ({ service, environment }) => service.nodes === undefined || namedNodes(environment).includes(service.nodes),
    rule: ({ environment }) => `must name one of ${namedNodes(environment).join(', ')}`,
    received: ({ service }) => service.nodes,
    remedy: 'declare the node group or the pool, or leave nodes out',
  },
];

/** What all environments of a platform share or must not share. */
export const PLATFORM_CHECKS: readonly Check<PlatformSpec>[] = [
  {
    id: 'platform-name-is-short-dns-label',
    prop: 'name',
    holds: ({ name }) => isDnsLabel(name) && name.length <= 20,
    rule: 'must be a DNS label of at most 20 characters, as names of AWS resources start with it',
    remedy: 'use an abbreviation',
  },
  {
    id: 'platform-environments-have-distinct-names',
    prop: 'environments',
    holds: ({ environments }) => duplicates(named(environments)).length === 0,
    rule: 'must have distinct names',
    received: ({ environments }) => duplicates(named(environments)),
    remedy: 'rename or remove the second one',
  },
];

/** Every fault in what an environment says of itself and in the references between its parts. */
export const inspectEnvironment = (path: string, environment: EnvironmentSpec): Finding[] => [
  ...inspect(path, environment, ENVIRONMENT_CHECKS),
  ...environment.services.flatMap((service) =>
    inspect(`${path}/${service.name}`, { service, environment }, PLACEMENT_CHECKS),
  ),
  ...podStores(environment).flatMap(({ name, nodes }) =>
    inspect(
      `${path}/${name}`,
      { service: { name, connections: [], ...(nodes === undefined ? {} : { nodes }) }, environment },
      PLACEMENT_CHECKS,
    ),
  ),
];
