import { type CacheWarmingProps, type OpenPeer, selectorLabels } from '../../kubernetes';
import {
  type CacheWarmingSpec,
  cachePolicyPlan,
  type EnvironmentSpec,
  imageFor,
  keyPrefix,
  type ServiceSpec,
  warmingInterval,
  warmingLimit,
  warmingName,
} from '../../model';
import { cacheEndpoint } from './plan-cache';
import { databaseRanges } from './plan-network';
import { placementOn } from './plan-placement';
import { hasOwnCertificate } from './plan-secrets';
import { authSecret, tlsSecret } from './secret-names';
import { warmed } from './warmers';

/** Name of a certificate of the environment's authority that a run comes with; undefined where the cache has another's. */
export function warmingCertificate(environment: EnvironmentSpec): string | undefined {
  const found = warmed(environment);
  const cache = environment.caches.find(({ name }) => name === found?.policy.cache);
  return cache && hasOwnCertificate(cache) ? warmingName(cache.name) : undefined;
}

/** What fills the cache of an environment; undefined where nothing does, or what it needs is not declared, which is reported. */
export function planCacheWarming(platform: string, environment: EnvironmentSpec): CacheWarmingProps | undefined {
  const found = warmed(environment);
  if (found === undefined) return undefined;
  const { policy, warming } = found;
  const cache = environment.caches.find(({ name }) => name === policy.cache);
  const service = environment.services.find(({ name }) => name === warming.service);
  const ttl = cachePolicyPlan(policy).ttls[warming.kind];
  if (cache === undefined || service === undefined || ttl === undefined) return undefined;

  const { selector, port } = cacheEndpoint(environment, cache);
  const toCache: readonly OpenPeer[] =
    selector === undefined ? databaseRanges(environment).map((cidr) => ({ cidr, port })) : [{ pods: selector, port }];
  const [curlImage, redisImage] = [imageFor(environment, 'curl'), imageFor(environment, 'redis')];
  const placement = placementOn(environment, undefined);
  return {
    name: warmingName(cache.name),
    url: address(service, warming),
    names: warming.names,
    ...(warming.headers && { headers: warming.headers }),
    ...(warming.expectedHeaders && { expectedHeaders: warming.expectedHeaders }),
    keyPrefix: keyPrefix(policy),
    ttl,
    every: warmingInterval(warming, ttl),
    within: warmingLimit(warming),
    cacheSecret: authSecret(cache.name),
    tls: hasOwnCertificate(cache) ? { secretName: tlsSecret(warmingName(cache.name)) } : 'public',
    egress: [{ pods: selectorLabels(service.name), port: service.port }, ...toCache],
    ...(environment.mesh !== undefined && { mesh: 'sidecar' as const, bypassMesh: [port] }),
    priorityClass: 'batch',
    partOf: platform,
    ...(curlImage && { curlImage }),
    ...(redisImage && { redisImage }),
    ...(placement && { placement }),
  };
}

const address = ({ name, port }: ServiceSpec, { path }: CacheWarmingSpec): string => `http://${name}:${port}${path}`;
