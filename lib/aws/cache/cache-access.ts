import { ElasticacheSubnetGroup } from '@cdktf/provider-aws/lib/elasticache-subnet-group';
import { SecurityGroup } from '@cdktf/provider-aws/lib/security-group';
import { VpcSecurityGroupIngressRule } from '@cdktf/provider-aws/lib/vpc-security-group-ingress-rule';
import { Token } from 'cdktf';
import { Construct } from 'constructs';
import { clientId, clientSource } from '../database/postgres-access';
import type { CacheClient, CachePlan } from './redis-replication-group-props';

/** EC2 has one rule for a source: named after it, a rule takes a new description in place. */
function ruleId(client: CacheClient): string {
  const source = clientSource(client);
  return `From-${Token.isUnresolved(source) ? clientId(client.description) : source}`;
}

/**
 * Where a group stands and who reaches it: a subnet group, and a security group that opens its port to the listed clients.
 * Nodes replicate beside the VPC's rules, and nothing goes out.
 */
export class CacheAccess extends Construct {
  /** Group of the nodes, with an ingress rule for each client and none for egress. */
  readonly securityGroupId: string;
  /** Name of the subnet group, a reference. */
  readonly subnetGroupName: string;

  /** Makes subnet group, security group and a rule for each client; checks nothing. */
  constructor(scope: Construct, id: string, { identifier, vpcId, subnetIds, port, allowedFrom }: CachePlan) {
    super(scope, id);

    this.subnetGroupName = new ElasticacheSubnetGroup(this, 'Subnets', {
      name: identifier,
      description: `Subnets of ${identifier}`,
      subnetIds: [...subnetIds],
    }).name;

    const group = new SecurityGroup(this, 'Resource', {
      namePrefix: `${identifier}-`,
      description: `Clients of ElastiCache ${identifier}`,
      vpcId,
      lifecycle: { createBeforeDestroy: true },
    });
    this.securityGroupId = group.id;

    for (const client of allowedFrom) {
      new VpcSecurityGroupIngressRule(this, ruleId(client), {
        securityGroupId: group.id,
        description: client.description,
        ipProtocol: 'tcp',
        fromPort: port,
        toPort: port,
        ...('cidr' in client ? { cidrIpv4: client.cidr } : { referencedSecurityGroupId: client.securityGroupId }),
      });
    }
  }
}
