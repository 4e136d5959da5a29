import { EksAccessEntry } from '@cdktf/provider-aws/lib/eks-access-entry';
import { IamInstanceProfile } from '@cdktf/provider-aws/lib/iam-instance-profile';
import type { TerraformResource } from 'cdktf';
import { Construct } from 'constructs';
import { type Check, enforce, type Finding, inspect, withDefaults } from '../../check';
import type { NodeAutoscaler } from '../../model';
import { KARPENTER, karpenterInstanceProfile, karpenterQueue } from '../../model/capacity/karpenter';
import { AwsAccount } from '../aws-account';
import { PodIdentityAssociation } from '../cluster/pod-identity';
import { firstPulls } from '../images/first-pulls';
import type { EncryptionKey } from '../secrets/encryption-key';
import { ServiceRole } from '../service-role';
import { InterruptionQueue } from './interruption-queue';
import { karpenterStatements } from './karpenter-statements';

/** A cluster whose nodes Karpenter makes. */
export interface KarpenterSupportProps {
  /** Name of the EKS cluster, a literal, as manifests and tags spell it: `acgs-production`. */
  readonly name: string;
  /** The same as a reference, which orders this after the cluster. @default - `name`: the cluster stands */
  readonly clusterName?: string;
  /**
   * Who owns the nodes of the cluster. Anything else than Karpenter is refused: two would undo one another's work.
   * @default 'karpenter'
   */
  readonly autoscaler?: NodeAutoscaler;
  /** Whether nodes can be entered through Session Manager. @default false */
  readonly nodeSessions?: boolean;
  /** Pull-through caches (prefixes such as `docker-hub`) that nodes may fill: a first pull makes the repository. @default - none */
  readonly imageCaches?: readonly string[];
  /** Key of the messages about nodes, whose users include `events`. @default - a key that SQS keeps */
  readonly queueKey?: EncryptionKey;
  /**
   * Key of the nodes' root volumes, whose alias their node class names.
   * @default - the account's default key for EBS
   */
  readonly rootVolumeKey?: EncryptionKey;
}

const DEFAULTS = { autoscaler: 'karpenter', nodeSessions: false, imageCaches: [] } as const;

type Plan = KarpenterSupportProps & Required<Pick<KarpenterSupportProps, keyof typeof DEFAULTS>>;

/** What is asked of name and owner. */
export const KARPENTER_SUPPORT_CHECKS: readonly Check<Plan>[] = [
  {
    id: 'karpenter-cluster-is-a-literal',
    prop: 'name',
    holds: ({ name }) => /^[A-Za-z0-9][\w-]{0,59}$/.test(name),
    rule: "must be a literal of 1-60 letters, digits, '-' and '_': queue and instance profile are named after it",
    remedy: 'spell out the name of the cluster, and give the reference as clusterName',
  },
  {
    id: 'karpenter-owns-its-nodes-alone',
    prop: 'autoscaler',
    holds: ({ autoscaler }) => autoscaler === 'karpenter',
    rule: "must be 'karpenter': with Cluster Autoscaler in the same cluster, each would undo what the other does",
    remedy: "set autoscaler: 'karpenter' on the cluster, or leave this out",
  },
];

/**
 * The AWS side of Karpenter: a role for its controller that reaches what carries the mark of this cluster, a role and
 * an instance profile for the nodes that it makes, their way into the cluster, and the queue that tells it which of
 * them go.
 *
 * Its controller needs nodes that it did not make: keep one managed group of two nodes or more. The service-linked role
 * of EC2 Spot must exist in the account before the first spot node. Before this is destroyed, delete the node pools and
 * wait: instances that Karpenter made are in no state.
 *
 * @example
 * new KarpenterSupport(stack, 'Karpenter', {
 *   name: 'acgs-production',
 *   clusterName: cluster.name,
 *   autoscaler: cluster.autoscaler,
 * });
 */
export class KarpenterSupport extends Construct {
  /** What is wrong with name and owner; makes nothing. */
  static inspect(path: string, props: KarpenterSupportProps): Finding[] {
    return inspect<Plan>(path, withDefaults(DEFAULTS, props), KARPENTER_SUPPORT_CHECKS);
  }

  /** Name of the queue, a literal: the chart's `settings.interruptionQueue`. */
  readonly queueName: string;
  /** Name of the instance profile, a literal: `instanceProfile` of the node classes. */
  readonly instanceProfile: string;
  /** Role of the nodes that Karpenter makes. */
  readonly nodeRoleArn: string;
  /** Role of the controller. */
  readonly controllerRoleArn: string;

  /** @throws InvalidPropsError listing every error that `inspect` finds. */
  constructor(scope: Construct, id: string, props: KarpenterSupportProps) {
    super(scope, id);
    const plan: Plan = withDefaults(DEFAULTS, props);
    enforce(this, KarpenterSupport.inspect(this.node.path, props));

    const { name, clusterName = name, queueKey, rootVolumeKey } = plan;
    this.queueName = karpenterQueue(name);
    this.instanceProfile = karpenterInstanceProfile(name);
    const queue = new InterruptionQueue(this, 'Queue', { name: this.queueName, ...(queueKey && { key: queueKey }) });
    const nodeRole = this.nodeRole(plan);
    this.nodeRoleArn = nodeRole.arn;
    new EksAccessEntry(this, 'NodeEntry', { clusterName, principalArn: nodeRole.arn, type: 'EC2_LINUX' });
    this.profile(nodeRole);
    this.controllerRoleArn = new PodIdentityAssociation(this, 'Controller', {
      clusterName,
      ...KARPENTER,
      statements: karpenterStatements({
        cluster: name,
        account: AwsAccount.of(this),
        nodeRoleArn: nodeRole.arn,
        queueArn: queue.arn,
        ...(queueKey && { queueKeyArn: queueKey.arn }),
        ...(rootVolumeKey && { volumeKeyArn: rootVolumeKey.arn }),
      }),
    }).roleArn;
  }

  /** The network plug-in has its rights elsewhere, as on the other nodes of the cluster. */
  private nodeRole({ name, nodeSessions, imageCaches }: Plan): ServiceRole {
    return new ServiceRole(this, 'NodeRole', {
      service: 'ec2.amazonaws.com',
      description: `Nodes that Karpenter makes for ${name}`,
      managedPolicies: [
        'AmazonEKSWorkerNodePolicy',
        'AmazonEC2ContainerRegistryPullOnly',
        ...(nodeSessions ? ['AmazonSSMManagedInstanceCore'] : []),
      ],
      statements: firstPulls(AwsAccount.of(this), imageCaches),
    });
  }

  /** With a name of its own, so that no manifest needs a token and the controller no right to make one. */
  private profile({ name, grants }: ServiceRole): void {
    const after: TerraformResource[] = [...grants];
    new IamInstanceProfile(this, 'Profile', { name: this.instanceProfile, role: name, dependsOn: after });
  }
}
