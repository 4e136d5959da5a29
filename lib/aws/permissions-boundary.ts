import type { Construct } from 'constructs';
import { AwsAccount } from './aws-account';

/** Context of a tree: the policy that no role made in it exceeds. */
const CONTEXT = 'cdk-headroom:permissions-boundary';

/**
 * Bounds each `ServiceRole` that is made below `scope` from now on by a policy of its account, known by its name: such as the one that
 * `RoleBoundary` makes. Call it before `scope` has children.
 *
 * @example
 * boundRoles(stack, 'acgs-boundary');
 */
export const boundRoles = (scope: Construct, policyName: string): void => scope.node.setContext(CONTEXT, policyName);

/** ARN of the policy that bounds roles here, if any. */
export function permissionsBoundary(scope: Construct): string | undefined {
  const name: unknown = scope.node.tryGetContext(CONTEXT);
  return typeof name === 'string' ? AwsAccount.of(scope).globalArn('iam', `policy/${name}`) : undefined;
}
