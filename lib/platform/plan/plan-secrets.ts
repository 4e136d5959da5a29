import type { ExternalSecretProps, Labels } from '../../kubernetes';
import {
  type CacheSpec,
  cacheSecret,
  type DatabasePoolerSpec,
  type DatabaseSpec,
  databaseSecret,
  type EnvironmentSpec,
  endpointSecret,
  isDatabaseServer,
  isReplica,
  isReplicationGroup,
  pooledServices,
  type ServiceSpec,
  SUPERUSER_ROLE,
  secretRoot,
  vectorSecret,
} from '../../model';
import { loginInUse, loginVersions, secondLogin } from '../../model/postgres/role-rotation';
import { Duration } from '../../units';
import { storesOf } from './connections';
import { authSecret, directSecret, roleSecret, secretsFolder, tlsSecret } from './secret-names';

/** A Secret of the cluster that a service finds as files. */
export interface ServiceSecret {
  /** Name of the Secret. */
  readonly name: string;
  readonly mountPath: string;
  /** Names of the secrets in AWS that it follows, later ones winning; none if it is issued in the cluster. */
  readonly sources: readonly string[];
}

/** The pooler that a service of the cluster finds in front of a database, if there is one. */
export const poolerBefore = (
  environment: EnvironmentSpec,
  service: string,
  database: string,
): DatabasePoolerSpec | undefined =>
  environment.poolers?.find(
    (pooler) =>
      pooler.database === database && pooledServices(pooler, environment).some(({ name }) => name === service),
  );

/** How long a deleted password can be had back; in development its name must be free at once. */
export const passwordRecovery = ({ stage }: EnvironmentSpec): Duration | undefined =>
  stage === 'development' ? Duration.days(0) : undefined;

/** Whether a cache's certificate comes from the environment's own authority. */
export const hasOwnCertificate = (cache: CacheSpec): boolean => !isReplicationGroup(cache);

/** Where the user and password of a login stand. A replica has its primary's, and says where it is itself. */
function loginSources(platform: string, environment: string, database: DatabaseSpec, login: string): readonly string[] {
  const root = secretRoot(platform, environment);
  if (!isReplica(database)) return [databaseSecret(root, database.name, login)];
  const { of } = database;
  return [
    databaseSecret(secretRoot(platform, of.environment), of.database, login),
    endpointSecret(root, database.name),
  ];
}

/** The same of the login that a service uses. */
const roleSources = (platform: string, environment: string, database: DatabaseSpec, role: string): readonly string[] =>
  loginSources(platform, environment, database, isDatabaseServer(database) ? role : loginInUse(database, role));

/** Secrets of both logins of a role, for who makes them and who lets them in; one where they do not take turns. */
export const loginSecrets = (service: string, database: DatabaseSpec): readonly [string, string?] =>
  isDatabaseServer(database) || database.roleRotation === undefined
    ? [roleSecret(service, database.name)]
    : [`${roleSecret(service, database.name)}-first`, `${roleSecret(service, database.name)}-second`];

/** Label of a Secret whose change has it read again at once: the version of the password that it should hold. */
const VERSION_LABEL = 'headroom.dev/password-version';

/** Labels of the Secrets of logins that take turns, by their names. */
export const versionLabels = (environment: EnvironmentSpec): ReadonlyMap<string, Labels> =>
  new Map(
    environment.services.flatMap((service) =>
      storesOf(environment, service).databases.flatMap((database) => {
        const [first, second] = loginSecrets(service.name, database);
        if (second === undefined || isDatabaseServer(database) || database.roleRotation === undefined) return [];
        const start = isReplica(database) ? undefined : database.rolePasswordVersion;
        const versions = loginVersions(database.roleRotation, start);
        return [
          [first, { [VERSION_LABEL]: `${versions.first}` }] as const,
          [second, { [VERSION_LABEL]: `${versions.second}` }] as const,
        ];
      }),
    ),
  );

/** Logins that take turns, with where they stand in AWS. */
const turns = (platform: string, environment: EnvironmentSpec): (readonly [string, readonly string[]])[] =>
  environment.services.flatMap((service) =>
    storesOf(environment, service).databases.flatMap((database) => {
      const [first, second] = loginSecrets(service.name, database);
      if (second === undefined) return [];
      const from = (login: string) => loginSources(platform, environment.name, database, login);
      return [[first, from(service.name)] as const, [second, from(secondLogin(service.name))] as const];
    }),
  );

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
  return (
    databases.some(
      (database) => isDatabaseServer(database) || poolerBefore(environment, service.name, database.name),
    ) ||
    caches.some(hasOwnCertificate) ||
    vectorDatabases.length > 0
  );
}

/** Where a pooler learns of its server: as its first client would. */
export function serverKeys(
  platform: string,
  environment: EnvironmentSpec,
  pooler: DatabasePoolerSpec,
): NonNullable<ExternalSecretProps['keys']> | undefined {
  const database = environment.databases.find(({ name }) => name === pooler.database);
  const [first] = pooledServices(pooler, environment);
  const secret = database && first && roleSources(platform, environment.name, database, first.name).at(-1);
  return secret === undefined ? undefined : { host: { secret, field: 'host' }, port: { secret, field: 'port' } };
}

/** Roles of services that migrate tables behind a pooler: a migration needs a session of its own. */
const directSecrets = (platform: string, environment: EnvironmentSpec): (readonly [string, readonly string[]])[] =>
  environment.services
    .filter(({ migration }) => migration !== undefined)
    .flatMap((service) =>
      storesOf(environment, service)
        .databases.filter(({ name }) => poolerBefore(environment, service.name, name))
        .map(
          (database) =>
            [
              directSecret(service.name, database.name),
              roleSources(platform, environment.name, database, service.name),
            ] as const,
        ),
    );

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
    ...directSecrets(platform, environment),
    ...turns(platform, environment),
  ]);
}
