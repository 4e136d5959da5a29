import { isWholeWithin } from '../check';
import { type PooledDatabase, pooledClients } from '../config/pgbouncer/pgbouncer-ini';
import {
  type CacheSpec,
  type Connection,
  clusterName,
  type DatabaseSpec,
  type EnvironmentSpec,
  isDatabaseServer,
  isReplicationGroup,
  type LocalChoices,
  type LocalSpec,
  localChoices,
  type PoolerPlan,
  type PostgresServerPlan,
  poolerPlan,
  postgresServerPlan,
  type RedisClusterSpec,
  type RedisServerSpec,
  type ServiceSpec,
  type VectorDatabasePlan,
  vectorDatabasePlan,
} from '../model';

/** More containers of one service than a machine is for. */
export const MOST_CONTAINERS = 50;

/** Services that do not start at once start with this profile. */
export const REST_PROFILE = 'all';

/** A service, and how often it runs here. */
export interface LocalService {
  readonly service: ServiceSpec;
  readonly replicas: number;
  /** Port of the machine, if one leads to it. */
  readonly publish: number | undefined;
  /** Whether it starts without being asked for. */
  readonly isStarted: boolean;
}

/** An environment as containers of one machine. */
export interface LocalPlan {
  /** Name of the platform. */
  readonly platform: string;
  /** Name of the Compose project, with which the names of all containers begin. */
  readonly project: string;
  readonly environment: EnvironmentSpec;
  readonly choices: LocalChoices;
  readonly services: readonly LocalService[];
  readonly databases: readonly PostgresServerPlan[];
  readonly caches: readonly (RedisClusterSpec | RedisServerSpec)[];
  readonly vectorDatabases: readonly VectorDatabasePlan[];
  /** Pool in front of the databases, if there is one. */
  readonly pooler: PoolerPlan | undefined;
}

type To = Connection['to'];

/** Connections of a service to one kind of thing. */
export const connectionsOf = <K extends To>({ connections }: ServiceSpec, to: K) =>
  connections.filter((connection): connection is Extract<Connection, { readonly to: K }> => connection.to === to);

/** Services that connect to a store. */
export const clientsOf = ({ services }: LocalPlan, to: Exclude<To, 'network'>, name: string): LocalService[] =>
  services.filter(({ service }) => connectionsOf(service, to).some((connection) => connection.name === name));

/** What runs instead of the declared stores: one of the same name, if there is one. */
const instead = <T extends { readonly name: string }, S extends T>(
  declared: readonly T[],
  standIns: readonly S[],
  runsHere: (store: T) => store is S,
): S[] =>
  declared.flatMap((store) => {
    const other = standIns.find(({ name }) => name === store.name);
    return other ?? (runsHere(store) ? store : []);
  });

const isRedisHere = (cache: CacheSpec): cache is RedisClusterSpec | RedisServerSpec => !isReplicationGroup(cache);

/** Stores that only AWS can run and that nothing stands in for. */
export const missingStores = ({ databases, caches }: EnvironmentSpec, local: LocalSpec): string[] => {
  const choices = localChoices(local);
  const found = [
    ...instead<DatabaseSpec, Extract<DatabaseSpec, { kind: 'server' }>>(databases, choices.databases, isDatabaseServer),
    ...instead(caches, choices.caches, isRedisHere),
  ].map(({ name }) => name);
  return [...databases, ...caches].map(({ name }) => name).filter((name) => !found.includes(name));
};

function services({ services: declared }: EnvironmentSpec, chosen: LocalSpec['services']): LocalService[] {
  return declared.map((service) => {
    const own = chosen?.find(({ name }) => name === service.name);
    const replicas = own?.replicas ?? service.scaling.min;
    return {
      service,
      replicas: isWholeWithin(replicas, 0, MOST_CONTAINERS) ? replicas : 0,
      publish: own?.publish,
      isStarted: chosen === undefined || own !== undefined,
    };
  });
}

/** Everything that runs, with every choice made. */
export function localPlan(platform: string, environment: EnvironmentSpec, local: LocalSpec): LocalPlan {
  const choices = localChoices(local);
  const { databases, caches, vectorDatabases = [] } = environment;
  return {
    platform,
    project: clusterName(platform, environment.name),
    environment,
    choices,
    services: services(environment, local.services),
    databases: instead<DatabaseSpec, Extract<DatabaseSpec, { kind: 'server' }>>(
      databases,
      choices.databases,
      isDatabaseServer,
    ).map((server) => postgresServerPlan(server)),
    caches: instead(caches, choices.caches, isRedisHere),
    vectorDatabases: vectorDatabases.map((database) => vectorDatabasePlan(database)),
    pooler: local.pooler && poolerPlan(local.pooler),
  };
}

/** What a pool is told about the databases behind it: roles, and connections that all containers may ask for together. */
export const pooledDatabases = (plan: LocalPlan): PooledDatabase[] =>
  plan.databases.map(({ name, databaseName, objectName, port, maxConnections }) => {
    const clients = clientsOf(plan, 'database', name);
    return {
      databaseName,
      host: objectName,
      port,
      maxConnections,
      roles: clients.map(({ service }) => service.name),
      demand: clients.reduce((sum, client) => sum + demandOf(client, name), 0),
    };
  });

const demandOf = ({ service, replicas }: LocalService, database: string): number =>
  connectionsOf(service, 'database')
    .filter(({ name }) => name === database)
    .reduce((sum, { pool = 0 }) => sum + replicas * (service.processes ?? 1) * pool, 0);

/** Files and sockets that the pool may have open. */
export const poolerFiles = (plan: LocalPlan, pooler: PoolerPlan): number => {
  const databases = pooledDatabases(plan);
  return pooledClients({ databases }) + pooler.serverConnections * databases.length + 100;
};
