import { DataAwsSsmParameter } from '@cdktf/provider-aws/lib/data-aws-ssm-parameter';
import { IamInstanceProfile } from '@cdktf/provider-aws/lib/iam-instance-profile';
import { Instance } from '@cdktf/provider-aws/lib/instance';
import { SecurityGroup } from '@cdktf/provider-aws/lib/security-group';
import { VpcSecurityGroupEgressRule } from '@cdktf/provider-aws/lib/vpc-security-group-egress-rule';
import { VpcSecurityGroupIngressRule } from '@cdktf/provider-aws/lib/vpc-security-group-ingress-rule';
import { Construct } from 'constructs';
import { type Check, duplicates, enforce, type Finding, inspect } from '../../check';
import { Cidr } from '../../model';
import { ServiceRole } from '../service-role';

/** Where the host stands, and what it may open connections to. */
export interface AccessHostProps {
  /** Name of the instance, by which people find it: `acgs-production-access`. */
  readonly name: string;
  /** VPC of subnet and cluster; the security group of the host is made there. */
  readonly vpcId: string;
  /** Private subnet of the host. */
  readonly subnetId: string;
  /** Security group of the cluster, which lets the host in on port 443. */
  readonly clusterSecurityGroupId: string;
  /**
   * Ranges that the host opens TLS connections to: where the endpoints of `ssm` and `ssmmessages` are. The range of the
   * VPC if it has them, `0.0.0.0/0` if the host reaches them through NAT.
   */
  readonly reaches: readonly string[];
  /** Prefix list of the gateway endpoint of S3, from which the host takes its patches. @default - none: through `reaches` */
  readonly s3PrefixListId?: string | undefined;
}

/** Newest Amazon Linux 2023 for arm64; it has the Session Manager agent. */
const IMAGE = '/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64';

const HTTPS = { ipProtocol: 'tcp', fromPort: 443, toPort: 443 };

/** What is asked of `reaches`. Ids are references at synthesis, so that nothing is asked of them. */
export const ACCESS_HOST_CHECKS: readonly Check<AccessHostProps>[] = [
  {
    id: 'access-host-reaches-session-manager',
    prop: 'reaches',
    holds: ({ reaches }) =>
      reaches.length > 0 &&
      duplicates(reaches).length === 0 &&
      reaches.every((cidr) => Cidr.tryParse(cidr) !== undefined),
    rule: 'must be at least one IPv4 range, each once and written with its first address',
    remedy: 'use the range of the VPC, where its interface endpoints are',
  },
];

/**
 * A way to a private API server without an open port: a host that nobody logs into, but that Session Manager forwards
 * through. Who may use it is a matter of IAM (`ssm:StartSession` on the instance and the document); each session is in CloudTrail.
 *
 *     aws ssm start-session --target INSTANCE_ID --document-name AWS-StartPortForwardingSessionToRemoteHost \
 *       --parameters host=ENDPOINT_HOST,portNumber=443,localPortNumber=8443
 *     kubectl --server https://localhost:8443 --tls-server-name ENDPOINT_HOST get nodes
 *
 * A newer image does not replace it; taint the instance in Terraform to renew it.
 *
 * @example
 * new AccessHost(stack, 'AccessHost', {
 *   name: 'acgs-production-access',
 *   vpcId: network.vpcId,
 *   subnetId: network.privateSubnetId('us-west-2a'),
 *   clusterSecurityGroupId: cluster.securityGroupId,
 *   reaches: [network.cidr],
 * });
 */
export class AccessHost extends Construct {
  /** What is wrong with the ranges of `reaches`; makes nothing. */
  static inspect(path: string, props: AccessHostProps): Finding[] {
    return inspect(path, props, ACCESS_HOST_CHECKS);
  }

  /** The `--target` of Session Manager, and the resource that IAM policies for `ssm:StartSession` name. */
  readonly instanceId: string;
  /** Group of the host: nothing comes in, and port 443 alone goes out. */
  readonly securityGroupId: string;

  /** @throws InvalidPropsError listing every error that `inspect` finds. */
  constructor(scope: Construct, id: string, props: AccessHostProps) {
    super(scope, id);
    enforce(this, AccessHost.inspect(this.node.path, props));

    this.securityGroupId = this.securityGroup(props);
    const role = new ServiceRole(this, 'Role', {
      service: 'ec2.amazonaws.com',
      description: `Session Manager on ${props.name}`,
      managedPolicies: ['AmazonSSMManagedInstanceCore'],
    });
    const profile = new IamInstanceProfile(this, 'Profile', { role: role.name });
    const image = new DataAwsSsmParameter(this, 'Image', { name: IMAGE });

    this.instanceId = new Instance(this, 'Resource', {
      ami: image.insecureValue,
      instanceType: 't4g.nano',
      subnetId: props.subnetId,
      vpcSecurityGroupIds: [this.securityGroupId],
      associatePublicIpAddress: false,
      iamInstanceProfile: profile.name,
      ebsOptimized: true,
      monitoring: true,
      metadataOptions: { httpEndpoint: 'enabled', httpTokens: 'required', httpPutResponseHopLimit: 1 },
      rootBlockDevice: { volumeType: 'gp3', encrypted: true },
      tags: { Name: props.name },
      dependsOn: [...role.grants],
      lifecycle: { ignoreChanges: ['ami'] },
    }).id;
  }

  private securityGroup(props: AccessHostProps): string {
    const { name, vpcId, clusterSecurityGroupId, reaches, s3PrefixListId } = props;
    const group = new SecurityGroup(this, 'SecurityGroup', {
      namePrefix: `${name}-`,
      description: 'Way to the private API server through Session Manager',
      vpcId,
      tags: { Name: name },
      lifecycle: { createBeforeDestroy: true },
    });
    new VpcSecurityGroupEgressRule(this, 'ToCluster', {
      ...HTTPS,
      securityGroupId: group.id,
      referencedSecurityGroupId: clusterSecurityGroupId,
      description: 'API server of the cluster',
    });
    for (const cidr of reaches) {
      new VpcSecurityGroupEgressRule(this, `To-${cidr}`, {
        ...HTTPS,
        securityGroupId: group.id,
        cidrIpv4: cidr,
        description: 'Session Manager',
      });
    }
    if (s3PrefixListId !== undefined) {
      new VpcSecurityGroupEgressRule(this, 'ToPackages', {
        ...HTTPS,
        securityGroupId: group.id,
        prefixListId: s3PrefixListId,
        description: 'Packages of Amazon Linux, in S3',
      });
    }
    new VpcSecurityGroupIngressRule(this, 'IntoCluster', {
      ...HTTPS,
      securityGroupId: clusterSecurityGroupId,
      referencedSecurityGroupId: group.id,
      description: 'API server for the access host',
    });
    return group.id;
  }
}
