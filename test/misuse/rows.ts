import type {
  CacheSpec,
  ClusterSpec,
  DatabaseSpec,
  EnvironmentSpec,
  NetworkSpec,
  NodeGroupSpec,
  PostgresSpec,
  RedisReplicationGroupSpec,
  RolloutSpec,
  ScalingPolicy,
  ServiceSpec,
} from '../../lib/model';
import { Duration, Percent } from '../../lib/units';
import { environment, service } from '../support/environment';

/** A slip that somebody can make in a declaration, and everything that is said about it. */
export interface Misuse {
  /** What was done wrong. */
  readonly fault: string;
  /** The declaration with the slip in it; the twin stands in another region. */
  readonly slip: (valid: EnvironmentSpec, twin: EnvironmentSpec) => EnvironmentSpec | readonly EnvironmentSpec[];
  /** Ids of the errors, in any order. */
  readonly errors: readonly string[];
  /** Ids of the warnings, in any order. @default - none */
  readonly warnings?: readonly string[];
}

/** Two sound environments whose names and addresses nobody else has. */
export function validPair(index: number): readonly [EnvironmentSpec, EnvironmentSpec] {
  const name = `row-${index}`;
  const cidr = `10.${Math.floor(index / 2)}.${128 * (index % 2)}.0/17`;
  const valid = environment({ name, network: { cidr, nat: 'per-zone' } });
  const twin = environment({
    name: `${name}-dr`,
    region: 'us-east-1',
    zones: ['us-east-1a', 'us-east-1b', 'us-east-1c'],
    network: { cidr: `100.${64 + (index % 64)}.${16 * Math.floor(index / 64)}.0/20`, nat: 'per-zone' },
  });
  return [valid, twin];
}

type Slip = (valid: EnvironmentSpec) => EnvironmentSpec;
type Part<T> = { readonly [K in keyof T]?: T[K] | undefined };

const merged = <T>(one: T, part: Part<T>): T => ({ ...one, ...part });

const first = <T>([head, ...rest]: readonly T[], part: Part<T>): T[] =>
  head === undefined ? [] : [merged(head, part), ...rest];

export const inEnvironment =
  (part: Part<EnvironmentSpec>): Slip =>
  (valid) =>
    merged(valid, part);

export const inNetwork =
  (part: Part<NetworkSpec>): Slip =>
  (valid) => ({ ...valid, network: merged(valid.network, part) });

export const inCluster =
  (part: Part<ClusterSpec>): Slip =>
  (valid) => ({ ...valid, cluster: merged(valid.cluster, part) });

export const inGroup =
  (part: Part<NodeGroupSpec>): Slip =>
  (valid) => ({ ...valid, cluster: { ...valid.cluster, nodeGroups: first(valid.cluster.nodeGroups, part) } });

export const inService =
  (part: Part<ServiceSpec>): Slip =>
  (valid) => ({ ...valid, services: first(valid.services, part) });

/** A policy of one metric, in part replaced. */
export const inScaling = (part: Part<ScalingPolicy>): Slip =>
  inService({ scaling: merged({ min: 2, max: 6, metrics: [{ on: 'cpu', utilization: Percent.of(70) }] }, part) });

export const inRelease =
  (rollout: RolloutSpec, part: Part<EnvironmentSpec> = {}): Slip =>
  (valid) => ({
    ...inService({ rollout })(valid),
    ...(part as Partial<EnvironmentSpec>),
  });

export const inDatabase =
  (part: Part<PostgresSpec>): Slip =>
  (valid) => ({
    ...valid,
    databases: first(valid.databases as readonly PostgresSpec[], part) as readonly DatabaseSpec[],
  });

export const inCache =
  (part: Part<Extract<CacheSpec, { readonly kind?: 'cluster' }>>): Slip =>
  (valid) => ({ ...valid, caches: first(valid.caches, part as Part<CacheSpec>) });

const GROUP: RedisReplicationGroupSpec = { kind: 'replication-group', name: 'cache', nodeType: 'cache.m6g.large' };

/** ElastiCache in the place of the cluster. */
export const inReplicationGroup =
  (part: Part<RedisReplicationGroupSpec>): Slip =>
  (valid) => ({ ...valid, caches: [merged(GROUP, part)] });

/** A blue-green release that is sound. */
export const BLUE_GREEN = {
  strategy: 'blue-green',
  smokeTest: { paths: ['/health'] },
  after: { metrics: [{ name: 'success-rate', measures: 'success-rate', atLeast: Percent.of(99) }] },
} as const satisfies RolloutSpec;

/** A canary in a mesh that is sound. */
export const CANARY = {
  strategy: 'canary',
  traffic: { through: 'istio' },
  smokeTest: { paths: ['/health'] },
  analysis: BLUE_GREEN.after,
} as const satisfies RolloutSpec;

/** A metric that comes from Prometheus. */
export const REQUESTS = { name: 'requests_per_second', series: 'shop_requests_total' } as const;

/** The second environment as a copy that follows the first one's database and takes over its load. */
export const following = (valid: EnvironmentSpec, twin: EnvironmentSpec): EnvironmentSpec => ({
  ...twin,
  standbyFor: valid.name,
  databases: [
    {
      kind: 'replica',
      name: 'main',
      of: { environment: valid.name, database: 'main' },
      instanceClass: 'db.m6g.large',
      maxConnections: 500,
    },
  ],
});

export const SECOND = service('second');
export const LONG = Duration.days(400);
