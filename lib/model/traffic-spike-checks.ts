import { type Check, type Finding, inspect, isWholeWithin } from '../check';
import type { EnvironmentSpec } from './environment';
import { spikeTargets } from './scaling/traffic-spike';

const declared = (environment: EnvironmentSpec) =>
  environment.trafficSpike === undefined ? [] : spikeTargets(environment);

const unknown = (environment: EnvironmentSpec): string[] =>
  declared(environment)
    .map(({ service }) => service)
    .filter((name) => !environment.services.some((service) => service.name === name));

/** Numbers that an autoscaler would refuse, or that change nothing. */
const outside = (environment: EnvironmentSpec): string[] =>
  declared(environment).flatMap(({ service, pods }) =>
    environment.services
      .filter(({ name, scaling: { min, max } }) => name === service && !isWholeWithin(pods, min + 1, max))
      .map(({ scaling: { min, max } }) => `${pods} of ${service}, ${min} to ${max}`),
  );

/** What is asked of the pods that are kept in mind for a flood of users. */
export const TRAFFIC_SPIKE_CHECKS: readonly Check<EnvironmentSpec>[] = [
  {
    id: 'traffic-spike-names-services',
    prop: 'trafficSpike.pods',
    holds: (environment) => unknown(environment).length === 0,
    rule: 'must name services of the environment',
    received: unknown,
    remedy: 'use the names that services are declared with',
  },
  {
    id: 'traffic-spike-fits-autoscalers',
    prop: 'trafficSpike.pods',
    holds: (environment) => outside(environment).length === 0,
    rule: 'must be whole numbers above the minimum and at most the maximum of each autoscaler: the API refuses a minimum above the maximum',
    received: outside,
    remedy: 'raise scaling.max of the service first, for which everything else is checked',
  },
];

/** Everything that is wrong with what is to be done when many users come at once. */
export const inspectTrafficSpike = (path: string, environment: EnvironmentSpec): Finding[] =>
  inspect(path, environment, TRAFFIC_SPIKE_CHECKS);
