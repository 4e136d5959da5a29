import {
  certificateNames,
  DatabaseRoles,
  ExternalSecret,
  PgBouncer,
  PostgresServer,
  PrivateCa,
  RedisCluster,
  RedisServer,
  SecretStore,
  VectorDatabase,
} from '../kubernetes';
import {
  databaseRolesName,
  type EnvironmentSpec,
  isDatabaseServer,
  isRedisCluster,
  isRedisServer,
  type PlatformSpec,
  podStores,
  storeCertificateNames,
} from '../model';
import type { Layer } from './layer';
import { planCache } from './plan/plan-cache';
import { warmingCertificate } from './plan/plan-cache-warming';
import { databasesWithRoles, planDatabaseRoles } from './plan/plan-database-roles';
import { pooledContents, poolerCertificateNames } from './plan/plan-pooler';
import { followedSecrets, needsAuthority, serverKeys, versionLabels } from './plan/plan-secrets';
import { planPostgresServer, planRedisServer, planVectorDatabase } from './plan/plan-stores';
import { plannedPooler } from './plan/planned-pooler';
import { serverSecret, tlsSecret } from './plan/secret-names';

/** Stores in the cluster, and the roles of those that are not. */
export function buildStores(layer: Layer, platform: PlatformSpec, environment: EnvironmentSpec): void {
  for (const database of databasesWithRoles(environment)) {
    const { name } = database;
    new DatabaseRoles(layer, databaseRolesName(name), planDatabaseRoles(platform.name, environment, database));
  }
  const { databases, caches, vectorDatabases = [], poolers = [] } = environment;
  for (const pooler of poolers) {
    const plan = plannedPooler(platform, environment, pooler);
    if (plan) new PgBouncer(layer, pooler.name, plan);
  }
  for (const server of databases.filter(isDatabaseServer)) {
    new PostgresServer(layer, server.name, planPostgresServer(platform.name, environment, server));
  }
  for (const cache of caches.filter(isRedisCluster)) {
    new RedisCluster(layer, cache.name, planCache(platform.name, environment, cache));
  }
  for (const server of caches.filter(isRedisServer)) {
    new RedisServer(layer, server.name, planRedisServer(platform.name, environment, server));
  }
  for (const database of vectorDatabases) {
    new VectorDatabase(layer, database.name, planVectorDatabase(platform.name, environment, database));
  }
}

/** Secrets that follow those in AWS, and certificates for traffic between pods. */
export function buildSecrets(layer: Layer, platform: PlatformSpec, environment: EnvironmentSpec): void {
  const labels = { 'app.kubernetes.io/part-of': platform.name };
  const followed = followedSecrets(platform.name, environment);
  const contents = pooledContents(platform.name, environment);
  const versions = versionLabels(environment);
  if (followed.size > 0) {
    const store = new SecretStore(layer, 'Secrets', { name: 'aws', region: environment.region, labels });
    for (const [name, from] of followed) {
      const content = contents.get(name);
      new ExternalSecret(store, name, {
        name,
        from,
        store: store.reference,
        labels: { ...labels, ...versions.get(name) },
        ...(content && { content }),
      });
    }
    for (const pooler of environment.poolers ?? []) {
      const name = serverSecret(pooler);
      const keys = serverKeys(platform.name, environment, pooler);
      if (keys) new ExternalSecret(store, name, { name, keys, store: store.reference, labels });
    }
  }
  if (podStores(environment).length + (environment.poolers ?? []).length > 0)
    certificates(layer, platform, environment);
}

function certificates(layer: Layer, platform: PlatformSpec, environment: EnvironmentSpec): void {
  const { databases, caches, vectorDatabases = [], poolers = [], namespace } = environment;
  const authority = new PrivateCa(layer, 'Certificates', { name: `${platform.name}-ca` });
  const issue = (name: string, dnsNames: readonly string[]) =>
    authority.certificate(name, { secretName: tlsSecret(name), dnsNames });

  for (const { name } of caches.filter(isRedisCluster)) issue(name, certificateNames({ name }, namespace));
  for (const store of [...databases.filter(isDatabaseServer), ...caches.filter(isRedisServer), ...vectorDatabases]) {
    issue(store.name, storeCertificateNames(store, namespace));
  }
  for (const pooler of poolers) issue(pooler.name, poolerCertificateNames(pooler, namespace));
  const warming = warmingCertificate(environment);
  if (warming) issue(warming, [warming]);
  for (const service of environment.services) {
    if (needsAuthority(environment, service)) issue(service.name, [service.name]);
  }
}
