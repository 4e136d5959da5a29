import type { Wafv2WebAclRule } from '@cdktf/provider-aws/lib/wafv2-web-acl';
import { currentLimit, type ManagedRules, type WebAclPlan } from './web-acl-props';

/** Metrics and samples of a rule, under its own name. */
export const visibility = (metricName: string) => ({
  cloudwatchMetricsEnabled: true,
  sampledRequestsEnabled: true,
  metricName,
});

/** A header that holds no address counts as over the limit: what hides itself does not get around it. */
const forwarded = ({ clientAddress }: WebAclPlan, more: object = {}): object | undefined =>
  clientAddress === 'connection'
    ? undefined
    : { header_name: clientAddress.header, fallback_behavior: 'MATCH', ...more };

/** Everybody but those who are let through. An unreadable address is nobody who is. */
const everybodyElse = (plan: WebAclPlan, exceptions: string): object => {
  const address = forwarded(plan, { position: 'FIRST', fallback_behavior: 'NO_MATCH' });
  return {
    not_statement: {
      statement: {
        ip_set_reference_statement: {
          arn: exceptions,
          ...(address && { ip_set_forwarded_ip_config: address }),
        },
      },
    },
  };
};

/**
 * Refuses a client that sends more than the limit, before any other rule: all of its requests count. Arguments of statements
 * have the names of Terraform, as the provider hands them through.
 */
export function rateRule(plan: WebAclPlan, exceptions: string | undefined): Wafv2WebAclRule {
  const address = forwarded(plan);
  const seconds = plan.window.toSeconds();
  return {
    name: 'rate-limit',
    priority: 0,
    action: {
      block: {
        customResponse: { responseCode: 429, responseHeader: [{ name: 'Retry-After', value: `${seconds}` }] },
      },
    },
    statement: {
      rate_based_statement: {
        limit: currentLimit(plan),
        evaluation_window_sec: seconds,
        aggregate_key_type: address === undefined ? 'IP' : 'FORWARDED_IP',
        ...(address && { forwarded_ip_config: address }),
        ...(exceptions !== undefined && { scope_down_statement: everybodyElse(plan, exceptions) }),
      },
    },
    visibilityConfig: visibility('rate-limit'),
  };
}

/** Rules of AWS, ten apart, so that others find room between them. */
export function managedRule({ group, actions = {}, mode, version }: ManagedRules, index: number): Wafv2WebAclRule {
  const overrides = Object.entries(actions).map(([name, action]) => ({ name, action_to_use: { [action]: {} } }));
  return {
    name: group,
    priority: (index + 1) * 10,
    overrideAction: mode === 'count' ? { count: {} } : { none: {} },
    statement: {
      managed_rule_group_statement: {
        vendor_name: 'AWS',
        name: group,
        ...(version !== undefined && { version }),
        ...(overrides.length > 0 && { rule_action_override: overrides }),
      },
    },
    visibilityConfig: visibility(group),
  };
}
