import { type Check, duplicates, isWholeWithin } from '../../check';
import { Cidr } from '../../model';
import {
  ADDRESS_RULE_GROUPS,
  MANAGED_RULE_GROUPS,
  WEB_ACL_CAPACITY,
  webAclCapacity,
} from '../../model/edge/managed-rules';
import { isHeaderName } from '../../model/nginx/nginx-values';
import { Duration } from '../../units';
import { currentLimit, ipSets, type WebAclPlan } from './web-acl-props';

const WINDOWS: readonly number[] = [60, 120, 300, 600];

const MOST_REQUESTS = 2_000_000_000;

const groups = ({ managedRules }: WebAclPlan) => managedRules.map(({ group }) => group);

const capacity = (plan: WebAclPlan): number => webAclCapacity(groups(plan), ipSets(plan));

const header = ({ clientAddress }: WebAclPlan): string | undefined =>
  clientAddress === 'connection' ? undefined : clientAddress.header;

/** WAF knows no range of all addresses. */
const isException = (cidr: string): boolean => (Cidr.tryParse(cidr)?.prefix ?? 0) >= 1;

/** What WAF asks of names, limits and capacity, and what would make it a wall with a hole. */
export const WEB_ACL_CHECKS: readonly Check<WebAclPlan>[] = [
  {
    id: 'web-acl-name-is-allowed',
    prop: 'name',
    holds: ({ name }) => /^[\w-]{1,100}$/.test(name),
    rule: 'must be 1-100 letters, digits, _ and -',
    remedy: 'use a name such as acgs-production',
  },
  {
    id: 'web-acl-of-cloudfront-is-in-us-east-1',
    prop: 'region',
    holds: ({ scope, region }) => scope !== 'cloudfront' || region === 'us-east-1',
    rule: 'must be us-east-1 for CloudFront',
    remedy: 'leave it out',
  },
  {
    id: 'web-acl-limit-is-offered',
    prop: 'limit',
    holds: ({ limit }) => isWholeWithin(limit, 10, MOST_REQUESTS),
    rule: `must be a whole number from 10 to ${MOST_REQUESTS}`,
    remedy: 'count requests of one client in a window, not in a second',
  },
  {
    id: 'web-acl-emergency-limit-is-lower',
    prop: 'emergencyLimit',
    holds: ({ emergencyLimit, limit }) => isWholeWithin(emergencyLimit, 10, Math.max(10, limit - 1)),
    rule: ({ limit }) => `must be a whole number from 10 to below the limit, ${limit}`,
    remedy: 'leave it out for a tenth of the limit',
  },
  {
    id: 'web-acl-is-not-in-emergency',
    prop: 'mode',
    severity: 'warning',
    holds: ({ mode }) => mode === 'normal',
    rule: (plan) => `should be normal again soon: clients get ${currentLimit(plan)} requests instead of ${plan.limit}`,
    remedy: 'leave it out once the attack is over',
  },
  {
    id: 'web-acl-window-is-offered',
    prop: 'window',
    holds: ({ window }) => WINDOWS.includes(window.inMillis / Duration.seconds(1).inMillis),
    rule: `must be one of ${WINDOWS.join(', ')} s`,
    remedy: 'leave it out for 60 s',
  },
  {
    id: 'web-acl-address-header-is-a-name',
    prop: 'clientAddress',
    holds: (plan) => isHeaderName(header(plan) ?? 'x'),
    rule: 'must name a header of letters, digits and hyphens',
    remedy: 'use VIEWER_ADDRESS_HEADER',
  },
  {
    id: 'web-acl-address-is-not-the-clients-word',
    prop: 'clientAddress',
    severity: 'warning',
    holds: (plan) => header(plan)?.toLowerCase() !== 'x-forwarded-for',
    rule: 'should not be X-Forwarded-For alone: WAF reads its first address, and a client that writes one has as many as it likes',
    remedy: 'use VIEWER_ADDRESS_HEADER, and a limit in the scope of CloudFront',
  },
  {
    id: 'web-acl-lists-see-the-client',
    prop: 'managedRules',
    severity: 'warning',
    holds: (plan) => header(plan) === undefined || !groups(plan).some((group) => ADDRESS_RULE_GROUPS.includes(group)),
    rule: 'should not hold lists of addresses behind CloudFront: they see the address of the connection, which is its',
    received: groups,
    remedy: 'move them to the web ACL of CloudFront',
  },
  {
    id: 'web-acl-exceptions-are-ranges',
    prop: 'exceptions',
    holds: ({ exceptions }) => exceptions.every(({ cidr }) => isException(cidr)),
    rule: 'must be IPv4 ranges without bits beyond their length, and not all addresses',
    received: ({ exceptions }) => exceptions.map(({ cidr }) => cidr),
    remedy: 'use /32 for one address',
  },
  {
    id: 'web-acl-exceptions-have-reasons',
    prop: 'exceptions',
    holds: ({ exceptions }) => exceptions.every(({ reason }) => /\S/.test(reason)),
    rule: 'must each say who it is and until when',
    received: ({ exceptions }) => exceptions.map(({ reason }) => reason),
    remedy: 'write a few words',
  },
  {
    id: 'web-acl-groups-are-known',
    prop: 'managedRules',
    holds: (plan) => groups(plan).every((group) => MANAGED_RULE_GROUPS.facts.has(group)),
    rule: `must be of ${[...MANAGED_RULE_GROUPS.facts.keys()].join(', ')}`,
    received: groups,
    remedy: 'use a name that AWS gives a group',
  },
  {
    id: 'web-acl-groups-differ',
    prop: 'managedRules',
    holds: (plan) => duplicates(groups(plan)).length === 0,
    rule: 'must name each group once',
    received: groups,
    remedy: 'merge the actions',
  },
  {
    id: 'web-acl-stops-known-exploits',
    prop: 'managedRules',
    severity: 'warning',
    holds: ({ managedRules }) =>
      managedRules.some(({ group, mode }) => group === 'AWSManagedRulesKnownBadInputsRuleSet' && mode !== 'count'),
    rule: 'should hold AWSManagedRulesKnownBadInputsRuleSet, which blocks Log4Shell and its like',
    received: groups,
    remedy: 'add it',
  },
  {
    id: 'web-acl-fits-its-capacity',
    prop: 'managedRules',
    holds: (plan) => !(capacity(plan) > WEB_ACL_CAPACITY.most),
    rule: `must take at most ${WEB_ACL_CAPACITY.most} units together`,
    received: capacity,
    remedy: 'leave a group out',
  },
  {
    id: 'web-acl-stays-in-its-price',
    prop: 'managedRules',
    severity: 'warning',
    holds: (plan) => !(capacity(plan) > WEB_ACL_CAPACITY.included),
    rule: `should take at most ${WEB_ACL_CAPACITY.included} units together: each million requests costs more above`,
    received: capacity,
    remedy: 'leave out groups for systems that are not behind it',
  },
  {
    id: 'web-acl-redacted-headers-are-names',
    prop: 'redactedHeaders',
    holds: ({ redactedHeaders }) => redactedHeaders.every((name) => isHeaderName(name) && name === name.toLowerCase()),
    rule: 'must be names of headers in small letters',
    remedy: 'use names such as authorization',
  },
];
