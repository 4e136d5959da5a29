import type { Construct } from 'constructs';
import { type EnvironmentSpec, type StackLayer, stackName } from '../model';
import { AwsStack } from './aws-stack';

/** One Terraform stack of an environment. */
export class EnvironmentStack extends AwsStack {
  constructor(scope: Construct, platform: string, environment: EnvironmentSpec, layer: StackLayer) {
    const { name, account, region, state } = environment;
    const tags = { ...environment.tags, platform, environment: name, stack: layer };
    super(scope, stackName(platform, name, layer), { account, region, tags, state });
  }
}
