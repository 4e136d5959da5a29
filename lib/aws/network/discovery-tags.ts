import type { Tier } from '../../model';
import { KARPENTER_DISCOVERY } from '../../model/capacity/karpenter';

/** Tier of a subnet: `public`, `private` or `database`. */
export const TIER_TAG = 'headroom.dev/tier';

const ELB_ROLE: Readonly<Record<Tier, Readonly<Record<string, string>>>> = {
  public: { 'kubernetes.io/role/elb': '1' },
  private: { 'kubernetes.io/role/internal-elb': '1' },
  database: {},
};

/**
 * Tags by which controllers in the cluster find the subnets of a tier, so that no manifest needs an id.
 * The load balancer controller reads roles and `kubernetes.io/cluster`, Karpenter its own; nothing looks for database subnets.
 */
export function discoveryTags(tier: Tier, cluster?: string): Readonly<Record<string, string>> {
  if (cluster === undefined || tier === 'database') return ELB_ROLE[tier];
  return {
    ...ELB_ROLE[tier],
    [`kubernetes.io/cluster/${cluster}`]: 'shared',
    ...(tier === 'private' ? { [KARPENTER_DISCOVERY]: cluster } : {}),
  };
}
