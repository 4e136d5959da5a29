import { EKS_INTERFACE_ENDPOINTS } from '../../aws';
import { webAclPlan } from '../../aws/edge/web-acl-props';
import { type EnvironmentSpec, isReplica, type MonthlyUsage, type PlatformSpec, primaryOf } from '../../model';
import { edgeDeclaration, isBehindCloudFront, planFirewall, planViewerFirewall } from './plan-edge';

/** Lists of rules before an environment, and the rules in them: that of the rate is one more than those of AWS. */
function firewalls(platform: PlatformSpec, environment: EnvironmentSpec): Pick<MonthlyUsage, 'firewall'> {
  const edge = edgeDeclaration(platform, environment);
  if (edge === undefined) return {};
  const lists = [planFirewall(edge), ...(isBehindCloudFront(environment) ? [planViewerFirewall(edge)] : [])];
  const rules = lists.reduce((sum, list) => sum + 1 + webAclPlan(list).managedRules.length, 0);
  return { firewall: { lists: lists.length, rules } };
}

/**
 * What a month is reckoned with: what the declaration of an environment does not say about itself, and that of its platform does;
 * and amounts that are said for its budget.
 */
export const plannedUsage = (platform: PlatformSpec, environment: EnvironmentSpec): MonthlyUsage => ({
  interfaceEndpoints: EKS_INTERFACE_ENDPOINTS,
  primaries: Object.fromEntries(
    environment.databases.filter(isReplica).flatMap((replica) => {
      const primary = primaryOf(platform, replica);
      return primary ? [[replica.name, primary.database]] : [];
    }),
  ),
  ...firewalls(platform, environment),
  ...environment.operations?.costs?.usage,
});
