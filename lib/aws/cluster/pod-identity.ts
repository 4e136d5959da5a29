import { EksPodIdentityAssociation } from '@cdktf/provider-aws/lib/eks-pod-identity-association';
import { Construct } from 'constructs';
import { type Check, enforce, type Finding, inspect, isDnsLabel } from '../../check';
import type { Statement } from '../policy';
import { ServiceRole } from '../service-role';

export interface PodIdentityAssociationProps {
  /** Cluster that the pods run in. */
  readonly clusterName: string;
  /** Namespace of the service account; a literal, as manifests spell it. */
  readonly namespace: string;
  /** Service account of the pods; a literal, as manifests spell it. */
  readonly serviceAccount: string;
  /** What the pods may do. @default - only what the managed policies allow */
  readonly statements?: readonly Statement[];
  /** Names of AWS managed policies, with their path. @default - none */
  readonly managedPolicies?: readonly string[];
}

type Plan = Required<PodIdentityAssociationProps>;

const isSubdomain = (name: string): boolean => name.length <= 253 && name.split('.').every(isDnsLabel);

const allowsEverything = ({ effect = 'Allow', actions }: Statement): boolean =>
  effect === 'Allow' && actions.some((action) => action === '*' || action === '*:*');

export const POD_IDENTITY_CHECKS: readonly Check<Plan>[] = [
  {
    id: 'pod-identity-namespace-is-literal',
    prop: 'namespace',
    holds: ({ namespace }) => isDnsLabel(namespace),
    rule: 'must be a DNS label known at synthesis',
    remedy: 'spell out the namespace that the manifests use',
  },
  {
    id: 'pod-identity-service-account-is-literal',
    prop: 'serviceAccount',
    holds: ({ serviceAccount }) => isSubdomain(serviceAccount),
    rule: 'must be a DNS name known at synthesis',
    remedy: 'spell out the service account that the manifests use',
  },
  {
    id: 'pod-identity-grants-something',
    prop: 'statements',
    holds: ({ statements, managedPolicies }) => statements.length + managedPolicies.length > 0,
    rule: 'or managedPolicies must allow something',
    remedy: 'say what the pods may do, or leave the association out',
  },
  {
    id: 'pod-identity-is-no-administrator',
    prop: 'statements',
    holds: ({ statements, managedPolicies }) =>
      !statements.some(allowsEverything) && !managedPolicies.includes('AdministratorAccess'),
    rule: 'must name services and actions: a pod is no administrator',
    received: ({ statements, managedPolicies }) => [
      ...statements.filter(allowsEverything).map(({ sid }) => sid),
      ...managedPolicies.filter((policy) => policy === 'AdministratorAccess'),
    ],
    remedy: 'list the actions that its program calls',
  },
];

const DEFAULTS = { statements: [], managedPolicies: [] } as const;

/**
 * AWS rights for the pods of one service account, without a key and without an ARN in any manifest.
 * It must exist before the pods: a running pod gets no credentials for an association made later.
 */
export class PodIdentityAssociation extends Construct {
  static inspect(path: string, props: PodIdentityAssociationProps): Finding[] {
    return inspect<Plan>(path, { ...DEFAULTS, ...props }, POD_IDENTITY_CHECKS);
  }

  /** With `serviceAccount`, the name by which the other plane knows it. */
  readonly namespace: string;
  readonly serviceAccount: string;
  readonly roleArn: string;

  constructor(scope: Construct, id: string, props: PodIdentityAssociationProps) {
    super(scope, id);
    const plan: Plan = { ...DEFAULTS, ...props };
    enforce(this, PodIdentityAssociation.inspect(this.node.path, props));

    const role = new ServiceRole(this, 'Role', {
      service: 'pods.eks.amazonaws.com',
      description: `Pods of ${plan.namespace}/${plan.serviceAccount}`,
      managedPolicies: plan.managedPolicies,
      statements: plan.statements,
    });
    new EksPodIdentityAssociation(this, 'Resource', {
      clusterName: plan.clusterName,
      namespace: plan.namespace,
      serviceAccount: plan.serviceAccount,
      roleArn: role.arn,
      dependsOn: [...role.grants],
    });
    this.namespace = plan.namespace;
    this.serviceAccount = plan.serviceAccount;
    this.roleArn = role.arn;
  }
}
