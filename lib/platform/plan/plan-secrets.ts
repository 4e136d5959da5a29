import {
  type CacheSpec,
  cacheSecret,
  type DatabaseSpec,
  databaseSecret,
  type EnvironmentSpec,
  endpointSecret,
  isDatabaseServer,
  isReplica,
  isReplicationGroup,
  type ServiceSpec,
  SUPERUSER_ROLE,
  secretRoot,
  vectorSecret,
} from '../../model';
import { Duration } from '../../units';
import { storesOf } from './connections';

/** A Secret of the cluster that a service finds as files. */
export interface ServiceSecret {
  /** Name of the Secret. */
  readonly name: string;
  readonly mountPath: string;
  /** Names of the secrets in AWS that it follows, later ones winning; none if it is issued in the cluster. */
  readonly sources: readonly string[];
}

/** Secret with a store's password, in the cluster; a cache's address too. */
export const authSecret = (store: string): string => `${store}-auth`;

/** Secret with a server's or client's certificate, key and authority. */
export const tlsSecret = (name: string): string => `${name}-tls`;

/** Folder in which a service finds what it needs for a store. */
export const secretsFolder = (platform: string, store: string): string => `/var/run/secrets/${platform}/${store}`;

/** Secret of a service with its role in a database. */
export const roleSecret = (service: string, database: string): string => `${service}-${database}`;

/** How long a deleted password can be had back; in development its name must be free at once. */
export const passwordRecovery = ({ stage }: EnvironmentSpec): Duration | undefined =>
  stage === 'development' ? Duration.days(0) : undefined;

/** Whether a cache's certificate comes from the environment's own authority. */
export const hasOwnCertificate = (cache: CacheSpec): boolean => !isReplicationGroup(cache);

/** Where a role's user and password stand. A replica has its primary's, and says where it is itself. */
function roleSources(platform: string, environment: string, database: DatabaseSpec, role: string): readonly string[] {
  const root = secretRoot(platform, environment);
  if (!isReplica(database)) return [databaseSecret(root, database.name, role)];
  const { of } = database;
  return [databaseSecret(secretRoot(platform, of.environment), of.database, role), endpointSecret(root, database.name)];
}

/**
 * What a service needs to enter its stores: user, password, host, port and name of each database; host, port, nodes and
 * password of each cache; the key of each vector database; and, where a store has a certificate of the environment's
 * authority, that authority with a certificate of the service's own.
 */
export function serviceSecrets(platform: string, environment: EnvironmentSpec, service: ServiceSpec): ServiceSecret[] {
  const root = secretRoot(platform, environment.name);
  const { databases, caches, vectorDatabases } = storesOf(environment, service);
  const mounted = (folder: string, name: string, sources: readonly string[]): ServiceSecret => ({
    name,
    mountPath: secretsFolder(platform, folder),
    sources,
  });
  return [
    ...databases.map((database) =>
      mounted(
        database.name,
        roleSecret(service.name, database.name),
        roleSources(platform, environment.name, database, service.name),
      ),
    ),
    ...caches.map(({ name }) => mounted(name, authSecret(name), [cacheSecret(root, name)])),
    ...vectorDatabases.map(({ name }) => mounted(name, authSecret(name), [vectorSecret(root, name)])),
    ...(needsAuthority(environment, service) ? [mounted('tls', tlsSecret(service.name), [])] : []),
  ];
}

/** Whether a service talks with something that the environment's authority vouches for. */
export function needsAuthority(environment: EnvironmentSpec, service: ServiceSpec): boolean {
  const { databases, caches, vectorDatabases } = storesOf(environment, service);
  return databases.some(isDatabaseServer) || caches.some(hasOwnCertificate) || vectorDatabases.length > 0;
}

/** Secrets of the cluster that follow those in AWS, by name; what several pods share stands once. */
export function followedSecrets(
  platform: string,
  environment: EnvironmentSpec,
): ReadonlyMap<string, readonly string[]> {
  const root = secretRoot(platform, environment.name);
  const { databases, caches, vectorDatabases = [], services } = environment;
  return new Map<string, readonly string[]>([
    ...databases
      .filter(isDatabaseServer)
      .map(({ name }) => [authSecret(name), [databaseSecret(root, name, SUPERUSER_ROLE)]] as const),
    ...caches.map(({ name }) => [authSecret(name), [cacheSecret(root, name)]] as const),
    ...vectorDatabases.map(({ name }) => [authSecret(name), [vectorSecret(root, name)]] as const),
    ...services.flatMap((service) =>
      serviceSecrets(platform, environment, service).flatMap(({ name, sources }) =>
        sources.length === 0 ? [] : [[name, sources] as const],
      ),
    ),
  ]);
}
