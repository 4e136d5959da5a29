import { EksCluster } from '@cdktf/provider-aws/lib/eks-cluster';
import { TerraformResource } from 'cdktf';
import type { Construct } from 'constructs';
import { LogGroup } from '../log-group';
import { EncryptionKey } from '../secrets/encryption-key';
import { ServiceRole } from '../service-role';
import { controlPlaneLogGroup, type EksClusterPlan } from './eks-cluster-props';

/** All that EKS offers. */
const LOG_TYPES = ['api', 'audit', 'authenticator', 'controllerManager', 'scheduler'];

/** The API server with its role, its key and its logs. The log group comes first, or EKS makes one that keeps all in clear. */
export function controlPlane(scope: Construct, plan: EksClusterPlan): EksCluster {
  const { name, network, apiAccess, stage } = plan;
  const key =
    plan.key ??
    new EncryptionKey(scope, 'Key', {
      alias: `eks/${name}`,
      description: `Secrets and control plane logs of ${name}`,
      users: ['logs'],
    });
  const logs = new LogGroup(scope, 'Logs', { name: controlPlaneLogGroup(name), key, retention: plan.logRetention });
  const role = new ServiceRole(scope, 'Role', {
    service: 'eks.amazonaws.com',
    description: `Control plane of ${name}`,
    managedPolicies: ['AmazonEKSClusterPolicy'],
    statements: [
      {
        sid: 'EncryptSecrets',
        actions: ['kms:Encrypt', 'kms:Decrypt', 'kms:ListGrants', 'kms:DescribeKey'],
        resources: [key.arn],
      },
    ],
  });
  const isPublic = apiAccess.through === 'public-allowlist';
  return new EksCluster(scope, 'Resource', {
    name,
    version: plan.version,
    roleArn: role.arn,
    vpcConfig: {
      subnetIds: [...network.privateSubnetIds],
      endpointPrivateAccess: true,
      endpointPublicAccess: isPublic,
      ...(isPublic && { publicAccessCidrs: [...apiAccess.cidrs] }),
    },
    accessConfig: { authenticationMode: 'API', bootstrapClusterCreatorAdminPermissions: false },
    encryptionConfig: { resources: ['secrets'], provider: { keyArn: key.arn } },
    enabledClusterLogTypes: LOG_TYPES,
    upgradePolicy: { supportType: plan.supportType },
    zonalShiftConfig: { enabled: true },
    bootstrapSelfManagedAddons: false,
    deletionProtection: stage !== 'development',
    tags: { ...plan.tags },
    dependsOn: [...role.grants, ...logs.node.findAll().filter(TerraformResource.isTerraformResource)],
  });
}
