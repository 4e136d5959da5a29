import { IamPolicy } from '@cdktf/provider-aws/lib/iam-policy';
import { Construct } from 'constructs';
import { type Check, enforce, type Finding, inspect } from '../../check';
import { AwsAccount } from '../aws-account';
import { policyDocument, type Statement } from '../policy';
import { DRAWN, PASSED_TO } from './ci-deploy';
import { type CiStates, guards } from './ci-permissions';

export interface RoleBoundaryProps {
  /** Name of the policy, which roles elsewhere spell out (1-128 letters, digits and `+ = , . @ - _`). */
  readonly name: string;
  /** Buckets of states, which no role that is bounded may unsettle. @default - none */
  readonly states?: readonly CiStates[];
}

export const ROLE_BOUNDARY_CHECKS: readonly Check<RoleBoundaryProps>[] = [
  {
    id: 'role-boundary-name-is-allowed',
    prop: 'name',
    holds: ({ name }) => /^[\w+=,.@-]{1,128}$/.test(name) && !name.startsWith('terraform-'),
    rule: 'must be 1-128 letters, digits and + = , . @ - _, and not start with terraform-, which pipelines may change',
    remedy: 'use one such as acgs-boundary',
  },
];

/** Services that what runs may call, by the prefix of their actions; what EKS, RDS and Backup do with managed policies included. */
const SERVICES: readonly string[] = [
  'acm',
  'autoscaling',
  'backup',
  'backup-storage',
  'cloudwatch',
  'cognito-idp',
  'ec2',
  'ec2messages',
  'ecr',
  'eks',
  'eks-auth',
  'elasticloadbalancing',
  'events',
  'kms',
  'logs',
  'pricing',
  'rds',
  's3',
  'secretsmanager',
  'shield',
  'sns',
  'sqs',
  'ssm',
  'ssmmessages',
  'tag',
  'waf-regional',
  'wafv2',
];

/** Of IAM: to look, and what Karpenter does with profiles of its nodes. No role, policy or user is made or changed. */
const IDENTITY: readonly string[] = [
  'iam:AddRoleToInstanceProfile',
  'iam:CreateInstanceProfile',
  'iam:CreateServiceLinkedRole',
  'iam:DeleteInstanceProfile',
  'iam:GetInstanceProfile',
  'iam:GetRole',
  'iam:GetServerCertificate',
  'iam:ListInstanceProfiles',
  'iam:ListServerCertificates',
  'iam:RemoveRoleFromInstanceProfile',
  'iam:TagInstanceProfile',
];

const limits = (states: readonly CiStates[], account: AwsAccount, own: string): Statement[] => [
  { sid: 'RunPlatforms', actions: SERVICES.map((service) => `${service}:*`), resources: ['*'] },
  { sid: 'UseIdentities', actions: IDENTITY, resources: ['*'] },
  {
    sid: 'HandOverRoles',
    actions: ['iam:PassRole'],
    resources: [account.globalArn('iam', `role/${DRAWN}`)],
    conditions: { StringEquals: { 'iam:PassedToService': PASSED_TO } },
  },
  ...(states.length === 0 ? [] : guards({ states, regions: [] }, account, [own])),
];

/**
 * The most that a role made by a pipeline can do, whatever policies it is given: the pipeline may give rights only to roles that this
 * policy bounds, so that it cannot make one that does more than itself. It grants nothing.
 *
 * **Upgrade.** A service that a new construct calls is added here before the construct is applied: the account first.
 *
 * **Destroy.** Refused by IAM while a role is bounded by it: roles go first.
 *
 * @example
 * new RoleBoundary(stack, 'Boundary', { name: 'acgs-boundary' });
 */
export class RoleBoundary extends Construct {
  /** What is wrong with the name; makes nothing. */
  static inspect(path: string, props: RoleBoundaryProps): Finding[] {
    return inspect(path, props, ROLE_BOUNDARY_CHECKS);
  }

  /** What a pipeline's role names as the boundary of roles that it makes. */
  readonly arn: string;

  /** @throws InvalidPropsError listing every error that `inspect` finds. */
  constructor(scope: Construct, id: string, props: RoleBoundaryProps) {
    super(scope, id);
    enforce(this, RoleBoundary.inspect(this.node.path, props));
    const { name, states = [] } = props;
    const account = AwsAccount.of(this);
    const own = account.globalArn('iam', `policy/${name}`);
    this.arn = new IamPolicy(this, 'Resource', {
      name,
      description: 'The most that roles made by pipelines can do',
      policy: policyDocument(limits(states, account, own)),
    }).arn;
  }
}
