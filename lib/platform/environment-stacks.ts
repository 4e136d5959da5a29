import { type App, TerraformOutput } from 'cdktf';
import {
  ArgoCd,
  AwsAccount,
  argoRolloutsIdentity,
  EksCluster,
  loadBalancerControllerIdentity,
  Network,
  PodIdentityAssociation,
} from '../aws';
import { type EnvironmentSpec, isReplica, type PlatformSpec } from '../model';
import { buildAccounts } from './account-stacks';
import { buildFailover, buildZone } from './dns-stacks';
import { buildEdge, type Edge } from './edge-stack';
import { buildData } from './environment-data';
import { EnvironmentStack } from './environment-stack';
import { buildOperations } from './operations-stack';
import { planArgoCd, planAutoscaler, planCluster, planSecretReader } from './plan/plan-cluster';
import { planNetwork } from './plan/plan-network';
import { buildRecovery } from './recovery-stack';

/**
 * The Terraform stacks of a platform. They refer to one another, so that their order follows; a replica knows its primary by
 * name alone, so that its order is said.
 */
export function buildStacks(app: App, platform: PlatformSpec): void {
  buildAccounts(app, platform);
  buildZone(app, platform);
  const stacks = platform.environments.map((environment) => environmentStacks(app, platform, environment));
  buildFailover(app, platform, new Map(stacks.flatMap(({ name, edge }) => (edge ? [[name, edge]] : []))));

  const data = new Map(stacks.map(({ name, data }) => [name, data]));
  for (const { name, databases } of platform.environments) {
    for (const { of } of databases.filter(isReplica)) {
      const primary = data.get(of.environment);
      if (primary) data.get(name)?.addDependency(primary);
    }
  }
}

/** What stacks of other environments refer to, or wait for. */
interface EnvironmentParts {
  readonly name: string;
  readonly data: EnvironmentStack;
  readonly edge: Edge | undefined;
}

function environmentStacks(app: App, platform: PlatformSpec, environment: EnvironmentSpec): EnvironmentParts {
  const network = networkStack(app, platform.name, environment);
  const cluster = clusterStack(app, platform.name, environment, network);
  gitopsStack(app, platform.name, environment, cluster);
  const data = new EnvironmentStack(app, platform.name, environment, 'data');
  buildData(data, platform, environment, network, cluster);
  const edge = buildEdge(app, platform, environment, network, cluster);
  buildRecovery(app, platform, environment);
  buildOperations(app, platform, environment, network, edge);
  return { name: environment.name, data, edge };
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
  identities(stack, platform, environment, cluster);
  return cluster;
}

/** What controllers may do in AWS, by the service accounts that they will have. */
function identities(
  stack: EnvironmentStack,
  platform: string,
  environment: EnvironmentSpec,
  { name, autoscaler }: EksCluster,
): void {
  const account = AwsAccount.of(stack);
  const arn: AwsAccount['arn'] = (service, resource, region) => account.arn(service, resource, region);
  const reader = planSecretReader(platform, environment, name, arn);
  new PodIdentityAssociation(stack, 'SecretReader', reader);
  new PodIdentityAssociation(stack, 'LoadBalancers', loadBalancerControllerIdentity(name, arn));
  new PodIdentityAssociation(stack, 'Rollouts', argoRolloutsIdentity(name));
  if (autoscaler === 'cluster-autoscaler') new PodIdentityAssociation(stack, 'Autoscaler', planAutoscaler(name));
}

function gitopsStack(app: App, platform: string, environment: EnvironmentSpec, cluster: EksCluster): void {
  const stack = new EnvironmentStack(app, platform, environment, 'gitops');
  new ArgoCd(stack, 'ArgoCd', planArgoCd(environment, cluster.name));
}
