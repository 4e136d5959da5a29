import { type Labels, selectorLabels } from '../../kubernetes';
import type {
  CacheSpec,
  Connection,
  DatabaseSpec,
  EnvironmentSpec,
  ServiceSpec,
  VectorDatabaseSpec,
} from '../../model';

type Kind = Connection['to'];
/** A connection to one kind of thing. */
export type ConnectionTo<K extends Kind> = Extract<Connection, { readonly to: K }>;

/** The connections of a service to one kind of thing. */
export const connectionsTo = <K extends Kind>({ connections }: ServiceSpec, to: K): ConnectionTo<K>[] =>
  connections.filter((connection): connection is ConnectionTo<K> => connection.to === to);

/** The services that declare a connection to a named service, database, cache or vector database, in the order of declaration. */
export const clientsOf = ({ services }: EnvironmentSpec, to: Exclude<Kind, 'network'>, name: string): ServiceSpec[] =>
  services.filter((service) => connectionsTo(service, to).some((connection) => connection.name === name));

/** The pods of those services. */
export const clientPods = (
  environment: EnvironmentSpec,
  to: Exclude<Kind, 'network'>,
  name: string,
): { readonly pods: Labels }[] =>
  clientsOf(environment, to, name).map((client) => ({ pods: selectorLabels(client.name) }));

/** The things of a list that have one of the names, in the order of the names. */
export const pick = <T extends { readonly name: string }>(
  things: readonly T[],
  names: readonly { readonly name: string }[],
): T[] => names.flatMap(({ name }) => things.filter((thing) => thing.name === name));

/** Stores by their kind. */
export interface Stores {
  readonly databases: readonly DatabaseSpec[];
  readonly caches: readonly CacheSpec[];
  readonly vectorDatabases: readonly VectorDatabaseSpec[];
}

/** The stores that a service connects to, in the order of its connections. */
export const storesOf = (
  { databases, caches, vectorDatabases = [] }: EnvironmentSpec,
  service: ServiceSpec,
): Stores => ({
  databases: pick(databases, connectionsTo(service, 'database')),
  caches: pick(caches, connectionsTo(service, 'cache')),
  vectorDatabases: pick(vectorDatabases, connectionsTo(service, 'vector-database')),
});
