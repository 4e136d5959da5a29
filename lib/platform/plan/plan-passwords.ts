import { cacheFields, type PasswordSecretProps } from '../../aws';
import {
  cacheSecret,
  type EnvironmentSpec,
  isReplicationGroup,
  secretRoot,
  storeHost,
  vectorDatabasePlan,
  vectorSecret,
} from '../../model';
import { cacheEndpoint } from './plan-cache';

/** A password of a store in the cluster, with the id of the construct that keeps it. */
export type StorePassword = Pick<PasswordSecretProps, 'name' | 'description' | 'fields' | 'version'> & {
  readonly id: string;
};

/** Passwords of caches and vector databases in the cluster; each secret also says where its store is. */
export function storePasswords(platform: string, environment: EnvironmentSpec): StorePassword[] {
  const root = secretRoot(platform, environment.name);
  const { caches, vectorDatabases = [], namespace } = environment;
  const ofCaches = caches
    .filter((cache) => !isReplicationGroup(cache))
    .map((cache) => {
      const { port, addresses = [] } = cacheEndpoint(environment, cache);
      const [first = ''] = addresses;
      return {
        id: `Cache-${cache.name}`,
        name: cacheSecret(root, cache.name),
        description: `Address and password of the Redis ${cache.name}`,
        fields: cacheFields(first.slice(0, first.lastIndexOf(':')), port, addresses),
        version: cache.passwordVersion ?? 1,
      };
    });
  const ofVectors = vectorDatabases.map((database) => ({
    id: `Vectors-${database.name}`,
    name: vectorSecret(root, database.name),
    description: `Address and key of the vector database ${database.name}`,
    fields: { host: storeHost(database, namespace), port: vectorDatabasePlan(database).port },
    version: database.passwordVersion ?? 1,
  }));
  return [...ofCaches, ...ofVectors];
}
