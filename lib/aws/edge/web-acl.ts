import { Wafv2IpSet } from '@cdktf/provider-aws/lib/wafv2-ip-set';
import { Wafv2WebAcl } from '@cdktf/provider-aws/lib/wafv2-web-acl';
import { Wafv2WebAclLoggingConfiguration } from '@cdktf/provider-aws/lib/wafv2-web-acl-logging-configuration';
import { Construct } from 'constructs';
import { enforce, type Finding, inspect } from '../../check';
import { webAclCapacity } from '../../model/edge/managed-rules';
import { AwsAccount } from '../aws-account';
import { RegionalLogGroup } from './regional-log-group';
import { WEB_ACL_CHECKS } from './web-acl-checks';
import { ipSets, type WebAclPlan, type WebAclProps, webAclPlan } from './web-acl-props';
import { managedRule, rateRule, visibility } from './web-acl-rules';

/** WAF writes to no log group whose name starts otherwise. */
const logGroupName = ({ name }: WebAclPlan): string => `aws-waf-logs-${name}`;

/**
 * Counts the requests of each client before they cost anything behind it, and blocks what AWS knows as attacks. The limit is
 * a window's, approximate, and enforced some 10 to 30 s late; the exact one, with a burst, is that of the proxy behind.
 *
 * **Emergency.** `mode: 'emergency'` lowers the limit, and nothing else changes.
 *
 * **Upgrade.** AWS moves managed groups to new versions by itself; `version` holds one, until it expires. Try a new group
 * with `mode: 'count'`, read the log, then let it block.
 *
 * **Destroy.** What it protects must be let go first: destroy load balancer or distribution, or take its `webAclArn` away.
 *
 * @example
 * const firewall = new WebAcl(stack, 'Firewall', { name: 'acgs-production' });
 * firewall.arn; // for `webAclArn` of a load balancer
 */
export class WebAcl extends Construct {
  /** All that is wrong with limits, rules and log; makes nothing. */
  static inspect(path: string, props: WebAclProps): Finding[] {
    const plan = webAclPlan(props);
    return [
      ...inspect(path, plan, WEB_ACL_CHECKS),
      ...RegionalLogGroup.inspect(path, { name: 'aws-waf-logs', retention: plan.logRetention }),
    ];
  }

  readonly arn: string;
  /** Capacity units that its rules take, known at synthesis. */
  readonly capacity: number;
  /** Log group of its records, known at synthesis. */
  readonly logGroupName: string;

  /** @throws InvalidPropsError listing every error that `inspect` finds. */
  constructor(scope: Construct, id: string, props: WebAclProps) {
    super(scope, id);
    const plan = webAclPlan(props);
    enforce(this, WebAcl.inspect(this.node.path, props));

    const acl = new Wafv2WebAcl(this, 'Resource', {
      ...this.place(plan),
      name: plan.name,
      description: `Requests to ${plan.name}`,
      defaultAction: { allow: {} },
      rule: [rateRule(plan, this.exceptions(plan)), ...plan.managedRules.map(managedRule)],
      visibilityConfig: visibility(plan.name),
    });
    this.record(plan, acl);
    this.arn = acl.arn;
    this.capacity = webAclCapacity(
      plan.managedRules.map(({ group }) => group),
      ipSets(plan),
    );
    this.logGroupName = logGroupName(plan);
  }

  private place({ scope, region }: WebAclPlan) {
    return { scope: scope.toUpperCase(), ...(region === undefined ? {} : { region }) };
  }

  private exceptions(plan: WebAclPlan): string | undefined {
    if (plan.exceptions.length === 0) return undefined;
    return new Wafv2IpSet(this, 'Exceptions', {
      ...this.place(plan),
      name: `${plan.name}-exceptions`,
      description: 'Load generators that the rate limit does not hold for',
      ipAddressVersion: 'IPV4',
      addresses: plan.exceptions.map(({ cidr }) => cidr),
    }).arn;
  }

  /** Keeps what was refused or counted, which is what a person asks about; `all` keeps the rest, too. */
  private record(plan: WebAclPlan, acl: Wafv2WebAcl): void {
    const { region, logs, redactedHeaders, logRetention } = plan;
    const group = new RegionalLogGroup(this, 'Logs', {
      name: logGroupName(plan),
      region,
      retention: logRetention,
      writer: {
        service: 'delivery.logs.amazonaws.com',
        sourceArn: AwsAccount.of(this).arn('logs', '*', region),
      },
    });
    const condition = ['BLOCK', 'COUNT', 'CAPTCHA', 'CHALLENGE'].map((action) => ({ actionCondition: { action } }));
    new Wafv2WebAclLoggingConfiguration(this, 'Logging', {
      ...(region === undefined ? {} : { region }),
      resourceArn: acl.arn,
      logDestinationConfigs: [group.arn],
      redactedFields: redactedHeaders.map((name) => ({ singleHeader: { name } })),
      ...(logs === 'blocked' && {
        loggingFilter: {
          defaultBehavior: 'DROP',
          filter: [{ behavior: 'KEEP', requirement: 'MEETS_ANY', condition }],
        },
      }),
      dependsOn: [group.policy],
    });
  }
}
