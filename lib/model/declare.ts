import type { KarpenterSpec } from './capacity/cluster-nodes';
import type { NodeGroupSpec } from './cluster/nodes';
import type { EnvironmentSpec } from './environment';
import type { Connection, ServiceSpec } from './service/service';
import type { CacheSpec, DatabaseSpec } from './stores';
import type { VectorDatabaseSpec } from './vector/vector-database';

/** Names that an environment has, by what they name. */
interface Names {
  readonly database: string;
  readonly cache: string;
  readonly 'vector-database': string;
  readonly service: string;
}

/** A connection to something that is there. */
type ConnectionAmong<N extends Names> =
  | (Extract<Connection, { readonly to: 'database' }> & { readonly name: N['database'] })
  | (Extract<Connection, { readonly to: 'cache' }> & { readonly name: N['cache'] })
  | (Extract<Connection, { readonly to: 'vector-database' }> & { readonly name: N['vector-database'] })
  | (Extract<Connection, { readonly to: 'service' }> & { readonly name: N['service'] })
  | Extract<Connection, { readonly to: 'network' }>;

/** A service that names nothing which its environment lacks. */
type ServiceAmong<N extends Names, Group extends string> = Omit<ServiceSpec, 'name' | 'connections' | 'nodes'> & {
  readonly name: N['service'];
  readonly connections: readonly ConnectionAmong<N>[];
  readonly nodes?: Group;
};

type Named<T, Name extends string> = T & { readonly name: Name };

/** An environment whose services name only what it declares. */
export type ClosedEnvironment<
  Database extends string,
  Cache extends string,
  Vector extends string,
  Service extends string,
  Group extends string,
> = Omit<EnvironmentSpec, 'databases' | 'caches' | 'vectorDatabases' | 'services' | 'cluster'> & {
  readonly databases: readonly Named<DatabaseSpec, Database>[];
  readonly caches: readonly Named<CacheSpec, Cache>[];
  readonly vectorDatabases?: readonly Named<VectorDatabaseSpec, Vector>[];
  readonly cluster: Omit<EnvironmentSpec['cluster'], 'nodeGroups' | 'karpenter'> & {
    readonly nodeGroups: readonly Named<NodeGroupSpec, Group>[];
    readonly karpenter?: Omit<KarpenterSpec, 'pools'> & {
      readonly pools: readonly Named<KarpenterSpec['pools'][number], Group>[];
    };
  };
  readonly services: readonly (ServiceAmong<
    {
      readonly database: NoInfer<Database>;
      readonly cache: NoInfer<Cache>;
      readonly 'vector-database': NoInfer<Vector>;
      readonly service: NoInfer<Service>;
    },
    NoInfer<Group>
  > & { readonly name: Service })[];
};

/**
 * A service whose names the compiler remembers. Returns what it is given.
 *
 * @example
 * const orders = declareService({ name: 'orders', connections: [{ to: 'database', name: 'main' }], … });
 */
export const declareService = <const S extends ServiceSpec>(service: S): S => service;

/**
 * An environment in which a service that names a database, cache, service, node group or pool that is not declared here does
 * not compile. Returns what it is given. What the compiler cannot see, such as a list of services made at run time, goes into a
 * plain `EnvironmentSpec`; synthesis then says the same.
 *
 * Needs TypeScript 5.4.
 */
export const declareEnvironment = <
  const Database extends string,
  const Cache extends string,
  const Service extends string,
  const Group extends string,
  const Vector extends string = never,
>(
  environment: ClosedEnvironment<Database, Cache, Vector, Service, Group>,
): EnvironmentSpec => environment;
