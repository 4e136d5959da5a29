import { type Check, type Finding, inspect } from '../../check';
import type { EnvironmentSpec, PlatformSpec } from '../environment';
import { isReachable, ownNames, type Reachable, regionPairs } from './edge-names';
import { type PublicZoneSpec, zoneOf, zonesOf } from './public-dns';

/** A door where it is declared. */
interface PlacedEdge {
  readonly platform: PlatformSpec;
  readonly environment: Reachable;
}

const zone = ({ platform, environment }: PlacedEdge): PublicZoneSpec | undefined =>
  zoneOf(platform.dns, environment.domain);

const zoneNames = ({ platform }: PlacedEdge): string =>
  zonesOf(platform.dns)
    .map((one) => one.zone)
    .join(', ') || 'none: dns of the platform is not declared';

const published = ({ environment }: PlacedEdge): string[] =>
  environment.services.filter(({ isPublic }) => isPublic).map(({ name }) => name);

const originalOf = ({ platform, environment }: PlacedEdge): EnvironmentSpec | undefined =>
  platform.environments.find(({ name }) => name === environment.standbyFor && name !== environment.name);

const standbysOf = ({ platform, environment }: PlacedEdge): EnvironmentSpec[] =>
  platform.environments.filter(({ standbyFor, name }) => standbyFor === environment.name && name !== environment.name);

/** Standbys that would be the second side of the same name. */
const sharers = ({ platform, environment }: PlacedEdge): string[] =>
  regionPairs(platform)
    .filter(({ primary }) => primary.name === environment.name)
    .map(({ standby }) => standby.name);

const isInPair = ({ platform, environment }: PlacedEdge): boolean =>
  regionPairs(platform).some(({ primary, standby }) =>
    [primary, standby].some(({ name }) => name === environment.name),
  );

/** Names that another environment has, too. */
function contested({ platform, environment }: PlacedEdge): string[] {
  const others = platform.environments
    .filter(isReachable)
    .filter(({ name }) => name !== environment.name)
    .flatMap((other) => ownNames(platform, other));
  return ownNames(platform, environment).filter((name) => others.includes(name));
}

/** What a door needs of what stands around it: gateway, zone, services, and the environment that it shares names with. */
export const EDGE_CHECKS: readonly Check<PlacedEdge>[] = [
  {
    id: 'edge-has-a-gateway',
    prop: 'gateway',
    holds: ({ environment }) => environment.gateway !== undefined,
    rule: 'must be declared: the load balancer sends requests to its pods',
    received: ({ environment }) => environment.gateway?.name,
    remedy: 'declare a gateway, or leave edge out',
  },
  {
    id: 'edge-delivery-is-known',
    prop: 'edge.delivery',
    holds: ({ environment: { edge } }) => ['load-balancer', 'cloudfront', undefined].includes(edge.delivery),
    rule: 'must be load-balancer or cloudfront',
    received: ({ environment }) => environment.edge.delivery,
    remedy: 'leave it out for load-balancer',
  },
  {
    id: 'edge-health-path-is-absolute',
    prop: 'edge.healthPath',
    holds: ({ environment: { edge } }) => /^\/[\w.~/?&=%-]{0,254}$/.test(edge.healthPath),
    rule: 'must start with / and have at most 255 characters of a path',
    received: ({ environment }) => environment.edge.healthPath,
    remedy: 'use a path such as /auth-service/health',
  },
  {
    id: 'edge-health-path-leads-to-a-service',
    prop: 'edge.healthPath',
    holds: (placed) => published(placed).includes(placed.environment.edge.healthPath.split(/[/?]/)[1] ?? ''),
    rule: (placed) =>
      `must start with the name of a public service: ${published(placed).join(', ') || 'there is none'}`,
    received: ({ environment }) => environment.edge.healthPath,
    remedy: 'ask a service that asks the database: the gateway itself answers as long as it runs',
  },
  {
    id: 'edge-domain-lies-in-a-zone',
    prop: 'domain',
    holds: (placed) => zone(placed) !== undefined,
    rule: (placed) => `must be or lie in a public zone of the platform, which are ${zoneNames(placed)}`,
    received: ({ environment }) => environment.domain,
    remedy: 'declare dns of the platform with a zone that the domain lies in',
  },
  {
    id: 'edge-zone-is-of-its-account',
    prop: 'domain',
    holds: (placed) => (zone(placed)?.account ?? placed.environment.account) === placed.environment.account,
    rule: (placed) =>
      `must lie in a zone of its own account: ${zone(placed)?.zone} is of ${zone(placed)?.account}, which Terraform does not enter here`,
    received: ({ environment }) => `${environment.domain} of ${environment.account}`,
    remedy: 'declare a zone of this account below it, in dns.delegated',
  },
  {
    id: 'edge-names-are-its-own',
    prop: 'domain',
    holds: (placed) => contested(placed).length === 0,
    rule: 'must give names that no other environment of the platform has',
    received: contested,
    remedy: 'put the name of the environment in front',
  },
  {
    id: 'edge-cloudfront-stands-alone',
    prop: 'edge.delivery',
    holds: (placed) => placed.environment.edge.delivery !== 'cloudfront' || !isInPair(placed),
    rule: 'must be load-balancer on both sides of a failover: a distribution belongs to one of them',
    received: ({ environment }) => environment.edge.delivery,
    remedy: 'leave it out',
  },
  {
    id: 'edge-of-a-standby-has-an-original',
    prop: 'edge',
    holds: (placed) => originalOf(placed)?.edge !== undefined || placed.environment.standbyFor === undefined,
    rule: ({ environment }) => `must be declared for ${environment.standbyFor} too, whose users it takes over`,
    received: (placed) => `none at ${originalOf(placed)?.name ?? 'an environment that is not there'}`,
    remedy: 'declare both',
  },
  {
    id: 'edge-failover-is-in-the-platforms-zone',
    prop: 'domain',
    holds: (placed) => !isInPair(placed) || [undefined, placed.platform.dns?.zone].includes(zone(placed)?.zone),
    rule: ({ platform }) =>
      `must lie in ${platform.dns?.zone} itself on both sides of a failover, where the name that leads to either is kept`,
    received: (placed) => `${placed.environment.domain} in ${zone(placed)?.zone}`,
    remedy: 'use names of the zone of the platform',
  },
  {
    id: 'edge-has-one-standby',
    prop: 'edge',
    holds: (placed) => sharers(placed).length <= 1,
    rule: 'must have at most one standby with an edge: a name fails over from one region to one other',
    received: sharers,
    remedy: 'leave edge out at all others',
  },
  {
    id: 'edge-fails-over-to-its-standby',
    prop: 'edge',
    severity: 'warning',
    holds: (placed) => standbysOf(placed).length === 0 || sharers(placed).length > 0,
    rule: (placed) =>
      `should be declared for ${standbysOf(placed)
        .map(({ name }) => name)
        .join(', ')} too: users cannot be led there`,
    received: (placed) => `none at ${standbysOf(placed).map(({ name }) => name)}`,
    remedy: 'declare it there',
  },
];

/** Everything that keeps a declared door from being one; nothing for an environment without. */
export const inspectEdgeSpec = (path: string, platform: PlatformSpec, environment: EnvironmentSpec): Finding[] =>
  isReachable(environment) ? inspect(path, { platform, environment }, EDGE_CHECKS) : [];
