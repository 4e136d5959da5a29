import type { Dated } from '../../catalog';

/** Rule groups that AWS keeps for WAF at no price of their own. */
export type ManagedRuleGroup =
  | 'AWSManagedRulesAmazonIpReputationList'
  | 'AWSManagedRulesAnonymousIpList'
  | 'AWSManagedRulesCommonRuleSet'
  | 'AWSManagedRulesAdminProtectionRuleSet'
  | 'AWSManagedRulesKnownBadInputsRuleSet'
  | 'AWSManagedRulesSQLiRuleSet'
  | 'AWSManagedRulesLinuxRuleSet'
  | 'AWSManagedRulesUnixRuleSet';

/** Capacity units (WCU) that each group takes. A group keeps its capacity over all of its versions. */
export const MANAGED_RULE_GROUPS: Dated<ReadonlyMap<ManagedRuleGroup, number>> = {
  asOf: '2026-11-21',
  source: 'AWS WAF developer guide, "AWS Managed Rules rule groups list"',
  facts: new Map([
    ['AWSManagedRulesAmazonIpReputationList', 25],
    ['AWSManagedRulesAnonymousIpList', 50],
    ['AWSManagedRulesCommonRuleSet', 700],
    ['AWSManagedRulesAdminProtectionRuleSet', 100],
    ['AWSManagedRulesKnownBadInputsRuleSet', 200],
    ['AWSManagedRulesSQLiRuleSet', 200],
    ['AWSManagedRulesLinuxRuleSet', 200],
    ['AWSManagedRulesUnixRuleSet', 100],
  ]),
};

/** Groups that look at the address of the connection, which behind CloudFront is one of CloudFront's. */
export const ADDRESS_RULE_GROUPS: readonly ManagedRuleGroup[] = [
  'AWSManagedRulesAmazonIpReputationList',
  'AWSManagedRulesAnonymousIpList',
];

/** Most units of one web ACL, and how many the basic price covers. Source: AWS WAF developer guide, "Web ACL capacity units". */
export const WEB_ACL_CAPACITY = { most: 5000, included: 1500 } as const;

const RATE_RULE = 2;
const IP_SET = 1;

/**
 * Units that a web ACL takes: a rate rule, IP sets that it leaves out, and the managed groups. NaN for a group that is not known.
 *
 * @param ipSets Sets of addresses (0 or more).
 */
export function webAclCapacity(groups: readonly ManagedRuleGroup[], ipSets: number): number {
  const managed = groups.reduce((sum, group) => sum + (MANAGED_RULE_GROUPS.facts.get(group) ?? Number.NaN), 0);
  return RATE_RULE + ipSets * IP_SET + managed;
}
