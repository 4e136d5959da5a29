import { type Check, duplicates, type Finding, inspect, isPinnedImage, isWholeWithin, withDefaults } from '../../check';
import type { Connection, ServiceSpec } from './service';
import { DEFAULT_DRAIN, SERVICE_RUNTIME_CHECKS, type ServiceRuntime } from './service-runtime';

const image = ({ image: { repository, tag } }: ServiceSpec): string => `${repository}:${tag}`;

const destination = (connection: Connection): string =>
  connection.to === 'network' ? `${connection.cidr}:${connection.port}` : `${connection.to} ${connection.name}`;

/** Calls to a store for each request, where they are given. */
export const callsPerRequest = (connection: Connection): number | undefined =>
  'callsPerRequest' in connection ? connection.callsPerRequest : undefined;

const isCounted = (connection: Connection): boolean => {
  const calls = callsPerRequest(connection);
  return calls === undefined || (calls > 0 && calls <= 10_000);
};

/** Containers of its pods: its own, and the proxy that a mesh adds. */
const MESH_PROXY = 'istio-proxy';

const strangers = ({ name, scaling }: ServiceSpec): string[] =>
  scaling.metrics.flatMap((metric) =>
    metric.on === 'container' && ![name, MESH_PROXY].includes(metric.container) ? [metric.container] : [],
  );

/** What is said about a declared service beside `SERVICE_RUNTIME_CHECKS`. */
export const SERVICE_SPEC_CHECKS: readonly Check<ServiceSpec>[] = [
  {
    id: 'service-image-is-pinned',
    prop: 'image.tag',
    holds: (spec) => isPinnedImage(image(spec)),
    rule: 'must be a tag other than latest',
    received: (spec) => image(spec),
    remedy: 'use the version that was tested',
  },
  {
    id: 'service-digest-is-sha256',
    prop: 'image.digest',
    holds: ({ image: { digest } }) => digest === undefined || /^sha256:[0-9a-f]{64}$/.test(digest),
    rule: 'must be sha256: and 64 hex digits',
    received: ({ image: { digest } }) => digest,
    remedy: 'copy it from the registry',
  },
  {
    id: 'service-repository-has-no-registry',
    prop: 'image.repository',
    holds: ({ image: { repository } }) =>
      /^[a-z0-9]+([._/-]+[a-z0-9]+)*$/.test(repository) && !/^[^/]*\./.test(repository),
    rule: 'must be a path of a-z, 0-9 and . _ - below the registry',
    received: ({ image: { repository } }) => repository,
    remedy: 'leave out the registry: the environment adds its own',
  },
  {
    id: 'service-measurement-is-positive',
    prop: 'measuredRps',
    holds: ({ measuredRps }) => measuredRps === undefined || (Number.isFinite(measuredRps) && measuredRps > 0),
    rule: 'must be above 0 requests a second',
    remedy: 'leave it out until one pod has been measured',
  },
  {
    id: 'service-promise-is-positive',
    prop: 'promisedRps',
    holds: ({ promisedRps }) => promisedRps === undefined || (Number.isFinite(promisedRps) && promisedRps > 0),
    rule: 'must be above 0 requests a second',
    remedy: 'leave it out where nothing is promised',
  },
  {
    id: 'service-measured-start-is-bounded',
    prop: 'measuredStart',
    holds: ({ measuredStart }) => measuredStart === undefined || isWholeWithin(measuredStart.inMillis / 1000, 1, 3600),
    rule: 'must be 1 s to 1 h in whole seconds',
    remedy: 'round up what was measured, or leave it out until it was',
  },
  {
    id: 'service-calls-are-counted',
    prop: 'connections',
    holds: ({ connections }) => connections.every(isCounted),
    rule: 'must have callsPerRequest above 0 and at most 10000 where it is given',
    received: ({ connections }) => connections.filter((connection) => !isCounted(connection)).map(destination),
    remedy: 'leave it out until it was counted',
  },
  {
    id: 'service-scales-on-its-own-containers',
    prop: 'scaling.metrics',
    holds: (spec) => strangers(spec).length === 0,
    rule: ({ name }) => `must name containers of the pod, ${name} or ${MESH_PROXY}: of any other there is no usage`,
    received: strangers,
    remedy: 'use the name of the service',
  },
  {
    id: 'service-connections-are-named-once',
    prop: 'connections',
    holds: ({ connections }) => duplicates(connections.map(destination)).length === 0,
    rule: 'must name each destination once',
    received: ({ connections }) => duplicates(connections.map(destination)),
    remedy: 'remove the repetition',
  },
  {
    id: 'service-aliases-are-new',
    prop: 'aliases',
    holds: ({ name, aliases = [] }) => duplicates([name, ...aliases]).length === 0,
    rule: 'must be other names than the name and each other',
    remedy: 'remove the repetition',
  },
];

type Address = Extract<Connection, { readonly to: 'network' }>;

/** What is said about a connection to addresses outside the platform. */
export const SERVICE_ADDRESS_CHECKS: readonly Check<Address>[] = [
  {
    id: 'service-address-has-a-reason',
    prop: 'reason',
    holds: ({ reason }) => reason.trim() !== '',
    rule: 'must say what is reached and why',
    remedy: 'name the program at the other end',
  },
];

/**
 * Everything that is wrong with a declared service by itself. Its scaling policy and the addresses it may reach are checked
 * by what is made of them.
 */
export function inspectService(path: string, spec: ServiceSpec): Finding[] {
  const runtime = withDefaults({ settings: {}, drainFor: DEFAULT_DRAIN }, spec);
  const addresses = spec.connections.flatMap((connection, index) => {
    if (connection.to !== 'network') return [];
    const findings = inspect(path, connection, SERVICE_ADDRESS_CHECKS);
    return findings.map((finding) => ({ ...finding, prop: `connections[${index}].${finding.prop}` }));
  });
  return [
    ...inspect<ServiceRuntime>(path, runtime, SERVICE_RUNTIME_CHECKS),
    ...inspect(path, spec, SERVICE_SPEC_CHECKS),
    ...addresses,
  ];
}
