import type { Check } from '../../check';
import type { NginxProxyPlan } from './nginx-proxy';
import { isHeaderName, isLocationPath } from './nginx-values';

const badPaths = ({ requiredHeader }: NginxProxyPlan): string[] =>
  (requiredHeader?.exempt ?? []).filter((path) => !isLocationPath(path));

/** What is said about a header that requests must carry, so that nginx compares it as it is written. */
export const REQUIRED_HEADER_VALUE_CHECKS: readonly Check<NginxProxyPlan>[] = [
  {
    id: 'gateway-required-header-is-a-name',
    prop: 'requiredHeader.name',
    holds: ({ requiredHeader }) => requiredHeader === undefined || isHeaderName(requiredHeader.name),
    rule: 'must name a header of letters, digits and hyphens',
    received: ({ requiredHeader }) => requiredHeader?.name,
    remedy: 'write the name alone, X-Api-Version for one',
  },
  {
    id: 'gateway-required-header-has-a-plain-value',
    prop: 'requiredHeader.value',
    holds: ({ requiredHeader }) => requiredHeader === undefined || /^[\w-]{1,128}$/.test(requiredHeader.value),
    rule: 'must be 1-128 letters, digits, _ and -: anything else is a pattern to nginx, or nothing at all',
    received: ({ requiredHeader }) => requiredHeader?.value,
    remedy: 'use a version or a hash',
  },
  {
    id: 'gateway-required-header-exempts-paths',
    prop: 'requiredHeader.exempt',
    holds: (plan) => badPaths(plan).length === 0,
    rule: 'must be paths of letters, digits and /, ., _, ~, -',
    received: badPaths,
    remedy: 'name what probes ask for, /orders/health for one',
  },
];
