import type { AwsAccount } from '../aws-account';
import type { Statement } from '../policy';
import type { CiScope } from './ci-permissions';

/** Services of which our stacks make something, by the prefix of their actions. */
const SERVICES: readonly string[] = [
  'acm',
  'application-autoscaling',
  'autoscaling',
  'backup',
  'backup-storage',
  'budgets',
  'ce',
  'cloudformation',
  'cloudfront',
  'cloudwatch',
  'dynamodb',
  'ec2',
  'ecr',
  'eks',
  'elasticache',
  'elasticloadbalancing',
  'events',
  'kms',
  'logs',
  'rds',
  'route53',
  's3',
  'scheduler',
  'secretsmanager',
  'servicequotas',
  'sns',
  'sqs',
  'ssm',
  'wafv2',
];

/** What global services answer for, as conditions see it. */
const GLOBAL_REGION = 'us-east-1';

/** Names that Terraform draws for roles and profiles start like that. */
export const DRAWN = 'terraform-*';

/** Services that our roles are handed to. */
export const PASSED_TO: readonly string[] = [
  'backup.amazonaws.com',
  'ec2.amazonaws.com',
  'ecr.amazonaws.com',
  'eks.amazonaws.com',
  'monitoring.rds.amazonaws.com',
  'pods.eks.amazonaws.com',
  's3.amazonaws.com',
  'scheduler.amazonaws.com',
  'vpc-flow-logs.amazonaws.com',
];

/** Rights are given to a role only while a policy bounds it, where one is named. */
const whileBounded = (roleBoundaryArn: string | undefined): Pick<Statement, 'conditions'> =>
  roleBoundaryArn === undefined ? {} : { conditions: { StringEquals: { 'iam:PermissionsBoundary': roleBoundaryArn } } };

/**
 * What our stacks make, in the declared regions and nowhere else. Roles are told by the names that Terraform draws; they get
 * rights only below `roleBoundaryArn`, and are handed only to services that ours are for.
 */
export function deploy({ regions }: CiScope, account: AwsAccount, roleBoundaryArn?: string): Statement[] {
  const drawn = ['role', 'instance-profile', 'policy'].map((kind) => account.globalArn('iam', `${kind}/${DRAWN}`));
  return [
    {
      sid: 'MakeInRegions',
      actions: SERVICES.map((service) => `${service}:*`),
      resources: ['*'],
      conditions: { StringEquals: { 'aws:RequestedRegion': [...new Set([...regions, GLOBAL_REGION])] } },
    },
    {
      sid: 'MakeRoles',
      actions: [
        'iam:AttachRolePolicy',
        'iam:CreateRole',
        'iam:DeleteRolePolicy',
        'iam:DetachRolePolicy',
        'iam:PutRolePermissionsBoundary',
        'iam:PutRolePolicy',
      ],
      resources: [account.globalArn('iam', `role/${DRAWN}`)],
      ...whileBounded(roleBoundaryArn),
    },
    {
      sid: 'KeepRoles',
      actions: [
        'iam:AddRoleToInstanceProfile',
        'iam:CreateInstanceProfile',
        'iam:CreatePolicy',
        'iam:CreatePolicyVersion',
        'iam:DeleteInstanceProfile',
        'iam:DeletePolicy',
        'iam:DeletePolicyVersion',
        'iam:DeleteRole',
        'iam:Get*',
        'iam:List*',
        'iam:RemoveRoleFromInstanceProfile',
        'iam:TagInstanceProfile',
        'iam:TagPolicy',
        'iam:TagRole',
        'iam:UntagInstanceProfile',
        'iam:UntagPolicy',
        'iam:UntagRole',
        'iam:UpdateAssumeRolePolicy',
        'iam:UpdateRole',
        'iam:UpdateRoleDescription',
      ],
      resources: drawn,
    },
    {
      // EKS, and others, look with the rights of who asks whether the role of their own is there.
      sid: 'SeeRolesOfServices',
      actions: ['iam:GetRole'],
      resources: [account.globalArn('iam', 'role/aws-service-role/*')],
    },
    {
      sid: 'HandOverRoles',
      actions: ['iam:PassRole'],
      resources: [account.globalArn('iam', `role/${DRAWN}`)],
      conditions: { StringEquals: { 'iam:PassedToService': PASSED_TO } },
    },
  ];
}
