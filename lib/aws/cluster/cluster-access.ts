import { EksAccessEntry } from '@cdktf/provider-aws/lib/eks-access-entry';
import { EksAccessPolicyAssociation } from '@cdktf/provider-aws/lib/eks-access-policy-association';
import { Construct } from 'constructs';
import { type Check, duplicates, enforce, type Finding, inspect, isDnsLabel, withDefaults } from '../../check';
import { DEPLOYERS_GROUP } from '../../model';
import { AwsAccount } from '../aws-account';

/** Which IAM roles may use the API of a cluster, and how much of it. */
export interface ClusterAccessProps {
  /** Name of an EKS cluster whose authentication mode includes access entries (`API`). */
  readonly clusterName: string;
  /** IAM roles (ARNs) with full rights in the cluster, at least one. */
  readonly adminPrincipals: readonly string[];
  /** IAM roles (ARNs) that pipelines deploy with. */
  readonly deployPrincipals: readonly string[];
  /** Namespaces that pipelines may change. @default - all that exist */
  readonly deployNamespaces?: readonly string[];
}

type Plan = Required<ClusterAccessProps>;

const isRoleArn = (arn: string): boolean => /^arn:aws(-cn|-us-gov)?:iam::\d{12}:role\/[\w+=,.@/-]{1,576}$/.test(arn);

const principals = ({ adminPrincipals, deployPrincipals }: Plan): string[] => [...adminPrincipals, ...deployPrincipals];

const isRoleList = (prop: 'adminPrincipals' | 'deployPrincipals', id: string): Check<Plan> => ({
  id,
  prop,
  holds: (plan) => plan[prop].every(isRoleArn),
  rule: 'must be ARNs of IAM roles: no users, whose keys do not expire, and never root',
  received: (plan) => plan[prop].filter((arn) => !isRoleArn(arn)),
  remedy: 'use a role such as arn:aws:iam::123456789012:role/operators',
});

/** What is asked of the roles (an admin at least, each once, no users) and of the namespaces. */
export const CLUSTER_ACCESS_CHECKS: readonly Check<Plan>[] = [
  {
    id: 'cluster-has-an-admin',
    prop: 'adminPrincipals',
    holds: ({ adminPrincipals }) => adminPrincipals.length > 0,
    rule: 'must name at least one role: whoever creates the cluster gets no rights in it',
    remedy: 'add the role that your operators assume',
  },
  isRoleList('adminPrincipals', 'cluster-admins-are-roles'),
  isRoleList('deployPrincipals', 'cluster-deployers-are-roles'),
  {
    id: 'cluster-principals-are-distinct',
    prop: 'deployPrincipals',
    holds: (plan) => duplicates(principals(plan)).length === 0,
    rule: 'and adminPrincipals must name each role once: EKS keeps one entry a role',
    received: (plan) => duplicates(principals(plan)),
    remedy: 'drop the second one',
  },
  {
    id: 'cluster-deploy-namespaces-are-names',
    prop: 'deployNamespaces',
    holds: ({ deployNamespaces }) => deployNamespaces.every(isDnsLabel) && duplicates(deployNamespaces).length === 0,
    rule: 'must be distinct names of namespaces',
    remedy: 'leave it out for all namespaces',
  },
];

const DEFAULTS = { deployNamespaces: [] } as const;

/** Where the role is in its account: unique, and all that differs between the ARNs of one account. */
const entryId = (arn: string): string => arn.slice(arn.indexOf('::') + '::'.length);

/**
 * Who may use the cluster's API, as access entries; there is no `aws-auth` to lock oneself out with.
 *
 * Admins may do everything. Deployers may change what is in namespaces, and carry the group `headroom:deployers`. Namespaces
 * themselves, CRDs, cluster roles and webhooks are not theirs: whoever can create cluster roles is an administrator. An admin
 * applies those, or binds the group to a role that lists them.
 *
 * @example
 * new ClusterAccess(stack, 'Access', {
 *   clusterName: 'acgs-production',
 *   adminPrincipals: ['arn:aws:iam::123456789012:role/operators'],
 *   deployPrincipals: ['arn:aws:iam::123456789012:role/pipeline'],
 *   deployNamespaces: ['acgs'],
 * });
 */
export class ClusterAccess extends Construct {
  /** What is wrong with roles and namespaces; ARNs must be literals, as their shape is checked. */
  static inspect(path: string, props: ClusterAccessProps): Finding[] {
    return inspect<Plan>(path, withDefaults(DEFAULTS, props), CLUSTER_ACCESS_CHECKS);
  }

  /** @throws InvalidPropsError listing every error that `inspect` finds. */
  constructor(scope: Construct, id: string, props: ClusterAccessProps) {
    super(scope, id);
    const plan: Plan = withDefaults(DEFAULTS, props);
    enforce(this, ClusterAccess.inspect(this.node.path, props));

    const everywhere = { type: 'cluster' };
    const deployScope =
      plan.deployNamespaces.length === 0 ? everywhere : { type: 'namespace', namespaces: [...plan.deployNamespaces] };
    for (const arn of plan.adminPrincipals) this.admit(plan, arn, [], 'AmazonEKSClusterAdminPolicy', everywhere);
    for (const arn of plan.deployPrincipals) {
      this.admit(plan, arn, [DEPLOYERS_GROUP], 'AmazonEKSAdminPolicy', deployScope);
    }
  }

  private admit(
    { clusterName }: Plan,
    principalArn: string,
    kubernetesGroups: string[],
    policy: string,
    accessScope: { readonly type: string; readonly namespaces?: string[] },
  ): void {
    const entry = new EksAccessEntry(this, entryId(principalArn), {
      clusterName,
      principalArn,
      ...(kubernetesGroups.length > 0 && { kubernetesGroups }),
    });
    new EksAccessPolicyAssociation(this, `${entryId(principalArn)}-${policy}`, {
      clusterName,
      principalArn: entry.principalArn,
      policyArn: `arn:${AwsAccount.of(this).partition}:eks::aws:cluster-access-policy/${policy}`,
      accessScope,
    });
  }
}
