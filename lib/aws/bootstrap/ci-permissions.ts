import type { AwsAccount } from '../aws-account';
import type { Statement } from '../policy';

/** A bucket of states. */
export interface CiStates {
  readonly bucketArn: string;
  /** ARN of the key that states are encrypted with. */
  readonly keyArn: string;
  /** Folder of the states in it: `acgs/`. @default - all that it holds */
  readonly folder?: string;
}

/** What a role of a pipeline is about. */
export interface CiScope {
  /** Buckets of the states, at least one: each region may keep its own. */
  readonly states: readonly CiStates[];
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
  'scheduler.amazonaws.com',
  'vpc-flow-logs.amazonaws.com',
];

/** Objects of the states below the folders. */
const objects = ({ states }: CiScope, suffix: string): string[] =>
  states.map(({ bucketArn, folder = '' }) => `${bucketArn}/${folder}*${suffix}`);

const buckets = ({ states }: CiScope): string[] => states.map(({ bucketArn }) => bucketArn);

const keys = ({ states }: CiScope): string[] => [...new Set(states.map(({ keyArn }) => keyArn))];

/** Enough to plan with `-lock=false`: the states, and no more of what buckets hold. */
export const readState = (scope: CiScope): Statement[] => [
  { sid: 'ListStates', actions: ['s3:ListBucket'], resources: buckets(scope) },
  { sid: 'ReadStates', actions: ['s3:GetObject'], resources: objects(scope, '') },
  { sid: 'DecryptStates', actions: ['kms:Decrypt', 'kms:DescribeKey'], resources: keys(scope) },
];

/** Enough to apply: states are written, lock files also deleted. */
export const writeState = (scope: CiScope): Statement[] => [
  ...readState(scope),
  { sid: 'WriteStates', actions: ['s3:PutObject'], resources: objects(scope, '') },
  { sid: 'Unlock', actions: ['s3:DeleteObject'], resources: objects(scope, '.tflock') },
  { sid: 'EncryptStates', actions: ['kms:GenerateDataKey'], resources: keys(scope) },
];

/** Secrets that a plan must open, for ephemeral resources read them whenever Terraform runs. */
export const readSecrets = (arns: readonly string[], { partition, id }: AwsAccount): Statement[] =>
  arns.length === 0
    ? []
    : [
        { sid: 'ReadSecrets', actions: ['secretsmanager:GetSecretValue'], resources: arns },
        {
          // Their keys belong to other stacks, some of them not made yet: told by what they are used for.
          sid: 'DecryptSecrets',
          actions: ['kms:Decrypt'],
          resources: [`arn:${partition}:kms:*:${id}:key/*`],
          conditions: {
            StringLike: {
              'kms:ViaService': 'secretsmanager.*.amazonaws.com',
              'kms:EncryptionContext:SecretARN': arns,
            },
          },
        },
      ];

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

/** What no pipeline does, whatever else it is given: widen its own rights, or end what protects all others. */
export const guards = (scope: CiScope, account: AwsAccount, own: readonly string[]): Statement[] => [
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
    actions: ['Add', 'Create', 'Delete', 'Remove', 'Tag', 'Untag', 'Update'].flatMap((verb) => [
      `iam:${verb}*OpenIDConnectProvider*`,
      `iam:${verb}*SAMLProvider*`,
    ]),
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
    resources: buckets(scope).flatMap((arn) => [arn, `${arn}/*`]),
  },
  {
    sid: 'KeepStateKey',
    effect: 'Deny',
    actions: ['kms:DisableKey', 'kms:PutKeyPolicy', 'kms:ScheduleKeyDeletion'],
    resources: keys(scope),
  },
];
