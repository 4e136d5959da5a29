/** A public registry that ECR can fetch from. */
export interface Upstream {
  /** Where ECR asks, as the rule takes it. */
  readonly url: string;
  /** What repositories of its images start with here, unless told otherwise. */
  readonly prefix: string;
  /** Whether it answers ECR only with a user and a token. */
  readonly asksWho: boolean;
}

/**
 * Registries that ECR can fetch from, by the name that images start with.
 * Source: ECR user guide, "Sync an upstream registry with an Amazon ECR private registry", read 2026-11-21.
 */
export const UPSTREAMS = {
  'docker.io': { url: 'registry-1.docker.io', prefix: 'docker-hub', asksWho: true },
  'ghcr.io': { url: 'ghcr.io', prefix: 'github', asksWho: true },
  'public.ecr.aws': { url: 'public.ecr.aws', prefix: 'ecr-public', asksWho: false },
  'quay.io': { url: 'quay.io', prefix: 'quay', asksWho: false },
  'registry.k8s.io': { url: 'registry.k8s.io', prefix: 'kubernetes', asksWho: false },
} as const satisfies Readonly<Record<string, Upstream>>;

/** Name of such a registry. */
export type UpstreamName = keyof typeof UPSTREAMS;

/** The registry of that name. */
export const upstreamOf = (name: UpstreamName): Upstream => UPSTREAMS[name];

/** Names of secrets that ECR reads start like that. */
export const CREDENTIALS_PREFIX = 'ecr-pullthroughcache/';

/** Whether a name is one that ECR takes for repositories, and for what they start with (2-256 characters). */
export const isRepositoryName = (name: string): boolean =>
  name.length >= 2 && name.length <= 256 && /^[a-z0-9]+([._-][a-z0-9]+)*(\/[a-z0-9]+([._-][a-z0-9]+)*)*$/.test(name);
