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
import { cacheAddresses, cacheEndpoint } from './plan-cache';
import { passwordRecovery } from './plan-secrets';

/** A password of a store in the cluster, with the id of the construct that keeps it. */
export type StorePassword = Omit<PasswordSecretProps, 'key'> & {
  readonly id: string;
};

/** Passwords of caches and vector databases in the cluster; each secret also says where its store is. */
export function storePasswords(platform: string, environment: EnvironmentSpec): StorePassword[] {
  const root = secretRoot(platform, environment.name);
  const { caches, vectorDatabases = [], namespace } = environment;
  const recoveryWindow = passwordRecovery(environment);
  const ofCaches = caches
    .filter((cache) => !isReplicationGroup(cache))
    .map((cache) => {
      const endpoint = cacheEndpoint(environment, cache);
      const [host = ''] = endpoint.hosts ?? [];
      return {
        id: `Cache-${cache.name}`,
        name: cacheSecret(root, cache.name),
        description: `Address and password of the Redis ${cache.name}`,
        fields: cacheFields(host, endpoint.port, cacheAddresses(endpoint)),
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
  return [...ofCaches, ...ofVectors].map((secret) => ({ ...secret, ...(recoveryWindow && { recoveryWindow }) }));
}
