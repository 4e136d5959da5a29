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

export interface PostgresAccessProps {
  readonly identifier: string;
  readonly vpcId: string;
  readonly subnetIds: readonly string[];
  readonly port: number;
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
  readonly securityGroupId: string;
  readonly subnetGroupName: string;

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
