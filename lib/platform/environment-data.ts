import {
  type EksCluster,
  EncryptionKey,
  type Network,
  PasswordSecret,
  PostgresDatabase,
  PostgresReplica,
  PostgresRoleSecrets,
  RedisReplicationGroup,
} from '../aws';
import {
  clusterName,
  type EnvironmentSpec,
  isDatabaseServer,
  isInstance,
  isReplica,
  isReplicationGroup,
  type PlatformSpec,
} from '../model';
import type { EnvironmentStack } from './environment-stack';
import { planReplicationGroup } from './plan/plan-cache';
import { planDatabase, planReplica, planServerSecrets, type StorePlace } from './plan/plan-database';
import { storePasswords } from './plan/plan-passwords';

/** Managed stores, and the passwords of those in the cluster. */
export function buildData(
  stack: EnvironmentStack,
  platform: PlatformSpec,
  environment: EnvironmentSpec,
  network: Network,
  cluster: EksCluster,
): void {
  const place: StorePlace = {
    vpcId: network.vpcId,
    subnetIds: network.databaseSubnetIds,
    allowedFrom: [{ securityGroupId: cluster.securityGroupId, description: 'Pods and nodes of the cluster' }],
  };
  for (const database of environment.databases.filter(isInstance)) {
    new PostgresDatabase(stack, `Database-${database.name}`, planDatabase(platform, environment, database, place));
  }
  for (const replica of environment.databases.filter(isReplica)) {
    const plan = planReplica(platform, environment, replica, place);
    if (plan) new PostgresReplica(stack, `Database-${replica.name}`, plan);
  }
  for (const cache of environment.caches.filter(isReplicationGroup)) {
    new RedisReplicationGroup(
      stack,
      `Cache-${cache.name}`,
      planReplicationGroup(platform.name, environment, cache, place),
    );
  }
  passwords(stack, platform.name, environment);
}

/** Passwords of stores in the cluster share a key, which holds nothing else. */
function passwords(stack: EnvironmentStack, platform: string, environment: EnvironmentSpec): void {
  const servers = environment.databases.filter(isDatabaseServer);
  const secrets = storePasswords(platform, environment);
  if (servers.length + secrets.length === 0) return;

  const cluster = clusterName(platform, environment.name);
  const key = new EncryptionKey(stack, 'CacheKey', {
    alias: `${cluster}-caches`,
    description: `Passwords of the stores in ${cluster}`,
  });
  for (const server of servers) {
    new PostgresRoleSecrets(stack, `Database-${server.name}`, {
      ...planServerSecrets(platform, environment, server),
      key,
    });
  }
  for (const { id, ...secret } of secrets) {
    new PasswordSecret(stack, id, { ...secret, key });
  }
}
