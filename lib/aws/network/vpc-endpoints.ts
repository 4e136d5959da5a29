import { SecurityGroup } from '@cdktf/provider-aws/lib/security-group';
import { VpcEndpoint } from '@cdktf/provider-aws/lib/vpc-endpoint';
import { VpcSecurityGroupIngressRule } from '@cdktf/provider-aws/lib/vpc-security-group-ingress-rule';
import { Construct } from 'constructs';
import { AwsAccount } from '../aws-account';
import type { SubnetTier } from './subnet-tier';
import { endpointPolicy } from './vpc-endpoint-policy';

/** Services that are reached by a route, at no cost. */
export type GatewayService = 's3' | 'dynamodb';

/**
 * What nodes, add-ons and controllers of an EKS cluster call: images, credentials, logs, keys, secrets, Session Manager,
 * and the APIs of the autoscaler and the load balancer controller.
 */
export const EKS_INTERFACE_ENDPOINTS: readonly string[] = [
  'autoscaling',
  'ec2',
  'ec2messages',
  'ecr.api',
  'ecr.dkr',
  'eks-auth',
  'elasticloadbalancing',
  'kms',
  'logs',
  'secretsmanager',
  'ssm',
  'ssmmessages',
  'sts',
];

/** The tier to serve, and the AWS services it reaches. */
export interface VpcEndpointsProps {
  /** Name of the network, which every Name tag starts with. */
  readonly network: string;
  /** VPC whose resolver gives the names of the services private addresses. */
  readonly vpcId: string;
  /** Range of the VPC, which alone is let in. */
  readonly cidr: string;
  /** Where interfaces stand and gateways are routed. */
  readonly privateTier: SubnetTier;
  /** Services reached by a route in each table of the tier; free. */
  readonly gatewayEndpoints: readonly GatewayService[];
  /** Services reached at an interface in each zone, as `ecr.api`; billed by the hour and zone. */
  readonly interfaceEndpoints: readonly string[];
  /** Accounts beside the own one whose principals may use the endpoints. */
  readonly trustedAccounts: readonly string[];
}

/** Ways to AWS services that stay inside the VPC. Each is a child named after its service. */
export class VpcEndpoints extends Construct {
  /** Group of all interface endpoints; there is none without them. */
  readonly securityGroupId: string | undefined;
  /** Addresses of S3, for security groups; undefined without its gateway. */
  readonly s3PrefixListId: string | undefined;

  /** Makes an endpoint for each service; a service must not be named twice. */
  constructor(scope: Construct, id: string, props: VpcEndpointsProps) {
    super(scope, id);
    const gateways = props.gatewayEndpoints.map((service) => ({ service, endpoint: this.gateway(service, props) }));
    this.s3PrefixListId = gateways.find(({ service }) => service === 's3')?.endpoint.prefixListId;
    if (props.interfaceEndpoints.length === 0) return;

    const group = this.securityGroup(props);
    for (const service of props.interfaceEndpoints) {
      new VpcEndpoint(this, service, {
        ...this.common(service, props),
        vpcEndpointType: 'Interface',
        privateDnsEnabled: true,
        subnetIds: props.privateTier.ids,
        securityGroupIds: [group.id],
      });
    }
    this.securityGroupId = group.id;
  }

  private gateway(service: GatewayService, props: VpcEndpointsProps): VpcEndpoint {
    return new VpcEndpoint(this, service, {
      ...this.common(service, props),
      vpcEndpointType: 'Gateway',
      routeTableIds: props.privateTier.routeTableIds,
    });
  }

  private common(service: string, { network, vpcId, trustedAccounts }: VpcEndpointsProps) {
    const { id, region } = AwsAccount.of(this);
    const policy = endpointPolicy(service, [id, ...trustedAccounts]);
    return {
      vpcId,
      serviceName: `com.amazonaws.${region}.${service}`,
      tags: { Name: `${network}-${service}` },
      ...(policy === undefined ? {} : { policy }),
    };
  }

  private securityGroup({ network, vpcId, cidr }: VpcEndpointsProps): SecurityGroup {
    const group = new SecurityGroup(this, 'SecurityGroup', {
      name: `${network}-endpoints`,
      description: `Interface endpoints of ${network}`,
      vpcId,
      tags: { Name: `${network}-endpoints` },
    });
    new VpcSecurityGroupIngressRule(this, 'Https', {
      securityGroupId: group.id,
      description: 'HTTPS from the VPC',
      cidrIpv4: cidr,
      ipProtocol: 'tcp',
      fromPort: 443,
      toPort: 443,
      tags: { Name: `${network}-endpoints-https` },
    });
    return group;
  }
}
