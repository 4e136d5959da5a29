import type { ITerraformDependable } from 'cdktf';
import type { WithDefaults } from '../../check';
import type { UpstreamName } from '../../model';
import type { Duration } from '../../units';

/** A public registry whose images are fetched once and kept. */
export interface PullThroughCache {
  /** Registry that is fetched from. */
  readonly upstream: UpstreamName;
  /** What repositories of its images start with here: `docker-hub` makes `docker-hub/library/nginx`. @default - the usual one of the upstream */
  readonly prefix?: string;
  /**
   * Name of the secret with user and token, `{"username": …, "accessToken": …}`, in the region of the rule and made by hand:
   * it starts with `ecr-pullthroughcache/`. Required of registries that ask who. @default - none
   */
  readonly credentialsSecret?: string;
}

/** What a registry, one of an account and region, does for all its repositories. */
export interface ImageRegistryProps {
  /** Region of the registry. @default - the stack's */
  readonly region?: string;
  /** Other regions that get a copy of every image pushed from now on (distinct, at most 25). @default - none */
  readonly replicateTo?: readonly string[];
  /** What repositories start with that are copied (distinct, at most 100). @default - all but caches */
  readonly replicatedPrefixes?: readonly string[];
  /** ARNs of keys for the copies, by region. They cannot change later. @default - an own key in each */
  readonly replicaKeyArns?: Readonly<Record<string, string>>;
  /** `enhanced` also looks into language packages, again whenever a flaw becomes known, for a price an image. @default 'basic' */
  readonly scanning?: 'basic' | 'enhanced';
  /** Public registries that are fetched from (distinct prefixes). @default - none */
  readonly caches?: readonly PullThroughCache[];
  /** Roles (ARNs) whose first pull may make the repository of a cached image: those of nodes. @default - none: its own policy must allow it */
  readonly pullers?: readonly string[];
  /** Releases that stay in repositories that the registry makes by itself (10-10000). @default 100 */
  readonly releases?: number;
  /** How long images without a tag stay there (whole days, 1-3650). @default Duration.days(30) */
  readonly untagged?: Duration;
  /** Roles that ECR copies and fetches with, if they are made beside this: else it makes its own. @default - they exist */
  readonly after?: readonly ITerraformDependable[];
}

/** A declared registry with its defaults. */
export type ImageRegistryPlan = WithDefaults<
  ImageRegistryProps,
  {
    replicateTo: readonly string[];
    replicatedPrefixes: readonly string[];
    replicaKeyArns: Readonly<Record<string, string>>;
    scanning: 'basic';
    caches: readonly PullThroughCache[];
    pullers: readonly string[];
    releases: number;
    untagged: Duration;
    after: readonly ITerraformDependable[];
  }
>;
