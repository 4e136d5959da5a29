import type { AwsAccount } from '../aws-account';
import type { Statement } from '../policy';

/** What a role of a pipeline is about. */
export interface CiScope {
  /** Bucket of the states, its key, and the folder of keys in it (`acgs/`, or none for all). */
  readonly state: { readonly bucketArn: string; readonly keyArn: string; readonly folder?: string };
  /** Regions in which anything is made. */
  readonly regions: readonly string[];
}

/** Services of which our stacks make something, by the prefix of their actions. */
const SERVICES: readonly string[] = [
  'acm',
  'application-autoscaling',
  'autoscaling',
  'backup',
  'backup-storage',
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
const DRAWN = 'terraform-*';

/** Services that our roles are handed to. */
const PASSED_TO: readonly string[] = [
  'backup.amazonaws.com',
  'ec2.amazonaws.com',
  'ecr.amazonaws.com',
  'eks.amazonaws.com',
  'monitoring.rds.amazonaws.com',
  'pods.eks.amazonaws.com',
  's3.amazonaws.com',
  'vpc-flow-logs.amazonaws.com',
];

/** Objects of the states below the folder. */
const objects = ({ state }: CiScope, suffix: string): string => `${state.bucketArn}/${state.folder ?? ''}*${suffix}`;

/** Enough to plan with `-lock=false`: the states, and no more of what buckets hold. */
export const readState = (scope: CiScope): Statement[] => [
  { sid: 'ListStates', actions: ['s3:ListBucket'], resources: [scope.state.bucketArn] },
  { sid: 'ReadStates', actions: ['s3:GetObject'], resources: [objects(scope, '')] },
  { sid: 'DecryptStates', actions: ['kms:Decrypt', 'kms:DescribeKey'], resources: [scope.state.keyArn] },
];

/** Enough to apply: states are written, lock files also deleted. */
export const writeState = (scope: CiScope): Statement[] => [
  ...readState(scope),
  { sid: 'WriteStates', actions: ['s3:PutObject'], resources: [objects(scope, '')] },
  { sid: 'Unlock', actions: ['s3:DeleteObject'], resources: [objects(scope, '.tflock')] },
  { sid: 'EncryptStates', actions: ['kms:GenerateDataKey'], resources: [scope.state.keyArn] },
];

/** Secrets that a plan must open, for ephemeral resources read them whenever Terraform runs. */
export const readSecrets = (arns: readonly string[]): Statement[] =>
  arns.length === 0 ? [] : [{ sid: 'ReadSecrets', actions: ['secretsmanager:GetSecretValue'], resources: arns }];

/**
 * What our stacks make, in the declared regions and nowhere else. Roles are bounded by the names that Terraform draws; they
 * are handed only to services that ours are for.
 */
export function deploy({ regions }: CiScope, account: AwsAccount): Statement[] {
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
        'iam:AddRoleToInstanceProfile',
        'iam:AttachRolePolicy',
        'iam:CreateInstanceProfile',
        'iam:CreatePolicy',
        'iam:CreatePolicyVersion',
        'iam:CreateRole',
        'iam:DeleteInstanceProfile',
        'iam:DeletePolicy',
        'iam:DeletePolicyVersion',
        'iam:DeleteRole',
        'iam:DeleteRolePolicy',
        'iam:DetachRolePolicy',
        'iam:Get*',
        'iam:List*',
        'iam:PutRolePolicy',
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
      sid: 'HandOverRoles',
      actions: ['iam:PassRole'],
      resources: [account.globalArn('iam', `role/${DRAWN}`)],
      conditions: { StringEquals: { 'iam:PassedToService': PASSED_TO } },
    },
  ];
}

/** What no pipeline does, whatever else it is given: widen its own rights, or end what protects all others. */
export const guards = ({ state }: CiScope, account: AwsAccount, own: readonly string[]): Statement[] => [
  {
    sid: 'KeepOwnRights',
    effect: 'Deny',
    actions: [
      'iam:AttachRolePolicy',
      'iam:DeleteRole',
      'iam:DeleteRolePermissionsBoundary',
      'iam:DeleteRolePolicy',
      'iam:DetachRolePolicy',
      'iam:PutRolePermissionsBoundary',
      'iam:PutRolePolicy',
      'iam:UpdateAssumeRolePolicy',
      'iam:CreatePolicyVersion',
      'iam:SetDefaultPolicyVersion',
    ],
    resources: own,
  },
  {
    sid: 'KeepTrust',
    effect: 'Deny',
    actions: ['iam:*OpenIDConnectProvider*', 'iam:*SAMLProvider*'],
    resources: [account.globalArn('iam', 'oidc-provider/*'), account.globalArn('iam', 'saml-provider/*')],
  },
  {
    sid: 'KeepStates',
    effect: 'Deny',
    actions: [
      's3:DeleteBucket',
      's3:DeleteBucketPolicy',
      's3:DeleteObjectVersion',
      's3:PutBucketPolicy',
      's3:PutBucketVersioning',
      's3:PutLifecycleConfiguration',
      's3:PutReplicationConfiguration',
    ],
    resources: [state.bucketArn, `${state.bucketArn}/*`],
  },
  {
    sid: 'KeepStateKey',
    effect: 'Deny',
    actions: ['kms:DisableKey', 'kms:PutKeyPolicy', 'kms:ScheduleKeyDeletion'],
    resources: [state.keyArn],
  },
];
