import { type TerraformResource, TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import type { CapacityType, Taint } from '../../model';

/** Nodes that join a cluster. */
export interface JoiningNodes {
  /** What makes them. */
  readonly resource: TerraformResource;
  /** How many there are at creation. */
  readonly desired: number;
  /** Their taints; DNS and other add-ons run only where none keeps pods away. */
  readonly taints: readonly Taint[];
  /** How they are bought: of spot there may be none. @default 'on-demand' */
  readonly capacity?: CapacityType;
}

/** What a node group must know of its cluster. An `EksCluster` is one; a cluster made elsewhere is described by hand. */
export interface ClusterRef {
  /** Name in EKS; a reference orders the nodes after the cluster. */
  readonly name: string;
  /** Kubernetes minor of the control plane, which the nodes follow. */
  readonly version: string;
  /** Security group that EKS made for the cluster and its nodes. */
  readonly securityGroupId: string;
  /** Role of the nodes. */
  readonly nodeRoleArn: string;
  /** What must stand before a node can become ready: network plug-in, credentials agent, rights of its role. @default - it stands */
  readonly beforeNodes?: readonly TerraformResource[];
  /** Told of nodes that join, so that what needs nodes can wait for them. @default - nobody is told */
  join?(nodes: JoiningNodes): void;
}

/** The resources that Terraform can order before `scope`: those of its own stack. */
export const inSameStack = (scope: Construct, resources: readonly TerraformResource[]): TerraformResource[] =>
  resources.filter((resource) => TerraformStack.of(resource) === TerraformStack.of(scope));
