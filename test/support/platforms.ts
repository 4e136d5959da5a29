import { PLATFORMS } from '../../apps';
import { type Output, output } from './output';

/** What is proved of the output is proved of these. */
export { PLATFORMS };

/** Environments by the folder that their manifests are in. */
export const ENVIRONMENTS: readonly string[] = PLATFORMS.flatMap(({ name, environments }) =>
  environments.map((environment) => `${name}/${environment.name}`),
);

/** All platforms as synthesized. */
export const everyOutput = (): Output => output(...PLATFORMS);

/** What stacks of an environment begin with. */
const stem = (environment: string): string => `${environment.replace('/', '-')}-`;

/** Stacks of an environment, in order; of a platform, those of no environment. `production` has none of those of `production-dr`. */
export const stacksOf = ({ stacks }: Output, environment: string): string[] => {
  const longer = ENVIRONMENTS.map(stem).filter(
    (other) => other.startsWith(stem(environment)) && other !== stem(environment),
  );
  return stacks
    .filter((name) => name.startsWith(stem(environment)) && !longer.some((other) => name.startsWith(other)))
    .sort();
};
