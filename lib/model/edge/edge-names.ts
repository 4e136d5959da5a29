import type { EnvironmentSpec, PlatformSpec } from '../environment';
import type { EdgeSpec } from './edge';

/** An environment that users reach from outside. */
export interface Reachable extends EnvironmentSpec {
  readonly edge: EdgeSpec;
}

/** Two regions that one name leads to: the one that serves users, and the one that takes them over. */
export interface RegionPair {
  readonly primary: Reachable;
  readonly standby: Reachable;
}

export const isReachable = (environment: EnvironmentSpec): environment is Reachable => environment.edge !== undefined;

/** Every standby with an edge whose original has one too, in the order of declaration. */
export const regionPairs = ({ environments }: PlatformSpec): RegionPair[] =>
  environments.filter(isReachable).flatMap((standby) =>
    environments
      .filter(isReachable)
      .filter(({ name }) => name === standby.standbyFor && name !== standby.name)
      .map((primary) => ({ primary, standby })),
  );

/** Name that always leads to one region, whoever serves users: `us-west-2.acgs.example.com`. */
export const regionalName = (region: string, domain: string): string => `${region}.${domain}`;

/** Name of the load balancer behind CloudFront: `origin.acgs.example.com`. */
export const originName = (domain: string): string => `origin.${domain}`;

/** What a name is to the load balancer that it leads to: where users come, its region's, or behind CloudFront. */
export type EdgeName = 'Domain' | 'Region' | 'Origin';

/** Names of an environment's edge. */
export interface EdgeNames {
  /** Names that lead to its load balancer and to nothing else; the environment's own stack makes them. */
  readonly records: Readonly<Partial<Record<EdgeName, string>>>;
  /** Names that its load balancer serves with its certificate. */
  readonly hosts: readonly string[];
}

/**
 * Which names an environment answers to. A domain that has a standby is nobody's own: it leads to one of two regions, and both
 * answer to it, each also to a name of its region below it.
 */
export function edgeNames(platform: PlatformSpec, { name, region, domain, edge }: Reachable): EdgeNames {
  if (edge.delivery === 'cloudfront') {
    return { records: { Origin: originName(domain) }, hosts: [domain, originName(domain)] };
  }
  const pairs = regionPairs(platform);
  const original = pairs.find(({ standby }) => standby.name === name)?.primary;
  if (original !== undefined) {
    const Region = regionalName(region, original.domain);
    return { records: { Domain: domain, Region }, hosts: [domain, Region, original.domain] };
  }
  if (pairs.every(({ primary }) => primary.name !== name)) return { records: { Domain: domain }, hosts: [domain] };
  const Region = regionalName(region, domain);
  return { records: { Region }, hosts: [domain, Region] };
}

/** All names that an environment lets nobody else have: its domain, and those of its records. */
export const ownNames = (platform: PlatformSpec, environment: Reachable): string[] => [
  ...new Set([environment.domain, ...Object.values(edgeNames(platform, environment).records)]),
];
