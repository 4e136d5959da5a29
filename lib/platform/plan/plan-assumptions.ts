import { ASSUMPTION_NAMES } from '../../ledger';
import {
  type CacheSpec,
  type Connection,
  clusterName,
  databaseIdentifier,
  type EnvironmentSpec,
  isDatabaseServer,
  isRedisServer,
  isReplicationGroup,
  type PlatformSpec,
  publicServices,
  type ServiceSpec,
  storeHost,
} from '../../model';
import { storesOf } from './connections';
import { poolerBefore } from './plan-secrets';

/** What the ledger knows a database by: its workload, or the instance of RDS. */
function storeOf(platform: PlatformSpec, environment: EnvironmentSpec, name: string): string {
  const server = environment.databases.filter(isDatabaseServer).find((database) => database.name === name);
  return server ? storeHost(server) : databaseIdentifier(platform.name, environment.name, name);
}

/** What it knows the far end of a pool by: the pooler in front of a database, else the database. */
const farEnd = (platform: PlatformSpec, environment: EnvironmentSpec, service: ServiceSpec, name: string): string =>
  poolerBefore(environment, service.name, name)?.name ?? storeOf(platform, environment, name);

function poolsOf(platform: PlatformSpec, environment: EnvironmentSpec, service: ServiceSpec): string[] {
  const reached = storesOf(environment, service).databases.map(({ name }) => name);
  return service.connections.flatMap((connection) =>
    connection.to === 'database' && connection.pool !== undefined && reached.includes(connection.name)
      ? [`${farEnd(platform, environment, service, connection.name)}=${service.processes ?? 1}x${connection.pool}`]
      : [],
  );
}

/** What a process may open to each member of the cache that the policy of the environment is about. */
function cachePoolsOf(platform: PlatformSpec, environment: EnvironmentSpec, service: ServiceSpec): string[] {
  const { cachePolicy } = environment;
  if (cachePolicy === undefined) return [];
  const named = (cache: CacheSpec): string => {
    if (isReplicationGroup(cache)) return `${clusterName(platform.name, environment.name)}-${cache.name}`;
    return isRedisServer(cache) ? storeHost(cache) : cache.name;
  };
  return storesOf(environment, service)
    .caches.filter(({ name }) => name === cachePolicy.cache)
    .map((cache) => `${named(cache)}=${service.processes ?? 1}x${cachePolicy.maxConnections}`);
}

/** Stores of pods and of RDS; of ElastiCache the ledger knows no rate. */
function callsOf(platform: PlatformSpec, environment: EnvironmentSpec, { connections }: ServiceSpec): string[] {
  const vectors = environment.vectorDatabases ?? [];
  const nameOf = (connection: Connection): string | undefined => {
    if (connection.to === 'database') return storeOf(platform, environment, connection.name);
    const pods = connection.to === 'vector-database' ? vectors : environment.caches.filter(isRedisServer);
    const store = connection.to === 'network' ? undefined : pods.find(({ name }) => name === connection.name);
    return store && storeHost(store);
  };
  return connections.flatMap((connection) => {
    const calls = 'callsPerRequest' in connection ? connection.callsPerRequest : undefined;
    const store = calls === undefined ? undefined : nameOf(connection);
    return store === undefined ? [] : [`${store}=${calls}`];
  });
}

const rate = (name: string, perSecond: number | undefined): Readonly<Record<string, string>> =>
  perSecond === undefined ? {} : { [name]: `${perSecond}` };

const list = (name: string, parts: readonly string[]): Readonly<Record<string, string>> =>
  parts.length === 0 ? {} : { [name]: parts.join(', ') };

/** What manifests cannot say of a service, as annotations of its workload: pools, measurements and promises, where they are declared. */
export function planAssumptions(
  platform: PlatformSpec,
  environment: EnvironmentSpec,
  service: ServiceSpec,
): Readonly<Record<string, string>> {
  const { measuredRps, promisedRps, measuredStart } = service;
  return {
    ...list(ASSUMPTION_NAMES.pool, [
      ...poolsOf(platform, environment, service),
      ...cachePoolsOf(platform, environment, service),
    ]),
    ...list(ASSUMPTION_NAMES.calls, callsOf(platform, environment, service)),
    ...rate(ASSUMPTION_NAMES.ratePerPod, measuredRps),
    ...rate(ASSUMPTION_NAMES.declaredLoad, promisedRps),
    ...(measuredStart && { [ASSUMPTION_NAMES.startUp]: `${measuredStart.toSeconds()}s` }),
  };
}

/** All that is promised to users passes the gateway; unknown where one of its services promises nothing. */
export function gatewayAssumptions(environment: EnvironmentSpec): Readonly<Record<string, string>> {
  const promised = publicServices(environment).map(({ promisedRps }) => promisedRps);
  const known = promised.filter((perSecond) => perSecond !== undefined);
  if (known.length === 0 || known.length < promised.length) return {};
  return rate(
    ASSUMPTION_NAMES.declaredLoad,
    known.reduce((sum, perSecond) => sum + perSecond, 0),
  );
}
