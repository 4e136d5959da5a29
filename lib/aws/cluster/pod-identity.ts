import { EksPodIdentityAssociation } from '@cdktf/provider-aws/lib/eks-pod-identity-association';
import { Construct } from 'constructs';
import { type Check, duplicates, enforce, type Finding, inspect, isDnsLabel, withDefaults } from '../../check';
import type { Statement } from '../policy';
import { policyName } from '../service-role';
import { PodRole } from './pod-role';

/** One service account, and what its pods may do in AWS. */
export interface PodIdentityAssociationProps {
  /** Cluster that the pods run in. */
  readonly clusterName: string;
  /** Namespace of the service account; a literal, as manifests spell it. */
  readonly namespace: string;
  /** Service account of the pods; a literal, as manifests spell it. */
  readonly serviceAccount: string;
  /**
   * What the pods may do: each with a sid of letters and digits, actions and resources.
   * @default - only what the managed policies allow
   */
  readonly statements?: readonly Statement[];
  /** Names of AWS managed policies, with their path; no administrator's. @default - none */
  readonly managedPolicies?: readonly string[];
}

type Plan = Required<PodIdentityAssociationProps>;

const isSubdomain = (name: string): boolean => name.length <= 253 && name.split('.').every(isDnsLabel);

const allowsEverything = ({ effect = 'Allow', actions }: Statement): boolean =>
  effect === 'Allow' && actions.some((action) => action === '*' || action === '*:*');

/** Managed policies that make an administrator, or let one make oneself. */
const ADMINISTRATORS: readonly string[] = ['AdministratorAccess', 'IAMFullAccess', 'PowerUserAccess'];

const isAdministrator = (policy: string): boolean => ADMINISTRATORS.includes(policyName(policy));

const isFilled = (texts: readonly string[] = []): boolean => texts.length > 0 && !texts.includes('');

const isComplete = ({ actions, resources }: Statement): boolean => isFilled(actions) && isFilled(resources);

const isSid = (sid: string): boolean => /^[A-Za-z0-9]+$/.test(sid);

const sids = (statements: readonly Statement[]): string[] => statements.map(({ sid }) => sid);

/** What is asked of names (literals), statements (complete, distinct) and policies (no administrator). */
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
    id: 'pod-identity-statements-are-complete',
    prop: 'statements',
    holds: ({ statements }) => statements.every(isComplete),
    rule: 'must each have actions and resources, none of them empty',
    received: ({ statements }) => sids(statements.filter((statement) => !isComplete(statement))),
    remedy: 'name what the pods do and to what',
  },
  {
    id: 'pod-identity-sids-are-allowed',
    prop: 'statements',
    holds: ({ statements }) => sids(statements).every(isSid),
    rule: 'must have a sid of letters and digits each',
    received: ({ statements }) => sids(statements).filter((sid) => !isSid(sid)),
    remedy: 'use one such as ReadModels',
  },
  {
    id: 'pod-identity-sids-are-distinct',
    prop: 'statements',
    holds: ({ statements }) => duplicates(sids(statements)).length === 0,
    rule: 'must have distinct sids',
    received: ({ statements }) => duplicates(sids(statements)),
    remedy: 'rename the second one, or merge both',
  },
  {
    id: 'pod-identity-managed-policies-are-distinct',
    prop: 'managedPolicies',
    holds: ({ managedPolicies }) => duplicates(managedPolicies.map(policyName)).length === 0,
    rule: 'must have distinct names, whatever their paths',
    received: ({ managedPolicies }) => duplicates(managedPolicies.map(policyName)),
    remedy: 'remove the second one',
  },
  {
    id: 'pod-identity-is-no-administrator',
    prop: 'statements',
    holds: ({ statements, managedPolicies }) =>
      !statements.some(allowsEverything) && !managedPolicies.some(isAdministrator),
    rule: 'must name services and actions: a pod is no administrator',
    received: ({ statements, managedPolicies }) => [
      ...statements.filter(allowsEverything).map(({ sid }) => sid),
      ...managedPolicies.filter(isAdministrator),
    ],
    remedy: 'list the actions that its program calls',
  },
];

const DEFAULTS = { statements: [], managedPolicies: [] } as const;

/**
 * AWS rights for the pods of one service account, without a key and without an ARN in any manifest.
 * It must exist before the pods: a running pod gets no credentials for an association made later.
 *
 * @example
 * new PodIdentityAssociation(stack, 'Models', {
 *   clusterName: cluster.name,
 *   namespace: 'acgs',
 *   serviceAccount: 'inference',
 *   statements: [{ sid: 'ReadModels', actions: ['s3:GetObject'], resources: ['arn:aws:s3:::acgs-models/*'] }],
 * });
 */
export class PodIdentityAssociation extends Construct {
  /** What is wrong with names and rights; makes nothing. */
  static inspect(path: string, props: PodIdentityAssociationProps): Finding[] {
    return inspect<Plan>(path, withDefaults(DEFAULTS, props), POD_IDENTITY_CHECKS);
  }

  /** With `serviceAccount`, the name by which the other plane knows it. */
  readonly namespace: string;
  /** Name of the service account, a literal that manifests can repeat. */
  readonly serviceAccount: string;
  /** Role of the pods, for policies of keys and buckets that name their principals. */
  readonly roleArn: string;

  /** @throws InvalidPropsError listing every error that `inspect` finds. */
  constructor(scope: Construct, id: string, props: PodIdentityAssociationProps) {
    super(scope, id);
    const plan: Plan = withDefaults(DEFAULTS, props);
    enforce(this, PodIdentityAssociation.inspect(this.node.path, props));

    const description = `Pods of ${plan.namespace}/${plan.serviceAccount}`;
    const role = new PodRole(this, 'Role', { ...plan, description });
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
