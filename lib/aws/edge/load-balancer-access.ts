import { DataAwsEc2ManagedPrefixList } from '@cdktf/provider-aws/lib/data-aws-ec2-managed-prefix-list';
import { SecurityGroup } from '@cdktf/provider-aws/lib/security-group';
import { VpcSecurityGroupEgressRule } from '@cdktf/provider-aws/lib/vpc-security-group-egress-rule';
import { VpcSecurityGroupIngressRule } from '@cdktf/provider-aws/lib/vpc-security-group-ingress-rule';
import { Token } from 'cdktf';
import { Construct } from 'constructs';
import { targetPorts } from '../../model/edge/target-group';
import { clientId } from '../network/store-clients';
import type { LoadBalancerClient, LoadBalancerPlan } from './load-balancer-props';

/** Servers of CloudFront that connect to origins; AWS keeps the list. */
const CLOUDFRONT = 'com.amazonaws.global.cloudfront.origin-facing';

const source = (client: LoadBalancerClient) => {
  if ('cidr' in client) return { cidrIpv4: client.cidr };
  if ('prefixListId' in client) return { prefixListId: client.prefixListId };
  return { referencedSecurityGroupId: client.securityGroupId };
};

/** EC2 has one rule for a source and port: named after it, a rule takes a new description in place. */
function clientName(client: LoadBalancerClient): string {
  const [known = ''] = Object.values(source(client));
  return Token.isUnresolved(known) ? clientId(client.description) : known;
}

/**
 * Who reaches a load balancer and what it reaches: HTTPS, and HTTP where it is redirected, from its clients; the ports of its
 * target groups, on the pods' side too. It has no other way out.
 */
export class LoadBalancerAccess extends Construct {
  /** Group of the load balancer. */
  readonly securityGroupId: string;

  /** Makes the group, and the rules on both of its sides; checks nothing. */
  constructor(scope: Construct, id: string, plan: LoadBalancerPlan) {
    super(scope, id);
    const { name, vpcId } = plan;
    const group = new SecurityGroup(this, 'Resource', {
      namePrefix: `${name}-edge-`,
      description: `Clients of the load balancer ${name}`,
      vpcId,
      lifecycle: { createBeforeDestroy: true },
    });
    this.securityGroupId = group.id;
    this.admit(plan);
    this.reach(plan);
  }

  private admit(plan: LoadBalancerPlan): void {
    const ports = { Https: 443, ...(plan.http === 'redirect' && { Http: 80 }) };
    for (const client of this.clients(plan)) {
      for (const [listener, port] of Object.entries(ports)) {
        new VpcSecurityGroupIngressRule(this, `${listener}-From-${clientName(client)}`, {
          securityGroupId: this.securityGroupId,
          description: client.description,
          ipProtocol: 'tcp',
          fromPort: port,
          toPort: port,
          ...source(client),
        });
      }
    }
  }

  private clients({ clients, scheme }: LoadBalancerPlan): readonly LoadBalancerClient[] {
    if (clients === 'cloudfront') {
      const { id } = new DataAwsEc2ManagedPrefixList(this, 'CloudFront', { name: CLOUDFRONT });
      return [{ description: 'CloudFront', prefixListId: id }];
    }
    if (clients !== 'anyone') return clients;
    const whom = scheme === 'internal' ? 'Anybody with a route to its subnets' : 'Anybody';
    return [{ description: whom, cidr: '0.0.0.0/0' }];
  }

  private reach({ name, targetGroups, targetSecurityGroupId }: LoadBalancerPlan): void {
    for (const port of [...new Set(targetGroups.flatMap(targetPorts))]) {
      const door = { ipProtocol: 'tcp', fromPort: port, toPort: port };
      new VpcSecurityGroupEgressRule(this, `Targets-${port}`, {
        ...door,
        securityGroupId: this.securityGroupId,
        description: `Requests and health checks to port ${port} of pods`,
        referencedSecurityGroupId: targetSecurityGroupId,
      });
      new VpcSecurityGroupIngressRule(this, `FromLoadBalancer-${port}`, {
        ...door,
        securityGroupId: targetSecurityGroupId,
        description: `Requests and health checks of the load balancer ${name}`,
        referencedSecurityGroupId: this.securityGroupId,
      });
    }
  }
}
