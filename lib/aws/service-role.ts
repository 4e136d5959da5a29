import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy';
import { IamRolePolicyAttachment } from '@cdktf/provider-aws/lib/iam-role-policy-attachment';
import { Construct } from 'constructs';
import { AwsAccount } from './aws-account';
import { policyDocument, type Statement } from './policy';

export interface ServiceRoleProps {
  /** Service that assumes the role: `eks.amazonaws.com`, `pods.eks.amazonaws.com`. */
  readonly service: string;
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

/** An IAM role that one AWS service of this account assumes, with the least it needs. */
export class ServiceRole extends Construct {
  readonly arn: string;
  readonly name: string;
  /** Attachments and policies: what uses the role should depend on them, or it starts without its rights. */
  readonly grants: readonly (IamRolePolicy | IamRolePolicyAttachment)[];

  constructor(scope: Construct, id: string, props: ServiceRoleProps) {
    super(scope, id);
    const { service, description, managedPolicies = [], statements = [] } = props;

    const role = new IamRole(this, 'Resource', {
      description,
      assumeRolePolicy: policyDocument([
        { sid: 'ServiceAssumes', principals: { Service: [service] }, actions: assumeActions(service) },
      ]),
    });
    this.arn = role.arn;
    this.name = role.name;

    const account = AwsAccount.of(this);
    const attached = managedPolicies.map(
      (name) =>
        new IamRolePolicyAttachment(this, name.split('/').at(-1) ?? name, {
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
