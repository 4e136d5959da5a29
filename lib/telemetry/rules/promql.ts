import type { Watched } from './watched';

/** Labels by which services are told apart, wherever their series come from. */
export const BY_SERVICE = 'namespace, service';

/** Any of the names, as a regular expression of Prometheus: names of objects hold no character that means something else. */
const oneOf = (label: string, names: readonly string[]): string =>
  names.length === 1 ? `${label}="${names[0]}"` : `${label}=~"${names.join('|')}"`;

/** A selector within the environment's namespace. */
export const inNamespace = ({ environment }: Watched, ...matchers: readonly string[]): string =>
  `{${[`namespace="${environment.namespace}"`, ...matchers].join(',')}}`;

/** Matchers of what the services of the environment serve themselves. */
export const ofServices = ({ environment }: Watched): string =>
  oneOf(
    'service',
    environment.services.map(({ name }) => name),
  );

/** Matchers of the autoscalers of the environment. */
export const ofAutoscalers = ({ workloads }: Watched): string =>
  oneOf(
    'horizontalpodautoscaler',
    workloads.map(({ autoscaler }) => autoscaler),
  );

/** Matchers of pods by the name of their store. */
export const ofStores = (names: readonly string[]): string => oneOf('service', names);

/** `5ms` in seconds, as expressions have it. */
export const seconds = ({ inMillis }: { readonly inMillis: number }): number => inMillis / 1000;

/** Matcher of a histogram's bucket. Some programs write whole bounds with a decimal. */
export const bucket = (bound: number): string =>
  Number.isInteger(bound) ? `le=~"${bound}(\\\\.0)?"` : `le="${bound}"`;

/** Name of a recorded quantile: `service:request_duration_seconds:p99`. */
export const quantileName = (percent: number): string =>
  `service:request_duration_seconds:p${`${percent}`.replace('.', '_')}`;
