import type { KarpenterSpec, SpotSpec } from '../capacity/cluster-nodes';
import type { NodeGroupSpec } from './nodes';

/** How people and pipelines outside the cluster reach its API. The endpoint itself stays private unless listed ranges are given. */
export type ApiAccess =
  /** A small host without inbound ports, entered and audited through Session Manager. */
  | { readonly through: 'session-manager' }
  /** Networks that are routed to the VPC: VPN, peering, transit gateway. */
  | { readonly through: 'private-network'; readonly cidrs: readonly string[] }
  /** A public endpoint for listed ranges only, never `0.0.0.0/0`. */
  | { readonly through: 'public-allowlist'; readonly cidrs: readonly string[] };

/** Whether a cluster is upgraded by force when standard support ends, or stays for a year at six times the price. */
export type SupportType = 'STANDARD' | 'EXTENDED';

/** What changes the size of node groups. Karpenter makes nodes of its own and leaves declared groups alone. */
export type NodeAutoscaler = 'cluster-autoscaler' | 'karpenter' | 'none';

/** Software that every cluster runs as an EKS add-on. */
export type AddonName =
  | 'vpc-cni'
  | 'kube-proxy'
  | 'eks-pod-identity-agent'
  | 'coredns'
  | 'aws-ebs-csi-driver'
  | 'metrics-server';

/** A Kubernetes cluster on EKS: its version, its way in and its nodes. */
export interface ClusterSpec {
  /** Kubernetes minor that EKS supports on the day of synthesis. @default '1.35' */
  readonly version?: string;
  /** What happens when standard support of the version ends. @default 'STANDARD' */
  readonly supportType?: SupportType;
  /** Who owns the number of nodes after creation. @default 'cluster-autoscaler' */
  readonly autoscaler?: NodeAutoscaler;
  /** The one way to the API server from outside the cluster. */
  readonly apiAccess: ApiAccess;
  /**
   * Exact versions, `v1.21.1-eksbuild.1`, by add-on: the same in every run, until somebody raises them.
   * @default - what EKS makes the default for the cluster's minor
   */
  readonly addonVersions?: Readonly<Partial<Record<AddonName, string>>>;
  /** Groups with distinct names; at least one has nodes and no taints, as DNS runs there. */
  readonly nodeGroups: readonly NodeGroupSpec[];
  /** Spot nodes beside them, as many as have a share of the CPUs; with Cluster Autoscaler only. @default - none */
  readonly spot?: SpotSpec;
  /** What Karpenter may make, where it is the autoscaler; the declared groups then keep their size. @default - it is not */
  readonly karpenter?: KarpenterSpec;
}

/** Kubernetes group of the principals that deploy; bind it to what they need beyond namespaces. */
export const DEPLOYERS_GROUP = 'headroom:deployers';
