import { type App, TerraformOutput } from 'cdktf';
import {
  AwsAccount,
  EksCluster,
  EncryptionKey,
  Network,
  PasswordSecret,
  PodIdentityAssociation,
  PostgresDatabase,
} from '../aws';
import { cacheSecret, clusterName, type EnvironmentSpec, secretRoot } from '../model';
import { Duration } from '../units';
import { EnvironmentStack } from './environment-stack';
import { planAutoscaler, planCluster, planSecretReader } from './plan/plan-cluster';
import { planDatabase } from './plan/plan-database';
import { planNetwork } from './plan/plan-network';

/** The Terraform stacks of an environment. They refer to one another, so that their order follows. */
export function buildStacks(app: App, platform: string, environment: EnvironmentSpec): void {
  const network = networkStack(app, platform, environment);
  const cluster = clusterStack(app, platform, environment, network);
  dataStack(app, platform, environment, network, cluster);
}

function networkStack(app: App, platform: string, environment: EnvironmentSpec): Network {
  const stack = new EnvironmentStack(app, platform, environment, 'network');
  return new Network(stack, 'Network', planNetwork(platform, environment));
}

function clusterStack(app: App, platform: string, environment: EnvironmentSpec, network: Network): EksCluster {
  const stack = new EnvironmentStack(app, platform, environment, 'cluster');
  const cluster = new EksCluster(stack, 'Cluster', planCluster(platform, environment, network));
  new TerraformOutput(stack, 'ApiEndpoint', { value: cluster.endpoint, description: 'API server of the cluster' });
  if (cluster.accessHost) {
    const description = 'Instance to open Session Manager port forwarding to';
    new TerraformOutput(stack, 'AccessHostInstance', { value: cluster.accessHost.instanceId, description });
  }
  const account = AwsAccount.of(stack);
  const reader = planSecretReader(platform, environment, cluster.name, (service, resource) =>
    account.arn(service, resource),
  );
  new PodIdentityAssociation(stack, 'SecretReader', reader);
  if (cluster.autoscaler === 'cluster-autoscaler') {
    new PodIdentityAssociation(stack, 'Autoscaler', planAutoscaler(cluster.name));
  }
  return cluster;
}

function dataStack(
  app: App,
  platform: string,
  environment: EnvironmentSpec,
  network: Network,
  cluster: EksCluster,
): void {
  const stack = new EnvironmentStack(app, platform, environment, 'data');
  for (const database of environment.databases) {
    const place = {
      vpcId: network.vpcId,
      subnetIds: network.databaseSubnetIds,
      allowedFrom: [{ securityGroupId: cluster.securityGroupId, description: 'Pods and nodes of the cluster' }],
    };
    new PostgresDatabase(stack, `Database-${database.name}`, planDatabase(platform, environment, database, place));
  }
  if (environment.caches.length === 0) return;

  const key = new EncryptionKey(stack, 'CacheKey', {
    alias: `${clusterName(platform, environment.name)}-caches`,
    description: `Passwords of the caches of ${clusterName(platform, environment.name)}`,
  });
  for (const { name } of environment.caches) {
    new PasswordSecret(stack, `Cache-${name}`, {
      name: cacheSecret(secretRoot(platform, environment.name), name),
      description: `Password of the Redis Cluster ${name}`,
      key,
      ...(environment.stage === 'development' && { recoveryWindow: Duration.days(0) }),
    });
  }
}
