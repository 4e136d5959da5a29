import { DataAwsCallerIdentity } from '@cdktf/provider-aws/lib/data-aws-caller-identity';
import { DataAwsPartition } from '@cdktf/provider-aws/lib/data-aws-partition';
import { DataAwsRegion } from '@cdktf/provider-aws/lib/data-aws-region';
import { TerraformStack } from 'cdktf';
import { Construct } from 'constructs';

const ID = 'Account';

/**
 * The account, region and partition a stack is applied to, as references for ARNs and policies.
 * One per stack, made when first asked for, so that a construct needs no account id to stand alone.
 *
 * @example
 * const { region } = AwsAccount.of(stack);
 * const logs = AwsAccount.of(stack).arn('logs', 'log-group:/aws/eks/acgs-production/cluster:*');
 * const root = AwsAccount.of(stack).globalArn('iam', 'root');
 */
export class AwsAccount extends Construct {
  /** The one of the stack that `scope` stands in, made below the stack as `Account` at the first call. */
  static of(scope: Construct): AwsAccount {
    const stack = TerraformStack.of(scope);
    const known = stack.node.tryFindChild(ID);
    return known instanceof AwsAccount ? known : new AwsAccount(stack);
  }

  /** 12 digits. */
  readonly id: string;
  /** Region of the provider, `us-west-2`: a reference, unknown at synthesis. */
  readonly region: string;
  /** `aws`, `aws-cn` or `aws-us-gov`. */
  readonly partition: string;

  private constructor(stack: TerraformStack) {
    super(stack, ID);
    this.id = new DataAwsCallerIdentity(this, 'Identity').accountId;
    this.region = new DataAwsRegion(this, 'Region').region;
    this.partition = new DataAwsPartition(this, 'Partition').partition;
  }

  /** ARN of something in this account, in the stack's region unless another is named: `arn('logs', 'log-group:name')`. */
  arn(service: string, resource: string, region: string = this.region): string {
    return `arn:${this.partition}:${service}:${region}:${this.id}:${resource}`;
  }

  /** ARN of something of this account without a region: roles, users, the account's root. */
  globalArn(service: string, resource: string): string {
    return `arn:${this.partition}:${service}::${this.id}:${resource}`;
  }

  /** ARN of a policy that AWS keeps. */
  managedPolicy(name: string): string {
    return `arn:${this.partition}:iam::aws:policy/${name}`;
  }
}
