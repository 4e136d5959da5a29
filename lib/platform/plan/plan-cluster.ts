import type { ClusterNetwork, EksClusterProps, PodIdentityAssociationProps, Statement } from '../../aws';
import { clusterName, type EnvironmentSpec, EXTERNAL_SECRETS, secretRoot } from '../../model';

/** What the cluster of an environment is made of, in the network that another stack has made. */
export const planCluster = (
  platform: string,
  environment: EnvironmentSpec,
  network: ClusterNetwork,
): EksClusterProps => ({
  ...environment.cluster,
  name: clusterName(platform, environment.name),
  network,
  stage: environment.stage,
  adminPrincipals: environment.adminPrincipals,
  deployPrincipals: environment.deployPrincipals,
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

/**
 * External Secrets reads what lies below the environment's root, and nothing else.
 *
 * @param secretArns ARN pattern of those secrets.
 */
export function planSecretReader(
  cluster: string,
  secretArns: string,
  decryptStatements: readonly Statement[],
): PodIdentityAssociationProps {
  return {
    clusterName: cluster,
    ...EXTERNAL_SECRETS,
    statements: [
      {
        sid: 'ReadSecretsOfThisEnvironment',
        actions: ['secretsmanager:GetSecretValue', 'secretsmanager:DescribeSecret'],
        resources: [secretArns],
      },
      ...decryptStatements,
    ],
  };
}

/** ARN pattern of all secrets of an environment; Secrets Manager adds six characters to each name. */
export const secretPattern = (platform: string, environment: string): string =>
  `secret:${secretRoot(platform, environment)}/*`;
