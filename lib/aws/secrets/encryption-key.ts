import { KmsAlias } from '@cdktf/provider-aws/lib/kms-alias';
import { KmsKey } from '@cdktf/provider-aws/lib/kms-key';
import { Construct } from 'constructs';
import {
  type Check,
  duplicates,
  enforce,
  type Finding,
  inspect,
  isRegion,
  isWholeWithin,
  withDefaults,
} from '../../check';
import { Duration } from '../../units';
import { AwsAccount } from '../aws-account';
import { policyDocument, type Statement } from '../policy';
import { type KeyUser, serviceStatements, sharingStatements } from './key-statements';

/** A key as declared: its alias, who uses it and how slowly it goes. */
export interface EncryptionKeyProps {
  /** Alias without the `alias/` prefix: letters, digits, `/`, `_` and `-`, not starting with `aws/` or `alias/`. */
  readonly alias: string;
  /** What the key protects, for whoever finds it in the console. */
  readonly description: string;
  /** Services that use the key themselves; others reach it through the caller's own IAM permissions. @default - none */
  readonly users?: readonly KeyUser[];
  /**
   * Ids of other accounts (12 digits) that copy what it encrypts and keep the copies under keys of their own, as with AWS
   * Backup across accounts. Their own IAM decides who of them may: whoever does can read all that this key encrypts.
   * @default - none
   */
  readonly sharedWith?: readonly string[];
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

/** What KMS asks of alias, deletion window, region and accounts. */
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
    holds: ({ region }) => region === undefined || isRegion(region),
    rule: 'must be an AWS region such as us-east-1',
    remedy: 'leave it out for the region of the stack',
  },
  {
    id: 'key-shares-with-account-ids',
    prop: 'sharedWith',
    holds: ({ sharedWith }) => sharedWith.every((account) => /^\d{12}$/.test(account)),
    rule: 'must be account ids of 12 digits',
    received: ({ sharedWith }) => sharedWith.filter((account) => !/^\d{12}$/.test(account)),
    remedy: 'name the account that keeps the copies as 111122223333',
  },
  {
    id: 'key-shares-once-with-each-account',
    prop: 'sharedWith',
    holds: ({ sharedWith }) => duplicates(sharedWith).length === 0,
    rule: 'must name each account once',
    received: ({ sharedWith }) => duplicates(sharedWith),
    remedy: 'remove the second one',
  },
];

const DEFAULTS = { users: [], sharedWith: [], deletionWindow: Duration.days(30), keptOnDestroy: false } as const;

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
  /** What is wrong with alias, deletion window, region and accounts; makes nothing. */
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

  private statements({ users, sharedWith, region }: Plan): Statement[] {
    const account = AwsAccount.of(this);
    return [
      {
        sid: 'AccountDecidesThroughIam',
        principals: { AWS: [account.globalArn('iam', 'root')] },
        actions: ['kms:*'],
        resources: ['*'],
      },
      ...[...new Set(users)].flatMap((user) => serviceStatements(user, account, region ?? account.region)),
      ...sharingStatements(sharedWith, account),
    ];
  }
}
