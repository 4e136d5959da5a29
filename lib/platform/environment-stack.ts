import type { Construct } from 'constructs';
import { type EnvironmentSpec, type PlatformSpec, roleBoundaryOf, type StackLayer, stackName } from '../model';
import { AwsStack } from './aws-stack';

/** One Terraform stack of an environment. */
export class EnvironmentStack extends AwsStack {
  constructor(scope: Construct, platform: PlatformSpec, environment: EnvironmentSpec, layer: StackLayer) {
    const { name, account, region, state } = environment;
    const tags = { ...environment.tags, platform: platform.name, environment: name, stack: layer };
    const roleBoundary = roleBoundaryOf(platform, account);
    super(scope, stackName(platform.name, name, layer), { account, region, tags, state, roleBoundary });
  }
}
