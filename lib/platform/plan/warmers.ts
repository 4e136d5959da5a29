import { type CachePolicySpec, type CacheWarmingSpec, type EnvironmentSpec, warmingName } from '../../model';

/** A policy with what it warms. */
export interface Warmed {
  readonly policy: CachePolicySpec;
  readonly warming: CacheWarmingSpec;
}

/** The warming of an environment's cache, if there is one, with the policy that it follows. */
export const warmed = ({ cachePolicy }: EnvironmentSpec): Warmed | undefined =>
  cachePolicy?.warming && { policy: cachePolicy, warming: cachePolicy.warming };

/** Names of what stores results in a cache before users ask. */
export function warmersOf(environment: EnvironmentSpec, cache: string): string[] {
  return warmed(environment)?.policy.cache === cache ? [warmingName(cache)] : [];
}

/** Names of what asks a service for results before users do. */
export function askersOf(environment: EnvironmentSpec, service: string): string[] {
  const found = warmed(environment);
  return found?.warming.service === service ? [warmingName(found.policy.cache)] : [];
}
