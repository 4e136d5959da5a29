import { LbListenerCertificate } from '@cdktf/provider-aws/lib/lb-listener-certificate';
import { LbListenerRule } from '@cdktf/provider-aws/lib/lb-listener-rule';
import { LbTargetGroup } from '@cdktf/provider-aws/lib/lb-target-group';
import { SecurityGroup } from '@cdktf/provider-aws/lib/security-group';
import { VpcSecurityGroupEgressRule } from '@cdktf/provider-aws/lib/vpc-security-group-egress-rule';
import { VpcSecurityGroupIngressRule } from '@cdktf/provider-aws/lib/vpc-security-group-ingress-rule';
import { Construct } from 'constructs';
import { type Check, enforce, type Finding, inspect, isDnsName, isWholeWithin } from '../../check';
import type { TargetGroupSpec } from '../../model/edge/target-group';
import { inspectTargetGroups } from '../../model/edge/target-group-checks';
import { targetGroupName } from '../../model/edge/target-group-name';
import { targetGroupArguments } from '../edge/load-balancer-arguments';

/** A load balancer as those see it who add a route to it. An `ApplicationLoadBalancer` is one. */
export interface RoutedLoadBalancer {
  /** Listener that the route is added to. */
  readonly httpsListenerArn: string;
  /** Group that requests come from. */
  readonly securityGroupId: string;
}

/** Whom instances may open connections to. The description is read in the security group. */
export interface InstancePeer {
  readonly description: string;
  readonly cidr: string;
  /** TCP port (1-65535). */
  readonly port: number;
}

/** Instances behind a load balancer that stands already. */
export interface InstanceTargetsProps {
  /** Start of the names of group and target group: `alfred-production`. */
  readonly prefix: string;
  /** VPC of the instances. */
  readonly vpcId: string;
  /** The load balancer, of the same VPC. */
  readonly loadBalancer: RoutedLoadBalancer;
  /** Name that leads here and that no other route of the listener answers to: `agent-core.alfred.example.com`. */
  readonly host: string;
  /** Validated certificate of that name, of the same region. */
  readonly certificateArn: string;
  /** Place of the route among those of the listener (2-50000); no other has it. */
  readonly priority: number;
  /** What the instances are: port, health and pace. */
  readonly targets: TargetGroupSpec;
  /** Whom they may connect to. */
  readonly reaches: readonly InstancePeer[];
}

/** What is asked of the route and of who is reached. */
export const INSTANCE_TARGETS_CHECKS: readonly Check<InstanceTargetsProps>[] = [
  {
    id: 'instance-targets-priority-is-free',
    prop: 'priority',
    holds: ({ priority }) => isWholeWithin(priority, 2, 50_000),
    rule: 'must be a whole number from 2 to 50000: the first is that of the gateway',
    remedy: 'count up from 2',
  },
  {
    id: 'instance-targets-host-is-a-name',
    prop: 'host',
    holds: ({ host }) => host.includes('.') && host.length <= 128 && isDnsName(host),
    rule: 'must be a DNS name of at most 128 characters, which is what a rule compares with',
    remedy: 'use a name below that of the environment: agent-core.alfred.example.com',
  },
  {
    id: 'instance-targets-peers-are-ports',
    prop: 'reaches',
    holds: ({ reaches }) => reaches.every(({ port }) => isWholeWithin(port, 1, 65_535)),
    rule: 'must have ports from 1 to 65535',
    received: ({ reaches }) => reaches.map(({ port }) => port),
    remedy: 'use the port of the store',
  },
];

/**
 * The way to EC2 instances of plain Auto Scaling: a target group of instances, a name of its own at a load balancer that
 * stands already, with its certificate, and a security group that lets in that load balancer and out what is listed.
 *
 * @example
 * const targets = new InstanceTargets(stack, 'Targets', {
 *   prefix: 'alfred-production', vpcId, loadBalancer, host: 'agent-core.alfred.example.com', certificateArn, priority: 2,
 *   targets: { name: 'agent-core', port: 8011, healthCheck: { path: '/api/health' } },
 *   reaches: [{ description: 'AWS', cidr: '0.0.0.0/0', port: 443 }],
 * });
 */
export class InstanceTargets extends Construct {
  /** All that is wrong with route, health and peers; makes nothing. */
  static inspect(path: string, props: InstanceTargetsProps): Finding[] {
    return [...inspect(path, props, INSTANCE_TARGETS_CHECKS), ...inspectTargetGroups(path, 'targets', [props.targets])];
  }

  /** ARN of the target group, for the Auto Scaling group. */
  readonly arn: string;
  /** `targetgroup/<name>/<id>`, for targets of requests. */
  readonly arnSuffix: string;
  /** Group of the instances. */
  readonly securityGroupId: string;

  /** @throws InvalidPropsError listing every error that `inspect` finds. */
  constructor(scope: Construct, id: string, props: InstanceTargetsProps) {
    super(scope, id);
    enforce(this, InstanceTargets.inspect(this.node.path, props));

    const { prefix, vpcId, targets } = props;
    const group = new LbTargetGroup(this, 'Resource', {
      ...targetGroupArguments({ name: prefix, vpcId }, targets),
      name: targetGroupName(`${prefix}-ec2`, targets),
      targetType: 'instance',
    });
    this.arn = group.arn;
    this.arnSuffix = group.arnSuffix;
    this.route(props);
    this.securityGroupId = this.access(props);
  }

  private route({
    loadBalancer: { httpsListenerArn: listenerArn },
    host,
    certificateArn,
    priority,
  }: InstanceTargetsProps): void {
    new LbListenerCertificate(this, 'Certificate', { listenerArn, certificateArn });
    new LbListenerRule(this, 'Route', {
      listenerArn,
      priority,
      condition: [{ hostHeader: { values: [host] } }],
      action: [{ type: 'forward', targetGroupArn: this.arn }],
    });
  }

  private access({ prefix, vpcId, loadBalancer, targets, reaches }: InstanceTargetsProps): string {
    const group = new SecurityGroup(this, 'Access', {
      namePrefix: `${prefix}-${targets.name}-`,
      description: `Instances of ${targets.name}`,
      vpcId,
      lifecycle: { createBeforeDestroy: true },
    });
    const door = { ipProtocol: 'tcp', fromPort: targets.port, toPort: targets.port };
    new VpcSecurityGroupIngressRule(this, 'FromLoadBalancer', {
      ...door,
      securityGroupId: group.id,
      description: 'Requests and health checks of the load balancer',
      referencedSecurityGroupId: loadBalancer.securityGroupId,
    });
    new VpcSecurityGroupEgressRule(this, 'ToInstances', {
      ...door,
      securityGroupId: loadBalancer.securityGroupId,
      description: `Requests and health checks to instances of ${targets.name}`,
      referencedSecurityGroupId: group.id,
    });
    for (const { description, cidr, port } of reaches) {
      new VpcSecurityGroupEgressRule(this, `To-${cidr}-${port}`, {
        securityGroupId: group.id,
        description,
        ipProtocol: 'tcp',
        fromPort: port,
        toPort: port,
        cidrIpv4: cidr,
      });
    }
    return group.id;
  }
}
