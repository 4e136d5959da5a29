import {
  type EksCluster,
  EncryptionKey,
  GivenSecret,
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
  RECEIVER_KEYS,
  receiversSecret,
  secretRoot,
} from '../model';
import type { EnvironmentStack } from './environment-stack';
import { buildObservabilityStores } from './observability-stores';
import { planReplicationGroup } from './plan/plan-cache';
import { planDatabase, planReplica, planServerSecrets, type StorePlace } from './plan/plan-database';
import { instanceClients } from './plan/plan-instances';
import { storePasswords } from './plan/plan-passwords';
import { passwordRecovery } from './plan/plan-secrets';

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
    allowedFrom: [
      { securityGroupId: cluster.securityGroupId, description: 'Pods and nodes of the cluster' },
      ...instanceClients(environment),
    ],
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
  receivers(stack, platform.name, environment);
  buildObservabilityStores(stack, platform, environment);
}

/** Room for the keys of PagerDuty, Slack and the mail server, which a person puts in. */
function receivers(stack: EnvironmentStack, platform: string, environment: EnvironmentSpec): void {
  if (environment.telemetry === undefined) return;
  const recoveryWindow = passwordRecovery(environment);
  const key = new EncryptionKey(stack, 'AlertingKey', {
    alias: `${clusterName(platform, environment.name)}-alerting`,
    description: `Keys by which alerts of ${clusterName(platform, environment.name)} reach people`,
  });
  new GivenSecret(stack, 'Receivers', {
    name: receiversSecret(secretRoot(platform, environment.name)),
    description: `JSON with the fields ${Object.values(RECEIVER_KEYS).join(', ')}: a person puts it in, once`,
    key,
    ...(recoveryWindow && { recoveryWindow }),
  });
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
