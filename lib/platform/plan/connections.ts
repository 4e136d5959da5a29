import type { Connection, EnvironmentSpec, ServiceSpec } from '../../model';

type Kind = Connection['to'];
/** A connection to one kind of thing. */
export type ConnectionTo<K extends Kind> = Extract<Connection, { readonly to: K }>;

/** The connections of a service to one kind of thing. */
export const connectionsTo = <K extends Kind>({ connections }: ServiceSpec, to: K): ConnectionTo<K>[] =>
  connections.filter((connection): connection is ConnectionTo<K> => connection.to === to);

/** The services that declare a connection to a named service, database, cache or vector database, in the order of declaration. */
export const clientsOf = ({ services }: EnvironmentSpec, to: Exclude<Kind, 'network'>, name: string): ServiceSpec[] =>
  services.filter((service) => connectionsTo(service, to).some((connection) => connection.name === name));

/** The things of a list that have one of the names, in the order of the names. */
export const pick = <T extends { readonly name: string }>(
  things: readonly T[],
  names: readonly { readonly name: string }[],
): T[] => names.flatMap(({ name }) => things.filter((thing) => thing.name === name));
