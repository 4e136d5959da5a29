import { MANAGED_RULE_GROUPS, webAclCapacity } from '../../../lib/model/edge/managed-rules';
import { CLOUDFRONT_TLS_POLICIES, LOAD_BALANCER_TLS_POLICIES } from '../../../lib/model/edge/tls-policies';

describe('capacity of a web ACL', () => {
  test.each([
    ['the rate rule alone', [], 0, 2],
    ['with an IP set', [], 1, 3],
    ['with common rules', ['AWSManagedRulesCommonRuleSet'], 0, 702],
    [
      'with four groups',
      [
        'AWSManagedRulesAmazonIpReputationList',
        'AWSManagedRulesKnownBadInputsRuleSet',
        'AWSManagedRulesSQLiRuleSet',
        'AWSManagedRulesCommonRuleSet',
      ],
      1,
      1128,
    ],
  ] as const)('%s', (_, groups, ipSets, capacity) => {
    expect(webAclCapacity(groups, ipSets)).toBe(capacity);
  });
});

test('facts that age say when they were read', () => {
  for (const { asOf, source } of [MANAGED_RULE_GROUPS, LOAD_BALANCER_TLS_POLICIES, CLOUDFRONT_TLS_POLICIES]) {
    expect(asOf).toMatch(/^20\d\d-\d\d-\d\d$/);
    expect(source).toMatch(/guide/);
  }
});

test('a policy of TLS 1.3 alone has 1-3 or 1.3 in its name, and no other has', () => {
  const policies = [...LOAD_BALANCER_TLS_POLICIES.facts, ...CLOUDFRONT_TLS_POLICIES.facts];
  expect(policies.filter(([name, oldest]) => /TLS13-1-3|TLSv1\.3/.test(name) !== (oldest === '1.3'))).toEqual([]);
});
