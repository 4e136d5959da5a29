import { DbSubnetGroup } from '@cdktf/provider-aws/lib/db-subnet-group';
import { SecurityGroup } from '@cdktf/provider-aws/lib/security-group';
import { VpcSecurityGroupIngressRule } from '@cdktf/provider-aws/lib/vpc-security-group-ingress-rule';
import { Token } from 'cdktf';
import { Construct } from 'constructs';

/** Who may open connections. Where the source is known only to Terraform, the description identifies the rule. */
export type PostgresClient = { readonly description: string } & (
  | { readonly cidr: string }
  | { readonly securityGroupId: string }
);

/** Where a database stands and who reaches it, checked by the database that it belongs to. */
export interface PostgresAccessProps {
  /** Identifier of the instance; the subnet group has the same name. */
  readonly identifier: string;
  /** VPC of the subnets. */
  readonly vpcId: string;
  /** Subnets in at least two zones, as RDS asks even of an instance without a standby. */
  readonly subnetIds: readonly string[];
  /** Port that clients may reach (1150-65535). */
  readonly port: number;
  /** Clients, one ingress rule each; the same source twice is refused by EC2. */
  readonly allowedFrom: readonly PostgresClient[];
}

/** A description as a construct id. */
export const clientId = (description: string): string => description.replace(/[^A-Za-z0-9]+/g, '-');

/** The range or security group of a client. */
export const clientSource = (client: PostgresClient): string =>
  'cidr' in client ? client.cidr : client.securityGroupId;

/** EC2 has one rule for a source: named after it, a rule takes a new description in place. */
function ruleId(client: PostgresClient): string {
  const source = clientSource(client);
  return `From-${Token.isUnresolved(source) ? clientId(client.description) : source}`;
}

/**
 * Where a database stands and who reaches it: a subnet group, and a security group that opens its port to the listed
 * clients.
 * Nothing goes out: answers belong to the connection they answer, and RDS replicates beside the VPC. An extension that
 * calls out (`postgres_fdw`, `aws_s3`) needs an egress rule of its own.
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

    const group = new SecurityGroup(this, 'Resource', {
      namePrefix: `${identifier}-`,
      description: `Clients of PostgreSQL ${identifier}`,
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
