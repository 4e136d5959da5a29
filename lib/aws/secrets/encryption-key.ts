import { KmsAlias } from '@cdktf/provider-aws/lib/kms-alias';
import { KmsKey } from '@cdktf/provider-aws/lib/kms-key';
import { Construct } from 'constructs';
import { type Check, enforce, type Finding, inspect, isWholeWithin, withDefaults } from '../../check';
import { Duration } from '../../units';
import { AwsAccount } from '../aws-account';
import { policyDocument, type Statement } from '../policy';

/**
 * An AWS service that uses a key on its own behalf, without a caller's permission to lean on. `autoscaling` stands for
 * the service-linked role of EC2 Auto Scaling, which must exist before a key policy may name it; `ebs` for whoever in the
 * account may make and attach volumes, by way of EC2 alone, as with the key that AWS keeps for that.
 */
export type KeyUser =
  | 'logs'
  | 'cloudwatch'
  | 'budgets'
  | 'events'
  | 'backup'
  | 'autoscaling'
  | 'ebs'
  | 'sns'
  | 'delivery.logs';

/** A key as declared: its alias, who uses it and how slowly it goes. */
export interface EncryptionKeyProps {
  /** Alias without the `alias/` prefix: letters, digits, `/`, `_` and `-`, not starting with `aws/` or `alias/`. */
  readonly alias: string;
  /** What the key protects, for whoever finds it in the console. */
  readonly description: string;
  /** Services that use the key themselves; others reach it through the caller's own IAM permissions. @default - none */
  readonly users?: readonly KeyUser[];
  /** Time between the deletion of the key and its end (whole days, 7-30). @default Duration.days(30) */
  readonly deletionWindow?: Duration;
  /**
   * Whether Terraform refuses to destroy it (`prevent_destroy`), for what it encrypted outlives its owner: snapshots,
   * backups. To destroy the rest, take key and alias out of the state first, with `terraform state rm` and the address of
   * each; import them if the same stack is made again.
   * @default false
   */
  readonly keptOnDestroy?: boolean;
  /** Another region to make it in, for copies that are kept there: `us-east-1`. @default - the stack's */
  readonly region?: string;
}

type Plan = Required<Omit<EncryptionKeyProps, 'region'>> & Pick<EncryptionKeyProps, 'region'>;

/** Launches instances with encrypted volumes. Source: EC2 Auto Scaling user guide, "Required AWS KMS key policy". */
const AUTO_SCALING_ROLE = 'role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling';

/** What KMS asks of alias and deletion window. */
export const ENCRYPTION_KEY_CHECKS: readonly Check<Plan>[] = [
  {
    id: 'key-alias-is-allowed',
    prop: 'alias',
    holds: ({ alias }) => /^(?!(aws|alias)\/)[A-Za-z0-9/_-]{1,250}$/.test(alias),
    rule: "must be 1-250 letters, digits, '/', '_' or '-' and not start with aws/ or alias/",
    remedy: "leave out 'alias/', it is added",
  },
  {
    id: 'key-deletion-leaves-time',
    prop: 'deletionWindow',
    holds: ({ deletionWindow }) => isWholeWithin(deletionWindow.inMillis / Duration.days(1).inMillis, 7, 30),
    rule: 'must be 7 to 30 whole days',
    remedy: 'use 30 days; data under a deleted key is gone',
  },
  {
    id: 'key-region-is-well-formed',
    prop: 'region',
    holds: ({ region }) => region === undefined || /^[a-z]{2}(-[a-z]+)+-\d$/.test(region),
    rule: 'must be an AWS region such as us-east-1',
    remedy: 'leave it out for the region of the stack',
  },
];

const DEFAULTS = { users: [], deletionWindow: Duration.days(30), keptOnDestroy: false } as const;

/**
 * A customer-managed KMS key that rotates yearly, with an alias and a policy that names the services using it.
 *
 * @example
 * const key = new EncryptionKey(stack, 'Key', {
 *   alias: 'acgs-production/alarms',
 *   description: 'Alarms on their way to the people on call',
 *   users: ['sns', 'cloudwatch'],
 * });
 */
export class EncryptionKey extends Construct {
  /** What is wrong with alias and deletion window; makes nothing. */
  static inspect(path: string, props: EncryptionKeyProps): Finding[] {
    return inspect<Plan>(path, withDefaults(DEFAULTS, props), ENCRYPTION_KEY_CHECKS);
  }

  /** ARN of the key itself, which IAM policies must name: an alias gives no rights. */
  readonly arn: string;

  /** @throws InvalidPropsError listing every error that `inspect` finds. */
  constructor(scope: Construct, id: string, props: EncryptionKeyProps) {
    super(scope, id);
    const plan: Plan = withDefaults(DEFAULTS, props);
    enforce(this, EncryptionKey.inspect(this.node.path, props));

    const elsewhere = plan.region === undefined ? {} : { region: plan.region };
    const key = new KmsKey(this, 'Resource', {
      ...elsewhere,
      description: plan.description,
      enableKeyRotation: true,
      deletionWindowInDays: plan.deletionWindow.toDays(),
      policy: policyDocument(this.statements(plan)),
      ...(plan.keptOnDestroy && { lifecycle: { preventDestroy: true } }),
    });
    new KmsAlias(this, 'Alias', { ...elsewhere, name: `alias/${plan.alias}`, targetKeyId: key.keyId });
    this.arn = key.arn;
  }

  private statements({ users, region }: Plan): Statement[] {
    const account = AwsAccount.of(this);
    return [
      {
        sid: 'AccountDecidesThroughIam',
        principals: { AWS: [account.globalArn('iam', 'root')] },
        actions: ['kms:*'],
        resources: ['*'],
      },
      ...[...new Set(users)].flatMap((user) => grants(user, account, region ?? account.region)),
    ];
  }
}

/**
 * What a service needs of the key, and the proof that it asks for this account. EventBridge sends none when it publishes to an
 * encrypted topic: a condition would drop every event unseen. Source: SNS developer guide, "Enable compatibility between event
 * sources from AWS services and encrypted topics".
 */
function grants(user: KeyUser, account: AwsAccount, region: string): Statement[] {
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
