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

/** Whether ECR can fetch from a registry of that name. */
export const isUpstream = (name: string): name is UpstreamName => Object.hasOwn(UPSTREAMS, name);

/** Names of secrets that ECR reads start like that. */
export const CREDENTIALS_PREFIX = 'ecr-pullthroughcache/';

/** The upstream that a full reference names with its first part, if it is one. */
export function upstreamOfImage(reference: string): UpstreamName | undefined {
  const [host = ''] = reference.split('/');
  return reference.includes('/') && isUpstream(host) ? host : undefined;
}
