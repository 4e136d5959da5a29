import type { AutoScalingGroupProps, AwsAccount, InstancePeer, InstanceTargetsProps, Statement } from '../../aws';
import { instanceScript } from '../../config';
import {
  clusterName,
  type EnvironmentSpec,
  type InstancesSpec,
  instanceCapacity,
  instanceGroupName,
  type PlatformSpec,
  type TrackedTarget,
} from '../../model';
import { DEFAULT_DRAIN } from '../../model/service/service-runtime';
import { connectionsTo } from './connections';
import { databaseRanges, privateRanges } from './plan-network';
import { serviceSecrets } from './plan-secrets';
import { planService, storePeers } from './plan-service';

/** Name under which users reach a service on instances, below that of the environment. */
export const instanceHost = ({ domain }: EnvironmentSpec, { service }: InstancesSpec): string =>
  `${service.name}.${domain}`;

/** First place of a route: the one before it is the gateway's. */
const FIRST_PRIORITY = 2;

/** What only Terraform knows of the way to instances. */
export type InstancesPlace = Pick<InstanceTargetsProps, 'vpcId' | 'loadBalancer' | 'certificateArn'>;

/** AWS itself, over TLS: registry, secrets and Session Manager, and the packages of the system. */
const AWS: InstancePeer = { description: 'AWS, and packages of the system', cidr: '0.0.0.0/0', port: 443 };

function reaches(platform: PlatformSpec, environment: EnvironmentSpec, instances: InstancesSpec): InstancePeer[] {
  const { service } = instances;
  const ports = storePeers(platform, environment, service).map(({ port }) => port);
  const stores = databaseRanges(environment).flatMap((cidr) =>
    [...new Set(ports)].map((port) => ({ description: 'Subnets of databases and caches', cidr, port })),
  );
  const declared = connectionsTo(service, 'network').map(({ cidr, port, reason }) => ({
    description: reason.replace(/[^\w .:/()#,@[\]+=&;{}!$*-]/g, ' ').slice(0, 255),
    cidr,
    port,
  }));
  const isNew = ({ cidr, port }: InstancePeer): boolean => cidr !== AWS.cidr || port !== AWS.port;
  return [AWS, ...stores, ...declared.filter(isNew)];
}

/** The way to the instances of a service. */
export function planInstanceTargets(
  platform: PlatformSpec,
  environment: EnvironmentSpec,
  instances: InstancesSpec,
  place: InstancesPlace,
): InstanceTargetsProps {
  const { service } = instances;
  return {
    ...place,
    prefix: clusterName(platform.name, environment.name),
    host: instanceHost(environment, instances),
    priority: FIRST_PRIORITY + (environment.instances ?? []).indexOf(instances),
    targets: {
      name: service.name,
      port: service.port,
      healthCheck: { path: service.health.readinessPath },
      deregistrationDelay: service.drainFor ?? DEFAULT_DRAIN,
    },
    reaches: reaches(platform, environment, instances),
  };
}

/** What is known of a group of instances before its surroundings stand. */
export type GroupPlace = Pick<AutoScalingGroupProps, 'subnetIds' | 'securityGroupIds' | 'targetGroupArns'> & {
  /** `arn_suffix` of load balancer and target group. */
  readonly loadBalancer: string;
  readonly targetGroup: string;
  readonly arn: AwsAccount['arn'];
};

function tracks({ cpu, requestsPerMinute }: InstancesSpec, { loadBalancer, targetGroup }: GroupPlace): TrackedTarget[] {
  return [
    ...(cpu === undefined ? [] : [{ on: 'cpu' as const, utilization: cpu }]),
    ...(requestsPerMinute === undefined
      ? []
      : [{ on: 'requests-per-target' as const, perMinute: requestsPerMinute, loadBalancer, targetGroup }]),
  ];
}

/** The secrets of its stores and nothing else; Secrets Manager adds six characters to each name. */
function rights(sources: readonly string[], { region }: EnvironmentSpec, arn: AwsAccount['arn']): Statement[] {
  if (sources.length === 0) return [];
  const secrets = sources.map((source) => arn('secretsmanager', `secret:${source}-??????`));
  return [
    { sid: 'ReadSecretsOfItsStores', actions: ['secretsmanager:GetSecretValue'], resources: secrets },
    {
      sid: 'DecryptThem',
      actions: ['kms:Decrypt'],
      resources: [arn('kms', 'key/*')],
      conditions: {
        StringEquals: { 'kms:ViaService': `secretsmanager.${region}.amazonaws.com` },
        StringLike: { 'kms:EncryptionContext:SecretARN': secrets },
      },
    },
  ];
}

/** The group of a service's instances: the container of its pods, with its settings, limits and secrets. */
export function planInstances(
  platform: PlatformSpec,
  environment: EnvironmentSpec,
  instances: InstancesSpec,
  place: GroupPlace,
): AutoScalingGroupProps {
  const { service, cpu: _cpu, requestsPerMinute: _requests, ...group } = instances;
  const { image, settings = {} } = planService(platform, environment, service);
  const secrets = serviceSecrets(platform.name, environment, service);
  const capacity = instanceCapacity(instances);
  const { subnetIds, securityGroupIds, targetGroupArns = [] } = place;
  return {
    ...group,
    name: instanceGroupName(clusterName(platform.name, environment.name), instances),
    subnetIds,
    securityGroupIds,
    targetGroupArns,
    tracks: tracks(instances, place),
    ...(capacity && { capacity }),
    managedPolicies: ['AmazonEC2ContainerRegistryPullOnly'],
    statements: rights([...new Set(secrets.flatMap(({ sources }) => sources))], environment, place.arn),
    userData: instanceScript({
      name: service.name,
      region: environment.region,
      image,
      ...(service.command && { command: service.command }),
      ...(service.args && { args: service.args }),
      port: service.port,
      settings,
      cores: service.resources.limits.cpu.inMillis / 1000,
      memory: service.resources.limits.memory,
      drainFor: service.drainFor ?? DEFAULT_DRAIN,
      secrets,
    }),
    tags: { platform: platform.name, environment: environment.name, ...environment.tags },
  };
}

/** Instances among the clients of managed stores: known by the subnets that they share with nodes. */
export function instanceClients(
  environment: EnvironmentSpec,
): { readonly cidr: string; readonly description: string }[] {
  const { instances = [], databases, caches } = environment;
  const stores = [...databases, ...caches].map(({ name }) => name);
  const uses = instances.some(({ service }) =>
    service.connections.some((connection) => connection.to !== 'network' && stores.includes(connection.name)),
  );
  return uses
    ? privateRanges(environment).map((cidr, zone) => ({ cidr, description: `Instances of zone ${zone + 1}` }))
    : [];
}
