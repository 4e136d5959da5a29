import type { AwsAccount } from '../aws-account';
import type { Statement } from '../policy';

/**
 * An AWS service that uses a key on its own behalf, without a caller's permission to lean on. `autoscaling` stands for
 * the service-linked role of EC2 Auto Scaling, which must exist before a key policy may name it; `ebs` for whoever in the
 * account may make and attach volumes, by way of EC2 alone, as with the key that AWS keeps for that.
 */
export type KeyUser =
  | 'logs'
  | 'cloudwatch'
  | 'budgets'
  | 'costalerts'
  | 'events'
  | 'backup'
  | 'autoscaling'
  | 'ebs'
  | 'sns'
  | 'delivery.logs';

/** Launches instances with encrypted volumes. Source: EC2 Auto Scaling user guide, "Required AWS KMS key policy". */
const AUTO_SCALING_ROLE = 'role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling';

/**
 * What a service needs of the key, and the proof that it asks for this account. EventBridge sends none when it publishes to an
 * encrypted topic: a condition would drop every event unseen. Source: SNS developer guide, "Enable compatibility between event
 * sources from AWS services and encrypted topics".
 */
export function serviceStatements(user: KeyUser, account: AwsAccount, region: string): Statement[] {
  const use = {
    sid: `For${user
      .split('.')
      .map((part) => part[0]?.toUpperCase() + part.slice(1))
      .join('')}`,
    actions: ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:DescribeKey'],
    resources: ['*'],
  };
  switch (user) {
    case 'logs':
      return [
        {
          ...use,
          principals: { Service: [`logs.${region}.amazonaws.com`] },
          conditions: { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': account.arn('logs', '*', region) } },
        },
      ];
    case 'autoscaling': {
      const principals = { AWS: [account.globalArn('iam', AUTO_SCALING_ROLE)] };
      return [
        { ...use, principals },
        {
          sid: 'ForAutoscalingVolumes',
          principals,
          actions: ['kms:CreateGrant'],
          resources: ['*'],
          conditions: { Bool: { 'kms:GrantIsForAWSResource': 'true' } },
        },
      ];
    }
    case 'ebs': {
      const anybody = {
        principals: { AWS: ['*'] },
        resources: ['*'],
        conditions: {
          StringEquals: { 'kms:CallerAccount': account.id, 'kms:ViaService': `ec2.${region}.amazonaws.com` },
        },
      };
      return [
        { ...use, ...anybody },
        {
          ...anybody,
          sid: 'ForEbsVolumes',
          actions: ['kms:CreateGrant'],
          conditions: { ...anybody.conditions, Bool: { 'kms:GrantIsForAWSResource': 'true' } },
        },
      ];
    }
    case 'events':
      return [{ ...use, principals: { Service: ['events.amazonaws.com'] } }];
    default:
      return [
        {
          ...use,
          principals: { Service: [`${user}.amazonaws.com`] },
          conditions: { StringEquals: { 'aws:SourceAccount': account.id } },
        },
      ];
  }
}

/**
 * What other accounts need of the key to copy what it encrypts: to use it, and to lend it to the service that copies, and to
 * nobody else. Neither plain `kms:Encrypt` nor the administration of grants is among it: copies are kept under other keys.
 * Sources: AWS Backup developer guide, "Creating backup copies across AWS accounts", for the need; EC2 user guide, "Automate
 * cross-account snapshot copies", for the actions, of which it lists more.
 */
export function sharingStatements(accounts: readonly string[], { partition }: AwsAccount): Statement[] {
  if (accounts.length === 0) return [];
  const those = {
    principals: { AWS: accounts.map((id) => `arn:${partition}:iam::${id}:root`) },
    resources: ['*'],
  };
  return [
    {
      ...those,
      sid: 'ForCopiesElsewhere',
      actions: ['kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:DescribeKey'],
    },
    {
      ...those,
      sid: 'ForServicesThatCopy',
      actions: ['kms:CreateGrant'],
      conditions: { Bool: { 'kms:GrantIsForAWSResource': 'true' } },
    },
  ];
}
