import { ElasticacheSubnetGroup } from '@cdktf/provider-aws/lib/elasticache-subnet-group';
import { Construct } from 'constructs';
import { storeSecurityGroup } from '../network/store-clients';
import type { CachePlan } from './redis-replication-group-props';

/**
 * Where a group stands and who reaches it: a subnet group, and a security group that opens its port to the listed clients.
 * Nothing goes out.
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
    this.securityGroupId = storeSecurityGroup(this, { identifier, store: 'ElastiCache', vpcId, port, allowedFrom }).id;
  }
}
