import { cacheSecret, databaseSecret, type EnvironmentSpec, type ServiceSpec, secretRoot } from '../../model';
import { connectionsTo, pick } from './connections';

/** A Secret of the cluster that a service finds as files. */
export interface ServiceSecret {
  /** Name of the Secret. */
  readonly name: string;
  readonly mountPath: string;
  /** Name of the secret in AWS that it follows. @default - it is issued in the cluster */
  readonly source?: string;
}

/** Secret with a cache's password, in the cluster. */
export const cacheAuthSecret = (cache: string): string => `${cache}-auth`;

/** Secret with a server's or client's certificate, key and authority. */
export const tlsSecret = (name: string): string => `${name}-tls`;

/**
 * What a service needs to enter its stores: user, password, host, port and database name of each database; the password of
 * each cache; and a certificate of its own with the authority that signed the caches'.
 */
export function serviceSecrets(platform: string, environment: EnvironmentSpec, service: ServiceSpec): ServiceSecret[] {
  const root = secretRoot(platform, environment.name);
  const folder = `/var/run/secrets/${platform}`;
  const databases = pick(environment.databases, connectionsTo(service, 'database'));
  const caches = pick(environment.caches, connectionsTo(service, 'cache'));
  return [
    ...databases.map(({ name }) => ({
      name: `${service.name}-${name}`,
      mountPath: `${folder}/${name}`,
      source: databaseSecret(root, name, service.name),
    })),
    ...caches.map(({ name }) => ({
      name: cacheAuthSecret(name),
      mountPath: `${folder}/${name}`,
      source: cacheSecret(root, name),
    })),
    ...(caches.length === 0 ? [] : [{ name: tlsSecret(service.name), mountPath: `${folder}/tls` }]),
  ];
}

/** Secrets of the cluster that follow one in AWS, by name; what several pods share stands once. */
export function followedSecrets(platform: string, environment: EnvironmentSpec): ReadonlyMap<string, string> {
  const root = secretRoot(platform, environment.name);
  return new Map([
    ...environment.caches.map(({ name }) => [cacheAuthSecret(name), cacheSecret(root, name)] as const),
    ...environment.services.flatMap((service) =>
      serviceSecrets(platform, environment, service).flatMap(({ name, source }) =>
        source === undefined ? [] : [[name, source] as const],
      ),
    ),
  ]);
}
