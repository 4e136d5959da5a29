import { type Check, duplicates, type Finding, inspect, isWholeWithin } from '../../check';
import type { EnvironmentSpec } from '../environment';
import type { LoadSpec } from './load-test';
import { isPath, LOAD_TEST_CHECKS } from './load-test-checks';
import { fastestPod, scalingLoad } from './scaling-load';

/** Load tests beside their environment. */
interface Loads {
  readonly environment: EnvironmentSpec;
  readonly load: LoadSpec;
}

/** Metrics of pods that autoscalers read. */
const podMetrics = ({ services }: EnvironmentSpec): string[] =>
  services.flatMap(({ scaling }) =>
    scaling.metrics.flatMap((metric) => (metric.on === 'pods' ? [metric.metric.name] : [])),
  );

const unknownMetrics = ({ environment, load: { scaling } }: Loads): string[] =>
  Object.keys(scaling?.eventsPerRequest ?? {}).filter((name) => !podMetrics(environment).includes(name));

const unknownServices = ({ environment, load: { scaling } }: Loads): string[] =>
  Object.keys(scaling?.requests ?? {}).filter((name) => !environment.services.some((service) => service.name === name));

/** Services whose pods may grow in number, but of which nobody can say with how many requests. */
const unmoved = ({ environment, load: { scaling } }: Loads): string[] =>
  scaling === undefined
    ? []
    : environment.services
        .filter(({ scaling: { min, max } }) => max > min)
        .filter((service) => scalingLoad(service, scaling, fastestPod(environment)) === undefined)
        .map(({ name }) => name);

/** What is said about all load tests of an environment together. */
export const LOAD_CHECKS: readonly Check<Loads>[] = [
  {
    id: 'load-tests-have-distinct-names',
    prop: 'tests',
    holds: ({ load }) => duplicates(load.tests.map(({ name }) => name)).length === 0,
    rule: 'must have distinct names: each is a file',
    received: ({ load }) => duplicates(load.tests.map(({ name }) => name)),
    remedy: 'rename one',
  },
  {
    id: 'load-events-are-counted',
    prop: 'scaling.eventsPerRequest',
    holds: ({ load }) =>
      Object.values(load.scaling?.eventsPerRequest ?? {}).every((events) => Number.isFinite(events) && events > 0),
    rule: 'must be above 0',
    received: ({ load }) => Object.values(load.scaling?.eventsPerRequest ?? {}),
    remedy: 'leave out what requests do not cause',
  },
  {
    id: 'load-metrics-are-read',
    prop: 'scaling.eventsPerRequest',
    holds: (loads) => unknownMetrics(loads).length === 0,
    rule: 'must name metrics of pods that an autoscaler of the environment reads',
    received: unknownMetrics,
    remedy: 'use the name of the metric, not of its series',
  },
  {
    id: 'load-requests-name-services',
    prop: 'scaling.requests',
    holds: (loads) => unknownServices(loads).length === 0,
    rule: 'must name services of the environment',
    received: unknownServices,
    remedy: 'correct the name',
  },
  {
    id: 'load-requests-have-paths',
    prop: 'scaling.requests',
    holds: ({ load }) =>
      Object.values(load.scaling?.requests ?? {}).every(
        (requests) => requests.length > 0 && requests.every(({ path }) => isPath(path)),
      ),
    rule: 'must be at least one for each service, with paths that start with /',
    received: ({ load }) => Object.values(load.scaling?.requests ?? {}).flatMap((all) => all.map(({ path }) => path)),
    remedy: 'leave the service out for its readiness path',
  },
  {
    id: 'load-answers-are-bounded',
    prop: 'scaling.answerWithin',
    holds: ({ load: { scaling } }) =>
      scaling?.answerWithin === undefined || isWholeWithin(scaling.answerWithin.inMillis, 1, 60_000),
    rule: 'must be 1 ms to 60 s',
    received: ({ load }) => load.scaling?.answerWithin,
    remedy: 'leave it out for 500 ms',
  },
  {
    id: 'load-moves-each-autoscaler',
    prop: 'scaling',
    severity: 'warning',
    holds: (loads) => unmoved(loads).length === 0,
    rule: 'should make each autoscaler act: without a measured pod or a metric of requests nobody can say with how many',
    received: unmoved,
    remedy: 'measure one pod (measuredRps), or name a metric in eventsPerRequest',
  },
];

/** Everything that is wrong with the load tests of an environment. */
export function inspectLoad(path: string, environment: EnvironmentSpec, load: LoadSpec): Finding[] {
  const services = environment.services.map(({ name }) => name);
  return [
    ...inspect(path, { environment, load }, LOAD_CHECKS),
    ...load.tests.flatMap((test) => inspect(`${path}/${test.name}`, { test, services }, LOAD_TEST_CHECKS)),
  ];
}
