import { SecurityGroup } from '@cdktf/provider-aws/lib/security-group';
import { VpcSecurityGroupIngressRule } from '@cdktf/provider-aws/lib/vpc-security-group-ingress-rule';
import { Token } from 'cdktf';
import type { Construct } from 'constructs';

/** Who may open connections. Where the source is known only to Terraform, the description identifies the rule. */
export type StoreClient = { readonly description: string } & (
  | { readonly cidr: string }
  | { readonly securityGroupId: string }
);

/** A store that clients reach, checked by whom it belongs to. */
export interface StoreClientsProps {
  /** Name of the store in AWS, which the name of its group starts with. */
  readonly identifier: string;
  /** What it is, for whoever finds the group: `PostgreSQL`, `ElastiCache`. */
  readonly store: string;
  /** VPC of the store. */
  readonly vpcId: string;
  /** Port that clients may reach. */
  readonly port: number;
  /** Clients, one ingress rule each; the same source twice is refused by EC2. */
  readonly allowedFrom: readonly StoreClient[];
}

/** A description as a construct id. */
export const clientId = (description: string): string => description.replace(/[^A-Za-z0-9]+/g, '-');

/** The range or security group of a client. */
export const clientSource = (client: StoreClient): string => ('cidr' in client ? client.cidr : client.securityGroupId);

/** EC2 has one rule for a source: named after it, a rule takes a new description in place. */
function ruleId(client: StoreClient): string {
  const source = clientSource(client);
  return `From-${Token.isUnresolved(source) ? clientId(client.description) : source}`;
}

/**
 * The security group of a store, `Resource` below `scope`, with an ingress rule for each client and none for egress: answers
 * belong to the connection they answer, and AWS replicates beside the VPC. It can be replaced while it is in use.
 */
export function storeSecurityGroup(scope: Construct, props: StoreClientsProps): SecurityGroup {
  const { identifier, store, vpcId, port, allowedFrom } = props;
  const group = new SecurityGroup(scope, 'Resource', {
    namePrefix: `${identifier}-`,
    description: `Clients of ${store} ${identifier}`,
    vpcId,
    lifecycle: { createBeforeDestroy: true },
  });
  for (const client of allowedFrom) {
    new VpcSecurityGroupIngressRule(scope, ruleId(client), {
      securityGroupId: group.id,
      description: client.description,
      ipProtocol: 'tcp',
      fromPort: port,
      toPort: port,
      ...('cidr' in client ? { cidrIpv4: client.cidr } : { referencedSecurityGroupId: client.securityGroupId }),
    });
  }
  return group;
}
