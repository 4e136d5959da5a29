import type { Construct } from 'constructs';
import { AwsAccount } from '../aws-account';
import { ServiceRole, type ServiceRoleProps } from '../service-role';

/** Whose pods a role is for, and what they may do. */
export interface PodRoleProps extends Pick<ServiceRoleProps, 'description' | 'managedPolicies' | 'statements'> {
  /** Cluster of the stack's account and region that the pods run in. */
  readonly clusterName: string;
  /** Namespace of the pods. */
  readonly namespace: string;
  /** Service account of the pods. */
  readonly serviceAccount: string;
}

/**
 * A role that EKS Pod Identity gives to the pods of one service account in one cluster, and to no others: an association made
 * elsewhere in the account, with this role, gets no credentials. Every request carries these tags unless an association
 * switches them off. `aws:SourceArn` is not asked for: what stands in it is not documented.
 * Source: Amazon EKS user guide, "Create IAM role with trust policy required by EKS Pod Identity".
 */
export class PodRole extends ServiceRole {
  /** Trusts EKS Pod Identity of this account, for cluster, namespace and service account. */
  constructor(scope: Construct, id: string, props: PodRoleProps) {
    const { clusterName, namespace, serviceAccount, ...role } = props;
    super(scope, id, {
      ...role,
      service: 'pods.eks.amazonaws.com',
      ownAccountOnly: true,
      requestTags: {
        'eks-cluster-arn': AwsAccount.of(scope).arn('eks', `cluster/${clusterName}`),
        'kubernetes-namespace': namespace,
        'kubernetes-service-account': serviceAccount,
      },
    });
  }
}
