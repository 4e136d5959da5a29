import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import type { Construct } from 'constructs';
import { boundRoles } from '../aws';
import type { StateBackend } from '../model';
import { ResolvedOnceStack } from './output/resolved-once-stack';
import { attachStateBackend } from './state-backend';

/** Write-only arguments need Terraform 1.11; OpenTofu counts alike. */
const TERRAFORM_VERSION = '>= 1.11.0';

/** Where a stack is applied, and how its resources are told from others'. */
export interface AwsStackProps {
  /** AWS account id (12 digits); the provider refuses another one. */
  readonly account: string;
  /** Region of resources that name none. */
  readonly region: string;
  /** Tags of every resource. */
  readonly tags: Readonly<Record<string, string>>;
  /** Where Terraform keeps what it knows. */
  readonly state: StateBackend;
  /** Name of a policy of the account that bounds each role of the stack. @default - none */
  readonly roleBoundary?: string | undefined;
}

/** A Terraform stack: provider held to account and region, tags for cost and search, explicit state. */
export class AwsStack extends ResolvedOnceStack {
  /** Account that it is applied in. */
  readonly account: string;

  constructor(scope: Construct, name: string, { account, region, tags, state, roleBoundary }: AwsStackProps) {
    super(scope, name);
    this.account = account;
    if (roleBoundary !== undefined) boundRoles(this, roleBoundary);
    new AwsProvider(this, 'Aws', {
      region,
      allowedAccountIds: [account],
      defaultTags: [{ tags: { ...tags, 'managed-by': 'cdk-headroom' } }],
    });
    // The full source lets Terraform and OpenTofu each use their own registry.
    this.addOverride('terraform.required_providers.aws.source', 'hashicorp/aws');
    this.addOverride('terraform.required_version', TERRAFORM_VERSION);
    attachStateBackend(this, name, state);
  }
}
