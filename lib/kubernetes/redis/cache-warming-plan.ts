import { type Check, isDnsLabel, isWholeWithin, withDefaults } from '../../check';
import { PUBLIC_IMAGES, WARMING_INTERVALS } from '../../model';
import { Duration } from '../../units';
import type { OpenPeer } from '../cluster/network-peers';
import type { Labels } from '../labels';
import type { MeshPodProps } from '../workload/mesh-pod';
import type { NodePlacement } from '../workload/node-placement';

/** What is computed, by whom, and where it is stored. */
export interface CacheWarmingProps extends Pick<MeshPodProps, 'mesh' | 'bypassMesh'> {
  /** Name of all its objects (DNS label of at most 40 characters). */
  readonly name: string;
  /** What is asked, with `{name}` once: `http://orders:8080/checks/{name}`. */
  readonly url: string;
  /** Names of the results (1-100 of a-z, 0-9, `_` and `-`). */
  readonly names: readonly string[];
  /** Headers of each request. @default - none */
  readonly headers?: Readonly<Record<string, string>>;
  /** Headers that each answer must have, or it is not stored. @default - none */
  readonly expectedHeaders?: Readonly<Record<string, string>>;
  /** What keys begin with. */
  readonly keyPrefix: string;
  /** How long results are good (whole seconds, 1 s or more). */
  readonly ttl: Duration;
  /** How often they are computed (5, 6, 10, 12, 15, 20 or 30 min; 1, 2, 3, 4, 6, 8 or 12 h). */
  readonly every: Duration;
  /** Longest time of a run (whole minutes, 2 min to 1 h). @default Duration.minutes(10) */
  readonly within?: Duration;
  /** Secret with `nodes` and `password` of the cache (DNS label of at most 56 characters). */
  readonly cacheSecret: string;
  /** Secret with `ca.crt`, `tls.crt` and `tls.key`; `public` where the cache has a certificate that images trust; or `off`. */
  readonly tls: { readonly secretName: string } | 'public' | 'off';
  /** The service and the cache: everything else is closed. */
  readonly egress: readonly OpenPeer[];
  /** An image with curl and a shell; by tag or digest. @default - that of `PUBLIC_IMAGES` */
  readonly curlImage?: string;
  /** An image with redis-cli and a shell; by tag or digest. @default - that of `PUBLIC_IMAGES` */
  readonly redisImage?: string;
  /** PriorityClass of the pods. @default - the cluster's default */
  readonly priorityClass?: string;
  /** @default - any untainted node */
  readonly placement?: NodePlacement;
  /** Labels of all objects. @default - none */
  readonly labels?: Labels;
  /** Product it belongs to. @default - none */
  readonly partOf?: string;
}

const DEFAULTS = {
  headers: {},
  expectedHeaders: {},
  within: Duration.minutes(10),
  curlImage: PUBLIC_IMAGES.curl,
  redisImage: PUBLIC_IMAGES.redis,
  placement: {},
  labels: {},
  bypassMesh: [],
} as const satisfies Partial<CacheWarmingProps>;

/** The props with every choice made. */
export type CacheWarmingPlan = CacheWarmingProps & Required<Pick<CacheWarmingProps, keyof typeof DEFAULTS>>;

export const cacheWarmingPlan = (props: CacheWarmingProps): CacheWarmingPlan => withDefaults(DEFAULTS, props);

const secretsOf = ({ cacheSecret, tls }: CacheWarmingPlan): string[] => [
  cacheSecret,
  ...(typeof tls === 'string' ? [] : [tls.secretName]),
];

/** What is said about a run; where it is declared, the model checks the times against one another. */
export const CACHE_WARMING_CHECKS: readonly Check<CacheWarmingPlan>[] = [
  {
    id: 'cache-warming-name-is-a-short-dns-label',
    prop: 'name',
    holds: ({ name }) => isDnsLabel(name) && name.length <= 40,
    rule: 'must be 1-40 of a-z, 0-9 and inner hyphens',
    remedy: 'use the name of the cache and -warming',
  },
  {
    id: 'cache-warming-url-names-the-result',
    prop: 'url',
    holds: ({ url }) => /^https?:\/\/[\w.-]+(:\d+)?\/[^\s'"{}]*\{name\}[^\s'"{}]*$/.test(url),
    rule: 'must be an HTTP address with {name} in its path once',
    remedy: 'use an address such as http://orders:8080/checks/{name}',
  },
  {
    id: 'cache-warming-has-results',
    prop: 'names',
    holds: ({ names }) =>
      isWholeWithin(names.length, 1, 100) && names.every((name) => /^[a-z0-9][a-z0-9_-]*$/.test(name)),
    rule: 'must be 1-100 names of a-z, 0-9, _ and -',
    received: ({ names }) => names,
    remedy: 'use the ends of the keys',
  },
  {
    id: 'cache-warming-prefix-is-plain',
    prop: 'keyPrefix',
    holds: ({ keyPrefix }) => /^[\w:.-]{1,200}$/.test(keyPrefix),
    rule: 'must be 1-200 letters, digits and _ : . -',
    remedy: 'use a prefix such as constitutional:',
  },
  {
    id: 'cache-warming-refreshes-in-time',
    prop: 'every',
    holds: ({ every, within, ttl }) =>
      WARMING_INTERVALS.some(({ inMillis }) => inMillis === every.inMillis) &&
      isWholeWithin(ttl.inMillis / 1000, 1, 2_592_000) &&
      every.inMillis + within.inMillis < ttl.inMillis,
    rule: ({ ttl }) => `must be what a day divides into, and with the time of a run less than ttl, ${ttl}`,
    received: ({ every }) => every,
    remedy: 'use a third of ttl',
  },
  {
    id: 'cache-warming-run-is-bounded',
    prop: 'within',
    holds: ({ within }) => isWholeWithin(within.inMillis / 60_000, 2, 60),
    rule: 'must be 2 min to 1 h in whole minutes',
    remedy: 'leave it out for 10 min',
  },
  {
    id: 'cache-warming-secrets-are-dns-labels',
    prop: 'cacheSecret',
    holds: (plan) => secretsOf(plan).every((name) => isDnsLabel(name) && name.length <= 56),
    rule: 'and tls must be Secrets of 1-56 of a-z, 0-9 and inner hyphens',
    received: secretsOf,
    remedy: 'use a name such as cache-auth',
  },
  {
    id: 'cache-warming-reaches-both-sides',
    prop: 'egress',
    holds: ({ egress }) => egress.length >= 2,
    rule: 'must have the service and the cache: everything else is closed',
    received: ({ egress }) => egress.length,
    remedy: 'add the one that is missing',
  },
];
