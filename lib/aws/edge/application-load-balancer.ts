import { Lb } from '@cdktf/provider-aws/lib/lb';
import { LbListener } from '@cdktf/provider-aws/lib/lb-listener';
import { LbListenerRule } from '@cdktf/provider-aws/lib/lb-listener-rule';
import { LbTargetGroup } from '@cdktf/provider-aws/lib/lb-target-group';
import { Wafv2WebAclAssociation } from '@cdktf/provider-aws/lib/wafv2-web-acl-association';
import { Construct } from 'constructs';
import { enforce, type Finding, inspect } from '../../check';
import type { TargetGroupSpec } from '../../model/edge/target-group';
import { inspectTargetGroups } from '../../model/edge/target-group-checks';
import { targetGroupName } from '../../model/edge/target-group-name';
import { TRAFFIC_WEIGHT_CHECKS } from '../../model/edge/traffic-weights';
import { LoadBalancerAccess } from './load-balancer-access';
import { balancerArguments, targetGroupArguments } from './load-balancer-arguments';
import { LOAD_BALANCER_CHECKS } from './load-balancer-checks';
import { type ApplicationLoadBalancerProps, type LoadBalancerPlan, loadBalancerPlan } from './load-balancer-props';

/** A target group as others refer to it. */
export interface TargetGroupReference {
  /** Known at synthesis: what a TargetGroupBinding names. */
  readonly name: string;
  readonly arn: string;
  /** `targetgroup/<name>/<id>`: dimension `TargetGroup` of metrics. */
  readonly arnSuffix: string;
  /** `app/<load balancer>/<id>/targetgroup/<name>/<id>`: what target tracking on requests per target asks for. */
  readonly resourceLabel: string;
}

/**
 * The door of an environment: TLS ends here, plain HTTP is sent on to it, unknown names get a 404, and every request is on
 * record. Requests go straight to pods, which the AWS Load Balancer Controller registers in the target groups: a
 * `TargetGroupBinding` names each of them.
 *
 * **Release.** Weights split requests between sets of pods. `weights: blueGreenWeights(Percent.of(10))` gives a tenth to
 * `green`; 50 and 100 follow, and 0 is the way back, within seconds and without DNS. Applying changes one listener rule.
 *
 * **Upgrade.** A set of pods with another port or protocol is another target group: add it under a new name and no weight,
 * bind it, shift the weights, then remove the old one. Changed in place, the rule would lead to a group that has no pods yet.
 * A new certificate or TLS policy takes effect in place; a new `name`, `scheme` or VPC makes another load balancer, which DNS
 * must be told of.
 *
 * **Destroy.** Delete the bindings first, so that the controller lets go of the groups. Then apply
 * `deletionProtection: false`, and destroy.
 *
 * @example
 * new ApplicationLoadBalancer(stack, 'LoadBalancer', {
 *   name: 'acgs-production',
 *   vpcId: 'vpc-0a1b',
 *   subnetIds: ['subnet-0a', 'subnet-0b', 'subnet-0c'],
 *   targetSecurityGroupId: 'sg-0c',
 *   certificateArn: 'arn:aws:acm:us-west-2:123456789012:certificate/0d',
 *   hosts: ['acgs.example.com'],
 *   targetGroups: [{ name: 'gateway', port: 8080, healthCheck: { path: '/readyz', port: 8081 } }],
 *   webAclArn: 'arn:aws:wafv2:us-west-2:123456789012:regional/webacl/acgs/0e',
 *   accessLogs: { bucket: 'acgs-production-edge-logs', prefix: 'access' },
 * });
 */
export class ApplicationLoadBalancer extends Construct {
  /** All that is wrong with clients, listeners, time-outs, target groups and weights; makes nothing. */
  static inspect(path: string, props: ApplicationLoadBalancerProps): Finding[] {
    const plan = loadBalancerPlan(props);
    const groupNames = plan.targetGroups.map(({ name }) => name);
    return [
      ...inspect(path, plan, LOAD_BALANCER_CHECKS),
      ...inspect(path, { groupNames, weights: plan.weights }, TRAFFIC_WEIGHT_CHECKS),
      ...inspectTargetGroups(path, 'targetGroups', plan.targetGroups),
    ];
  }

  readonly arn: string;
  /** Its name in DNS, for alias records; a reference. */
  readonly dnsName: string;
  /** Hosted zone of that name, for alias records. */
  readonly zoneId: string;
  /** `app/<name>/<id>`: dimension `LoadBalancer` of metrics. */
  readonly arnSuffix: string;
  /** Group that its clients connect to. */
  readonly securityGroupId: string;
  /** For rules of others on the same listener, from priority 2. */
  readonly httpsListenerArn: string;
  /** Target groups by their declared names. */
  readonly targetGroups: Readonly<Record<string, TargetGroupReference>>;

  /** @throws InvalidPropsError listing every error that `inspect` finds. */
  constructor(scope: Construct, id: string, props: ApplicationLoadBalancerProps) {
    super(scope, id);
    const plan = loadBalancerPlan(props);
    enforce(this, ApplicationLoadBalancer.inspect(this.node.path, props));

    const { securityGroupId } = new LoadBalancerAccess(this, 'Access', plan);
    const balancer = new Lb(this, 'Resource', { ...balancerArguments(plan), securityGroups: [securityGroupId] });
    const groups = plan.targetGroups.map((spec): [string, TargetGroupReference] => [
      spec.name,
      this.targetGroup(plan, spec, balancer.arnSuffix),
    ]);
    const https = this.https(plan, balancer.arn);
    this.forward(plan, https.arn, groups);
    if (plan.http === 'redirect') this.redirect(balancer.arn);
    if (plan.webAclArn !== undefined) {
      new Wafv2WebAclAssociation(this, 'Firewall', { resourceArn: balancer.arn, webAclArn: plan.webAclArn });
    }

    this.arn = balancer.arn;
    this.dnsName = balancer.dnsName;
    this.zoneId = balancer.zoneId;
    this.arnSuffix = balancer.arnSuffix;
    this.securityGroupId = securityGroupId;
    this.httpsListenerArn = https.arn;
    this.targetGroups = Object.fromEntries(groups);
  }

  private targetGroup(plan: LoadBalancerPlan, spec: TargetGroupSpec, balancer: string): TargetGroupReference {
    const group = new LbTargetGroup(this, `Targets-${spec.name}`, targetGroupArguments(plan, spec));
    const { arn, arnSuffix } = group;
    return { name: targetGroupName(plan.name, spec), arn, arnSuffix, resourceLabel: `${balancer}/${arnSuffix}` };
  }

  private https({ certificateArn, tlsPolicy }: LoadBalancerPlan, loadBalancerArn: string): LbListener {
    return new LbListener(this, 'Https', {
      loadBalancerArn,
      port: 443,
      protocol: 'HTTPS',
      sslPolicy: tlsPolicy,
      certificateArn,
      routingHttpResponseServerEnabled: false,
      defaultAction: [
        {
          type: 'fixed-response',
          fixedResponse: { contentType: 'text/plain', messageBody: 'not found', statusCode: '404' },
        },
      ],
    });
  }

  private forward(
    { hosts, weights }: LoadBalancerPlan,
    listenerArn: string,
    groups: readonly [string, TargetGroupReference][],
  ): void {
    const targetGroup = groups.map(([name, { arn }]) => ({ arn, weight: weights[name] ?? 0 }));
    new LbListenerRule(this, 'Routes', {
      listenerArn,
      priority: 1,
      condition: [{ hostHeader: { values: [...hosts] } }],
      action: [{ type: 'forward', forward: { targetGroup, stickiness: { enabled: false, duration: 1 } } }],
    });
  }

  private redirect(loadBalancerArn: string): void {
    new LbListener(this, 'Http', {
      loadBalancerArn,
      port: 80,
      protocol: 'HTTP',
      defaultAction: [{ type: 'redirect', redirect: { port: '443', protocol: 'HTTPS', statusCode: 'HTTP_301' } }],
    });
  }
}
