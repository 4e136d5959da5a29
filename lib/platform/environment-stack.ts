import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import type { Construct } from 'constructs';
import { type EnvironmentSpec, type StackLayer, stackName } from '../model';
import { ResolvedOnceStack } from './output/resolved-once-stack';
import { attachStateBackend } from './state-backend';

/** Write-only arguments need Terraform 1.11; OpenTofu counts alike. */
const TERRAFORM_VERSION = '>= 1.11.0';

/** One Terraform stack of an environment: provider held to account and region, tags for cost and search, explicit state. */
export class EnvironmentStack extends ResolvedOnceStack {
  constructor(scope: Construct, platform: string, environment: EnvironmentSpec, layer: StackLayer) {
    const name = stackName(platform, environment.name, layer);
    super(scope, name);

    new AwsProvider(this, 'Aws', {
      region: environment.region,
      allowedAccountIds: [environment.account],
      defaultTags: [
        {
          tags: {
            ...environment.tags,
            platform,
            environment: environment.name,
            stack: layer,
            'managed-by': 'cdk-headroom',
          },
        },
      ],
    });
    // The full source lets Terraform and OpenTofu each use their own registry.
    this.addOverride('terraform.required_providers.aws.source', 'hashicorp/aws');
    this.addOverride('terraform.required_version', TERRAFORM_VERSION);
    attachStateBackend(this, name, environment.state);
  }
}
