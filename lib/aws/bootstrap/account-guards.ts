import { AccessanalyzerAnalyzer } from '@cdktf/provider-aws/lib/accessanalyzer-analyzer';
import { EbsSnapshotBlockPublicAccess } from '@cdktf/provider-aws/lib/ebs-snapshot-block-public-access';
import { Ec2InstanceMetadataDefaults } from '@cdktf/provider-aws/lib/ec2-instance-metadata-defaults';
import { IamAccountPasswordPolicy } from '@cdktf/provider-aws/lib/iam-account-password-policy';
import { S3AccountPublicAccessBlock } from '@cdktf/provider-aws/lib/s3-account-public-access-block';
import { Construct } from 'constructs';
import { type Check, enforce, type Finding, inspect, isWholeWithin, withDefaults } from '../../check';
import { regionsAreDistinct } from './regions';

/** What holds in all of an account. */
export interface AccountGuardsProps {
  /** Regions in which anything runs (distinct, at least one). */
  readonly regions: readonly string[];
  /** Name of the analyzers (1-255 letters, digits, `.`, `_`, `-`, a letter first). @default 'account' */
  readonly analyzerName?: string;
  /** Length of passwords of IAM users, of whom there should be none (14-128). @default 16 */
  readonly passwordLength?: number;
}

type Plan = Required<AccountGuardsProps>;

/** What is asked of regions, names and passwords. */
export const ACCOUNT_GUARD_CHECKS: readonly Check<Plan>[] = [
  regionsAreDistinct('account-guards-have-regions'),
  {
    id: 'account-guards-analyzer-name-is-allowed',
    prop: 'analyzerName',
    holds: ({ analyzerName }) => /^[A-Za-z][\w.-]{0,254}$/.test(analyzerName),
    rule: "must be 1-255 letters, digits, '.', '_' or '-', a letter first",
    remedy: "use 'account'",
  },
  {
    id: 'account-guards-passwords-are-long',
    prop: 'passwordLength',
    holds: ({ passwordLength }) => isWholeWithin(passwordLength, 14, 128),
    rule: 'must be 14 to 128',
    remedy: 'use 16',
  },
];

const planned = (props: AccountGuardsProps): Plan =>
  withDefaults({ analyzerName: 'account', passwordLength: 16 }, props);

/**
 * What nobody in the account can undo by accident: no public bucket, no public snapshot, sessions for instance metadata, an
 * analyzer that finds what others may reach, and long passwords for IAM users that should not exist.
 *
 * **Upgrade.** One hop to instance metadata and sessions are defaults for new instances: those that run, and launch
 * templates that say otherwise, keep what they have. A web site in a bucket needs CloudFront from here on.
 *
 * **Destroy.** Each setting returns to what AWS gives a new account.
 *
 * @example
 * new AccountGuards(stack, 'Guards', { regions: ['us-west-2', 'us-east-1'] });
 */
export class AccountGuards extends Construct {
  /** What is wrong with regions, names and passwords; makes nothing. */
  static inspect(path: string, props: AccountGuardsProps): Finding[] {
    return inspect<Plan>(path, planned(props), ACCOUNT_GUARD_CHECKS);
  }

  /** @throws InvalidPropsError listing every error that `inspect` finds. */
  constructor(scope: Construct, id: string, props: AccountGuardsProps) {
    super(scope, id);
    const plan = planned(props);
    enforce(this, AccountGuards.inspect(this.node.path, props));

    new S3AccountPublicAccessBlock(this, 'Buckets', {
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    });
    new IamAccountPasswordPolicy(this, 'Passwords', {
      minimumPasswordLength: plan.passwordLength,
      passwordReusePrevention: 24,
      allowUsersToChangePassword: true,
      requireLowercaseCharacters: true,
      requireUppercaseCharacters: true,
      requireNumbers: true,
      requireSymbols: true,
    });
    for (const region of plan.regions) this.guard(region, plan.analyzerName);
  }

  private guard(region: string, analyzerName: string): void {
    const place = new Construct(this, region);
    new AccessanalyzerAnalyzer(place, 'Analyzer', { region, analyzerName, type: 'ACCOUNT' });
    new EbsSnapshotBlockPublicAccess(place, 'Snapshots', { region, state: 'block-all-sharing' });
    new Ec2InstanceMetadataDefaults(place, 'Metadata', {
      region,
      httpEndpoint: 'enabled',
      httpTokens: 'required',
      httpPutResponseHopLimit: 1,
    });
  }
}
