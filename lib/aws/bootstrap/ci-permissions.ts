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
      'iam:DeletePolicy',
      'iam:DeletePolicyVersion',
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
