import { DbSubnetGroup } from '@cdktf/provider-aws/lib/db-subnet-group';
import { Construct } from 'constructs';
import { type StoreClient, type StoreClientsProps, storeSecurityGroup } from '../network/store-clients';

/** Who may open connections: a range or a security group, and a description that is unique in its list. */
export type PostgresClient = StoreClient;

/** Where a database stands and who reaches it, checked by the database that it belongs to. */
export interface PostgresAccessProps extends Omit<StoreClientsProps, 'store'> {
  /** Subnets in at least two zones, as RDS asks even of an instance without a standby. */
  readonly subnetIds: readonly string[];
}

/**
 * Where a database stands and who reaches it: a subnet group, named as the instance is, and a security group that opens its
 * port (1150-65535) to the listed clients.
 * Nothing goes out: an extension that calls out (`postgres_fdw`, `aws_s3`) needs an egress rule of its own.
 */
export class PostgresAccess extends Construct {
  /** Group of the instance, with an ingress rule for each client and none for egress. */
  readonly securityGroupId: string;
  /** Name of the subnet group, a reference. */
  readonly subnetGroupName: string;

  /** Makes subnet group, security group and a rule for each client; checks nothing. */
  constructor(scope: Construct, id: string, props: PostgresAccessProps) {
    super(scope, id);
    const { identifier, vpcId, subnetIds, port, allowedFrom } = props;

    this.subnetGroupName = new DbSubnetGroup(this, 'Subnets', {
      name: identifier,
      description: `Subnets of ${identifier}`,
      subnetIds: [...subnetIds],
    }).name;
    this.securityGroupId = storeSecurityGroup(this, { identifier, store: 'PostgreSQL', vpcId, port, allowedFrom }).id;
  }
}
