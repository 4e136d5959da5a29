import { type EnvironmentSpec, fastestPod, type LoadSpec, SCALING_PREFIX, scalingLoad } from '../../model';
import { describedScript } from './described-script';
import { scalingScript } from './scaling-script';

/**
 * Load tests of an environment as k6 scripts, by file name: those that were described, and for each autoscaler one that makes
 * it act, at a rate that follows from its targets.
 */
export function loadScripts(environment: EnvironmentSpec, load: LoadSpec): ReadonlyMap<string, string> {
  const { services } = environment;
  const { tests, scaling } = load;
  const described = tests.map((test) => [`${test.name}.js`, describedScript(test, services)] as const);
  const moving =
    scaling === undefined
      ? []
      : services.flatMap((service) => {
          const rates = scalingLoad(service, scaling, fastestPod(environment));
          if (rates === undefined) return [];
          return [
            [`${SCALING_PREFIX}${service.name}.js`, scalingScript(environment, service, scaling, rates)] as const,
          ];
        });
  return new Map([...described, ...moving]);
}
