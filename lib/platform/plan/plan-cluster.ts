import {
  type ArgoCdProps,
  type AwsAccount,
  type ClusterNetwork,
  EKS_INTERFACE_ENDPOINTS,
  type EksClusterProps,
  type PodIdentityAssociationProps,
} from '../../aws';
import {
  CLUSTER_AUTOSCALER,
  type ClusterSpec,
  clusterName,
  databaseSecret,
  type EnvironmentSpec,
  EXTERNAL_SECRETS,
  isReplica,
  MASTER_ROLE,
  managedNodeGroups,
  secretRoot,
} from '../../model';
import { planCachePrefixes } from './plan-images';

/** What Session Manager needs inside the VPC; without them it is reached through NAT, at public addresses. */
const SESSION_ENDPOINTS: readonly string[] = ['ssm', 'ssmmessages'];

const hasSessionEndpoints = ({ network: { interfaceEndpoints = EKS_INTERFACE_ENDPOINTS } }: EnvironmentSpec): boolean =>
  SESSION_ENDPOINTS.every((service) => interfaceEndpoints.includes(service));

/** The cluster as EKS has it: with a group of its spot nodes, and without the pools of Karpenter, which Kubernetes has. */
function declaredCluster({ cluster, zones }: EnvironmentSpec): Omit<ClusterSpec, 'spot' | 'karpenter'> {
  const { spot: _group, karpenter: _pools, ...rest } = cluster;
  return { ...rest, nodeGroups: managedNodeGroups(cluster, zones.length) };
}

/** What the cluster of an environment is made of, in the network that another stack has made. */
export const planCluster = (
  platform: string,
  environment: EnvironmentSpec,
  network: ClusterNetwork,
): EksClusterProps => ({
  ...declaredCluster(environment),
  ...(environment.imageCache === 'pull-through' && { imageCaches: planCachePrefixes(environment) }),
  name: clusterName(platform, environment.name),
  network,
  stage: environment.stage,
  adminPrincipals: environment.adminPrincipals,
  deployPrincipals: environment.deployPrincipals,
  deployNamespaces: [environment.namespace],
  ...(hasSessionEndpoints(environment) ? {} : { accessHostReaches: ['0.0.0.0/0'] }),
  asOf: environment.asOf,
  tags: { platform, environment: environment.name, ...environment.tags },
});

/** The network as far as it is known before it exists: what inspection needs. */
export const plannedNetwork = ({ network: { cidr }, zones }: EnvironmentSpec): ClusterNetwork => ({
  vpcId: 'made-by-the-network-stack',
  cidr,
  zones,
  privateSubnetIds: zones,
});

/** Where copies of the primaries' secrets are: a replica has its primary's roles. */
const primaryRoots = (platform: string, { databases }: EnvironmentSpec): string[] =>
  databases.filter(isReplica).map(({ of }) => `${secretRoot(platform, of.environment)}/${of.database}`);

/**
 * External Secrets reads what lies below the environment's root, but for the masters of databases: those are for whoever
 * creates roles.
 *
 * @param arn Makes an ARN of this account and region.
 */
export function planSecretReader(
  platform: string,
  environment: EnvironmentSpec,
  cluster: string,
  arn: AwsAccount['arn'],
): PodIdentityAssociationProps {
  // Secrets Manager adds six characters to each name.
  const below = (path: string): string => arn('secretsmanager', `secret:${path}/*`);
  const root = secretRoot(platform, environment.name);
  const roots = [root, ...primaryRoots(platform, environment)];
  return {
    clusterName: cluster,
    ...EXTERNAL_SECRETS,
    statements: [
      {
        sid: 'ReadSecretsOfThisEnvironment',
        actions: ['secretsmanager:GetSecretValue', 'secretsmanager:DescribeSecret'],
        resources: roots.map(below),
      },
      {
        sid: 'NeverTheMasters',
        effect: 'Deny',
        actions: ['secretsmanager:GetSecretValue'],
        resources: ['-*', '/*'].map((rest) =>
          arn('secretsmanager', `secret:${databaseSecret(`${platform}/*`, '*', MASTER_ROLE)}${rest}`),
        ),
      },
      {
        // The keys belong to the data stack, which is applied later: told by what they are used for.
        sid: 'DecryptThroughSecretsManager',
        actions: ['kms:Decrypt'],
        resources: [arn('kms', 'key/*')],
        conditions: {
          StringEquals: { 'kms:ViaService': `secretsmanager.${environment.region}.amazonaws.com` },
          StringLike: { 'kms:EncryptionContext:SecretARN': roots.map(below) },
        },
      },
    ],
  };
}

/** Cluster Autoscaler sees all groups and changes those of its own cluster. Source: kubernetes/autoscaler, AWS README. */
export const planAutoscaler = (cluster: string): PodIdentityAssociationProps => ({
  clusterName: cluster,
  ...CLUSTER_AUTOSCALER,
  statements: [
    {
      sid: 'SeeGroupsAndTypes',
      actions: [
        'autoscaling:DescribeAutoScalingGroups',
        'autoscaling:DescribeAutoScalingInstances',
        'autoscaling:DescribeLaunchConfigurations',
        'autoscaling:DescribeScalingActivities',
        'autoscaling:DescribeTags',
        'ec2:DescribeImages',
        'ec2:DescribeInstanceTypes',
        'ec2:DescribeLaunchTemplateVersions',
        'ec2:GetInstanceTypesFromInstanceRequirements',
      ],
      resources: ['*'],
    },
    {
      sid: 'SizeGroupsOfThisCluster',
      actions: ['autoscaling:SetDesiredCapacity', 'autoscaling:TerminateInstanceInAutoScalingGroup'],
      resources: ['*'],
      conditions: { StringEquals: { [`aws:ResourceTag/k8s.io/cluster-autoscaler/${cluster}`]: 'owned' } },
    },
  ],
});

/** The first installation of Argo CD, which brings everything else. */
export const planArgoCd = ({ region, stage }: EnvironmentSpec, cluster: string): ArgoCdProps => ({
  clusterName: cluster,
  region,
  stage,
});
