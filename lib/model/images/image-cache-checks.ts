import { type Check, type Finding, inspect } from '../../check';
import type { EnvironmentSpec } from '../environment';

const ownRegistry = ({ account, region }: EnvironmentSpec): string => `${account}.dkr.ecr.${region}.amazonaws.com`;

/** What is asked of an environment whose images come through a cache. */
export const IMAGE_CACHE_CHECKS: readonly Check<EnvironmentSpec>[] = [
  {
    id: 'environment-image-cache-is-its-own',
    prop: 'registry',
    holds: (environment) =>
      environment.imageCache !== 'pull-through' ||
      environment.registry.replace(/\.cn$/, '') === ownRegistry(environment),
    rule: (environment) => `must be ${ownRegistry(environment)}, where nodes may fetch what it does not have yet`,
    remedy: "use the registry of the environment's own account and region, or imageCache: 'public'",
  },
];

/** Whether the cache of an environment is one that its nodes may fill. */
export const inspectImageCache = (path: string, environment: EnvironmentSpec): Finding[] =>
  inspect(path, environment, IMAGE_CACHE_CHECKS);
