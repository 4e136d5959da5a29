import type { ImageRegistryProps, ImageRepositoriesProps, PullThroughCache } from '../../aws';
import {
  type AccountSpec,
  CREDENTIALS_PREFIX,
  cachedUpstreams,
  type EnvironmentSpec,
  ecrPlace,
  environmentsOf,
  type PlatformSpec,
  upstreamOf,
} from '../../model';

/** A registry, one of an account and region. */
export type PlannedRegistry = ImageRegistryProps & { readonly region: string };

const distinct = <T>(values: readonly T[]): T[] => [...new Set(values)];

/** Environments whose images are in the account, and the registry of each; those that take over come last. */
const pulling = ({ environments }: PlatformSpec, { id }: AccountSpec) =>
  [
    ...environments.filter(({ standbyFor }) => standbyFor === undefined),
    ...environments.filter(({ standbyFor }) => standbyFor !== undefined),
  ].flatMap((environment) => {
    const place = ecrPlace(environment.registry);
    return place?.account === id ? [{ environment, place }] : [];
  });

/** Repositories of the services of all environments that pull from the account, in the region that images are pushed to. */
export function planRepositories(
  platform: PlatformSpec,
  account: AccountSpec,
): (ImageRepositoriesProps & { readonly region: string }) | undefined {
  const all = pulling(platform, account);
  const [first] = all;
  if (first === undefined) return undefined;
  const others = distinct(all.map(({ environment }) => environment.account)).filter((id) => id !== account.id);
  return {
    region: first.place.region,
    repositories: distinct(
      all.flatMap(({ environment, place }) =>
        environment.services.map(({ image }) => `${place.folder}${image.repository}`),
      ),
    ).sort(),
    ...(others.length > 0 && { pullingAccounts: others }),
  };
}

/** What names of repositories start with: their first folder, or the whole name. */
const prefixes = (repositories: readonly string[]): string[] =>
  distinct(repositories.map((name) => (name.includes('/') ? name.slice(0, name.indexOf('/') + 1) : name)));

/** Registries of an account: that which images are pushed to copies them to those of the other regions. */
export function planRegistries(platform: PlatformSpec, account: AccountSpec): PlannedRegistry[] {
  const main = planRepositories(platform, account);
  const regions = distinct([
    ...pulling(platform, account).map(({ place }) => place.region),
    ...environmentsOf(platform, account)
      .filter(({ imageCache }) => imageCache === 'pull-through')
      .map(({ region }) => region),
  ]);
  return regions.map((region) => {
    const caches = planCaches(platform, account, region);
    const copies = main?.region === region ? regions.filter((other) => other !== region) : [];
    return {
      region,
      caches,
      ...(copies.length > 0 && { replicateTo: copies, replicatedPrefixes: prefixes(main?.repositories ?? []) }),
    };
  });
}

/** Public registries that environments of a region fetch from through the account's own. */
const planCaches = (platform: PlatformSpec, account: AccountSpec, region: string): PullThroughCache[] =>
  distinct(
    environmentsOf(platform, account)
      .filter((environment) => environment.region === region)
      .flatMap(cachedUpstreams),
  )
    .sort()
    .map((upstream) => {
      const { asksWho, prefix } = upstreamOf(upstream);
      const named = account.registrySecrets?.[upstream];
      return {
        upstream,
        ...((asksWho || named !== undefined) && { credentialsSecret: named ?? `${CREDENTIALS_PREFIX}${prefix}` }),
      };
    });

/** What nodes of an environment may fetch to the registry by a first pull. */
export const planCachePrefixes = (environment: EnvironmentSpec): string[] =>
  cachedUpstreams(environment).map((upstream) => upstreamOf(upstream).prefix);
