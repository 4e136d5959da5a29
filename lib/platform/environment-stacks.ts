import { type App, TerraformOutput } from 'cdktf';
import {
  ArgoCd,
  AwsAccount,
  argoRolloutsIdentity,
  EksCluster,
  KarpenterSupport,
  loadBalancerControllerIdentity,
  Network,
  PodIdentityAssociation,
  type PublicZone,
} from '../aws';
import { type EnvironmentSpec, isReplica, type PlatformSpec } from '../model';
import { buildAccounts } from './account-stacks';
import type { AwsStack } from './aws-stack';
import { buildFailover, buildZone } from './dns-stacks';
import { buildEdge, type Edge } from './edge-stack';
import { buildData } from './environment-data';
import { EnvironmentStack } from './environment-stack';
import { buildInstances } from './instances-stack';
import { buildObservabilityIdentities } from './observability-stores';
import { buildOperations } from './operations-stack';
import { planArgoCd, planAutoscaler, planCluster, planSecretReader } from './plan/plan-cluster';
import { databasesWithRoles, planDatabaseRolesIdentity } from './plan/plan-database-roles';
import { planKarpenterSupport } from './plan/plan-karpenter';
import { planNetwork } from './plan/plan-network';
import { buildRecovery, buildVelero } from './recovery-stack';

/**
 * The Terraform stacks of a platform. They refer to one another, so that their order follows; a replica knows its primary by
 * name alone, so that its order is said.
 */
export function buildStacks(app: App, platform: PlatformSpec): void {
  const accounts = buildAccounts(app, platform);
  const zones = buildZone(app, platform);
  const stacks = platform.environments.map((environment) => environmentStacks(app, platform, environment, zones));
  buildFailover(app, platform, new Map(stacks.flatMap(({ name, edge }) => (edge ? [[name, edge]] : []))), zones);

  waitForAccounts(app, accounts);
  const data = new Map(stacks.map(({ name, data }) => [name, data]));
  for (const { name, databases } of platform.environments) {
    // What was promoted follows nobody: it is deployed while its old primary is lost.
    for (const { of } of databases.filter(isReplica).filter(({ promoted }) => promoted !== true)) {
      const primary = data.get(of.environment);
      if (primary) data.get(name)?.addDependency(primary);
    }
  }
}

/** An account makes the bucket of its environments' states, and what each of their stacks takes for granted. */
function waitForAccounts(app: App, accounts: ReadonlyMap<string, AwsStack>): void {
  for (const stack of app.node.children) {
    if (!(stack instanceof EnvironmentStack)) continue;
    const ready = accounts.get(stack.account);
    if (ready) stack.addDependency(ready);
  }
}

/** What stacks of other environments refer to, or wait for. */
interface EnvironmentParts {
  readonly name: string;
  readonly data: EnvironmentStack;
  readonly edge: Edge | undefined;
}

function environmentStacks(
  app: App,
  platform: PlatformSpec,
  environment: EnvironmentSpec,
  zones: ReadonlyMap<string, PublicZone>,
): EnvironmentParts {
  const network = networkStack(app, platform, environment);
  const cluster = clusterStack(app, platform, environment, network);
  buildVelero(platform, environment, cluster);
  buildObservabilityIdentities(platform.name, environment, cluster);
  gitopsStack(app, platform, environment, cluster);
  const data = new EnvironmentStack(app, platform, environment, 'data');
  buildData(data, platform, environment, network, cluster);
  const edge = buildEdge(app, platform, environment, network, cluster, zones);
  buildInstances(app, platform, environment, network, edge, zones);
  buildRecovery(app, platform, environment, data);
  buildOperations(app, platform, environment, network, edge);
  return { name: environment.name, data, edge };
}

function networkStack(app: App, platform: PlatformSpec, environment: EnvironmentSpec): Network {
  const stack = new EnvironmentStack(app, platform, environment, 'network');
  return new Network(stack, 'Network', planNetwork(platform.name, environment));
}

function clusterStack(app: App, platform: PlatformSpec, environment: EnvironmentSpec, network: Network): EksCluster {
  const stack = new EnvironmentStack(app, platform, environment, 'cluster');
  const cluster = new EksCluster(stack, 'Cluster', planCluster(platform.name, environment, network));
  new TerraformOutput(stack, 'ApiEndpoint', { value: cluster.endpoint, description: 'API server of the cluster' });
  if (cluster.accessHost) {
    const description = 'Instance to open Session Manager port forwarding to';
    new TerraformOutput(stack, 'AccessHostInstance', { value: cluster.accessHost.instanceId, description });
  }
  identities(stack, platform.name, environment, cluster);
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
  for (const database of databasesWithRoles(environment)) {
    const identity = planDatabaseRolesIdentity(platform, environment, database, name, arn);
    new PodIdentityAssociation(stack, `Roles-${database.name}`, identity);
  }
  if (autoscaler === 'cluster-autoscaler') new PodIdentityAssociation(stack, 'Autoscaler', planAutoscaler(name));
  const karpenter = planKarpenterSupport(platform, environment);
  if (karpenter) new KarpenterSupport(stack, 'Karpenter', { ...karpenter, clusterName: name });
}

function gitopsStack(app: App, platform: PlatformSpec, environment: EnvironmentSpec, cluster: EksCluster): void {
  const stack = new EnvironmentStack(app, platform, environment, 'gitops');
  new ArgoCd(stack, 'ArgoCd', planArgoCd(environment, cluster.name));
}
