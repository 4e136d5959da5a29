import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy';
import { IamRolePolicyAttachment } from '@cdktf/provider-aws/lib/iam-role-policy-attachment';
import { Construct } from 'constructs';
import { AwsAccount } from './aws-account';
import { permissionsBoundary } from './permissions-boundary';
import { policyDocument, type Statement } from './policy';

/** The service that assumes a role, and what it may then do. */
export interface ServiceRoleProps {
  /** Service that assumes the role: `eks.amazonaws.com`, `pods.eks.amazonaws.com`. */
  readonly service: string;
  /**
   * Whether the service must prove that it acts for this account, so that nobody else's resource makes it use the role. For
   * services that send `aws:SourceAccount`, such as `vpc-flow-logs.amazonaws.com`; others could no longer assume it.
   * @default false
   */
  readonly ownAccountOnly?: boolean;
  /**
   * Tags that the service must send with its request, by name: Pod Identity sends cluster, namespace and service account.
   * Others, and services that send none, cannot assume the role then.
   * @default - none
   */
  readonly requestTags?: Readonly<Record<string, string>>;
  /** What the role is for, shown in IAM. */
  readonly description: string;
  /** Names of AWS managed policies, with their path: `AmazonEKSClusterPolicy`, `service-role/AmazonRDSEnhancedMonitoringRole`. @default - none */
  readonly managedPolicies?: readonly string[];
  /** What the role may do beside those. @default - nothing */
  readonly statements?: readonly Statement[];
}

/** Pod Identity passes session tags on, so that its roles are assumed with two actions. */
const assumeActions = (service: string): string[] =>
  service === 'pods.eks.amazonaws.com' ? ['sts:AssumeRole', 'sts:TagSession'] : ['sts:AssumeRole'];

/** What a request must say before the role is given out; undefined if anything will do. */
function trustConditions(ownAccount: string | undefined, requestTags: Readonly<Record<string, string>>) {
  const tags = Object.entries(requestTags).map(([name, value]) => [`aws:RequestTag/${name}`, value]);
  const keys = { ...(ownAccount !== undefined && { 'aws:SourceAccount': ownAccount }), ...Object.fromEntries(tags) };
  return Object.keys(keys).length > 0 ? { conditions: { StringEquals: keys } } : {};
}

/** Name of a managed policy without its path, unique among those that AWS keeps. */
export const policyName = (policy: string): string => policy.split('/').at(-1) ?? policy;

/**
 * An IAM role that one AWS service of this account assumes, with the least it needs. It is known by its description: Terraform
 * draws the name, for one of ours would be cut at 64 characters, or collide with that of another region.
 *
 * @example
 * const role = new ServiceRole(stack, 'Role', {
 *   service: 'vpc-flow-logs.amazonaws.com',
 *   ownAccountOnly: true,
 *   description: 'Writes flow logs of acgs-production',
 *   statements: [{ sid: 'WriteStreams', actions: ['logs:PutLogEvents'], resources: [`${logGroup.arn}:*`] }],
 * });
 */
export class ServiceRole extends Construct {
  /** What the service is given as its role, and what `iam:PassRole` names. */
  readonly arn: string;
  /** Name that Terraform draws; instance profiles and policy attachments take it, not the ARN. */
  readonly name: string;
  /** Attachments and policies: what uses the role should depend on them, or it starts without its rights. */
  readonly grants: readonly (IamRolePolicy | IamRolePolicyAttachment)[];

  /** Attaches each policy below its own name: two of one name, whatever their paths, collide. */
  constructor(scope: Construct, id: string, props: ServiceRoleProps) {
    super(scope, id);
    const { service, description, ownAccountOnly = false, requestTags = {} } = props;
    const { managedPolicies = [], statements = [] } = props;
    const account = AwsAccount.of(this);
    const boundary = permissionsBoundary(this);

    const role = new IamRole(this, 'Resource', {
      description,
      ...(boundary !== undefined && { permissionsBoundary: boundary }),
      assumeRolePolicy: policyDocument([
        {
          sid: 'ServiceAssumes',
          principals: { Service: [service] },
          actions: assumeActions(service),
          ...trustConditions(ownAccountOnly ? account.id : undefined, requestTags),
        },
      ]),
    });
    this.arn = role.arn;
    this.name = role.name;

    const attached = managedPolicies.map(
      (name) =>
        new IamRolePolicyAttachment(this, policyName(name), {
          role: role.name,
          policyArn: account.managedPolicy(name),
        }),
    );
    const inline =
      statements.length === 0
        ? []
        : [new IamRolePolicy(this, 'Policy', { role: role.name, policy: policyDocument(statements) })];
    this.grants = [...attached, ...inline];
  }
}
