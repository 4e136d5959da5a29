import { Ec2Tag } from '@cdktf/provider-aws/lib/ec2-tag';
import { VpcSecurityGroupIngressRule } from '@cdktf/provider-aws/lib/vpc-security-group-ingress-rule';
import type { TerraformResource } from 'cdktf';
import { Construct } from 'constructs';
import { describe, enforce, type Finding, inspect } from '../../check';
import type { NodeAutoscaler } from '../../model';
import { KARPENTER_DISCOVERY } from '../../model/capacity/karpenter';
import { AwsAccount } from '../aws-account';
import { firstPulls } from '../images/first-pulls';
import { NodeGroup, type NodeGroupProps } from '../nodes/node-group';
import { ServiceRole } from '../service-role';
import { AccessHost } from './access-host';
import { ClusterAccess } from './cluster-access';
import { ClusterAddons } from './cluster-addons';
import { type ClusterRef, inSameStack, type JoiningNodes } from './cluster-ref';
import { controlPlane } from './control-plane';
import {
  CLUSTER_NODES_CHECKS,
  type ClusterNetwork,
  type EksClusterPlan,
  type EksClusterProps,
  inspectEksCluster,
  planEksCluster,
  startsOnDemand,
} from './eks-cluster-props';

/** A group of this cluster: it knows its subnets and who owns its size. */
export type AddNodeGroupOptions = Omit<NodeGroupProps, 'cluster' | 'subnetIds' | 'zoneNames' | 'autoscaler'>;

/**
 * A private EKS cluster of a supported version: secrets encrypted, everything logged, access by entries, AWS rights by
 * Pod Identity, add-ons in the order in which they can work. The API answers inside the VPC; `apiAccess` is the way in.
 *
 * To upgrade, raise `version` by one minor: the control plane goes first, then nodes and add-ons. To destroy what is not
 * `development`, first apply with `deletion_protection` overridden to false on `node.defaultChild`.
 *
 * @example
 * const cluster = new EksCluster(stack, 'Cluster', {
 *   name: 'acgs-production',
 *   network,
 *   apiAccess: { through: 'session-manager' },
 *   adminPrincipals: ['arn:aws:iam::123456789012:role/operators'],
 *   deployPrincipals: ['arn:aws:iam::123456789012:role/pipeline'],
 *   asOf: '2026-11-21',
 * });
 * cluster.addNodeGroup('General', { name: 'general', instanceTypes: ['m5.xlarge'], min: 3, max: 20, desired: 6 });
 */
export class EksCluster extends Construct implements ClusterRef {
  /** All that is wrong with the cluster, its access, add-ons, logs and declared groups; makes nothing. */
  static inspect(path: string, props: EksClusterProps): Finding[] {
    return inspectEksCluster(path, props);
  }

  /** A reference: whoever uses it comes after the cluster. */
  readonly name: string;
  /** What IAM policies name, for example for `eks:DescribeCluster`. */
  readonly arn: string;
  /** Kubernetes minor, known at synthesis. */
  readonly version: string;
  /** URL of the API server. */
  readonly endpoint: string;
  /** Certificate of the API server's authority, as base64. */
  readonly certificateAuthority: string;
  /** Group that EKS made for control plane and nodes. */
  readonly securityGroupId: string;
  /** Role that nodes of all groups share. */
  readonly nodeRoleArn: string;
  /** Name of that role, by which IAM attaches further policies to it. */
  readonly nodeRoleName: string;
  /** Add-ons that make a node ready, policies of its role, and the network's ways out. */
  readonly beforeNodes: readonly TerraformResource[];
  /** The way in, if that is Session Manager. */
  readonly accessHost: AccessHost | undefined;

  /** Who owns the number of nodes after creation. */
  readonly autoscaler: NodeAutoscaler;

  private readonly joined: JoiningNodes[] = [];
  private readonly network: ClusterNetwork;
  private readonly tags: Readonly<Record<string, string>>;
  private readonly addons: ClusterAddons;
  private readonly startsOnDemand: boolean;

  /** @throws InvalidPropsError listing every error that `inspect` finds, those of `nodeGroups` included. */
  constructor(scope: Construct, id: string, props: EksClusterProps) {
    super(scope, id);
    const plan = planEksCluster(props);
    enforce(this, EksCluster.inspect(this.node.path, props));

    const cluster = controlPlane(this, plan);
    this.name = cluster.name;
    this.arn = cluster.arn;
    this.version = plan.version;
    this.endpoint = cluster.endpoint;
    this.certificateAuthority = cluster.certificateAuthority.get(0).data;
    this.securityGroupId = cluster.vpcConfig.clusterSecurityGroupId;
    this.network = plan.network;
    this.autoscaler = plan.autoscaler;
    this.tags = plan.tags;
    this.startsOnDemand = startsOnDemand(plan.nodeGroups);

    const nodeRole = this.nodeRole(plan);
    this.nodeRoleArn = nodeRole.arn;
    this.nodeRoleName = nodeRole.name;
    new ClusterAccess(this, 'Access', { ...plan, clusterName: cluster.name });
    this.addons = new ClusterAddons(this, 'Addons', { ...plan, clusterName: cluster.name });
    this.beforeNodes = [...this.addons.beforeNodes, ...nodeRole.grants, ...(plan.network.outboundRoutes ?? [])];
    this.accessHost = this.wayIn(plan);
    if (plan.autoscaler === 'karpenter') {
      new Ec2Tag(this, 'Discovery', {
        resourceId: this.securityGroupId,
        key: KARPENTER_DISCOVERY,
        value: cluster.name,
      });
    }
    for (const group of plan.nodeGroups) this.addNodeGroup(group.name, group);
    this.node.addValidation({
      validate: () => inspect(this.node.path, this.joined, CLUSTER_NODES_CHECKS).map(describe),
    });
  }

  /** Adds nodes in the private subnets of the cluster. */
  addNodeGroup(id: string, options: AddNodeGroupOptions): NodeGroup {
    return new NodeGroup(this, id, {
      ...options,
      tags: { ...this.tags, ...options.tags },
      cluster: this,
      autoscaler: this.autoscaler,
      subnetIds: this.network.privateSubnetIds,
      zoneNames: this.network.zones,
    });
  }

  /**
   * Has add-ons that run on nodes wait for these, but not for spot nodes where declared ones on demand seat them. Called by
   * each group, wherever it stands in the tree.
   */
  join(nodes: JoiningNodes): void {
    if (inSameStack(this, [nodes.resource]).length === 0) return;
    this.joined.push(nodes);
    if (nodes.capacity !== 'spot' || !this.startsOnDemand) this.addons.waitFor(nodes.resource);
  }

  /** One role for the nodes of all groups. The network plug-in has its rights elsewhere, so that pods never see them. */
  private nodeRole({ name, nodeSessions, imageCaches }: EksClusterPlan): ServiceRole {
    return new ServiceRole(this, 'NodeRole', {
      service: 'ec2.amazonaws.com',
      description: `Nodes of ${name}`,
      managedPolicies: [
        'AmazonEKSWorkerNodePolicy',
        'AmazonEC2ContainerRegistryPullOnly',
        ...(nodeSessions ? ['AmazonSSMManagedInstanceCore'] : []),
      ],
      statements: firstPulls(AwsAccount.of(this), imageCaches),
    });
  }

  private wayIn({ name, apiAccess, network, accessHostReaches }: EksClusterPlan): AccessHost | undefined {
    if (apiAccess.through === 'private-network') {
      for (const cidr of apiAccess.cidrs) {
        new VpcSecurityGroupIngressRule(this, `From-${cidr}`, {
          securityGroupId: this.securityGroupId,
          cidrIpv4: cidr,
          ipProtocol: 'tcp',
          fromPort: 443,
          toPort: 443,
          description: `API server for ${cidr}`,
        });
      }
    }
    const [subnetId] = network.privateSubnetIds;
    if (apiAccess.through !== 'session-manager' || subnetId === undefined) return undefined;
    return new AccessHost(this, 'AccessHost', {
      name: `${name}-access`,
      vpcId: network.vpcId,
      subnetId,
      clusterSecurityGroupId: this.securityGroupId,
      reaches: accessHostReaches,
      s3PrefixListId: network.s3PrefixListId,
    });
  }
}
