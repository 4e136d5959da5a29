import { type Check, duplicates, isRegion, isWholeWithin } from '../../check';
import { CREDENTIALS_PREFIX, isUpstream, UPSTREAMS, upstreamOf } from '../../model';
import { Duration } from '../../units';
import type { ImageRegistryPlan, PullThroughCache } from './image-registry-props';
import { isRepositoryName } from './repository-name';

/** What repositories of a cache start with. */
export const prefixOf = ({ upstream, prefix }: PullThroughCache): string =>
  prefix ?? (isUpstream(upstream) ? upstreamOf(upstream).prefix : upstream);

const prefixes = ({ caches }: ImageRegistryPlan): string[] => caches.map(prefixOf);

const unknown = ({ caches }: ImageRegistryPlan): string[] =>
  caches.map(({ upstream }) => upstream).filter((name) => !isUpstream(name));

/** Two to thirty characters, as rules take them. */
const wrongPrefixes = (plan: ImageRegistryPlan): string[] => [
  ...prefixes(plan).filter((prefix) => !isRepositoryName(prefix) || prefix.length > 30),
  ...duplicates(prefixes(plan)),
];

const nameless = ({ caches }: ImageRegistryPlan): string[] =>
  caches
    .filter(
      ({ upstream, credentialsSecret }) =>
        isUpstream(upstream) && upstreamOf(upstream).asksWho && credentialsSecret === undefined,
    )
    .map(({ upstream }) => upstream);

const misnamed = ({ caches }: ImageRegistryPlan): string[] =>
  caches.flatMap(({ credentialsSecret }) =>
    credentialsSecret === undefined ||
    (credentialsSecret.startsWith(CREDENTIALS_PREFIX) && /^[\w/+=.@-]{22,512}$/.test(credentialsSecret))
      ? []
      : [credentialsSecret],
  );

/** Destinations of one rule. Source: ECR user guide, "Private image replication". */
const MOST_DESTINATIONS = 25;

const strayKeys = ({ replicaKeyArns, replicateTo }: ImageRegistryPlan): string[] =>
  Object.keys(replicaKeyArns).filter((region) => !replicateTo.includes(region));

/** What is asked of a registry. */
export const IMAGE_REGISTRY_CHECKS: readonly Check<ImageRegistryPlan>[] = [
  {
    id: 'image-registry-region-is-well-formed',
    prop: 'region',
    holds: ({ region }) => region === undefined || isRegion(region),
    rule: 'must be an AWS region such as us-west-2',
    remedy: 'leave it out for the region of the stack',
  },
  {
    id: 'image-registry-copies-go-elsewhere',
    prop: 'replicateTo',
    holds: ({ replicateTo, region }) =>
      replicateTo.length <= MOST_DESTINATIONS &&
      replicateTo.every((to) => isRegion(to) && to !== region) &&
      duplicates(replicateTo).length === 0,
    rule: `must be distinct other regions such as us-east-1, at most ${MOST_DESTINATIONS}`,
    remedy: 'name the region of the standby',
  },
  {
    id: 'image-registry-copies-what-is-ours',
    prop: 'replicatedPrefixes',
    holds: ({ replicatedPrefixes, replicateTo }) =>
      replicatedPrefixes.length <= 100 &&
      (replicateTo.length === 0 ? replicatedPrefixes.length === 0 : replicatedPrefixes.length > 0) &&
      replicatedPrefixes.every((prefix) => /^[a-z0-9][a-z0-9._/-]{1,255}$/.test(prefix)) &&
      duplicates(replicatedPrefixes).length === 0,
    rule: 'must be distinct starts of repository names, 1 to 100 where there is a region to copy to, and none elsewhere',
    remedy: 'name the platform, acgs/: caches of public registries are made anew in each region',
  },
  {
    id: 'image-registry-replica-keys-have-regions',
    prop: 'replicaKeyArns',
    holds: (plan) => strayKeys(plan).length === 0,
    rule: 'must be of regions that are copied to',
    received: strayKeys,
    remedy: 'add the region to replicateTo, or leave its key out',
  },
  {
    id: 'image-registry-upstreams-are-known',
    prop: 'caches',
    holds: (plan) => unknown(plan).length === 0,
    rule: `must be of ${Object.keys(UPSTREAMS).join(', ')}`,
    received: unknown,
    remedy: 'copy images of other registries to repositories of yours',
  },
  {
    id: 'image-registry-caches-have-prefixes',
    prop: 'caches',
    holds: (plan) => wrongPrefixes(plan).length === 0,
    rule: 'must have distinct prefixes of 2-30 lower-case letters and digits, joined by . _ - or /',
    received: wrongPrefixes,
    remedy: 'leave the prefix out for the usual one',
  },
  {
    id: 'image-registry-caches-say-who-asks',
    prop: 'caches',
    holds: (plan) => nameless(plan).length === 0,
    rule: 'must name a secret for registries that ask who',
    received: nameless,
    remedy: 'make a secret ecr-pullthroughcache/docker-hub with a user and a token that may only read',
  },
  {
    id: 'image-registry-credentials-are-found',
    prop: 'caches',
    holds: (plan) => misnamed(plan).length === 0,
    rule: `must name secrets that start with ${CREDENTIALS_PREFIX}: ECR reads no others`,
    received: misnamed,
    remedy: 'name the secret so',
  },
  {
    id: 'image-registry-pullers-are-roles',
    prop: 'pullers',
    holds: ({ pullers }) =>
      duplicates(pullers).length === 0 && pullers.every((arn) => arn !== '' && !arn.includes('*')),
    rule: 'must be distinct ARNs of roles, without wildcards',
    remedy: 'name the role of the nodes',
  },
  {
    id: 'image-registry-keeps-releases',
    prop: 'releases',
    holds: ({ releases }) => isWholeWithin(releases, 10, 10_000),
    rule: 'must be 10 to 10000',
    remedy: 'use 100',
  },
  {
    id: 'image-registry-forgets-in-days',
    prop: 'untagged',
    holds: ({ untagged }) => isWholeWithin(untagged.inMillis / Duration.days(1).inMillis, 1, 3650),
    rule: 'must be 1 to 3650 whole days',
    remedy: 'use 30 days: a digest that runs may have lost its tag upstream',
  },
];
