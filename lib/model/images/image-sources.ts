import type { EnvironmentSpec } from '../environment';
import { isDatabaseServer, isRedisCluster, isRedisServer } from '../stores';
import { type ImageKind, PUBLIC_IMAGES } from './public-images';
import { type UpstreamName, upstreamOf, upstreamOfImage } from './upstreams';

/** As far as an environment decides which images it runs. */
export type ImageUser = Pick<EnvironmentSpec, 'services' | 'images'> &
  Partial<
    Pick<
      EnvironmentSpec,
      | 'databases'
      | 'databaseRoles'
      | 'poolers'
      | 'caches'
      | 'cachePolicy'
      | 'vectorDatabases'
      | 'gateway'
      | 'observability'
    >
  >;

const hasOwnSmokeTest = ({ rollout }: EnvironmentSpec['services'][number]): boolean =>
  rollout?.smokeTest !== undefined && rollout.smokeTest.image === undefined;

/** What an environment runs of them, in the order of the table. */
export function imageKinds({
  services,
  databases = [],
  databaseRoles,
  poolers = [],
  caches = [],
  cachePolicy,
  vectorDatabases = [],
  gateway,
  observability,
}: ImageUser) {
  const redis = caches.some((cache) => isRedisCluster(cache) || isRedisServer(cache));
  const postgres = databases.some(isDatabaseServer);
  const runs: Readonly<Record<ImageKind, boolean>> = {
    redis: redis || cachePolicy?.warming !== undefined,
    redisExporter: redis,
    nginx: gateway !== undefined,
    postgres: postgres || databaseRoles !== undefined || services.some(({ migration }) => migration !== undefined),
    postgresExporter: postgres,
    awsCli: databaseRoles !== undefined,
    pgbouncer: poolers.length > 0,
    pgbouncerExporter: poolers.length > 0,
    qdrant: vectorDatabases.length > 0,
    curl: cachePolicy?.warming !== undefined || services.some(hasOwnSmokeTest) || observability?.logs !== undefined,
  };
  return (Object.keys(PUBLIC_IMAGES) as ImageKind[]).filter((kind) => runs[kind]);
}

/** A public image as nodes ask for it: through the cache in the environment's registry, if it has one. */
export function cachedReference(
  { imageCache, registry }: Pick<EnvironmentSpec, 'imageCache' | 'registry'>,
  reference: string,
): string {
  const upstream = imageCache === 'pull-through' ? upstreamOfImage(reference) : undefined;
  return upstream === undefined
    ? reference
    : `${registry}/${upstreamOf(upstream).prefix}${reference.slice(upstream.length)}`;
}

/** Where an image comes from, if the environment says so: its own reference, or the usual one through the cache. */
export function imageFor(environment: EnvironmentSpec, kind: ImageKind): string | undefined {
  const { images = {}, imageCache = 'public' } = environment;
  const reference = images[kind] ?? (imageCache === 'pull-through' ? PUBLIC_IMAGES[kind] : undefined);
  return reference === undefined ? undefined : cachedReference(environment, reference);
}

/** Public registries that an environment's nodes fetch from through the cache, each once; none without a cache. */
export function cachedUpstreams(environment: EnvironmentSpec): UpstreamName[] {
  const { images = {}, imageCache = 'public', services } = environment;
  if (imageCache === 'public') return [];
  const references = [
    ...imageKinds(environment).map((kind) => images[kind] ?? PUBLIC_IMAGES[kind]),
    ...services.flatMap(({ rollout }) => rollout?.smokeTest?.image ?? []),
  ];
  return [...new Set(references.flatMap((reference) => upstreamOfImage(reference) ?? []))].sort();
}
